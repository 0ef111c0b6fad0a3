"""The story of a view: settings worth trying, one button each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from explorer.app import presentation
from explorer.app.laboratory_setting import adjust
from explorer.app.links import safe_markdown
from explorer.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Try:
    """Settings, what they are called, and what is to be learned from them."""

    title: str
    why: str
    settings: dict[str, Any] = field(default_factory=dict)


BEFORE = (
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
"""Settings that a button of the first view leaves as they are."""


EXPLOSION = (
    Try(
        "It comes apart",
        "A ReLU network that begins by copying its state, and plain gradient descent. Two updates, and the weights are gone; with the same "
        "gradients shortened to 1 the same network goes on.",
    ),
    Try(
        "Adam survives",
        "Adam divides by the size of the gradients it has seen, so one enormous gradient does not throw it. But it remembers it for "
        "about a thousand updates, and meanwhile its steps are tiny: without clipping it lives and learns nothing. Compare the two losses.",
        {"optimizer": "adam", "steps": 800},
    ),
    Try(
        "Clipping is not enough",
        "RMSprop scales its steps by the gradients' own size. Shortening all of them changes little for it: both trainings come apart.",
        {"optimizer": "rmsprop"},
    ),
    Try(
        "Nothing to clip",
        "An LSTM at a usual rate: clipping at 1 acts only at the very beginning, and once more when the network finds out how to do its task.",
        {"cell": "lstm", "initialisation": "default", "optimizer": "adam", "learning_rate": 0.01, "steps": 800},
    ),
)
"""From the explosion to where there is none."""


def tries(view: str, now: Experiment, offers: Sequence[Try], beside: Sequence[str] = ()) -> None:
    """Draw the choices; the one whose settings are shown is marked, and its words stand below.

    Parameters
    ----------
    view : str
        The page's view.
    now : Experiment
        Its settings.
    offers : sequence of Try
        What can be tried.
    beside : sequence of str
        Settings that a try leaves as they are.
    """
    kept = {name: getattr(now, name) for name in beside}
    offered = {one.title: type(now)(**{**kept, **one.settings}) for one in offers}
    here = next((title for title, settings in offered.items() if settings == now), None)
    if not presentation.is_on():
        key = f"lab:try:{view}:{here}"  # what is marked follows the controls: with every other mark it is another widget
        st.pills(
            "Try", list(offered), default=here, key=key, on_change=_take, args=(view, key, offered), label_visibility="collapsed"
        )
    with st.container(key=f"aside_why_{view}"):
        st.markdown(safe_markdown(next((one.why for one in offers if one.title == here), OWN)))


def _take(view: str, key: str, offered: dict[str, Experiment]) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        adjust(view, offered[chosen])


OWN = "Your own settings. All that is drawn is measured with them; nothing is drawn by hand."
