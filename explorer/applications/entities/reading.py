"""Words as numbers: which word, which letters, which vector. What is not known is read as such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from explorer.applications.entities.material import MOST_KEPT, Material, material_of
from explorer.embedding import pretrained
from explorer.sequence.tasks.making import Once

if TYPE_CHECKING:
    from explorer.applications.entities.experiment import EntityExperiment

MOST_KNOWN, FEWEST_TIMES = 3000, 2
"""Words that get a vector of their own: the most frequent of those that training sentences have at least twice."""
MOST_LETTERS, LETTERS = 200, 16
"""Different letters, and letters of a word that are read: of a longer one the first and the last."""
NOTHING, UNKNOWN = 0, 1
"""Numbers of the empty place behind a word, and of an unknown letter; word number 0 is the unknown word."""
IGNORED = -1
_readers = Once(MOST_KEPT, heaviest=1.6e6)
"""By their material; no more than so many words altogether, beside those in use."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Sentences, as the network reads them; each different word is described once.

    Attributes
    ----------
    index : Tensor
        int64 (n, T), which of the different words stands where; padded with 0.
    lengths : Tensor
        int64 (n,).
    tags : Tensor
        int64 (n, T), -1 where padded or not known.
    known : Tensor
        int64 (U,), number of each different word; 0 for an unknown one.
    letters : Tensor
        int64 (U, 16).
    vectors : Tensor
        float32 (U, 50), zeros for words without one.
    """

    index: Tensor
    lengths: Tensor
    tags: Tensor
    known: Tensor
    letters: Tensor
    vectors: Tensor

    def __len__(self) -> int:
        return len(self.lengths)


class Reader:
    """Turns sentences into batches.

    Attributes
    ----------
    material : Material
    known : tuple of str
        Words with a learned vector, in small letters; number 0 is the unknown word.
    letters : tuple of str
        Letters that are known, from number 2 on.
    """

    def __init__(self, material: Material) -> None:
        self.material = material
        counts = Counter(word.lower() for words, _ in material.training for word in words)
        ranked = sorted((word for word, n in counts.items() if n >= FEWEST_TIMES), key=lambda word: (-counts[word], word))
        self.known = ("", *ranked[:MOST_KNOWN])
        spelled = Counter(letter for words, _ in material.training for word in words for letter in word)
        self.letters = tuple(letter for letter, _ in sorted(spelled.items(), key=lambda item: (-item[1], item[0]))[:MOST_LETTERS])
        self._word = {word: number for number, word in enumerate(self.known)}
        self._letter = {letter: number for number, letter in enumerate(self.letters, start=2)}
        self._tag = {tag: number for number, tag in enumerate(material.tags)}
        every = (*material.training, *material.held_out)
        self._type = {word: i for i, word in enumerate(dict.fromkeys(word for words, _ in every for word in words))}
        self._described = self._describe(tuple(self._type))
        self._training = [self._coded(one.words) for one in material.training]
        self._training_tags = [self._tagged(one.tags) for one in material.training]
        self._held_out = [self._coded(one.words) for one in material.held_out]
        self.training_lengths = np.array([len(coded) for coded in self._training])

    def training_batch(self, numbers: Sequence[int]) -> Batch:
        """Training sentences by number."""
        return self._batch([self._training[i] for i in numbers], [self._training_tags[i] for i in numbers], self._described)

    def held_out_batch(self, numbers: Sequence[int]) -> Batch:
        """Held-out sentences by number; their tags are not in it."""
        coded = [self._held_out[i] for i in numbers]
        return self._batch(coded, [np.full(len(one), IGNORED) for one in coded], self._described)

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Sentences of words whose tags are not known; none of them may be empty."""
        words = tuple(dict.fromkeys(word for sentence in sentences for word in sentence))
        place = {word: i for i, word in enumerate(words)}
        coded = [np.array([place[word] for word in sentence]) for sentence in sentences]
        return self._batch(coded, [np.full(len(one), IGNORED) for one in coded], self._describe(words))

    def _batch(self, coded: Sequence[np.ndarray], tags: Sequence[np.ndarray], described: tuple[Tensor, ...]) -> Batch:
        lengths = torch.tensor([len(one) for one in coded])
        different, inverse = np.unique(np.concatenate(coded), return_inverse=True)
        parts = np.split(inverse, np.cumsum(lengths.numpy())[:-1])
        return Batch(_padded(parts, 0), lengths, _padded(tags, IGNORED), *(one[torch.from_numpy(different)] for one in described))

    def _coded(self, words: Sequence[str]) -> np.ndarray:
        return np.array([self._type[word] for word in words])

    def _tagged(self, tags: Sequence[str]) -> np.ndarray:
        return np.array([self._tag[tag] for tag in tags])

    def _describe(self, words: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """What is known of each word: its number, its letters, its vector."""
        known = torch.tensor([self._word.get(word.lower(), 0) for word in words], dtype=torch.long)
        letters = torch.full((len(words), LETTERS), NOTHING, dtype=torch.long)
        for i, word in enumerate(words):
            numbers = [self._letter.get(letter, UNKNOWN) for letter in _shortened(word)]
            letters[i, : len(numbers)] = torch.tensor(numbers)
        return known, letters, _vectors(words)


def _shortened(word: str) -> str:
    half = LETTERS // 2
    return word if len(word) <= LETTERS else word[:half] + word[-half:]


def _vectors(words: Iterable[str]) -> Tensor:
    glove = pretrained()
    rows = [glove.index.get(word.lower()) for word in words]
    found = np.zeros((len(rows), glove.matrix.shape[1]), dtype=np.float32)
    for i, row in enumerate(rows):
        if row is not None:
            found[i] = glove.matrix[row]
    return torch.from_numpy(found)


def _padded(parts: Sequence[np.ndarray], value: int) -> Tensor:
    table = np.full((len(parts), max(len(part) for part in parts)), value, dtype=np.int64)
    for row, part in zip(table, parts, strict=True):
        row[: len(part)] = part
    return torch.from_numpy(table)


def reader_of(experiment: EntityExperiment) -> Reader:
    """The reader of an experiment's sentences; made once for all that have the same."""
    material = material_of(experiment)
    words = sum(len(one.words) for one in (*material.training, *material.held_out))
    return _readers.get(material, lambda: Reader(material), words)
