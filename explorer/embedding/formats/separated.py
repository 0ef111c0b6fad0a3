"""Tables of text: a word and d numbers in each row, with commas, semicolons or tabs between, with or without a header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

import numpy as np

from explorer.embedding.formats.columns import Columns, find_columns, read_count, with_point
from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.layout import Layout
from explorer.embedding.formats.limits import LONGEST_WORD
from explorer.embedding.formats.lines import BLOCK, blocks, decode
from explorer.embedding.formats.numerals import parse_each, parse_numbers, written_rows
from explorer.embedding.formats.refusal import VectorFormatError, quoted
from explorer.embedding.formats.source import Bounded, Source
from explorer.embedding.formats.text import wrong_count
from explorer.embedding.vectors import Vectors

TOGETHER, MOST_TOGETHER = 1_000_000, 20_000
"""Numbers that are parsed, and rows that are held, at a time."""
_QUOTED = re.compile(r'[",\n\r]|^[\s\ufeff]|\s$')


class Record(NamedTuple):
    """A row as it stands in the file, and the line in which it begins."""

    line: int
    text: str


class Row(NamedTuple):
    """A word, how often it occurred, and its numbers, the separator between them."""

    line: int
    word: str
    count: int | None
    numbers: str


def read_separated(source: Source, layout: Layout) -> Vectors:
    """A table with a column of words, one of counts perhaps, and columns of numbers."""
    separator = layout.separator.decode()
    with source.stream() as stream:
        records = _records(stream, quotes=separator != "\t")
        begin = list(islice(records, 2))
        columns, header = find_columns([_cells(record, separator) for record in begin], layout)
        lines, counts = [], []
        gathered = Gathered(len(columns.numbers), source.limits, lambda row: f"line {lines[row]:,}")
        rows = (_row(record, columns, separator) for record in chain(begin[header:], records))
        while block := list(islice(rows, max(1, min(MOST_TOGETHER, TOGETHER // columns.width)))):
            lines += [row.line for row in block]
            counts += [row.count for row in block]
            numbers = _numbers(block, separator, len(columns.numbers), layout.decimal_comma)
            gathered.add([row.word for row in block], numbers)
    return gathered.vectors(source.stem, None if columns.count is None else counts)


def _records(stream: Bounded, quotes: bool) -> Iterator[Record]:
    """Rows; a quoted cell may hold line breaks, so that a row is whole when its quotation marks are even in number."""
    begin, parts, marks, held = 1, [], 0, 0
    for number, line in _lines(stream):
        parts.append(line)
        marks += line.count('"') if quotes else 0
        held += len(line)
        if marks % 2 == 0:
            yield Record(begin, "\n".join(parts))
            begin, parts, marks, held = number + 1, [], 0, 0
        elif held > BLOCK or len(parts) > LONGEST_WORD:
            break
    if parts:
        raise _unreadable(begin, "a quotation mark is not closed")


def _lines(stream: Bounded) -> Iterator[tuple[int, str]]:
    number = 0
    for block in blocks(stream):
        for line in block:
            number += 1
            yield number, decode(line, f"Line {number:,}")


def _cells(record: Record, separator: str) -> list[str]:
    text = record.text.removesuffix("\r")
    if not text.strip():
        raise VectorFormatError(f"Line {record.line:,} is blank, though lines follow.", "Remove the blank line.")
    if separator == "\t":
        # Few programs quote where tabs separate: a lone quotation mark is a word like others.
        return [_unquoted(cell) for cell in text.split(separator)]
    if '"' not in text:
        return text.split(separator)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _unreadable(record.line, str(error)) from None
    if len(rows) != 1:
        raise _unreadable(record.line, "a line break stands outside quotation marks")
    return rows[0]


def _unquoted(cell: str) -> str:
    inner = cell[1:-1]
    whole = len(cell) > 2 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if whole else cell


def _unreadable(line: int, why: str) -> VectorFormatError:
    return VectorFormatError(
        f"Line {line:,} cannot be read as a table ({why}).",
        'Put words with quotation marks into quotation marks, and double those inside: """" stands for one.',
    )


def _row(record: Record, columns: Columns, separator: str) -> Row:
    if columns.plain and '"' not in record.text:
        word, _, numbers = record.text.removesuffix("\r").partition(separator)
        if numbers.count(separator) == len(columns.numbers) - 1 and word:
            return Row(record.line, word, None, numbers)
    cells = _cells(record, separator)
    if len(cells) != columns.width:
        raise wrong_count(record.line, cells[0], len(columns.numbers), max(0, len(cells) - columns.others))
    count = None if columns.count is None else read_count(cells[columns.count], f"Line {record.line:,}")
    return Row(record.line, cells[columns.word], count, separator.join([cells[i] for i in columns.numbers]))


def _numbers(block: Sequence[Row], separator: str, dimensions: int, comma: bool) -> np.ndarray:
    text = "\n".join([row.numbers for row in block]).replace(separator, "\n")
    found = parse_numbers(with_point(text, comma).encode(), len(block) * dimensions)
    if found is None:
        found = np.array([_singly(row, separator, dimensions, comma) for row in block], dtype=np.float64)
    return found.reshape(len(block), dimensions)


def _singly(row: Row, separator: str, dimensions: int, comma: bool) -> list[float]:
    fields = [with_point(cell.strip(), comma).encode() for cell in row.numbers.split(separator)]
    if len(fields) != dimensions:  # a separator inside quotation marks
        raise wrong_count(row.line, row.word, dimensions, len(fields))
    return parse_each(fields, f"line {row.line:,} ({quoted(row.word)})")


def write_separated(vectors: Vectors, stream: BinaryIO) -> None:
    """A header, then word, count where it is known, and numbers, with commas between.

    Words stand as they are, for programs; a spreadsheet may take one that begins with = for a formula
    (`explorer.embedding.formats.table.map_csv` guards against that).
    """
    counts = [] if vectors.counts is None else ["count"]
    stream.write((",".join(["word", *counts, *(f"d{i + 1}" for i in range(vectors.dimensions))]) + "\n").encode())
    for at, rows in written_rows(vectors.matrix, ","):
        words = [_cell(word) for word in vectors.words[at : at + len(rows)]]
        if vectors.counts is not None:
            words = [f"{word},{n}" for word, n in zip(words, vectors.counts[at : at + len(rows)].tolist(), strict=True)]
        stream.write(b"".join(b"%b,%b\n" % (word.encode(), row) for word, row in zip(words, rows, strict=True)))


def _cell(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if _QUOTED.search(word) else word
