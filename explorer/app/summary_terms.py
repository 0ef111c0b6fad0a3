"""The words of the page "Summary": what it does, and the terms, folded away."""

from __future__ import annotations

import streamlit as st

CENTRAL = (
    "**Central**: sentences are linked as strongly as they are alike (the **cosine** of their vectors; no sentence with itself, nothing below 0). *Degree* adds up a sentence's links. "
    "*Eigenvector* lets a random walk follow them and counts how often it comes by: links from central sentences count for more (PageRank; for sentences LexRank, Erkan and Radev 2004, "
    "and TextRank, Mihalcea and Tarau 2004)."
)
VECTORS = (
    "**TF-IDF**: a sentence is the words it has, rare ones heavier. **GloVe, averaged**: the mean of its words' vectors, rare words heavier, less the mean of all sentences, without which "
    "every sentence is like every other. **MiniLM**: a pre-trained Transformer reads the sentence as a whole."
)
EXTRACTIVE = "**Extractive**: the summary consists of sentences of the text. Nothing is written anew, and nothing is left out because another sentence said it already."


def summary_story() -> None:
    """What is to be seen."""
    with st.container(key="aside_story"):
        st.markdown(
            "Each bar is a sentence, as high as it is **central** against the average (dotted). Full bars with numbers are the summary of that space; the shaded beginning is the "
            "summary that costs nothing: the first sentences, where writers put what matters most."
        )


def summary_terms() -> None:
    """The explanations."""
    with st.container(key="aside_terms"), st.expander("What the pictures mean", icon=":material/menu_book:"):
        for text in (CENTRAL, VECTORS, EXTRACTIVE):
            st.markdown(text)
