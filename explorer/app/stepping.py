"""What the page "Step by step" shows, as one value: which network, which sentence, which step, layer and unit."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from explorer.app.links import read_link, safe_markdown, write_link
from explorer.experiment import Experiment, setting

PAGE = "steps"
LONGEST_SENTENCE = 200
"""Characters."""


class Stepping(Experiment):
    """One look at one time step. Steps, layers and units are counted from 1, as they are shown."""

    network: Literal["lstm", "gru", "rnn", "mine"] = setting(
        "lstm", "Network", "A small network of one kind, trained here on short phrases, or yours from the page Train live.",
        "network", labels={"lstm": "LSTM, trained here", "gru": "GRU, trained here", "rnn": "RNN, trained here", "mine": "My own, from Train live"},
    )  # fmt: skip
    sentence: str = setting(
        "", "Your own sentence", "What the network reads. Leave it empty for the example it was watched on.",
        "network", max_length=LONGEST_SENTENCE,
    )  # fmt: skip
    example: int = setting(
        0,
        "Example",
        "0 is the one the network is watched on; the others it never learns from.",
        "network",
        ge=0,
        le=100,
    )
    step: int = setting(1, "Step", "The time step that is looked at.", "place", ge=1, le=1000)
    layer: int = setting(1, "Layer", "Counted from the input upwards.", "place", ge=1, le=3)
    unit: int = setting(
        1, "Unit", "One number of the hidden state; or click a cell of the strip.", "place", ge=1, le=256
    )
    reading: Literal["right", "left"] = setting(
        "right", "Reads to the", "A bidirectional network has one half that begins at the end.", "place",
        labels={"right": "Right →", "left": "← Left"},
    )  # fmt: skip
    way: Literal["forward", "backward"] = setting(
        "forward", "Direction", "Forward: from words to expectations. Backward: the gradient of the loss on its way back.",
        "place", labels={"forward": "Forward", "backward": "Backward"},
    )  # fmt: skip
    loss: Literal["answer", "every"] = setting(
        "answer", "Loss of", "Whose gradient is followed back: of the one answer that needs memory, or of every step.",
        "place", labels={"answer": "One answer", "every": "Every step"},
    )  # fmt: skip


def stepping(network: str) -> Stepping:
    """What the page shows now: what the address says when a link was opened, else what was chosen last.

    `network` is where it begins when neither says anything.
    """
    linked = read_link(Stepping, PAGE)
    if linked is not None:
        now, st.session_state[f"{PAGE}:notices"] = linked
        go(**dict(now))
        st.session_state[f"{PAGE}:playing"] = False
    return st.session_state.setdefault(f"{PAGE}:now", Stepping(network=network))


def go(**changes: object) -> None:
    """Change what is shown. Widgets keep their value under their key, so what changes gets a new key."""
    old: Stepping = st.session_state.get(f"{PAGE}:now", Stepping())
    new = old.replace(**changes)
    editions = st.session_state.setdefault(f"{PAGE}:editions", {})
    for name in Stepping.model_fields:
        if getattr(old, name) != getattr(new, name):
            editions[name] = editions.get(name, 0) + 1
    st.session_state[f"{PAGE}:now"] = new


def widget_key(name: str) -> str:
    """Key of the widget of a field; see `go`."""
    return f"{PAGE}.{name}.{st.session_state.setdefault(f'{PAGE}:editions', {}).get(name, 0)}"


def write_address(now: Stepping, linkable: bool) -> None:
    """Let the address say what is shown; a visitor's own words only where they are words of ours."""
    write_link(now, PAGE, without=() if linkable else ("sentence",))


def draw_notices() -> None:
    """Say what of a link could not be used."""
    for notice in st.session_state.get(f"{PAGE}:notices", ()):
        st.warning(safe_markdown(notice), icon=":material/link_off:")
