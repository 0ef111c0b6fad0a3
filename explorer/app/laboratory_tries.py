"""The story of the first view: settings worth trying, one button each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from explorer.app import presentation
from explorer.app.laboratory_setting import Before, adjust
from explorer.app.links import safe_markdown


@dataclass(frozen=True, slots=True)
class Try:
    """Settings, what they are called, and what is to be learned from them."""

    title: str
    why: str
    settings: dict[str, Any] = field(default_factory=dict)


TRIES = (
    Try(
        "As PyTorch begins",
        "Nothing is trained yet. Even the LSTM and the GRU lose the error within a few dozen steps: their gates begin half open, "
        "and half of a half of a half is soon nothing.",
    ),
    Try(
        "Open gates",
        "A bias of 3 opens the forget and update gates to about 95 %. Now most of the error passes straight through, "
        "and only the plain RNN is left behind.",
        {"forget_bias": 3.0, "update_bias": 3.0},
    ),
    Try(
        "A pure power",
        "No input, no bias, no non-linearity, and weights that are a rotation times 0.9: the gradient of the RNN is exactly 0.9 to the power "
        "of the distance. Slide the spectral radius through 1.",
        {"activation": "linear", "initialisation": "orthogonal", "spectral_radius": 0.9, "inputs": 0.0, "biases": False},
    ),
    Try(
        "tanh against theory",
        "The bound says that it may explode. It does not: units at the ends of tanh have no slope, and saturation wins. Make the inputs "
        "smaller, and see when it does explode.",
        {"initialisation": "orthogonal", "spectral_radius": 1.2},
    ),
    Try(
        "Identity and ReLU",
        "Weights that copy the state, and a ReLU that lets it pass: a plain RNN keeps the error for ever (Le, Jaitly and Hinton "
        "2015), as long as its units stay alive. Turn the radius to 1.02.",
        {"activation": "relu", "initialisation": "identity", "inputs": 0.0},
    ),
    Try(
        "Cut after 20",
        "Truncated backpropagation: beyond the cut the gradient is not small, it is exactly zero. No gate can help.",
        {"forget_bias": 3.0, "update_bias": 3.0, "window": 20},
    ),
    Try(
        "Errors everywhere",
        "With an error at every step nothing seems to vanish. Look at the table below: hardly any error travels.",
        {"loss_at": "every"},
    ),
)
"""From the plain beginning to what hides it."""
BESIDE = ("shown", "row", "column", "hidden", "length", "samples", "seed", "norm")
"""Settings that a button leaves as they are."""


def tries(now: Before) -> None:
    """Draw the choices; the one whose settings are shown is marked, and its words stand below."""
    kept = {name: getattr(now, name) for name in BESIDE}
    offered = {one.title: Before(**{**kept, **one.settings}) for one in TRIES}
    here = next((title for title, settings in offered.items() if settings == now), None)
    if not presentation.is_on():
        key = f"lab:try:{here}"  # what is marked follows the controls: with every other mark it is another widget
        st.pills(
            "Try", list(offered), default=here, key=key, on_change=_take, args=(key, offered), label_visibility="collapsed"
        )
    with st.container(key="lab_why"):
        st.markdown(safe_markdown(next((one.why for one in TRIES if one.title == here), OWN)))


def _take(key: str, offered: dict[str, Before]) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        adjust("before", offered[chosen])


OWN = "Your own settings. Every line is measured in float64 with these weights; nothing is drawn by hand."
