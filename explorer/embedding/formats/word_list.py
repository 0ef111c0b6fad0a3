"""Files that hold words only, one in each line, for the vectors in another file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from explorer.embedding.formats.columns import WORD_NAMES, count_column, plain, read_count, word_column
from explorer.embedding.formats.layout import find_layout
from explorer.embedding.formats.limits import MOST_WORDS
from explorer.embedding.formats.lines import blocks, decoded
from explorer.embedding.formats.refusal import FEWER, VectorFormatError
from explorer.embedding.formats.source import Source

COUNTED = re.compile(r"(.+)[ \t](\d{1,18})")
MOST_BYTES = 256 << 20
LONGEST_LINE = 20_000
"""Bytes of a line: a word, and what else is said of it."""


class WordList(NamedTuple):
    """Words, their counts where the file tells, and its name for messages."""

    words: Sequence[str]
    counts: Sequence[int] | None
    file: str


def words_beside(source: Source) -> WordList | None:
    """The words of vectors whose file holds none: from a file of the same name, or one that is called after its content."""
    for name in names_beside(source.stem):
        found = source.beside(name) if name != source.name else None
        ambiguous = name in (f"{source.stem}.txt", f"{source.stem}.tsv")
        if found is not None and not (ambiguous and _holds_vectors(found)):
            return read_word_list(found)
    return None


def _holds_vectors(source: Source) -> bool:
    """Whether lines end in several numbers: vectors in another format, saved under the same name."""
    layout = find_layout(source.head(), source.name)
    return layout is not None and layout.dimensions > 1


def names_beside(stem: str) -> list[str]:
    """Names of files that may hold the words of vectors in a file of this stem, the likeliest first."""
    same = [f"{stem}{suffix}" for suffix in (".words.txt", "_words.txt", ".txt", ".tsv", ".vocab")]
    return [*same, metadata_name(f"{stem}.tsv"), "metadata.tsv", "words.txt", "vocab.txt", "words.tsv", "labels.txt"]


def metadata_name(vectors_name: str) -> str:
    """Where the words of Projector vectors stand: ``vectors.tsv`` has ``metadata.tsv``, ``x.tsv`` has ``x_metadata.tsv``."""
    path = PurePath(vectors_name)
    for part in ("vectors", "tensors", "vecs"):
        if part in path.stem:
            return path.with_stem(path.stem.replace(part, "metadata")).name
    return f"{path.stem}_metadata.tsv"


def read_word_list(source: Source) -> WordList:
    """Words, one in each line; a table with several columns (``.tsv``) has a header, as in the Projector."""
    lines: list[str] = []
    with source.stream(MOST_BYTES) as stream:
        for block in blocks(stream):
            lines += _checked(block, len(lines), source.label)
            if len(lines) > MOST_WORDS + 1:
                raise VectorFormatError(f"{source.label} has more than {MOST_WORDS:,} lines.", FEWER)
    if source.name.lower().endswith(".tsv"):
        return _from_table(lines, source.label)
    if source.name.lower().startswith("vocab") and lines and all(map(COUNTED.fullmatch, lines)):
        pairs = [COUNTED.fullmatch(line).groups() for line in lines]
        return WordList([word for word, _ in pairs], [int(count) for _, count in pairs], source.label)
    return WordList(lines, None, source.label)


def spoils_list(word: str) -> bool:
    """Whether a list of words could not hold a word: a line break ends it, and a line of white space is no word."""
    breaks = "\n" in word or "\0" in word or word.endswith("\r")
    return breaks or word.startswith("\ufeff") or not word.strip(" \t\v\f\r")


def check_rows(found: WordList, rows: int, vectors_name: str) -> WordList:
    """The words of so many vectors; refuses more or fewer."""
    if len(found.words) == rows + 1 and plain(found.words[0]) in WORD_NAMES and found.counts is None:
        return found._replace(words=found.words[1:])  # a header where one column should have none
    if len(found.words) != rows:
        raise VectorFormatError(
            f"{found.file} has {len(found.words):,} words, and {vectors_name} {rows:,} vectors.",
            "Both need the same number of lines: take the pair that was saved together.",
        )
    return found


def _checked(block: list[bytes], before: int, name: str) -> list[str]:
    lines = [line.removesuffix(b"\r") for line in block]
    for number, line in enumerate(lines, before + 1):
        if not line.strip() or len(line) > LONGEST_LINE:
            what = "is blank, though lines follow" if not line.strip() else f"is longer than {LONGEST_LINE:,} bytes"
            raise VectorFormatError(f"Line {number:,} of {name} {what}.", "Write one word in each line.")
    return decoded(lines, before + 1)


def _from_table(lines: list[str], name: str) -> WordList:
    """The words of a table; one column has no header, several have one."""
    if not lines or "\t" not in lines[0]:
        return WordList(lines, None, name)
    header = lines[0].split("\t")
    word, count = word_column(header) or 0, count_column(header)
    words, counts = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise VectorFormatError(
                f"Line {number:,} of {name} has {len(cells)} columns where its first has {len(header)}.",
                "Give every line the same columns; the first line names them.",
            )
        words.append(cells[word])
        if count is not None:
            counts.append(read_count(cells[count], f"Line {number:,} of {name}"))
    return WordList(words, counts or None, name)
