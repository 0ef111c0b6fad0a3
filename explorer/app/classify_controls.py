"""The sidebar of the page "Text classification", and its files."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.classify_setting import PAGE, ClassificationView
from explorer.app.controls import Sheet, Values, experiment_controls, set_controls
from explorer.app.keeping import Keeping
from explorer.app.own_data import own_reviews
from explorer.applications.classification import METHOD_TITLES, ClassificationExperiment

GROUPS = {"texts": "Texts", "methods": "Methods", "training": "Training"}
START = {"shown": "", "size": 0, "example": 0}
"""What is looked at when other texts are chosen."""


def classify_controls() -> ClassificationView:
    """Draw the sidebar of the page and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def go(**changes: object) -> None:
    """Look at something else from the next run on."""
    shown: ClassificationView = st.session_state[f"{PAGE}:past"][-1]  # what the widgets say may have been refused
    set_controls(PAGE, shown.replace(**changes))


def pick_methods(key: str, current: str) -> str:
    """The widget that chooses the methods."""
    info = ClassificationView.model_fields["methods"]
    chosen = st.pills(
        info.title, list(METHOD_TITLES), selection_mode="multi", default=current.split(","), key=key, format_func=METHOD_TITLES.get,
        help=info.description,
    )  # fmt: skip
    return ",".join(name for name in METHOD_TITLES if name in chosen)


def _shown(name: str, values: Values) -> bool:
    return ClassificationView.applies(name, values["texts"], values["methods"])


def _unlinked(values: Values) -> tuple[str, ...]:
    """Words that may be from a visitor's own texts stay with the visitor."""
    return ("typed",) if values["texts"] == "own" else ()


def _open(data: bytes) -> Any:
    from explorer.applications.classification.opening import open_run  # with it what the texts need

    return open_run(data)


def _as_view(experiment: ClassificationExperiment) -> ClassificationView:
    return ClassificationView(**dict(experiment))


SHEET = Sheet(
    ClassificationView, GROUPS, shown=_shown, own={"reviews": own_reviews, "methods": pick_methods}, unlinked=_unlinked,
    more=lambda name, values: {"buttons": 2} if name == "texts" else {}, adjust=lambda values: dict(START),
)  # fmt: skip
KEEPING = Keeping("classification", lambda experiment: f"classification-{experiment.texts}", _open, _as_view)
