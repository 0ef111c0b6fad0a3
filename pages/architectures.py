"""Architectures: how what was read reaches the answer, through a memory, a window, an average, convolutions or attention."""

import streamlit as st

from explorer.app.architecture_controls import (
    KEEPING,
    architecture_controls,
    choose_architecture,
    choose_example,
)
from explorer.app.architecture_live import training_view
from explorer.app.architecture_setting import PAGE
from explorer.app.architecture_story import architecture_story
from explorer.app.architecture_terms import architecture_terms
from explorer.app.architecture_twin import pair_of
from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.starting import ready_run
from explorer.app.transport import transport

now = architecture_controls()
header(
    "Architectures",
    "What was read must reach the answer. Every architecture lays other ways: see them, and what comes back.",
)
choose_architecture()
run = ready_run(PAGE, now.training())
file_controls(PAGE, run, KEEPING)
architecture_story(run.base)
pair = pair_of(PAGE, run)
joint = pair.reports()[2]
with st.container(horizontal=True, vertical_alignment="center", key="bar"):
    transport(PAGE, pair, joint)
    example = choose_example(now, bool(joint.frames))
training_view(now, pair, example, joint)
architecture_terms()
