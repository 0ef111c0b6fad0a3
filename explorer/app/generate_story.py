"""What the page is about in a few sentences, and its words, each explained once."""

from __future__ import annotations

import streamlit as st

STORY = (
    "A **language model** says for every piece of text how likely it is to come next. To write, one piece is drawn, read, and the "
    "next is drawn. Three small Transformers, equally deep and wide, learn the same text; only their **pieces** differ: single "
    "letters, **subwords** (parts of words, learned by joining the pairs that meet most often), and whole words."
)
TERMS = (
    "**Temperature** divides the logits, the numbers before the softmax: probabilities are raised to the power 1/T and scaled to "
    "sum to 1. At 1 the model speaks as it learned to; near 0 it always takes the likeliest piece. *(Ackley, Hinton and Sejnowski, 1985)*",
    "**Top-k** keeps the k likeliest pieces, however likely the others are *(Fan, Lewis and Dauphin, 2018)*. **Top-p**, also "
    "nucleus sampling, keeps the likeliest pieces that together hold a share p: few where the model is sure, many where it is "
    "not *(Holtzman et al., 2020)*. Temperature comes first, then top-k, then top-p on what is left.",
    "**Bits** of a piece: −log₂ of the probability that the model gave it, before temperature and cut. Certain is 0; one in "
    "1,024 is 10. **Bits per character** divides by the letters, so that models with short and long pieces can be compared; "
    "2 to that power is the **perplexity per character**.",
    "**Repeated**: the share of a text's runs of three words that it had said before (1 − distinct-3; Li et al., 2016). Real text "
    "hardly repeats itself. **Unheard**: the share of words that do not occur in the text that was learned from. A model of "
    "whole words writes such a word only by running two together; a model of letters must spell every word anew.",
)


def generate_story() -> None:
    """Draw what the page is about."""
    with st.container(key="aside_story"):
        st.markdown(STORY)


def generate_terms() -> None:
    """Draw the explanations, folded away."""
    with st.container(key="aside_terms"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in TERMS:
            st.markdown(text)
