"""What is learned, what stands beside it, and the words of the page that are explained below it."""

from __future__ import annotations

import streamlit as st

from explorer.app.entities_setting import EntityView
from explorer.app.terms import LOSS

PATTERNS = (
    "**Patterns** of ours, filled with real names. **The names held out, in known and in new patterns, stand in no training sentence**; and some "
    "words are two things: a team bears the name of its town, a firm that of its founder, and Jordan is a country and a first name."
)
OWN = "The tagger learns from your file. The sentences held out are not learned from, but the names in them may be."
HARDER = (
    "Patterns are far easier than newspapers. In **new patterns** other words stand around the names; the **sentences of Wikipedia** "
    "are real, were tagged by hand by the rules of CoNLL-2003, and show what is still lacking."
)
TAGS = (
    "**Tags** say where names are: **B** begins one, **I** goes on inside, **O** is none, so that “New York” is B-LOC I-LOC. "
    "The kinds are those of CoNLL-2003: **PER** a person, **LOC** a place, **ORG** an organisation (a team, a firm), **MISC** any other "
    "name (a language, a nationality). Other files may have other kinds."
)
READS = (
    "**Both ways**: half of the units read from the left, half from the right, and the tag of a word is said from both states. "
    "A tagger that reads one way says it before it has seen what follows. *(Huang, Xu and Yu 2015; Lample et al. 2016)*"
)
KNOWS = (
    "**What it knows of a word**: a vector that is learned, for words that training sentences have at least twice; what a small "
    "convolution notices in its **letters** (*Ma and Hovy 2016*); and its **GloVe vector**, from six billion words in which most "
    "of the held-out names do occur. A share of the known words is hidden while it trains."
)
SPEAKS = (
    "**Speaks for**: all words are faded in together, from nothing, and the gradient of the tag's log-odds tells on the way how much each "
    "adds (*integrated gradients*, Sundararajan et al. 2017). Orange bars speak for the tag, grey ones against it; together they make up "
    "the whole change of the log-odds. It says what the tagger goes by, not what would be right."
)
CHAIN = (
    "**Tags fit together**: a number is learned for each pair of neighbouring tags, and the best whole row of tags is chosen "
    "(Viterbi). Then a tagger that reads one way, too, is told something by later words: through their tags."
)


def entities_story(now: EntityView) -> None:
    """Draw what is learned, in a few sentences."""
    with st.container(key="aside_story"):
        st.markdown(PATTERNS if now.data == "patterns" else OWN)


def entities_terms(now: EntityView) -> None:
    """Draw the explanations, folded away."""
    with st.container(key="aside_terms"), st.expander("What the words and rows mean", icon=":material/menu_book:"):
        for text in (TAGS, READS, KNOWS, SPEAKS, CHAIN, LOSS):
            st.markdown(text)
