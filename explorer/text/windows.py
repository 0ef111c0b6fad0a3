"""The window that slides over a sentence: which words are learned from which, and which are passed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np


def context(length: int, centre: int, window: int) -> list[int]:
    """Places of the words around the word at `centre`, at most `window` to each side, within the sentence."""
    return [place for place in range(max(centre - window, 0), min(centre + window + 1, length)) if place != centre]


def count_pairs(lengths: Iterable[int], window: int) -> int:
    """Pairs of a word and one of its context that sentences of these lengths give with a full window."""
    lengths = np.fromiter(lengths, dtype=np.int64)
    # At distance d a sentence of n words has n - d pairs, each seen from both of its ends.
    return int(sum(2 * np.maximum(lengths - distance, 0).sum() for distance in range(1, window + 1)))


def keep_probabilities(counts: Mapping[str, int], threshold: float) -> dict[str, float]:
    """How likely each word survives the sub-sampling of frequent words.

    ``(sqrt(f / t) + 1) * t / f``, at most 1, with the word's share `f` of the text: what the program word2vec and gensim
    compute. (The paper, Mikolov et al. 2013, equation 5, has ``sqrt(t / f)``.)

    Parameters
    ----------
    counts : mapping of str to int
    threshold : float
        `t`; 0 keeps every word.
    """
    if not threshold:
        return dict.fromkeys(counts, 1.0)
    expected = threshold * sum(counts.values())
    return {word: min((np.sqrt(count / expected) + 1) * expected / count, 1.0) for word, count in counts.items()}


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two words that stand near each other.

    Attributes
    ----------
    sentence : int
        Number of the sentence.
    places : tuple of (int, int)
        Places of the first and of the second word in it.
    """

    sentence: int
    places: tuple[int, int]

    @property
    def distance(self) -> int:
        """1 when they stand side by side."""
        return abs(self.places[0] - self.places[1])


def meetings(sentences: Sequence[Sequence[str]], one: str, other: str, window: int) -> list[Meeting]:
    """Every time that `other` stands at most `window` words from `one` in a sentence, in the order of the text.

    The sum of 1 / distance over them is the pair's cell in `explorer.embedding.counts.cooccurrence`; a word that meets
    itself is found from both sides, as it is counted there.
    """
    found = []
    for number, words in enumerate(sentences):
        if one not in words or other not in words:
            continue
        for here, word in enumerate(words):
            if word == one:
                places = (there for there in context(len(words), here, window) if words[there] == other)
                found.extend(Meeting(number, (here, there)) for there in places)
    return found
