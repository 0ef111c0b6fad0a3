"""Question answering: find the answer, mark it, and say when there is none."""

import streamlit as st

from explorer.app.answer_ask import answer_view, answered, ask, notfound_note, reasons_view, story
from explorer.app.answer_measured import measured_view
from explorer.app.answer_setting import answering_controls, choose_view
from explorer.app.answer_world import world_view
from explorer.app.header import header

view = answering_controls()
header(
    "Question answering",
    "A search finds paragraphs; an answer is a few words. Mark them, say how sure that is, and say when they are **not found**. In a **small world** "
    "two networks learn it from nothing.",
)
with st.container(key="answer_views"):
    choose_view(view)
if view.view == "world":
    world_view(view)
else:
    ask(view)
    made = answered(view)
    if made is not None:
        answer_view(made)
        story()
        reasons_view(made)
        notfound_note()
    measured_view()
