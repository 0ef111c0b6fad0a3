"""The texts that are told apart, cut into words, and which of them are held out."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from explorer.applications.classification.experiment import ClassificationExperiment
from explorer.sequence.tasks.making import Once
from explorer.text.labelled import check_labelled
from explorer.text.passages import passages

ARTICLES = (
    "Abraham Lincoln", "Albania", "Alkali metal", "American Revolutionary War", "Amphibian", "Andre Agassi", "Apollo 8",
    "Aristotle", "Albert Einstein", "Anarchism", "Agriculture", "Autism",
)  # fmt: skip
"""Long articles about different things; the first ones are taken."""
BLANK = "___"
"""Stands for a word of a title."""
FEWEST_WORDS, MOST_WORDS, MOST_BYTES = 5, 60, 500
"""Of a text, what lies beyond is left out: for all methods alike."""
HELD_OUT_PARAGRAPHS, TESTED = 4, 400
"""Every fourth paragraph of an article is held out, and of its texts at most so many in all are asked about."""
FOLDS, SMALL = 4, 400
"""At most so many texts are divided into parts, each of which is held out in turn."""
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['’-]\w+)*")
"""Numbers as they are written, 65,000, and words with what is joined to them."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the methods read it.

    Attributes
    ----------
    shown : str
        The part that is read.
    words : tuple of str
        Lower case; marks and blanks for title words left out.
    spans : tuple of (int, int)
        Where each stands in `shown`.
    """

    shown: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def without(self, number: int) -> Text:
        """The same text without one of its words."""
        start, end = self.spans[number]
        return cut(" ".join((self.shown[:start] + self.shown[end:]).split()))


@dataclass(frozen=True, eq=False)
class LabelledTexts:
    """Texts with a label each, and how they are divided.

    Attributes
    ----------
    labels : tuple of str
    texts : tuple of Text
    classes : numpy.ndarray
        int64 (n,): the number of each text's label.
    parts : tuple of (numpy.ndarray, numpy.ndarray)
        Numbers of the texts to learn from and of those held out; a draw takes the next, and begins anew after the last.
    told : str
        What is held out, in words.
    """

    labels: tuple[str, ...]
    texts: tuple[Text, ...]
    classes: np.ndarray
    parts: tuple[tuple[np.ndarray, np.ndarray], ...]
    told: str
    hidden: frozenset[str] = field(default=frozenset())

    @property
    def tests(self) -> np.ndarray:
        """Numbers of all texts that are held out in some draw, in order."""
        return np.unique(np.concatenate([held_out for _, held_out in self.parts]))

    @property
    def most(self) -> int:
        """Texts that every draw can learn from."""
        return min(len(pool) for pool, _ in self.parts)

    @property
    def majority(self) -> float:
        """Share of held-out texts that have the most frequent label: what always answering it gets."""
        counts = np.bincount(self.classes[self.tests])
        return float(counts.max() / counts.sum())

    def labelled(self, draw: int, size: int, seed: int) -> np.ndarray:
        """Numbers of the first `size` texts of a draw: one of each label, then by chance. Larger sizes hold the smaller."""
        pool = self.parts[draw % len(self.parts)][0]
        mixed = np.random.default_rng([seed, draw]).permutation(pool)
        first = np.unique(self.classes[mixed], return_index=True)[1]
        return np.concatenate([mixed[np.sort(first)], np.delete(mixed, first)])[:size]

    def held_out(self, draw: int) -> np.ndarray:
        """Numbers of the texts that this draw is asked about."""
        return self.parts[draw % len(self.parts)][1]

    def read(self, typed: str) -> Text:
        """A visitor's text, read as the others are.

        Raises
        ------
        ValueError
            When there is no word in it.
        """
        text = cut(hide(" ".join(typed[: 20 * MOST_BYTES].split()), self.hidden))
        if not text.words:
            raise ValueError("There is no word to read. Type a sentence, or choose one of the held-out ones.")
        return text


def cut(text: str) -> Text:
    """The first words of a text; at most `MOST_WORDS`, and `MOST_BYTES`."""
    text = text.encode()[:MOST_BYTES].decode(errors="ignore")
    found = list(_WORD.finditer(text))
    end = found[MOST_WORDS].start() if len(found) > MOST_WORDS else len(text)
    kept = [match for match in found[:MOST_WORDS] if any(map(str.isalnum, match.group()))]
    return Text(text[:end].strip(), tuple(m.group().lower() for m in kept), tuple(m.span() for m in kept))


def hide(text: str, words: frozenset[str]) -> str:
    """The text with `BLANK` in place of these words, in the genitive and joined to others (pre-war) too."""

    def blanked(match: re.Match) -> str:
        bare = match.group().lower().replace("’", "'").removesuffix("'s")
        return BLANK if bare in words or not words.isdisjoint(bare.split("-")) else match.group()

    return _WORD.sub(blanked, text) if words else text


_kept = Once(size=12, heaviest=200e6)


def labelled_texts(experiment: ClassificationExperiment) -> LabelledTexts:
    """The texts of an experiment, read once however many ask.

    Raises
    ------
    ValueError
        When there are none of one's own yet, or they cannot be learned from.
    """
    if experiment.texts == "topics":
        return _topics(experiment.articles, experiment.hide_titles)
    reviews = _films() if experiment.texts == "films" else experiment.reviews
    weight = float(sum(2 * sys.getsizeof(text) for text, _ in reviews))
    return _kept.get((experiment.texts, reviews), lambda: _from_reviews(reviews, experiment.texts == "own"), weight)


def _films() -> tuple[tuple[str, str], ...]:
    from explorer.sequence.tasks.sentiment import read_reviews

    return read_reviews()


@lru_cache(maxsize=16)
def _topics(articles: int, hide_titles: bool) -> LabelledTexts:
    titles = ARTICLES[:articles]
    hidden = frozenset(word for title in titles for word in title.lower().split()) if hide_titles else frozenset()
    texts: dict[Text, int] = {}
    held: dict[Text, bool] = {}
    for passage in passages():
        if passage.title not in titles:
            continue
        for sentence in passage.sentences:
            text = cut(hide(sentence, hidden))
            if len(text.words) >= FEWEST_WORDS and text not in texts:
                texts[text], held[text] = titles.index(passage.title), passage.number % HELD_OUT_PARAGRAPHS == 1
    classes, out = np.array(list(texts.values())), np.array(list(held.values()))
    asked = [_evenly(np.flatnonzero(out & (classes == k)), TESTED // articles) for k in range(articles)]
    told = f"every {HELD_OUT_PARAGRAPHS}th paragraph is held out ({sum(map(len, asked)):,} of its sentences are asked about), so that no sentence that is asked about stands beside one that was learned"
    return LabelledTexts(titles, tuple(texts), classes, ((np.flatnonzero(~out), np.sort(np.concatenate(asked))),), told, hidden)


def _evenly(rows: np.ndarray, most: int) -> np.ndarray:
    count = min(most, len(rows))
    return rows[np.arange(count) * len(rows) // max(count, 1)]


def _from_reviews(reviews: Sequence[tuple[str, str]], own: bool) -> LabelledTexts:
    if not reviews:
        raise ValueError("There are no texts of your own yet: open a .csv file with the columns text and label.")
    first: dict[tuple[str, ...], tuple[Text, str]] = {}  # the same words again would be learned from and held out
    for written, label in reviews:
        text = cut(" ".join(written.split()))
        if text.words:
            first.setdefault(text.words, (text, label))
    label_of = dict(first.values())
    check_labelled([(text.shown, label) for text, label in label_of.items()])
    labels = tuple(sorted(set(label_of.values())))
    classes = np.array([labels.index(label) for label in label_of.values()])
    fold = _folds(classes)
    if len(classes) <= SMALL:
        parts = tuple((np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(FOLDS))
        told = f"one text in {FOLDS} is held out, others in each draw"
    else:
        held_out = np.flatnonzero(fold == 0)
        parts, told = ((np.flatnonzero(fold != 0), _evenly(held_out, TESTED)),), f"{min(TESTED, len(held_out)):,} others are asked about"
    return LabelledTexts(labels, tuple(label_of), classes, parts, told)


def _folds(classes: np.ndarray) -> np.ndarray:
    """The part that each text falls into: by chance, but as many of each label in each."""
    generator, fold = np.random.default_rng(0), np.empty(len(classes), dtype=np.int64)
    for number in np.unique(classes):
        rows = generator.permutation(np.flatnonzero(classes == number))
        fold[rows] = np.arange(len(rows)) % FOLDS
    return fold
