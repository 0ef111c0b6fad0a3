"""Similarity and analogies: what word vectors know, tested as honestly as it can be."""

import streamlit as st

from explorer.app.analogy_benchmarks import test_view
from explorer.app.analogy_groups import groups_view
from explorer.app.analogy_question import analogy_view
from explorer.app.analogy_state import PAGE, asking, choose_view, draw_notices, write_address
from explorer.app.analogy_terms import terms
from explorer.app.analogy_words import words_view
from explorer.app.header import header
from explorer.app.shelf import choose_vectors

VIEWS = {"analogy": analogy_view, "words": words_view, "test": test_view, "groups": groups_view}

now = asking()
header(
    "Similarity and analogies",
    "Words that are used alike get vectors that point alike. How much do those directions **know**, and how much of it is luck?",
)
draw_notices()
with st.container(key="analogy_bar", horizontal=True, vertical_alignment="bottom"):
    choose_view(now)
    with st.container(width=260):
        vectors = choose_vectors(PAGE)
if vectors is None:
    st.stop()
write_address(now, vectors)
VIEWS[now.view](now, vectors)
terms(now.view)
