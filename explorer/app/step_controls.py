"""The controls of the page "Step by step": what it looks into, and how one goes from step to step."""

from __future__ import annotations

import time

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import once
from explorer.app.example import TYPED_TASKS, Example
from explorer.app.links import safe_markdown
from explorer.app.looking import Look, Network, look
from explorer.app.networks import network, take_newest
from explorer.app.stepping import PAGE, Stepping, go, widget_key
from explorer.app.widgets import field_widget

EVERY = 1.2
"""Seconds for one step while it plays."""


def choose_network(now: Stepping) -> Network | None:
    """Draw the choice of the network in the sidebar and return it; None when there is none of the visitor's own."""
    with st.sidebar:
        st.subheader("Network")
        _field("network", now)
        if now.network == "mine" and "train:run" in st.session_state and st.session_state.get(f"{PAGE}:mine"):
            st.button(
                "Take its newest weights", key=f"{PAGE}:newest", icon=":material/sync:", type="tertiary", on_click=once(take_newest),
            )  # fmt: skip
    return network(now.network)


def choose_sentence(now: Stepping, chosen: Network) -> tuple[Look, bool]:
    """Draw the choice of the sentence and return the network's reading of it.

    And whether it could be read: what cannot is said, and the network's own example is shown instead.
    """
    typed = chosen.experiment.task in TYPED_TASKS
    with st.sidebar:
        _field(
            "sentence" if typed else "example",
            now,
            **({"placeholder": "rose is"} if chosen.experiment.task == "rose" else {}),
        )
    example = Example(text=now.sentence.strip()) if typed else Example(number=now.example)
    try:
        return look(PAGE, chosen, example, now.loss), True
    except ValueError as error:
        with st.sidebar:
            st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return look(PAGE, chosen, Example(), now.loss), False


def choose_place(now: Stepping, seen: Look) -> None:
    """Draw the choice of layer, unit and direction of reading."""
    with st.sidebar:
        st.subheader("Place")
        _field("step", now, most=len(seen.words))
        if seen.layers > 1:
            _field("layer", now, most=seen.layers)
        if len(seen.trace.unrolled[0]) > 1:
            _field("reading", now)
        _field("unit", now, most=seen.units)
        if seen.task.topology == "many-to-many" and now.way == "backward":
            _field("loss", now)


def within(now: Stepping, seen: Look) -> Stepping:
    """The place that is looked at, brought inside this network and this sentence."""
    fits = {
        "step": min(now.step, len(seen.words)),
        "layer": min(now.layer, seen.layers),
        "unit": min(now.unit, seen.units),
        "reading": now.reading if len(seen.trace.unrolled[0]) > 1 else "right",
    }
    return now.replace(**fits)


def _field(name: str, now: Stepping, **more: object) -> None:
    key = widget_key(name)
    field_widget(Stepping, name, getattr(now, name), key, on_change=_take, args=(name, key), **more)


def _take(name: str, key: str) -> None:
    value = st.session_state[key]
    if value is None:
        return
    now: Stepping = st.session_state[f"{PAGE}:now"]
    st.session_state[f"{PAGE}:notices"] = []
    # The widget shows the value already: its key stays.
    st.session_state[f"{PAGE}:now"] = now.replace(**{name: value, **({"step": 1} if name in STARTS_AGAIN else {})})
    if name in STARTS_AGAIN:
        go(step=1)


STARTS_AGAIN = ("network", "sentence", "example")


def transport(now: Stepping, seen: Look) -> None:
    """Previous, play, next, and forward or backward."""
    last = len(seen.words)
    playing = is_playing()
    ahead = 1 if now.way == "forward" else -1
    ends = (now.step >= last) if ahead > 0 else (now.step <= 1)
    presenting = presentation.is_on()
    with st.container(key="steps_transport", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Previous", key=f"{PAGE}:previous", icon=":material/chevron_left:", disabled=now.step <= 1,
                  shortcut="PageUp" if presenting else "Left", on_click=once(_move), args=(-1,))  # fmt: skip
        st.button("Pause" if playing else "Play", key=f"{PAGE}:play", type="primary", shortcut="Space", width=130,
                  icon=":material/pause:" if playing else ":material/play_arrow:", on_click=once(_toggle), args=(ends, last),
                  help="One step after the other: forward in time, or backward.")  # fmt: skip
        st.button("Next", key=f"{PAGE}:next", icon=":material/chevron_right:", icon_position="right", disabled=now.step >= last,
                  shortcut="PageDown" if presenting else "Right", on_click=once(_move), args=(1,))  # fmt: skip
        key = widget_key("way")
        st.segmented_control("Direction", ("forward", "backward"), default=now.way, key=key, required=True,
                             format_func=WAYS.get, label_visibility="collapsed", on_change=_take, args=("way", key))  # fmt: skip
        st.caption(f"{described(seen.network)} · step {now.step} of {last}")


def described(shown: Network) -> str:
    """Which network is looked into, and how far it has been trained."""
    return f"{shown.name}, {f'training step {shown.step:,}' if shown.step else 'untrained'}"


WAYS = {"forward": "Forward", "backward": "Backward"}


def is_playing() -> bool:
    """Whether the steps follow one another by themselves."""
    return bool(st.session_state.get(f"{PAGE}:playing"))


def _move(by: int) -> None:
    now: Stepping = st.session_state[f"{PAGE}:now"]
    st.session_state[f"{PAGE}:moved"] = time.monotonic()
    go(step=max(now.step + by, 1))


def _toggle(at_the_end: bool, last: int) -> None:
    playing = not is_playing()
    st.session_state[f"{PAGE}:playing"] = playing
    st.session_state[f"{PAGE}:moved"] = time.monotonic()
    if playing and at_the_end:
        now: Stepping = st.session_state[f"{PAGE}:now"]
        go(step=1 if now.way == "forward" else last)


def clock(now: Stepping, seen: Look) -> None:
    """While it plays, go on by one step every 1.2 s; stop at the end."""
    if is_playing():
        st.fragment(_tick, run_every=EVERY)(now, len(seen.words))


def _tick(now: Stepping, last: int) -> None:
    if time.monotonic() - st.session_state.get(f"{PAGE}:moved", 0.0) < 0.8 * EVERY:
        return
    step = now.step + (1 if now.way == "forward" else -1)
    if 1 <= step <= last:
        _move(step - now.step)
    else:
        st.session_state[f"{PAGE}:playing"] = False
    st.rerun(scope="app")


def no_own_network() -> None:
    """Say what is missing, and where it is made."""
    from explorer.app.pages import spec_of

    with st.container(height=320, border=False, vertical_alignment="center", horizontal_alignment="center"):
        st.markdown("There is no network of your own yet.")
        st.caption("Train one on the page Train live; it then appears here, at the moment that is shown there.")
        st.page_link(spec_of("train_live.py").page(), label="Train live", icon=":material/arrow_forward:")
