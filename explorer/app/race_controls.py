"""The sidebar of the page "Race": the task, who starts, and how all of them train."""

from __future__ import annotations

import streamlit as st

from explorer.app.controls import Sheet, Values, experiment_controls
from explorer.app.sequence_controls import NEEDED
from explorer.app.sequence_controls import SHEET as SEQUENCE
from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES, FEWEST, MOST, admitted

GROUPS = {"task": "Task", "race": "Contestants", "training": "Training", "architecture": "Their details"}


def race_controls(page: str) -> Race:
    """Draw the sidebar of a page and return what it says; see `experiment_controls`."""
    return experiment_controls(page, SHEET)


def pick_entries(key: str, current: str) -> str:
    """The widget that chooses the architectures: those that can run on the task."""
    task = st.session_state[f"{key.split('.')[0]}:values"]["task"]
    able = admitted(task)
    chosen = st.pills(
        Race.model_fields["entries"].title, able, selection_mode="multi", default=[one for one in current.split(",") if one in able], key=f"{key}:{task}",
        format_func=lambda name: ENTRIES[name].title, help=f"{FEWEST} to {MOST} of them. {Race.model_fields['entries'].description}",
    )  # fmt: skip
    return ",".join(name for name in ENTRIES if name in chosen)


def _is_shown(name: str, values: Values) -> bool:
    needed = NEEDED.get(name)
    if needed and values[needed[0]] != needed[1]:
        return False
    return Race.applies(name, values["task"], values["entries"])


SHEET = Sheet(Race, GROUPS, shown=_is_shown, own={**SEQUENCE.own, "entries": pick_entries})
