"""The controls of the page "Pre-train your own": the chapters above the picture, all else in the sidebar."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.clicks import once
from explorer.app.controls import Sheet, Values, experiment_controls, field_key, set_controls, take_value
from explorer.app.keeping import Keeping
from explorer.app.own_data import own_text
from explorer.app.pretrain_setting import CHAPTERS, PAGE, PretrainView
from explorer.sequence.pretraining import PretrainingExperiment

GROUPS = {"task": "Task", "text": "Text", "architecture": "Network", "training": "Training"}


def pretrain_controls() -> PretrainView:
    """Draw the sidebar of the page and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def choose_chapter() -> None:
    """Draw the choice of the chapter; it counts from the next run of the page on."""
    key = field_key(PAGE, "chapter")
    st.segmented_control(
        "Chapter", list(CHAPTERS), default=st.session_state[f"{PAGE}:values"]["chapter"], format_func=CHAPTERS.get, required=True,
        key=key, label_visibility="collapsed", on_change=once(take_value), args=(PAGE, "chapter", key), width="stretch",
    )  # fmt: skip


def look_at(**changes: Any) -> None:
    """Look at another head or chapter; the page follows with its next run."""
    set_controls(PAGE, PretrainView(**{**st.session_state[f"{PAGE}:values"], **changes}))


def _is_shown(name: str, values: Values) -> bool:
    if name == "text" and values["corpus"] != "own":
        return False
    return PretrainView.applies(name, values)


def _open(data: bytes) -> Any:
    from explorer.sequence.pretraining import open_run  # with it torch

    return open_run(data)


def _name(experiment: PretrainingExperiment) -> str:
    return f"{experiment.objective}-{experiment.units}"


def _viewed(experiment: PretrainingExperiment) -> PretrainView:
    """The page's settings for a training out of a file; what is looked at stays as it is."""
    values = st.session_state[f"{PAGE}:values"]
    looked = {name: values[name] for name in PretrainView.model_fields if name not in PretrainingExperiment.model_fields}
    return PretrainView(**{**looked, **dict(experiment)})


SHEET = Sheet(PretrainView, GROUPS, shown=_is_shown, own={"text": own_text})
KEEPING = Keeping("pretraining", _name, _open, _viewed)
