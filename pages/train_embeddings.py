"""Train embeddings: words find their places while an algorithm reads, and all of it can be watched and taken along."""

import streamlit as st

from explorer.app.embedding_controls import KEEPING, embedding_controls
from explorer.app.embedding_keeping import keeping_view
from explorer.app.embedding_live import training_view
from explorer.app.embedding_look import choose_look
from explorer.app.embedding_pair import choose_second, pair_of
from explorer.app.embedding_stability import stability_view
from explorer.app.embedding_story import algorithm_story, embedding_terms, step_of
from explorer.app.embedding_view import has_contexts, words_of
from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.starting import ready_run
from explorer.app.transport import transport

PAGE = "embed"

experiment = embedding_controls(PAGE)
header(
    "Train embeddings",
    "An **embedding** gives every word a list of numbers, its **vector**: words that are used alike come to lie close "
    "together. "
    "Press **Play** and watch them find their places.",
)
run = ready_run(PAGE, experiment)
file_controls(PAGE, run, KEEPING)
algorithm_story(run.base)
report = run.report()
with st.container(horizontal=True, vertical_alignment="center", key="bar"):
    bar = st.container(width="content")
    with st.container(horizontal=True, vertical_alignment="center", key="aside_look", width="stretch"):
        look = choose_look(PAGE, run.base, words_of(PAGE, run, report), has_contexts(report))
        pair = pair_of(PAGE, run, choose_second(PAGE, run.base))
joint = pair.reports()[2]
with bar:
    transport(PAGE, pair, joint, step=step_of(run.base), start="the untrained vectors")
ready = any(frame.arrays for frame in report.frames)
training_view(PAGE, pair, look, joint, ready)
stability_view(PAGE, run, look, ready)
keeping_view(PAGE, run, ready)
embedding_terms(run.base)
