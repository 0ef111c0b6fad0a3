"""Generation: letter by letter, piece by piece, word by word: what is drawn, what is cut."""

import streamlit as st

from explorer.app import presentation
from explorer.app.ensemble import together
from explorer.app.generate_controls import draw_button, generate_controls, writing_controls
from explorer.app.generate_live import writing_view
from explorer.app.generate_runs import trainings_of
from explorer.app.generate_setting import PAGE
from explorer.app.generate_story import generate_story, generate_terms
from explorer.app.generate_turning import turning_view
from explorer.app.header import header
from explorer.app.transport import transport

now = generate_controls()
header("Generation", "Letter by letter, piece by piece, word by word: what a model writes, what it chose from, and what was cut.")
runs = trainings_of(now)
joint = together(list(runs.reports().values()))
generate_story()
with st.container(horizontal=True, vertical_alignment="center", key="bar"):
    transport(PAGE, runs, joint, step="One update of each model.", start="the untrained models")
    if not presentation.is_on():
        draw_button(now)
writing_controls(now)
writing_view(now, runs, joint)
if not presentation.is_on():
    turning_view(now)
generate_terms()
