"""What the page "Text to vectors" shows, as one value: which text, how it is cleaned, and what is looked at."""

from __future__ import annotations

from typing import ClassVar, Literal

import streamlit as st

from explorer.app.controls import Sheet, Values, experiment_controls, set_controls
from explorer.app.own_data import own_text
from explorer.experiment import Experiment, setting
from explorer.text.cleaning import Cleaning

PAGE = "text"
TEXT_LIMIT = 5_000_000
"""Longest own text, in characters."""
LONGEST_WORDS = 200
"""Characters of the words that a visitor types."""
GROUPS = {"text": "Text", "cleaning": "Cleaning"}
"""What stands in the sidebar; all other groups stand beside their pictures."""
PLACES = ("sentence", "centre", "row", "column", "document")
"""Fields that mean a place in one text, and nothing in another. 0 lets the page choose."""


class TextView(Experiment):
    """One look at one text on its way to vectors. Places are counted from 1, as they are shown."""

    leading: ClassVar[str] = "corpus"
    suggested: ClassVar = {"phrases": {"min_count": 1, "window": 3}, "own": {"min_count": 2}}

    corpus: Literal["wikipedia", "lee", "phrases", "own"] = setting(
        "wikipedia", "Text", "100 Wikipedia articles, 300 pieces of news (the Lee collection), a few simple phrases, or your own.",
        "text", labels={"wikipedia": "Wikipedia, 100 articles", "lee": "News, 300 pieces", "phrases": "Phrases, like “rose is red”", "own": "My own text"},
    )  # fmt: skip
    text: str = setting(
        "", "Your text", "Plain text. It stays in memory and is never part of a link.", "text", max_length=TEXT_LIMIT, private=True,
    )  # fmt: skip
    lower: bool = setting(True, "Lower case", "Rose and rose become one word.", "cleaning")
    punctuation: bool = setting(
        True, "Remove punctuation", "Leaves out commas, full stops and other marks, and the 's of king's.", "cleaning"
    )
    stop_words: bool = setting(
        False, "Remove stop words", "Leaves out 318 words that carry grammar rather than a subject, such as the, of and and.", "cleaning"
    )  # fmt: skip
    phrases: bool = setting(
        False, "Join phrases", "Words that stand together far more often than by chance become one, such as new_york.", "cleaning"
    )  # fmt: skip
    numbers: Literal["keep", "drop", "mark"] = setting(
        "keep", "Numbers", "Keep every number as a word of its own, leave them out, or let one mark stand for all.", "cleaning",
        labels={"keep": "Keep", "drop": "Drop", "mark": "Mark"},
    )  # fmt: skip
    min_count: int = setting(
        5, "Least count", "Words that occur less often are left out: too little is known of them.", "cleaning",
        ge=1, le=100, options=(1, 2, 3, 5, 10, 20, 50, 100),
    )  # fmt: skip

    sentence: int = setting(0, "Sentence", "Its number in the text.", "sentence", ge=0, le=10_000_000)
    window: int = setting(
        5, "Window", "How many words to the left and to the right count as context.", "window", ge=1, le=20
    )
    centre: int = setting(0, "Place of the window", "Or click a word.", "window", ge=0, le=10_000)
    method: Literal["skipgram", "cbow"] = setting(
        "skipgram", "Learn by", "Skip-gram guesses the context from the word, CBOW the word from its context.", "window",
        labels={"skipgram": "Skip-gram", "cbow": "CBOW"},
    )  # fmt: skip
    threshold: float = setting(
        1e-3, "Sub-sampling", "Words that make up a larger share of the text than this are skipped now and then.", "window",
        ge=0.0, le=0.1, options=(0.0, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1),
    )  # fmt: skip
    which: Literal["content", "frequent", "sentence", "typed"] = setting(
        "content", "Words", "Which words the table holds.", "company",
        labels={"content": "Frequent, no stop words", "frequent": "Most frequent", "sentence": "Of the sentence above", "typed": "My choice"},
    )  # fmt: skip
    words: str = setting("", "My choice", "Words, separated by blanks.", "company", max_length=LONGEST_WORDS)
    shown: int = setting(30, "How many", "Words in the table.", "company", ge=5, le=60)
    measure: Literal["counts", "ppmi"] = setting(
        "counts", "Measure", "Weighted counts, or how much more often than by chance (PPMI).", "company",
        labels={"counts": "Counts", "ppmi": "PPMI"},
    )  # fmt: skip
    row: int = setting(0, "Row", "Of the cell that is looked at.", "company", ge=0, le=60)
    column: int = setting(0, "Column", "Of the cell that is looked at.", "company", ge=0, le=60)
    document: int = setting(0, "Document", "Whose words are shown.", "documents", ge=0, le=1_000_000)

    @property
    def cleaning(self) -> Cleaning:
        """What is done to the words."""
        return Cleaning(self.lower, self.punctuation, self.numbers, self.stop_words, self.phrases, self.min_count)


def text_controls() -> TextView:
    """Draw the sidebar of the page and return what the page shows."""
    return experiment_controls(PAGE, SHEET)


def go(**changes: object) -> None:
    """Show something else from the next run on."""
    shown: TextView = st.session_state[f"{PAGE}:past"][-1]  # what the widgets say may have been refused
    set_controls(PAGE, shown.replace(**changes))


def _shown(name: str, values: Values) -> bool:
    return name != "text" or values["corpus"] == "own"


def _more(name: str, values: Values) -> Values:
    return {"buttons": 3} if name == "corpus" else {}


def _elsewhere(values: Values) -> Values:
    """Places of the old text mean nothing in the new one."""
    return dict.fromkeys(PLACES, 0)


def _unlinked(values: Values) -> tuple[str, ...]:
    """Words from a visitor's own text stay with the visitor."""
    return ("words",) if values["corpus"] == "own" else ()


SHEET = Sheet(TextView, GROUPS, shown=_shown, own={"text": own_text}, more=_more, adjust=_elsewhere, unlinked=_unlinked)
