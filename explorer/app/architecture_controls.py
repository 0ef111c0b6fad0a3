"""The controls of the page "Architectures": the architecture above the picture, all else in the sidebar."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import streamlit as st
from pydantic import ValidationError

from explorer.app.architecture_setting import PAGE, ArchitectureView
from explorer.app.clicks import once
from explorer.app.controls import Values, experiment_controls, field_beside, field_key, set_controls
from explorer.app.example import TYPED_TASKS, Example, typed_example
from explorer.app.keeping import Keeping
from explorer.app.sequence_controls import NEEDED
from explorer.app.sequence_controls import SHEET as SEQUENCE_SHEET
from explorer.experiment import choices
from explorer.sequence.architectures.experiment import ARCHITECTURE_TITLES, PICTURES

ABOVE = frozenset({"cell"})
"""Fields that are drawn above the picture."""
INSTEAD = "tcn"
"""What takes the place of the CNN on a task without pictures: its convolutions run along time."""
BATCHES = (64, 32, 16, 8, 4, 1)
"""Sizes that are tried where an architecture is too slow for the batch of the one before."""
WITH_PICTURES = "digits"
"""The task that comes with the CNN, where the one before has no pictures."""


def architecture_controls() -> ArchitectureView:
    """Draw the sidebar of the page and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def choose_architecture() -> None:
    """Draw the choice of the architecture; it counts from the next run of the page on."""
    key = field_key(PAGE, "cell")
    st.segmented_control(
        "Architecture", choices(ArchitectureView, "cell"), default=st.session_state[f"{PAGE}:values"]["cell"],
        format_func=ARCHITECTURE_TITLES.get, required=True, key=key, label_visibility="collapsed", on_change=once(_take), args=(key,),
    )  # fmt: skip


def choose_example(now: ArchitectureView, ready: bool) -> Example:
    """Draw the field that chooses what the network is shown: typed, or the number of a held-out example."""
    with st.container(key="aside_focus", width="stretch"):
        if now.task in TYPED_TASKS:
            return typed_example(PAGE, now, ready)
        field_beside(PAGE, "example", width=160)
    return Example(number=now.example)


def look_at(**changes: int) -> None:
    """Look at another input, head or order; the page follows with its next run."""
    set_controls(PAGE, ArchitectureView(**{**st.session_state[f"{PAGE}:values"], **changes}))


def _take(key: str) -> None:
    """A new architecture brings its own sizes and rates, and the CNN a task with pictures."""
    values, cell = st.session_state[f"{PAGE}:values"], st.session_state[key]
    if cell is not None:
        set_controls(PAGE, with_architecture(values, cell))


def with_architecture(values: Values, cell: str) -> ArchitectureView:
    """The settings with another architecture; what it suggests nothing for stays as it was, as far as that fits."""
    without = cell == "cnn" and values["task"] not in PICTURES
    given = {"task": WITH_PICTURES if without else values["task"], "cell": cell}
    tables = [ArchitectureView.suggested_by["cell"], *([ArchitectureView.suggested] if without else [])]
    fields = {name for table in tables for suggestion in table.values() for name in suggestion}
    fitting = {name: ArchitectureView.model_fields[name].default for name in fields}
    suggested = {name: value for name, value in ArchitectureView.suggestions(given).items() if name in fields}
    wanted = {**values, **fitting, **suggested, **given, "looked": 0}
    for batch in (wanted["batch"], *(size for size in BATCHES if size < wanted["batch"])):
        with suppress(ValidationError):  # a batch that was right for the one before can be too slow here
            return ArchitectureView(**{**wanted, "batch": batch})
    return ArchitectureView(**{**given, "batch": BATCHES[-1]})


def _is_shown(name: str, values: Values) -> bool:
    needed = NEEDED.get(name)
    if name in ABOVE or needed and values[needed[0]] != needed[1]:
        return False
    return ArchitectureView.applies(name, values["task"], values["cell"])


def _adjust(values: Values) -> Values:
    lost = values["cell"] == "cnn" and values["task"] not in PICTURES
    return SEQUENCE_SHEET.adjust(values) | {"looked": 0, "example": 0} | ({"cell": INSTEAD} if lost else {})


def _open(data: bytes) -> Any:
    from explorer.sequence.architectures.opening import open_run  # with it torch

    return open_run(data)


SHEET = replace(SEQUENCE_SHEET, experiment=ArchitectureView, shown=_is_shown, adjust=_adjust)
KEEPING = Keeping("architecture", lambda experiment: f"{experiment.task}-{experiment.cell}", _open)
