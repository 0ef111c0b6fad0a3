"""Step by step: one sentence, one cell, one time step at a time, with all its numbers."""

import streamlit as st

from explorer.app.header import header
from explorer.app.networks import first_choice, training_controls
from explorer.app.return_views import backward_view
from explorer.app.spot import Spot
from explorer.app.step_controls import (
    choose_network,
    choose_place,
    choose_sentence,
    clock,
    no_own_network,
    transport,
    within,
)
from explorer.app.step_views import drawing_view, forward_view
from explorer.app.stepping import draw_notices, stepping, write_address

now = stepping(first_choice())
header(
    "Step by step",
    "At each step the network adds what it **reads** to what it **remembers**. Here are all its numbers, one step at a time.",
)
draw_notices()
network = choose_network(now)
if network is None:
    no_own_network()
    st.stop()
seen, readable = choose_sentence(now, network)
now = within(now, seen)
choose_place(now, seen)
write_address(now, linkable=readable and now.network != "mine")
if now.network != "mine":
    training_controls(now.network, network)
transport(now, seen)
spot = Spot(seen, now)
drawing_view(spot)
if now.way == "forward":
    forward_view(spot)
else:
    backward_view(spot)
clock(now, seen)
