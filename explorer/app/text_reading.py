"""The text of the page, read and cleaned, or a clear word on why nothing is left of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from explorer.app.text_settings import TextView
from explorer.text.cleaning import Cleaned, cleaned
from explorer.text.fates import Fate, fates

READS = {
    "wikipedia": "100 Wikipedia articles",
    "lee": "300 pieces of news",
    "phrases": "the phrases",
    "own": "your text",
}
TYPICAL = range(10, 21)
"""Words of a sentence that is good to look at."""
SEARCHED = 2000
"""Sentences among which one that is good to look at is sought."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A text, cleaned, and the place in it that is looked at."""

    view: TextView
    text: Cleaned

    @property
    def key(self) -> Hashable:
        """Equal for equal texts, cleaned alike."""
        return self.view.corpus, hash(self.view.text) if self.view.corpus == "own" else 0, self.view.cleaning

    @cached_property
    def sentence(self) -> int:
        """Number of the sentence looked at, from 0."""
        if self.view.sentence:
            return min(self.view.sentence, len(self.text.sentences)) - 1
        return typical_sentence(self.text)

    @property
    def source(self) -> str:
        """The sentence as it is written."""
        return self.text.sources[self.sentence]

    @property
    def words(self) -> list[str]:
        """What is left of it."""
        return self.text.sentences[self.sentence]

    @cached_property
    def fates(self) -> list[Fate]:
        """What became of each of its tokens."""
        return fates(self.source, self.text)

    @property
    def centre(self) -> int:
        """Place of the window in the sentence, from 0."""
        return min(self.view.centre, len(self.words)) - 1 if self.view.centre else len(self.words) // 2

    @cached_property
    def rank(self) -> dict[str, int]:
        """Place of each word in the vocabulary, from 0."""
        return {word: i for i, word in enumerate(self.text.counts)}


def typical_sentence(text: Cleaned) -> int:
    """The first sentence of a usual length, else the longest of the first."""
    lengths = [len(words) for words in text.sentences[:SEARCHED]]
    return next((i for i, length in enumerate(lengths) if length in TYPICAL), lengths.index(max(lengths)))


def read(view: TextView) -> Reading:
    """The text, read and cleaned; where nothing is left of it, say why and what helps, and end the page."""
    if view.corpus == "own" and not view.text.strip():
        _stop(
            "Paste or open a text in the sidebar: what becomes of it will appear here, step by step.", ":material/edit:"
        )
    with st.spinner(f"Reading {READS[view.corpus]} ...", show_time=True):
        text = cleaned(view.corpus, view.text, view.cleaning)
    if not text.stages[0].tokens:
        _stop("This text has no words. Bring one with at least a few sentences.", ":material/short_text:")
    if not text.sentences:
        _stop(_remedy(text), ":material/filter_alt_off:")
    return Reading(view, text)


def _remedy(text: Cleaned) -> str:
    """Which step took the last words, and what to change."""
    at = next(i for i, stage in enumerate(text.stages) if not stage.tokens)
    before, step = text.stages[at - 1], text.stages[at].name
    said = f"The cleaning left no word: {before.tokens:,} went with the last step"
    if step == "rare words":
        most = max(text.all_counts.values())
        return f"{said}, because no word occurs {text.cleaning.min_count} times. Set Least count to {most} or less, or bring a longer text."
    return f"{said} ({step}). Switch it off, or bring a text with more words."


def _stop(said: str, icon: str) -> None:
    st.info(said, icon=icon)
    st.stop()
