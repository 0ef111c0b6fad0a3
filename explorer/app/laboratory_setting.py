"""What the gradient laboratory shows, as one value for each of its views: they share an address, not their settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st
from pydantic import model_validator

from explorer.app.controls import set_controls
from explorer.app.links import given_link, read_link
from explorer.experiment import Experiment, about, bounds, setting
from explorer.sequence.laboratory import Probe

PAGE = "lab"
VIEWS = {
    "before": "Before training",
    "training": "While training",
    "explosion": "Explosion and clipping",
    "sentences": "Two sentences",
    "readings": "Misreadings",
}
LONGEST = 200
"""Most time steps."""


def cell_shown(default: str) -> Any:
    """The field for whose table and spectrum are shown."""
    return setting(
        default, "Cell", "Whose table and spectrum are shown.", "place", labels={"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
    )


def place(title: str, help: str) -> Any:
    """A field for a step, counted from 1; 0 is the default way through the whole sequence."""
    return setting(0, title, help, "place", ge=0, le=LONGEST)


def as_in(cls: type[Experiment], name: str, default: Any) -> Any:
    """A field that is the same as in another experiment, but for where it begins."""
    info, extra = cls.model_fields[name], about(cls, name)
    limits = {key: value for key, value in zip(("ge", "le"), bounds(cls, name), strict=True) if value is not None}
    return setting(default, info.title, info.description, extra.pop("group"), **extra, **limits)


class ProbeView(Probe):
    """The untrained cells, and whose details are looked at."""

    shown: Literal["rnn", "lstm", "gru"] = cell_shown("rnn")
    row: int = place("Error of step", "Which step's error is followed back.")
    column: int = place("Back to state", "How far it is followed.")

    @property
    def probe(self) -> Probe:
        """What is measured."""
        return Probe(**{name: getattr(self, name) for name in Probe.model_fields})


class Before(ProbeView):
    """Gradients before any training."""

    view: Literal["before"] = setting("before", "View", "What the page shows.", "view")


class Readings(ProbeView):
    """The same cells, read wrongly in three ways."""

    forget_bias: float = as_in(Probe, "forget_bias", 2.0)
    update_bias: float = as_in(Probe, "update_bias", 2.0)
    view: Literal["", "readings"] = setting("", "View", "What the page shows.", "view")

    @model_validator(mode="before")
    @classmethod
    def _is_this_view(cls, given: Any) -> Any:
        return of_view(given, "readings")


def of_view(given: Any, view: str) -> Any:
    """The same settings with the name of their view, which is part of every link but that of the first."""
    return {**given, "view": view} if isinstance(given, Mapping) else given


def state_of(view: str) -> str:
    """Prefix of a view's state."""
    return f"{PAGE}.{view}"


def chosen_view(classes: Mapping[str, type[Experiment]]) -> str:
    """The view that the address asks for when a link was opened, else the one that was chosen last."""
    asked = given_link().get("view", "before")
    asked = asked if asked in VIEWS else "before"
    if read_link(classes[asked], PAGE) is not None:
        st.session_state[f"{PAGE}:view"] = asked
    return st.session_state.setdefault(f"{PAGE}:view", "before")


def view_control(view: str) -> None:
    """Draw the choice between the views."""
    key = f"{PAGE}:view_control:{view}"  # another view's control is another widget: it shows what a link has chosen
    st.segmented_control(
        "View", list(VIEWS), default=view, format_func=VIEWS.get, key=key, required=True, label_visibility="collapsed",
        on_change=_go, args=(key,), width="stretch",
    )  # fmt: skip


def _go(key: str) -> None:
    st.session_state[f"{PAGE}:view"] = st.session_state[key]


def adjust(view: str, settings: Experiment) -> None:
    """Let the controls of a view show these settings from the next run on."""
    set_controls(state_of(view), settings)


def put(view: str, **values: Any) -> None:
    """Change settings of a view that have no widget of their own in the sidebar."""
    st.session_state[f"{state_of(view)}:values"].update(values)
