"""The controls of a sequence experiment: which fields mean something when, and what visitors bring."""

from __future__ import annotations

from typing import Any

from explorer.app.controls import Sheet, Values, experiment_controls
from explorer.app.own_data import own_reviews, own_series, own_text
from explorer.sequence import SequenceExperiment
from explorer.sequence.experiment import READS_THE_ANSWER

GROUPS = {"task": "Task", "architecture": "Architecture", "training": "Training"}
NEEDED = {
    "spectral_radius": ("initialisation", "spectral"),
    "text": ("corpus", "own"),
    "values": ("series", "own"),
    "season": ("series", "own"),
    "reviews": ("opinions", "own"),
}
"""Fields that mean something only beside a certain choice of another field."""


def sequence_controls(page: str) -> SequenceExperiment:
    """Draw the sidebar of a page and return what it says; see `experiment_controls`."""
    return experiment_controls(page, SHEET)


def _is_shown(name: str, values: Values) -> bool:
    needed = NEEDED.get(name)
    if needed and values[needed[0]] != needed[1]:
        return False
    return SequenceExperiment.applies(name, values["task"], values["cell"])


def _more(name: str, values: Values) -> Values:
    if name != "bidirectional" or values["task"] not in READS_THE_ANSWER:
        return {}
    return {
        "disabled": True,
        "help": "Off for this task: reading from the right, the network would see what it has to predict.",
    }


def _tidy(name: str, value: Any, values: Values) -> Any:
    return value and values["task"] not in READS_THE_ANSWER if name == "bidirectional" else value


def _adjust(values: Values) -> Values:
    return {"bidirectional": False} if values["task"] in READS_THE_ANSWER else {}


OWN_WIDGETS = {"text": own_text, "values": own_series, "reviews": own_reviews}
SHEET = Sheet(
    SequenceExperiment, GROUPS, shown=_is_shown, own=OWN_WIDGETS, more=_more, adjust=_adjust, tidy=_tidy,
)  # fmt: skip
