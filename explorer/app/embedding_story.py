"""What each algorithm does, in a sentence or two, and the words the page uses."""

from __future__ import annotations

import streamlit as st

from explorer.embedding.experiment import ALGORITHM_TITLES, BY_FACTORS, BY_PREDICTION, EmbeddingExperiment

STORIES = {
    "skipgram": "From each word it predicts the words around it, at most a **window** away: it learns to tell them "
    "from words drawn by "
    "chance (**negative sampling**). One reading of the whole text is an **epoch**.",
    "cbow": "From the mean of the words around a gap, at most a **window** away, it predicts the word in the gap: it "
    "learns to tell it "
    "from words drawn by chance (**negative sampling**). One reading of the whole text is an **epoch**.",
    "fasttext": "Skip-gram (from each word, predict the words at most a **window** away), but a word's vector is the "
    "mean of those of its "
    "**n-grams**, the runs of letters in it. So a word that was never read has a vector too.",
    "glove": "It counts how often each two words occur at most a **window** away from one another, then seeks vectors "
    "whose products give "
    "the logarithms of these counts. One pass over all counts is an **epoch**.",
    "ppmi": "It counts how much oftener two words occur at most a **window** away from one another than by chance "
    "(positive pointwise "
    "mutual information), then keeps the main directions of that table.",
    "tfidf": "It counts how often each word occurs in each passage of a few sentences, weighs words up that are in "
    "few passages, then "
    "keeps the main directions of that table (latent semantic analysis).",
}


def algorithm_story(experiment: EmbeddingExperiment) -> None:
    """Draw the algorithm's story, and what it learns from."""
    with st.container(key="aside_story"):
        st.markdown(f"**{ALGORITHM_TITLES[experiment.algorithm]}**  {STORIES[experiment.algorithm]}")


def step_of(experiment: EmbeddingExperiment) -> str:
    """What one step is."""
    return "One iteration." if experiment.algorithm in BY_FACTORS else "A tenth of an epoch."


def embedding_terms(experiment: EmbeddingExperiment) -> None:
    """Draw the explanations that belong to this algorithm, folded away."""
    with st.container(key="aside_terms"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in _terms(experiment.algorithm):
            st.markdown(text)


def _terms(algorithm: str) -> list[str]:
    own = []
    if algorithm in BY_PREDICTION:
        own.append(
            "**Negative sampling**: telling a word's true neighbour from all other words would take a sum over the "
            "whole vocabulary. "
            "Instead each true neighbour is told from a few *negatives*, words drawn by chance, the more frequent the "
            "likelier."
        )
    if algorithm not in BY_FACTORS:
        own.append(
            "**Epoch**: one reading of the whole text (or of the whole table of counts). A step here is a tenth of it."
        )
    return [
        "**Embedding**: for each word a list of numbers, its *vector*. Nothing is known at first: they point anywhere.",
        "**Cosine**: how much two vectors point the same way, 1 for the same direction, 0 for a right angle, −1 for "
        "opposite ones.",
        *own,
        "**The map** shows vectors of many numbers in the plane in which they differ most (the first two principal "
        "directions of the newest "
        "moment). The plane is turned so that words stay where they were; most of the differences lie outside of it.",
        "**Agreement with people**: people rated how similar pairs of words are (WordSim-353: related, SimLex-999: "
        "alike). The curve is the "
        "rank correlation of their ratings with the cosines, over the pairs this vocabulary has; the band holds the "
        "true value with 95 % confidence.",
        "**Collapse**: with too little reading all vectors point the same way, so that every word is near every "
        "other. The *mean "
        "cosine* over all pairs tells.",
        "**Stability**: two trainings that differ only in their seed agree on few neighbours when the text is small. "
        "What they "
        "agree on comes from the text, the rest from chance.",
    ]
