"""Train live: a recurrent network learns, and shows what is inside it at every time step."""

import streamlit as st

from explorer.app.example import choose_focus
from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.live import training_view
from explorer.app.sequence_controls import sequence_controls
from explorer.app.starting import ready_run
from explorer.app.story import task_story
from explorer.app.terms import terms
from explorer.app.transport import transport

PAGE = "train"

experiment = sequence_controls(PAGE)
header(
    "Train live",
    "A network reads step by step and keeps a memory, its **hidden state**. Press **Play** and watch it form.",
)
run = ready_run(PAGE, experiment)
file_controls(PAGE, run)
report = run.report()
ready = bool(report.frames)
task_story(run.base, ready)
with st.container(horizontal=True, vertical_alignment="center", key="bar"):
    transport(PAGE, run, report)
    focus = choose_focus(PAGE, run.base, ready)
training_view(PAGE, run, focus, report)
terms(run.base, ready)
