"""The example that a page shows: the task's own, one the visitor types, or one of the held-out data."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.sequence import SequenceExperiment


@dataclass(frozen=True, slots=True)
class Example:
    """Which example to show: nothing for the task's own, a typed text, or the number of a held-out one."""

    text: str = ""
    number: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the frames do not already show it."""
        return bool(self.text) or self.number > 0


TYPED_TASKS = frozenset({"rose", "characters", "words", "recall"})
"""Tasks whose examples can be typed."""


def own_example(page: str, experiment: SequenceExperiment, ready: bool) -> Example:
    """Draw the field for an own example and return what it says, once it can be read.

    `ready` says whether the task's data is loaded, so that asking the task costs nothing.
    """
    with st.container(key="aside_example"):
        if experiment.task in TYPED_TASKS:
            return _typed(page, experiment, ready)
        number = st.number_input(
            "Example", 0, 100, key=f"{page}:example:{experiment.task}", width=220,
            help="0 is the one the network is watched on; the others are held-out examples it never learns from.",
        )  # fmt: skip
        return Example(number=int(number or 0))


def _typed(page: str, experiment: SequenceExperiment, ready: bool) -> Example:
    text = st.text_input(
        "Your own example", key=f"{page}:example:{experiment.task}", max_chars=400, width=560, disabled=not ready,
        placeholder=_hint(experiment) if ready else "", help="Leave it empty to watch the task's own example.",
    )  # fmt: skip
    if not ready or not text or not text.strip():
        return Example()
    try:
        _task(experiment).encode(text)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return Example()
    return Example(text=text)


def _hint(experiment: SequenceExperiment) -> str:
    return _task(experiment).example_hint


def _task(experiment: SequenceExperiment):
    from explorer.sequence.tasks import make_task

    return make_task(experiment)
