"""What a page's leading picture shows: the task's own example or another, which layer, which gradients."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.sequence import SequenceExperiment

TYPED_TASKS = frozenset(
    {"rose", "characters", "words", "kinds", "topics", "sentiment", "tagging", "order", "future"}
)
"""Tasks whose examples can be typed."""


@dataclass(frozen=True, slots=True)
class Example:
    """Which example to show: nothing for the task's own, a typed text, or the number of a held-out one."""

    text: str = ""
    number: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the frames do not already show it."""
        return bool(self.text) or self.number > 0


@dataclass(frozen=True, slots=True)
class Focus:
    """What to look at.

    Attributes
    ----------
    example : Example
    layer : int
        Whose gates and gradients are shown, from 0; -1 is the top layer.
    naive : bool
        Also show what `retain_grad` on the fused output would have given.
    """

    example: Example = Example()
    layer: int = -1
    naive: bool = False


def choose_focus(page: str, experiment: SequenceExperiment, ready: bool) -> Focus:
    """Draw the fields that choose what the leading picture shows.

    `ready` says whether the task's data is loaded, so that asking the task costs nothing.
    """
    with st.container(key="aside_focus", horizontal=True, vertical_alignment="center", gap="medium"):
        typed = experiment.task in TYPED_TASKS
        example = typed_example(page, experiment, ready) if typed else _numbered(page, experiment)
        layer = -1
        if experiment.layers > 1:
            names = list(range(1, experiment.layers + 1))
            chosen = st.segmented_control(
                "Layer shown", names, default=names[-1], required=True,
                key=f"{page}:layer:{experiment.layers}",
            )  # fmt: skip
            layer = chosen - 1
        naive = st.toggle(
            "Naive gradient", key=f"{page}:naive",
            help="What `retain_grad()` on the output of the whole recurrent module gives: only what enters each "
            "step from above, without what comes back through the recurrence. A common mistake.",
        )  # fmt: skip
    return Focus(example, layer, naive)


def _numbered(page: str, experiment: SequenceExperiment) -> Example:
    number = st.number_input(
        "Example", 0, 100, key=f"{page}:example:{experiment.task}", width=160,
        help="0 is the one the network is watched on; the others are held-out examples it never learns from.",
    )  # fmt: skip
    return Example(number=int(number or 0))


def typed_example(page: str, experiment: SequenceExperiment, ready: bool) -> Example:
    """Draw the field in which an example of one's own is typed, and return it; the task's own while it cannot be read."""
    text = st.text_input(
        "Your own example", key=f"{page}:example:{experiment.task}", max_chars=400, width="stretch", disabled=not ready,
        placeholder=f"Try your own: {_task(experiment).example_hint}" if ready else "",
        label_visibility="collapsed",
        help="Type a beginning and press Enter. Leave it empty to watch the task's own example.",
    )  # fmt: skip
    if not ready or not text or not text.strip():
        return Example()
    try:
        _task(experiment).encode(text)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return Example()
    return Example(text=text)


def _task(experiment: SequenceExperiment):
    from explorer.sequence.tasks import make_task

    return make_task(experiment)
