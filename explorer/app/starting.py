"""A page's run, or a clear word on why there is none."""

from __future__ import annotations

import streamlit as st

from explorer.app.following import E, Following, follow
from explorer.app.links import safe_markdown
from explorer.runs.report import TooManyRuns


def ready_run(page: str, experiment: E) -> Following[E]:
    """The page's run, paused if it is new; where there is no room for one, say so and end the page."""
    try:
        run = follow(page, experiment)
    except TooManyRuns as error:
        st.error(safe_markdown(str(error)), icon=":material/groups:")
        st.button("Try again", key=f"{page}:again")
        st.stop()
    if _was_dropped(page, run):
        st.info(
            "The run of this page was dropped, because the server needed the room or nobody looked for long. Press "
            "Play: with the same seed and the same changes it is computed again, to the bit.",
            icon=":material/hourglass_disabled:",
        )
    if st.session_state.get(f"{page}:too_late"):
        st.info("This run has ended as it was. Press Reset to train anew with the new setting.", icon=":material/flag:")
    return run


def _was_dropped(page: str, run: Following) -> bool:
    """Whether the run stands in for one that was dropped, and nobody has pressed Play since."""
    lost = st.session_state.get(f"{page}:lost")
    if lost is True:  # said by whoever missed the old run; from now on it is about the new one
        lost = st.session_state[f"{page}:lost"] = run.name
    if lost != run.name:
        return False
    if run.report().position:
        st.session_state.pop(f"{page}:lost")
        return False
    return True
