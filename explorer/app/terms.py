"""The words a page uses, each explained once, beside the picture it is needed for."""

from __future__ import annotations

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.sequence import SequenceExperiment

STATES = {
    "rnn": r"**Hidden state** $h_t$: the numbers the network remembers after step *t*. A plain RNN mixes the new input "
    r"into all of them at every step: $h_t = \tanh(W_{ih} x_t + W_{hh} h_{t-1} + b)$.",
    "lstm": r"**Hidden state** $h_t$: what the network shows after step *t*. **Memory** $c_t$: what it keeps beside it. "
    r"Three **gates**, numbers between 0 (closed) and 1 (open), decide: the forget gate what stays of the old memory, "
    r"the input gate how much **new content** enters, the output gate what is shown: "
    r"$c_t = f_t c_{t-1} + i_t \tilde c_t$ and $h_t = o_t \tanh(c_t)$.",
    "gru": r"**Hidden state** $h_t$: the numbers the network remembers after step *t*. Two **gates**, numbers between 0 "
    r"and 1, decide: the update gate how much stays as it was, the reset gate how much of the old state the "
    r"**new content** may use: $h_t = z_t h_{t-1} + (1 - z_t) \tilde h_t$.",
}
GRADIENT = (
    r"**Gradient** $|\partial L / \partial h_t|$: how much the loss would change if the state at step *t* changed a "
    r"little. It is computed backwards, from the last step to the first (*backpropagation through time*). Where it is "
    r"near zero, nothing can be learned from that step. The scale is logarithmic: each line is a factor of ten or more."
)
LOSS = (
    "**Loss**: how wrong the answers are, on average; training makes it smaller. The **dotted line** is a baseline, the "
    "loss of a simple rule, computed from the data: what lies below it had to be learned. **Held out** is the loss "
    "on examples the network never trains on."
)
RANGE = (
    "**95 % range**: the score was counted on a few dozen examples, so chance has a part in it. If the network were asked "
    "about many more of their kind, its score would lie within this range in about 95 of 100 cases (*Wilson's interval*)."
)


def terms(experiment: SequenceExperiment, ready: bool) -> None:
    """Draw the explanations that belong to this kind of network, folded away; of the task too, once it is `ready`."""
    with st.container(key="aside_terms"), st.expander("What the rows mean", icon=":material/menu_book:"):
        for text in (STATES[experiment.cell], GRADIENT, LOSS):
            st.markdown(text)
        if ready:
            from explorer.sequence.tasks import make_task

            st.markdown(safe_markdown(make_task(experiment).no_held_out or ""))
            if make_task(experiment).sampled:
                st.markdown(RANGE)
        if experiment.bidirectional:
            st.markdown(
                "**Bidirectional**: a second network reads from the end (←). Its states and gradients stand at the "
                "step they belong to, so it runs from right to left."
            )
