"""Text with a word and its numbers in each line: GloVe's without a header, word2vec's and fastText's with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO

import numpy as np

from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.layout import LOOKED_AT, Layout
from explorer.embedding.formats.limits import check_shape
from explorer.embedding.formats.lines import blocks, decoded
from explorer.embedding.formats.numerals import is_number, no_number, parse_numbers, trailing_numbers, written_rows
from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError, quoted
from explorer.embedding.formats.source import Source
from explorer.embedding.vectors import Vectors

_BREAKS = re.compile(r"[\0\t\n\v\f\r]|^[ \ufeff]| $")
OTHERS = "Save as .parquet, .safetensors or .csv, which can hold any word."


def read_text(source: Source, layout: Layout) -> Vectors:
    """GloVe, word2vec or fastText text, by blocks of lines.

    A word may contain spaces: the numbers are counted from the right. With a header, its numbers of words and dimensions
    have to be true.
    """
    header = 0 if layout.header is None else 1
    words, dimensions = layout.header or (1, layout.dimensions)
    check_shape(words, dimensions, source.limits)
    if layout.dimensions != dimensions:
        raise VectorFormatError(
            f"The first line promises vectors of {dimensions:,} numbers, but most lines have {layout.dimensions:,}.",
            "Correct the first line, or remove it: without it, the lines themselves tell.",
        )
    gathered = Gathered(dimensions, source.limits, lambda row: f"line {row + header + 1:,}")
    skip = header
    with source.stream() as stream:
        for lines in blocks(stream):
            lines, skip = lines[skip:], 0
            if not lines:
                continue
            first = len(gathered) + header + 1
            if layout.header and len(gathered) + len(lines) > words:
                raise _too_many(words, words + 2)
            gathered.add(*read_lines(lines, dimensions, first))
    if layout.header and len(gathered) < words:
        raise VectorFormatError(
            f"The first line promises {words:,} words, but the file ends after {len(gathered):,} (line "
            f"{len(gathered) + 1:,}).",
            f"{DOWNLOAD} If it is whole, correct the first line.",
        )
    return gathered.vectors(source.stem)


def read_lines(lines: Sequence[bytes], dimensions: int, first: int) -> tuple[list[str], np.ndarray]:
    """Words and vectors of consecutive lines, the first of them line number `first`."""
    words, numbers = [], []
    for line in lines:
        word, _, rest = line.rstrip(b" \t\r").partition(b" ")
        if not word or rest.count(b" ") != dimensions - 1 or b"\t" in word:
            word, rest = _split(line, dimensions, first + len(words))
        words.append(word)
        numbers.append(rest)
    block = parse_numbers(b"\n".join(numbers).replace(b" ", b"\n"), len(lines) * dimensions)
    if block is None:
        block = _parsed_singly(words, numbers, dimensions, first)
    return decoded(words, first), block.reshape(len(lines), dimensions)


def _split(line: bytes, dimensions: int, number: int) -> tuple[bytes, bytes]:
    """Word and numbers of a line with spaces in the word, or more than one between numbers."""
    word, *numbers = line.rsplit(None, dimensions) or [b""]
    last = word.rsplit(None, 1)
    # A word of several parts does not end in a number: what looks like it is one number too many.
    if len(numbers) == dimensions and last and not (len(last) > 1 and is_number(last[1])):
        return word.strip(), b" ".join(numbers)
    raise _fault(line, dimensions, number)


def _parsed_singly(words: Sequence[bytes], numbers: Sequence[bytes], dimensions: int, first: int) -> np.ndarray:
    """The slow way, which finds the line at fault."""
    rows = []
    for number, (word, rest) in enumerate(zip(words, numbers, strict=True), first):
        fields = rest.split(b" ")
        if not all(map(is_number, fields)):
            raise _fault(b"%b %b" % (word, rest), dimensions, number)
        rows.append([float(field) for field in fields])
    return np.array(rows, dtype=np.float64)


def _fault(line: bytes, dimensions: int, number: int) -> VectorFormatError:
    """What is wrong with a line."""
    fields = line.split()
    if not fields:
        return VectorFormatError(f"Line {number:,} is blank, though lines follow.", "Remove the blank line.")
    found = trailing_numbers(fields)
    if len(fields) > dimensions and found < dimensions and any(map(is_number, fields[1 : len(fields) - found - 1])):
        wrong = next(i for i, field in enumerate(fields[-dimensions:], 1) if not is_number(field))
        return no_number(fields[wrong - dimensions - 1], wrong, f"line {number:,} ({quoted(fields[0])})")
    return wrong_count(number, fields[0] if found < len(fields) else b"", dimensions, min(found, len(fields) - 1))


def wrong_count(number: int, word: bytes | str, expected: int, found: int) -> VectorFormatError:
    """The refusal of a line with another count of numbers than the others."""
    return VectorFormatError(
        f"Line {number:,}{f' ({quoted(word)})' if word else ''} has {found:,} number{'' if found == 1 else 's'} where "
        f"{expected:,} {'is' if expected == 1 else 'are'} expected.",
        "Complete or remove the line. If it is the last one, the file is probably cut off: download it again.",
    )


def _too_many(words: int, line: int) -> VectorFormatError:
    return VectorFormatError(
        f"The first line promises {words:,} words, but more follow (line {line:,}).",
        "Correct the first line, or remove it: without it, all lines are read.",
    )


def write_glove(vectors: Vectors, stream: BinaryIO) -> None:
    """Lines of a word and its numbers, no header; refuses words that could not be told from numbers."""
    if vectors.dimensions < 2:
        raise VectorFormatError("Text without a header cannot hold vectors of one number.", "Save as .vec.")
    if all(is_number(word.encode()) for word in vectors.words[:LOOKED_AT]):
        raise VectorFormatError("Text without a header cannot hold words that are all numbers.", "Save as .vec.")
    check_words(vectors, "GloVe text (.txt)", _spoils_glove, OTHERS)
    _write_lines(vectors, stream)


def write_word2vec(vectors: Vectors, stream: BinaryIO) -> None:
    """A line with the numbers of words and dimensions, then lines of a word and its numbers."""
    check_words(vectors, "word2vec text (.vec, .w2v)", spoils_word2vec, f"{OTHERS} GloVe text (.txt) can hold spaces.")
    stream.write(f"{len(vectors)} {vectors.dimensions}\n".encode())
    _write_lines(vectors, stream)


def check_words(vectors: Vectors, format: str, spoils: Callable[[str], bool], remedy: str) -> None:
    """Refuse to write words that a format cannot hold."""
    for row, word in enumerate(vectors.words):
        if spoils(word):
            raise VectorFormatError(f"{format} cannot hold the word {quoted(word)} (row {row + 1:,}).", remedy)


def _write_lines(vectors: Vectors, stream: BinaryIO) -> None:
    for at, rows in written_rows(vectors.matrix, " "):
        words = vectors.words[at : at + len(rows)]
        stream.write(b"".join(b"%b %b\n" % (word.encode(), row) for word, row in zip(words, rows, strict=True)))


def _spoils_glove(word: str) -> bool:
    return bool(_BREAKS.search(word)) or (" " in word and is_number(word.rsplit(" ", 1)[1].encode()))


def spoils_word2vec(word: str) -> bool:
    """Whether a word could not be told from what follows it, where a space ends it."""
    return " " in word or bool(_BREAKS.search(word))
