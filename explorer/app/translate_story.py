"""The words of the page "Translation": what is to be seen, and what the terms mean."""

from __future__ import annotations

import streamlit as st

from explorer.app.pages import spec_of
from explorer.app.terms import LOSS
from explorer.app.translate_setting import PAGE, TranslateView

STORIES = {
    "numbers": (
        "An **encoder** reads the number letter by letter, a **decoder** writes it in the other language, letter by letter, and at each letter "
        "looks back at what was read (**attention**). Nobody tells it what a digit is."
    ),
    "dates": (
        "An **encoder** reads a date as people of many countries write it, a **decoder** writes it as year, month and day. It has to find out "
        "what is a month in every language, and which of two numbers it is."
    ),
}
SEARCH = (
    "After each letter the network has a probability for every next one. **Greedy** takes the likeliest and never looks back. **Beam search** keeps "
    "several unfinished answers, and after each letter the likeliest of all their continuations."
)
BEAM = (
    "**Beam search** (Graves 2012; Sutskever, Vinyals and Le 2014): the probability of an answer is the product of the probabilities of its letters, its "
    "**log-probability** the sum of their logarithms: 0 is certain, −0.69 is one half, −4.6 is one in a hundred. Nothing is divided by the length of the answer here. "
    "A search sees only what it keeps: a wider one finds a better answer or the same, nearly always, and takes longer."
)
ATTENTION = (
    "**Attention** (Bahdanau, Cho and Bengio 2015; Luong, Pham and Manning 2015): for each letter that is written, shares that add up to 100 % over the letters that were read. "
    "It says where numbers are fetched from, not why the network answers as it does."
)
EXACT = "**Answered exactly**: the whole answer is right, letter for letter, on questions that training never sees (a tenth of all numbers, or of all days)."
WORDS = (
    "In every language *two* is used like *three*, and *dog* like *cat*. So the **word vectors** of two languages, learned apart from one another, are arranged alike, and a "
    "**rotation** that lays a few known pairs on one another carries other words over, too."
)
SHIPPED = (
    "This is the figure of Mikolov, Le and Sutskever (2013) with English and Italian, and it is as small: **20 pairs** of numbers, animals and fruits, with vectors of 300 numbers, "
    "which gensim ships for its tests. One of them is wrong in the file itself (*cavallo* is a horse). For real work choose **My own** in the sidebar."
)
PROCRUSTES = (
    "**Orthogonal Procrustes** (Schönemann 1966; for words Xing et al. 2015): the rotation that brings the vectors of known pairs as near together as can be. A rotation keeps "
    "all distances: it finds out nothing, it only turns one space until it lies on the other. Vectors are scaled to length 1 and centred first (Artetxe et al. 2016). "
    "n pairs determine at most n − 1 directions; what lies outside of them is left out on both sides."
)
CSLS = (
    "**Nearest neighbour**: the word with the largest cosine. Some words, called **hubs**, are near everything and so are everybody's answer. **CSLS** (Conneau et al. 2018) is twice the cosine "
    "less the mean cosine of each of the two words with its nearest neighbours on the other side."
)
LEFT_OUT = (
    "**Left out**: each pair is translated by a rotation that was fitted to the other pairs (with more than 20 source words: to the other nineteen groups). **Precision at 1**: the share of words whose first "
    "answer is a translation in the dictionary. The **interval** is Wilson's, of 95 %."
)


def written_story(now: TranslateView) -> None:
    """What this network does, and what a search is."""
    with st.container(key="aside_story"):
        st.markdown(f"{STORIES[now.view]} {SEARCH}")


def written_terms(now: TranslateView) -> None:
    """The way to the same network on another page, and the explanations."""
    with st.container(key="aside_terms"):
        st.page_link(
            spec_of("topologies.py").page(), label="The same network unrolled, with the gradient at every step", icon=":material/account_tree:",
            query_params={"shape": "encoder-decoder", "task": now.view},
        )  # fmt: skip
        _terms(BEAM, ATTENTION, EXACT, LOSS)


def words_story(now: TranslateView) -> None:
    """What a rotation can do, and how small the example is."""
    with st.container(key="aside_story"):
        st.markdown(WORDS + (f" {SHIPPED}" if now.files == "shipped" else ""))


def words_terms() -> None:
    """The explanations of the words across languages."""
    with st.container(key="aside_terms"):
        _terms(PROCRUSTES, CSLS, LEFT_OUT)


def _terms(*texts: str) -> None:
    with st.expander("What the pictures mean", icon=":material/menu_book:", key=f"{PAGE}:terms"):
        for text in texts:
            st.markdown(text)
