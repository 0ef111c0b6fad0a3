"""Text classification: which topic, which opinion, and which words decided."""

import streamlit as st

from explorer.app.classify_controls import KEEPING, classify_controls
from explorer.app.classify_live import classify_view
from explorer.app.classify_setting import PAGE
from explorer.app.classify_story import classify_terms, story_above
from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.starting import ready_run
from explorer.app.transport import transport

now = classify_controls()
header(
    "Text classification",
    "Which topic, which opinion? Counting words, averaging their vectors, reading them in order, reading them in context: "
    "how many labelled texts does each need, what does each get wrong, and **which words decided**?",
)
run = ready_run(PAGE, now.learning())
file_controls(PAGE, run, KEEPING)
report = run.report()
story_above(run.base, bool(report.frames))
with st.container(key="bar"):
    transport(PAGE, run, report, "A tenth of one training.", "the empty curves")
classify_view(now, run, report)
classify_terms(run.base)
