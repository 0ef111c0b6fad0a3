"""What the page "Question answering" shows, as one value, and its controls."""

from __future__ import annotations

from typing import ClassVar, Literal

import streamlit as st

from explorer.app.clicks import once
from explorer.app.controls import Sheet, Values, experiment_controls, field_key, set_controls
from explorer.applications.answering.world_experiment import STORIES, WorldExperiment
from explorer.applications.retrieval.collection import QUESTION_LIMIT
from explorer.experiment import setting

PAGE = "answer"
VIEWS = {"ask": "Ask the articles", "world": "A small world"}
FIRST = "How many termites can an aardwolf eat in one night?"
"""The question that stands there at the beginning."""
GROUPS = {"world": "World", "reader": "Attention", "training": "Training"}


class AnsweringView(WorldExperiment):
    """One view of the page: a question put to the articles, or a training in the small world and what of it is looked at."""

    leading: ClassVar[str] = "view"

    view: Literal["ask", "world"] = setting("ask", "View", "Real articles, or a small world whose answers are learned.", "view", labels=VIEWS)
    question: str = setting(FIRST, "Question", "What the articles are asked.", "question", max_length=QUESTION_LIMIT)
    story: int = setting(1, "Story", "Which of the held-out stories is shown.", "story", ge=1, le=STORIES)

    def training(self, reader: Literal["gru", "attention"]) -> WorldExperiment:
        """The training of one of the two readers."""
        fields = {name: getattr(self, name) for name in WorldExperiment.model_fields}
        plain = {"hops": 2, "shown": False} if reader == "gru" else {}
        return WorldExperiment(**{**fields, **plain, "reader": reader})


def answering_controls() -> AnsweringView:
    """Draw the sidebar of the page and return what the page shows."""
    return experiment_controls(PAGE, SHEET)


def choose_view(view: AnsweringView) -> None:
    """Draw the choice between the two halves of the page."""
    key = field_key(PAGE, "view")
    st.segmented_control(
        "View", tuple(VIEWS), default=view.view, format_func=VIEWS.get, required=True, key=key, label_visibility="collapsed",
        on_change=once(_take), args=(key,),
    )  # fmt: skip


def go(**changes: object) -> None:
    """Show something else from the next run on."""
    shown: AnsweringView = st.session_state[f"{PAGE}:past"][-1]  # what the widgets say may have been refused
    set_controls(PAGE, shown.replace(**changes))


def _take(key: str) -> None:
    if st.session_state[key]:
        go(view=st.session_state[key])


def _shown(name: str, values: Values) -> bool:
    return values["view"] == "world" and name != "reader"


SHEET = Sheet(AnsweringView, GROUPS, shown=_shown)
