"""`Vectors`: words and their vectors, immutable; memory-mapped where they come from a large file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from explorer.embedding.spelling import nearest_spellings


class UnknownWord(LookupError):
    """A word that has no vector; the text names the nearest spellings, looked for only when it is read."""

    def __init__(self, word: str, words: Sequence[str]) -> None:
        super().__init__(word)
        self.word, self._words = word, words

    @cached_property
    def nearest(self) -> list[str]:
        """Words that are spelled nearly alike."""
        return nearest_spellings(self.word, self._words)

    def __str__(self) -> str:
        hint = f" Did you mean {', '.join(self.nearest)}?" if self.nearest else ""
        return f"“{self.word}” is not among these {len(self._words):,} words.{hint}"


class Vectors:
    """Words, one vector for each, and how often each word occurred.

    Two are equal when they hold the same words and the same numbers to the bit; so they can be part of an experiment.

    Parameters
    ----------
    words : iterable of str
        All different; the most frequent first where frequencies are known.
    matrix : array_like, (V, d)
        Finite; stored as float32, not copied when it is float32 already (a memory map stays one).
    counts : array_like, (V,), optional
        Occurrences of each word; None where the source does not tell.
    name : str
        What they are called on a page, e.g. "GloVe 6B".

    Raises
    ------
    ValueError
        When the numbers of words, rows and counts differ, a word occurs twice, or the matrix is no (V, d) matrix.
    """

    __slots__ = ("words", "matrix", "counts", "name", "__dict__", "__weakref__")

    def __init__(
        self, words: Iterable[str], matrix: np.ndarray, counts: np.ndarray | None = None, name: str = ""
    ) -> None:
        self.words: tuple[str, ...] = tuple(words)
        self.name = name
        matrix = np.asarray(matrix)
        if matrix.ndim != 2 or len(matrix) != len(self.words):
            raise ValueError(
                f"{len(self.words):,} words go with as many rows, not with an array of shape {matrix.shape}."
            )
        self.matrix: np.ndarray = _read_only(matrix.astype(np.float32, copy=False))
        self.counts: np.ndarray | None = None
        if counts is not None:
            self.counts = _read_only(np.asarray(counts).astype(np.int64, copy=False))
            if self.counts.shape != (len(self.words),):
                raise ValueError(f"{len(self.words):,} words go with as many counts, not with {self.counts.shape}.")

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self.index

    def __getitem__(self, word: str) -> np.ndarray:
        """The vector of a word, (d,) float32; raises `UnknownWord`."""
        return self.matrix[self.number(word)]

    def __repr__(self) -> str:
        return f"<Vectors {self.name!r}: {len(self):,} words, {self.dimensions} dimensions>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vectors):
            return NotImplemented
        return self is other or (self.matrix.shape == other.matrix.shape and self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return self.matrix.shape[1]

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each word; raises ValueError when a word occurs twice."""
        index = dict(zip(self.words, range(len(self.words)), strict=True))
        if len(index) != len(self.words):
            seen: set[str] = set()
            twice = next(word for word in self.words if word in seen or seen.add(word))
            raise ValueError(f"The word “{twice}” occurs twice.")
        return index

    @cached_property
    def lengths(self) -> np.ndarray:
        """Euclidean length of each vector, (V,) float32."""
        return _read_only(np.sqrt(np.einsum("ij,ij->i", self.matrix, self.matrix)))

    @cached_property
    def unit(self) -> np.ndarray:
        """Vectors scaled to length 1, (V, d) float32; a zero vector stays zero. As large as the matrix: made once, when asked for."""
        return _read_only(self.matrix / np.maximum(self.lengths, np.finfo(np.float32).tiny)[:, None])

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of words and numbers."""
        made = hashlib.sha256("\n".join(self.words).encode("utf-8", "surrogatepass"))
        made.update(np.ascontiguousarray(self.matrix).data)
        return made.digest()

    def number(self, word: str) -> int:
        """Row of a word; raises `UnknownWord`."""
        found = self.index.get(word)
        if found is None:
            raise UnknownWord(word, self.words)
        return found

    def numbers(self, words: Iterable[str]) -> np.ndarray:
        """Rows of words, (n,) int64; raises `UnknownWord` for the first that has none."""
        return np.array([self.number(word) for word in words], dtype=np.int64)

    def head(self, n: int) -> Vectors:
        """The first (most frequent) `n` words; shares the matrix."""
        return Vectors(self.words[:n], self.matrix[:n], None if self.counts is None else self.counts[:n], self.name)

    def take(self, rows: Sequence[int] | np.ndarray) -> Vectors:
        """Some of the words, in the given order."""
        rows = np.asarray(rows, dtype=np.int64)
        words = [self.words[i] for i in rows]
        return Vectors(words, self.matrix[rows], None if self.counts is None else self.counts[rows], self.name)


def _read_only(array: np.ndarray) -> np.ndarray:
    view = array.view()
    view.flags.writeable = False
    return view
