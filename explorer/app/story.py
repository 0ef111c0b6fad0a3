"""What the network has to do: the task's own story, in a sentence or two."""

from __future__ import annotations

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.sequence import SequenceExperiment
from explorer.sequence.experiment import TASK_TITLES


def task_story(experiment: SequenceExperiment, ready: bool) -> None:
    """Draw the task's story and its baseline; both come from the task, written by us, numbers computed."""
    with st.container(key="aside_story"):
        title = f"**{TASK_TITLES[experiment.task]}**  "
        if not ready:
            st.markdown(title)
            return
        from explorer.sequence.tasks import make_task

        task = make_task(experiment)
        st.markdown(f"{title}{safe_markdown(task.story)} *{safe_markdown(task.baseline.sentence)}*")
