"""Words and vectors as they come out of a file, looked at block by block, and made into `Vectors` at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from explorer.embedding.formats.limits import LONGEST_WORD, Limits, check_shape
from explorer.embedding.formats.refusal import VectorFormatError, quoted
from explorer.embedding.formats.slabs import Slabs
from explorer.embedding.vectors import Vectors

PADDING = frozenset({"<pad>", "[pad]", "<unk>", "[unk]", "unk", "<s>", "</s>", "<eos>", "<bos>", "<mask>", "[mask]"})
"""Words that stand for no word: a vector of zeros is right for them, and says nothing. In lower case."""


class Gathered:
    """What has been read so far.

    Parameters
    ----------
    dimensions : int
    limits : Limits
    place : callable
        Says where the word of a row, counted from 0, stands in the file: ``"line 5"``.
    """

    def __init__(self, dimensions: int, limits: Limits, place: Callable[[int], str]) -> None:
        check_shape(1, dimensions, limits)
        self.dimensions, self.limits, self.place = dimensions, limits, place
        self._words: list[str] = []
        self._rows: dict[str, int] = {}
        self._slabs = Slabs(dimensions)
        self._zero: int | None = None

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Sequence[str], block: np.ndarray) -> None:
        """The next words and their vectors, (n, d); refuses what no word and no vector can be, and words that were there."""
        check_shape(len(self) + len(words), self.dimensions, self.limits)
        with np.errstate(over="ignore"):
            block = np.ascontiguousarray(block, dtype=np.float32)
        self._check_words(words)
        self._check_numbers(words, block)
        self._check_new(words)
        self._words.extend(words)
        self._slabs.add(block)

    def vectors(self, name: str, counts: Sequence[int] | np.ndarray | None = None) -> Vectors:
        """All of it."""
        check_shape(len(self), self.dimensions, self.limits)
        matrix = self._slabs.matrix()
        counts = None if counts is None else np.asarray(counts, dtype=np.int64)
        if self._zero is not None:
            matrix = np.delete(matrix, self._zero, axis=0)
            counts = None if counts is None else np.delete(counts, self._zero)
            del self._words[self._zero]
        if not self._words:
            raise VectorFormatError("The file holds no word but a padding token.", "Choose a file with more words.")
        return Vectors(self._words, matrix, counts, name)

    def _check_words(self, words: Sequence[str]) -> None:
        first = len(self)
        if words and not 0 < min(map(len, words)) <= max(map(len, words)) <= LONGEST_WORD:
            i = next(i for i, word in enumerate(words) if not 0 < len(word) <= LONGEST_WORD)
            if not words[i]:
                raise VectorFormatError(
                    f"There is no word before the numbers in {self.place(first + i)}.", "Add the word, or remove it."
                )
            raise VectorFormatError(
                f"The word in {self.place(first + i)} has {len(words[i]):,} characters ({quoted(words[i])}); "
                f"at most {LONGEST_WORD} can be read.",
                "It is no word: remove the line, or check what separates words from numbers.",
            )
        try:
            "\n".join(words).encode()
        except UnicodeEncodeError:
            i = next(i for i, word in enumerate(words) if has_half_characters(word))
            raise VectorFormatError(
                f"The word in {self.place(first + i)} holds half a character ({quoted(words[i])}).",
                "Save the words as UTF-8.",
            ) from None

    def _check_numbers(self, words: Sequence[str], block: np.ndarray) -> None:
        first = len(self)
        finite = np.isfinite(block)
        if not finite.all():
            i, j = np.argwhere(~finite)[0].tolist()
            what = "not a number (NaN)" if np.isnan(block[i, j]) else "infinite, or too large for float32"
            raise VectorFormatError(
                f"Number {j + 1} of {quoted(words[i])} in {self.place(first + i)} is {what}.",
                "Remove the word, or compute its vector again.",
            )
        for i in np.flatnonzero(~block.any(axis=1)).tolist():
            if self._zero is not None or words[i].lower() not in PADDING:
                raise VectorFormatError(
                    f"All numbers of {quoted(words[i])} in {self.place(first + i)} are zero, so it points nowhere.",
                    "Remove the word. (A single padding token such as <pad> may be all zeros: it is left out.)",
                )
            self._zero = first + i

    def _check_new(self, words: Sequence[str]) -> None:
        for row, word in enumerate(words, len(self)):
            before = self._rows.setdefault(word, row)
            if before != row:
                raise VectorFormatError(
                    f"The word {quoted(word)} occurs twice, in {self.place(before)} and in {self.place(row)}.",
                    "Remove one of them.",
                )


def has_half_characters(word: str) -> bool:
    """Whether a word holds surrogates, which JSON and Python allow and UTF-8 does not."""
    return any("\ud800" <= character <= "\udfff" for character in word)
