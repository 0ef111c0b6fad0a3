"""What the four methods do, in a sentence each, and the words of the page."""

from __future__ import annotations

import streamlit as st

STORIES = {
    "TF-IDF": "*1972.* Counts the words that both have. A word is worth more the fewer paragraphs have it; long paragraphs are scaled down. "
    "Only words that are written alike count.",
    "BM25": "*1994.* The same idea with two corrections: each further occurrence of a word counts less, and length is held against a "
    "paragraph only in part. Still what most search engines begin with.",
    "Averaged GloVe": "*2014.* Every word is a vector, learned from billions of words; a text is their mean. “Purchased” is near "
    "“bought”, but the mean of many words blurs, and nothing knows their order.",
    "MiniLM": "*2020.* A Transformer reads the whole text, each word in the light of the others, and was trained on a billion pairs "
    "to bring questions near their answers. What it found is seldom one word.",
}
TERMS = (
    "**Recall at k**: the share of the questions for which a right paragraph is among the first *k*.",
    "**MRR** (*mean reciprocal rank*): 1 when the right paragraph comes first, ½ when it comes second, ⅓ when third, and so on; "
    "the mean over all questions.",
    "**Rank**: the place in the list, from 1. **Cosine**: the agreement of the directions of two vectors, 1 at most.",
    "**Score**: for TF-IDF, GloVe and MiniLM a cosine, for BM25 a sum of weights. Scores of different methods cannot be compared, their "
    "orders can. The shares of the words add up to the score: for MiniLM each subword's state is a part of the mean that makes the paragraph's vector.",
    "**95 % range**: were the methods asked many more questions of this kind, the value would lie within it in about 95 of 100 cases.",
)


def retrieval_story() -> None:
    """Draw what each method does, under its lane."""
    with st.container(key="aside_methods"):
        for column, (name, text) in zip(st.columns(4, gap="medium"), STORIES.items(), strict=True):
            column.caption(f"**{name}** {text}")


def retrieval_terms() -> None:
    """Draw the explanations, folded away."""
    with st.container(key="aside_terms"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in TERMS:
            st.markdown(text)
