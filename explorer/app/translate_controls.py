"""The controls of the page "Translation": what is translated above the picture, the network or the vectors in the sidebar."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.clicks import once
from explorer.app.controls import Sheet, Values, experiment_controls, field_key, set_controls
from explorer.app.keeping import Keeping
from explorer.app.translate_setting import PAGE, SHARED, VIEWS, WRITTEN, TranslateView, is_shown
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment

KIND = "encoder_decoder"
GROUPS = {"task": "Task", "architecture": "Network", "training": "Training", "vectors": "Vectors"}
"""What stands in the sidebar; all other groups stand beside their pictures."""


def translate_controls() -> TranslateView:
    """Draw the sidebar of the page and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def choose_view(now: TranslateView) -> None:
    """Draw the choice of what is translated; it counts from the next run of the page on."""
    key = f"{field_key(PAGE, 'view')}:{now.view}"  # a link chooses, too: another view's control is another widget
    st.segmented_control(
        "Translate", list(VIEWS), default=now.view, format_func=VIEWS.get, required=True, key=key, label_visibility="collapsed",
        on_change=once(_go), args=(key,), width="stretch",
    )  # fmt: skip


def _go(key: str) -> None:
    """Another view has sizes of its own; what belongs to a view alone stays as it was."""
    view = st.session_state[key]
    if view is not None:
        values = st.session_state[f"{PAGE}:values"]
        kept = {
            name: values[name]
            for name in (
                "source",
                "target",
                "limit",
                "locales",
                "width",
                "files",
                "swap",
                "left_out",
                "method",
                "group",
                "searched",
                "dictionary",
            )
        }
        set_controls(PAGE, TranslateView(view=view, **kept))


def _unlinked(values: Values) -> tuple[str, ...]:
    """Words from a visitor's own vectors stay with the visitor."""
    return ("word",) if values["files"] == "own" else ()


SHEET = Sheet(TranslateView, GROUPS, shown=is_shown, unlinked=_unlinked)


def _open(data: bytes) -> Any:
    from explorer.sequence.encoder_decoder.opening import open_run  # with it torch

    opened = open_run(data)
    shown_for(opened.now)
    return opened


def shown_for(experiment: EncoderDecoderExperiment) -> TranslateView:
    """The view that shows a training.

    Raises
    ------
    ValueError
        When this page has no place for it.
    """
    if experiment.task not in WRITTEN:
        raise ValueError(
            f"The task “{experiment.task}” of this run is not a translation; open it on the page Topologies."
        )
    return TranslateView(view=experiment.task, **{name: getattr(experiment, name) for name in SHARED})


KEEPING = Keeping(KIND, lambda experiment: f"{experiment.task}-{experiment.cell}", _open, shown_for)
