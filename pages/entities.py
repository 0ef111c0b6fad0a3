"""Named entities: people, places and firms, found by what stands around them."""

import streamlit as st

from explorer.app.ensemble import together
from explorer.app.entities_controls import KEEPING, entity_controls, has_no_file
from explorer.app.entities_live import runs_of, training_view
from explorer.app.entities_sentence import choose_sentence
from explorer.app.entities_setting import PAGE
from explorer.app.entities_story import entities_story, entities_terms
from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.transport import transport

now = entity_controls()
header(
    "Named entities",
    "Which words name somebody or something, and what? A name that was never seen is told by its letters, and by **what stands around it**.",
)
entities_story(now)
if has_no_file(now):
    st.stop()
runs = runs_of(now)
file_controls(PAGE, next(iter(runs.members.values())), KEEPING)
joint = together(list(runs.reports().values()))
with st.container(horizontal=True, vertical_alignment="center", key="bar"):
    transport(PAGE, runs, joint, start="the untrained tagger")
    typed = choose_sentence(now, bool(joint.frames))
training_view(now, runs, typed, joint)
entities_terms(now)
