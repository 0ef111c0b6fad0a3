"""What pre-training is, in two sentences; and the words that are not explained where they first stand, folded away below."""

from __future__ import annotations

import math

import streamlit as st

from explorer.app.pretrain_setting import PAGE, PretrainView
from explorer.sequence.pretraining.cost import KNOWN_CHARACTERS

STORIES = {
    "gpt": "It reads real text and predicts, at each place, **what comes next**: nobody has to label anything, for the text itself is the answer. "
    "That is how a **GPT** is made. *(Radford et al. 2018.)*",
    "bert": "Some pieces of real text are **hidden**, and it guesses them from both sides: nobody has to label anything, for the text itself is "
    "the answer. That is how a **BERT** is made. *(Devlin et al. 2019.)*",
}
TERMS = (
    "**Pre-training**: learning from plain text before the task is known. What was learned is the *weights* of the network; a task with "
    "labels begins from them.",
    "**Bits**: how many yes-or-no answers it would take to be told a piece, knowing what the model expected: a piece that was held for "
    "likely with 50 % costs one bit, with 25 % two, with 100 % none. The mean over a text is the **loss**, in bits. For each *character*, "
    f"networks with other pieces can be compared; one of {KNOWN_CHARACTERS} letters, all equally likely, would cost {math.log2(KNOWN_CHARACTERS):.0f}.",
    "**Held out**: text that is never learned from, of Wikipedia and the news whole articles, of a text of your own the end. What is told of it had "
    "to be learned from the rest.",
    "**Head**: one attention of a layer. It gives each place a share, the shares add up to 100 %, and fetches what stands there in that "
    "proportion. *(Vaswani et al. 2017.)*",
    "**Temperature**: when it writes, each next piece is drawn by its probability. Below 1 likely pieces become likelier, above 1 rare ones do.",
)


def pretrain_story(now: PretrainView) -> None:
    """Draw what the network has to do."""
    with st.container(key="aside_story"):
        st.markdown(STORIES[now.objective])


def choose_text(now: PretrainView) -> str:
    """Draw the field in which a text is typed for the network to read; empty for held-out text."""
    if now.chapter not in ("learns", "inside"):
        return ""
    with st.container(key="aside_focus", width="stretch"):
        return st.text_input(
            "Your own text", key=f"{PAGE}:typed", max_chars=400, width="stretch", label_visibility="collapsed",
            placeholder="Let it read your own words: type and press Enter",
            help="Empty, it reads a sentence of a held-out article. What you type stays in memory.",
        ) or ""  # fmt: skip


def pretrain_terms() -> None:
    """Draw the explanations."""
    with st.container(key="aside_terms"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in TERMS:
            st.markdown(text)
