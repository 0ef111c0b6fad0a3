"""A page's run, or a clear word on why there is none."""

from __future__ import annotations

import streamlit as st

from explorer.app.following import Following, follow
from explorer.app.links import safe_markdown
from explorer.runs.report import TooManyRuns
from explorer.sequence import SequenceExperiment


def ready_run(page: str, experiment: SequenceExperiment) -> Following:
    """The page's run, paused if it is new; where there is no room for one, say so and end the page."""
    try:
        run = follow(page, experiment)
    except TooManyRuns as error:
        st.error(safe_markdown(str(error)), icon=":material/groups:")
        st.button("Try again", key=f"{page}:again")
        st.stop()
    if st.session_state.pop(f"{page}:lost", False):
        st.info(
            "The run of this page was dropped after a long time without a visitor. Its settings are still here: "
            "press Play to train it again; with the same seed it takes the same course.",
            icon=":material/hourglass_disabled:",
        )
    return run
