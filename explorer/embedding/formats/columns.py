"""Which column of a table holds words, which their counts, and which only numbers the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explorer.embedding.formats.layout import Layout
from explorer.embedding.formats.numerals import is_number
from explorer.embedding.formats.refusal import VectorFormatError, quoted

WORD_NAMES = ("word", "words", "token", "tokens", "term", "label", "labels", "text", "key", "ngram", "name")
COUNT_NAMES = ("count", "counts", "frequency", "freq", "occurrences")
ROW_NAMES = ("id", "rank", "row", "index", "unnamed: 0", "")
MOST_COUNT = 2**62


class Columns(NamedTuple):
    """Where words, counts and numbers stand."""

    word: int
    count: int | None
    numbers: list[int]
    width: int

    @property
    def plain(self) -> bool:
        """Whether a word comes first, and then nothing but numbers."""
        return self.word == 0 and len(self.numbers) == self.width - 1

    @property
    def others(self) -> int:
        """Columns that hold no numbers of vectors."""
        return self.width - len(self.numbers)


def word_column(names: Sequence[str]) -> int | None:
    """The column that says by its name that it holds words."""
    return _first(names, WORD_NAMES)


def count_column(names: Sequence[str]) -> int | None:
    """The column that says by its name that it holds counts."""
    return _first(names, COUNT_NAMES)


def is_row_number(name: str) -> bool:
    """Whether a column says by its name that it only numbers the rows."""
    return plain(name) in ROW_NAMES


def plain(name: str) -> str:
    """A column's name as it is compared."""
    return name.strip().lower()


def read_count(cell: str, where: str) -> int:
    """A cell of a column of counts; refuses what is no count."""
    text = cell.strip().removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise VectorFormatError(f"{where} gives the count {quoted(cell)}.", "A count is a whole number, 0 or more.")
    return int(text)


def find_columns(begin: Sequence[Sequence[str]], layout: Layout) -> tuple[Columns, int]:
    """The columns of a table, and how many lines its header takes (0 or 1), told from the cells of its first two rows."""
    first = begin[0]
    if not _is_header(begin, layout.decimal_comma):
        width = layout.dimensions + 1
        return Columns(0, None, list(range(1, width)), width), 0
    word = word_column(first)
    if word is None:  # the first column of what are no numbers
        body = begin[1] if len(begin) > 1 else []
        word = next((i for i, cell in enumerate(body) if not _is_number(cell, layout.decimal_comma)), 0)
    count = count_column(first)
    others = {word, count} | {i for i, name in enumerate(first) if is_row_number(name) and i != word}
    return Columns(word, count, [i for i in range(len(first)) if i not in others], len(first)), 1


def with_point(text: str, comma: bool) -> str:
    """Numbers with a decimal point, where they are written with a comma."""
    return text.replace(",", ".") if comma else text


def _is_header(begin: Sequence[Sequence[str]], comma: bool) -> bool:
    """Whether the first row names columns: its cells are no numbers, or they count 0, 1, 2 after a name for the words."""
    first, *rest = begin
    figures = [cell.strip() for cell in first[1:] if _is_number(cell, comma)]
    if not figures:
        return len(first) > 1 and bool(rest)
    named = plain(first[0]) == "" or word_column(first) is not None
    return named and figures in ([str(i) for i in range(start, start + len(figures))] for start in (0, 1))


def _is_number(cell: str, comma: bool) -> bool:
    return is_number(with_point(cell.strip(), comma).encode())


def _first(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    compared = [plain(name) for name in names]
    return next((compared.index(name) for name in wanted if name in compared), None)
