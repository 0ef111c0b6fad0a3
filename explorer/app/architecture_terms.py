"""The words of the page that are not explained where they first stand, folded away below it."""

from __future__ import annotations

import streamlit as st

from explorer.app.terms import LOSS

CONNECTION = (
    "**Connections**: one line is one piece of computing: a convolution, a step of a recurrence, a block of attention, a "
    "hidden layer, the readout. Only what the answer depends on is drawn. The **way to the answer** counts the fewest "
    "connections from an input to the answer. Shortcuts around a layer (*residual connections*, in the TCN and the "
    "Transformer) do not make it shorter: they pass that layer, too."
)
GRADIENT = (
    r"**Gradient** $|\partial L / \partial x_t|$: how much the loss would change if the numbers of input *t* changed a little, "
    "as the mean over the examples that are watched. The scale is logarithmic. **✕** marks inputs without a way to the "
    "answer: their gradient is exactly 0 by construction, not because it faded."
)
PARAMETERS = (
    "**Parameters**: all numbers that are learned. *Embedding*: the vectors of the tokens. *Readout*: the last linear map, to "
    "the answers. *Body*: everything between. To send a gradient back, a network keeps what it computed on the way there: "
    "that memory grows with batch and length and is measured here on one batch."
)


def architecture_terms() -> None:
    """Draw the explanations."""
    with st.container(key="aside_terms"), st.expander("What the pictures mean", icon=":material/menu_book:"):
        for text in (CONNECTION, GRADIENT, PARAMETERS, LOSS):
            st.markdown(text)
