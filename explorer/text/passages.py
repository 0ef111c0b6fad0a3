"""The paragraphs of the Wikipedia articles: what a search finds, and where an answer stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from explorer.text.corpora import wikipedia_articles
from explorer.text.splitting import split_sentences

FEWEST_WORDS = 8
"""Shorter lines are headings and captions."""
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph.

    Attributes
    ----------
    title : str
        Of its article.
    number : int
        Its place in the article, from 0.
    text : str
    """

    title: str
    number: int
    text: str

    @property
    def sentences(self) -> list[str]:
        """Cut anew each time."""
        return split_sentences(self.text)


def passages() -> tuple[Passage, ...]:
    """All paragraphs of at least `FEWEST_WORDS` words, in the order of the articles; read once for the process."""
    with _reading:
        return _passages()


@lru_cache(maxsize=1)
def _passages() -> tuple[Passage, ...]:
    return tuple(
        Passage(title, number, text)
        for title, body in wikipedia_articles()
        for number, text in enumerate(line.strip() for line in body.split("\n") if len(line.split()) >= FEWEST_WORDS)
    )


def fingerprint(texts: Sequence[str]) -> str:
    """SHA-256 of texts in their order: what was computed of them belongs to them alone."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
