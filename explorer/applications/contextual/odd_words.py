"""Rare and misspelt words: what a table of words, letter groups (FastText) and subwords (WordPiece) each make of them.

`OddWordsExperiment` trains FastText and reads the words among which neighbours are sought, as an iterator of small pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.embedding import EmbeddingExperiment
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.text.stop_words import stop_words

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel
    from explorer.embedding import Trained, Vectors

EPOCHS = 5
CANDIDATES = 1000
"""Words among which each of the three looks for neighbours."""
AT_ONCE = 8
"""Words read at once: a piece of some 20 ms."""
NEAREST = 5


class OddWordsExperiment(Experiment):
    """FastText trained on the Wikipedia articles, and the contextual model's vectors of its most frequent words."""

    seed: int = setting(0, "Seed", "Picks the initial vectors; same seed, same run.", "training", ge=0, le=2**31 - 1)

    @property
    def training(self) -> EmbeddingExperiment:
        """The training inside."""
        return EmbeddingExperiment(corpus="wikipedia", algorithm="fasttext", epochs=EPOCHS, seed=self.seed)

    @property
    def steps(self) -> int:
        """Those of the training, then one for each few words that are read."""
        return self.training.steps + -(-CANDIDATES // AT_ONCE)

    def prepare(self) -> None:
        """Read the text and load what is heavy."""
        from explorer.applications.contextual.installed import contextual_model

        self.training.prepare()
        contextual_model()

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """Frames with ``done``, the share of the work; the last one has "subword", (n, 384) float32, and FastText's weights."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a step is not complete."""
        from explorer.applications.contextual.installed import contextual_model

        training, weights = self.training, None
        for frame in training.slices((), lambda step: step in (0, training.steps)):
            if frame is None:
                yield None
                continue
            weights = frame.weights or weights
            yield Frame(frame.step, {"done": frame.step / self.steps})
        words, model, read = candidates(training), contextual_model(), []
        for step, start in enumerate(range(0, CANDIDATES, AT_ONCE), start=training.steps + 1):
            read.append(model.sentences(list(words[start : start + AT_ONCE])))
            last = step == self.steps
            yield Frame(step, {"done": step / self.steps}, {"subword": np.concatenate(read)} if last else {}, weights if last else None)


@dataclass(frozen=True)
class Near:
    """The nearest words by one way to make vectors; none where it has no vector for the word.

    Attributes
    ----------
    words : tuple of str
    cosines : tuple of float
    """

    words: tuple[str, ...] = ()
    cosines: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Compared:
    """All three ways, ready to be asked about any word."""

    words: tuple[str, ...]
    subword: np.ndarray
    trained: Trained
    table: Vectors

    def by_table(self, word: str) -> Near:
        """A table of words: its row, if it has one."""
        row = self.table.index.get(word.lower())
        if row is None:
            return Near()
        rows = [self.table.index.get(one, -1) for one in self.words]
        known = [i for i, place in enumerate(rows) if place >= 0]
        return self._near(word, np.asarray(self.table.matrix[row]), np.asarray(self.table.matrix)[[rows[i] for i in known]], known)

    def by_letters(self, word: str) -> Near:
        """FastText: the mean of its letter groups."""
        from explorer.embedding.fasttext import compose

        vectors = self.trained.vectors
        return self._near(word, compose(self.trained, word.lower()), vectors.matrix[[vectors.index[one] for one in self.words]])

    def by_subwords(self, model: ContextualModel, word: str) -> Near:
        """The contextual model: the word read by itself."""
        return self._near(word, model.sentences([word])[0], self.subword)

    def _near(self, word: str, vector: np.ndarray, matrix: np.ndarray, known: list[int] | None = None) -> Near:
        words = self.words if known is None else [self.words[i] for i in known]
        lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
        if not np.linalg.norm(vector):
            return Near()
        cosines = matrix @ vector / np.maximum(lengths, 1e-12)
        order = [i for i in np.argsort(-cosines, kind="stable") if words[i] != word.lower()][:NEAREST]
        return Near(tuple(words[i] for i in order), tuple(float(cosines[i]) for i in order))


def candidates(training: EmbeddingExperiment) -> tuple[str, ...]:
    """The most frequent words of its text, without stop words and numbers."""
    from explorer.embedding import vocabulary

    common = stop_words()
    return tuple(word for word in vocabulary(training) if word.isalpha() and len(word) > 2 and word not in common)[:CANDIDATES]


def compared(experiment: OddWordsExperiment, frame: Frame) -> Compared:
    """What the last frame of a run says."""
    from explorer.embedding import open_weights, pretrained

    if frame.weights is None or "subword" not in frame.arrays:
        raise ValueError("Only the last frame of a run holds the vectors.")
    training = experiment.training
    return Compared(candidates(training), frame.arrays["subword"], open_weights(training, frame.weights), pretrained())


def letter_groups(word: str, shortest: int, longest: int) -> list[str]:
    """The n-grams of a word with "<" and ">" at its ends, as FastText takes them: by their beginning, the shorter first."""
    marked = f"<{word}>"
    return [
        marked[start : start + size]
        for start in range(len(marked))
        for size in range(shortest, longest + 1)
        if start + size <= len(marked) and not (size == 1 and start in (0, len(marked) - 1))
    ]
