"""Labelled texts for a transfer: samples to learn from, small ones within large ones, and texts it is tested on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from explorer.applications.transfer.experiment import TransferExperiment

ARTICLES = ("Abortion", "Achilles", "Alaska", "Albert Einstein", "Ayn Rand")
"""Five articles of the English Wikipedia that pre-training holds out: it has read no sentence of them."""
FEWEST_LETTERS, MOST_LETTERS = 60, 160
"""Of a sentence; longer ones are cut at a blank, so that letters, too, fit into one reading."""
TESTED_SHARE, MOST_TESTED = 4, 200
"""One text in so many of each label is tested on, and at most so many in all."""
SPLIT_SEED = 0
_WORD = re.compile(r"\w+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Material:
    """Texts with the number of their label.

    Attributes
    ----------
    labels : tuple of str
    training, tested : tuple of (str, int)
        No text is in both.
    """

    labels: tuple[str, ...]
    training: tuple[tuple[str, int], ...]
    tested: tuple[tuple[str, int], ...]

    @property
    def majority(self) -> float:
        """The accuracy of always giving the label that is most frequent among the tested texts."""
        counts = Counter(label for _, label in self.tested)
        return max(counts.values()) / len(self.tested)

    def order(self, seed: int) -> np.ndarray:
        """(training,) int: the training texts so that every beginning holds the labels as evenly as they allow."""
        generator = np.random.default_rng([seed, len(self.training)])
        places = np.empty(len(self.training))
        labels = np.array([label for _, label in self.training])
        for label in range(len(self.labels)):
            mine = np.flatnonzero(labels == label)
            places[generator.permutation(mine)] = np.arange(len(mine)) + generator.random() * 0.5 + label * 1e-3
        return np.argsort(places, kind="stable")


def material_of(experiment: TransferExperiment) -> Material:
    """The texts of an experiment's task; read once for the process.

    Raises
    ------
    ValueError
        When own texts are asked for and there are none, or they leave nothing to learn or to test.
    """
    if experiment.task == "own":
        return _own(experiment.reviews)
    return _topics() if experiment.task == "topics" else _sentiment()


@lru_cache(maxsize=1)
def _topics() -> Material:
    from explorer.text.sentences import read_documents

    documents = {document.title: document.sentences for document in read_documents("wikipedia")}
    hidden = {word.lower() for title in ARTICLES for word in _WORD.findall(title)}
    texts = [(_shortened(_without(sentence, hidden)), title) for title in ARTICLES for sentence in documents[title]]
    return _parted(_different([(text, title) for text, title in texts if len(text) >= FEWEST_LETTERS]))


@lru_cache(maxsize=1)
def _sentiment() -> Material:
    from explorer.sequence.tasks.sentiment import read_reviews

    return _parted(_different([(_shortened(text), label) for text, label in read_reviews()]))


@lru_cache(maxsize=4)
def _own(reviews: tuple[tuple[str, str], ...]) -> Material:
    from explorer.text.labelled import check_labelled

    if not reviews:
        raise ValueError("There are no texts of your own yet: open a .csv file with the columns text and label.")
    different = _different([(_shortened(text), label) for text, label in reviews])
    check_labelled(list(different.items()))
    return _parted(different)


def _different(texts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Texts with their labels; of texts that are read alike the first counts."""
    label_of: dict[str, str] = {}
    for text, label in texts:
        label_of.setdefault(text, label)
    return label_of


def _parted(label_of: Mapping[str, str]) -> Material:
    """Texts to learn from and texts to test on, label by label."""
    labels = tuple(sorted(set(label_of.values())))
    training, tested = [], []
    for number, label in enumerate(labels):
        mine = [text for text, its in label_of.items() if its == label]
        mixed = np.random.default_rng([SPLIT_SEED, number]).permutation(len(mine))
        cut = max(1, len(mine) // TESTED_SHARE)
        tested += [(mine[i], number) for i in mixed[: min(cut, MOST_TESTED // len(labels))]]
        training += [(mine[i], number) for i in mixed[cut:]]
    return Material(labels, tuple(training), tuple(tested))


def _shortened(text: str) -> str:
    text = _BLANKS.sub(" ", text).strip()
    if len(text) <= MOST_LETTERS:
        return text
    return text[:MOST_LETTERS].rpartition(" ")[0] or text[:MOST_LETTERS]


def _without(text: str, words: set[str]) -> str:
    """A text without the words of the titles, which would give the answer away."""
    return _BLANKS.sub(" ", _WORD.sub(lambda found: "" if found[0].lower() in words else found[0], text)).strip()
