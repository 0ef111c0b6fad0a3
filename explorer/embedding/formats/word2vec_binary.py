"""word2vec's binary: a line with the numbers of words and dimensions, then each word, a space, and its float32 numbers."""

from __future__ import annotations

import re
from typing import BinaryIO

import numpy as np

from explorer.embedding.formats.feed import Feed
from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.limits import LONGEST_WORD, check_shape
from explorer.embedding.formats.lines import decode
from explorer.embedding.formats.numerals import trailing_numbers
from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError
from explorer.embedding.formats.source import Source
from explorer.embedding.formats.text import OTHERS, check_words, spoils_word2vec
from explorer.embedding.vectors import Vectors

HEADER = re.compile(rb" *(\d{1,18}) +(\d{1,18}) *\r?\n")
BLOCK = 1 << 22
"""Bytes of vectors that are looked at together."""
FEW = 100
"""So few bytes of numbers may happen to be letters, all of them."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_DECODE = (
    'Save it anew with gensim: KeyedVectors.load_word2vec_format("x.bin", binary=True, unicode_errors="replace")'
    '.save_word2vec_format("y.bin", binary=True).'
)


def is_binary(head: bytes, size: int | None) -> bool:
    """Whether numbers follow a header as bytes, and not as text."""
    header = HEADER.match(head)
    if header is None:
        return False
    body = head[header.end() :]
    line = body.split(b"\n", 1)[0]
    words, dimensions = int(header[1]), int(header[2])
    numbers = trailing_numbers(line.split()[1:])
    if numbers == dimensions or (numbers and not _CONTROL.search(line)):
        return False
    if len(body) < FEW and size is not None and size >= header.end() + words * (4 * dimensions + 2):
        return True
    return bool(_CONTROL.search(body))


def read_word2vec_binary(source: Source) -> Vectors:
    """Words and vectors; a line feed may follow each vector, as in the original program, or not, as in gensim."""
    with source.stream() as stream:
        feed = Feed(stream)
        line = feed.until(b"\n", 100) or b""
        header = HEADER.fullmatch(line + b"\n")
        words, dimensions = int(header[1]), int(header[2])
        check_shape(words, dimensions, source.limits)
        _check_room(source.size, feed.offset, words, dimensions)
        gathered = Gathered(dimensions, source.limits, lambda row: f"row {row + 1:,}")
        together = max(1, BLOCK // (4 * dimensions))
        for at in range(0, words, together):
            rows = [_row(feed, dimensions, row) for row in range(at, min(at + together, words))]
            numbers = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4")
            gathered.add([row[0] for row in rows], numbers.reshape(-1, dimensions))
        if feed.rest(100).strip():
            raise VectorFormatError(
                f"The file promises {words:,} words, but more follows the last of them.",
                "It is damaged, or its first line is wrong: save it again.",
            )
    return gathered.vectors(source.stem)


def _check_room(size: int | None, start: int, words: int, dimensions: int) -> None:
    least = start + words * (2 + 4 * dimensions)
    if size is not None and size < least:
        raise VectorFormatError(
            f"The file promises {words:,} words with {dimensions:,} dimensions, which takes at least {least:,} bytes; "
            f"it has {size:,}.",
            DOWNLOAD,
        )


def _row(feed: Feed, dimensions: int, row: int) -> tuple[str, bytes]:
    word = feed.until(b" ", 4 * LONGEST_WORD + 1)
    if word is None:
        raise VectorFormatError(
            f"No word ends within {4 * LONGEST_WORD:,} bytes in row {row + 1:,}, or the file ends there.", DOWNLOAD
        )
    text = decode(word.lstrip(b"\n"), f"The word in row {row + 1:,}", _DECODE)
    return text, feed.take(4 * dimensions, f"the vector of row {row + 1:,}")


def write_word2vec_binary(vectors: Vectors, stream: BinaryIO) -> None:
    """As the original program writes it; words may hold no white space."""
    check_words(vectors, "word2vec binary (.bin)", spoils_word2vec, OTHERS)
    stream.write(f"{len(vectors)} {vectors.dimensions}\n".encode())
    for at in range(0, len(vectors), 4096):
        rows = vectors.matrix[at : at + 4096].astype("<f4")
        words = vectors.words[at : at + len(rows)]
        stream.write(
            b"".join(b"%b %b\n" % (word.encode(), row.tobytes()) for word, row in zip(words, rows, strict=True))
        )
