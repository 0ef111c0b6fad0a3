"""NumPy's ``.npy``: the matrix; its words stand in a file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import numpy as np

from explorer.embedding.formats.feed import Feed
from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.limits import check_shape
from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError, pickled
from explorer.embedding.formats.slabs import Slabs
from explorer.embedding.formats.source import Source
from explorer.embedding.formats.text import OTHERS, check_words
from explorer.embedding.formats.word_list import WordList, check_rows, spoils_list, words_beside
from explorer.embedding.vectors import Vectors

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 10_000
# The head is a Python dictionary, written out. It is searched, not evaluated.
_KIND = re.compile(r"'descr':\s*(?:'([^']*)'|\[)")
_ORDER = re.compile(r"'fortran_order':\s*(True|False)")
_SHAPE = re.compile(r"'shape':\s*\(\s*(\d{1,18})L?\s*,\s*(\d{1,18})L?\s*,?\s*\)")
_NUMBERS = re.compile(r"[<>=|]?(?:f[248]|[iu][1248])")
BLOCK = 1 << 22
"""Bytes that are read at a time."""
_ANEW = 'Save the matrix anew, as numbers: np.save("x.npy", matrix.astype("float32")).'


class Header(NamedTuple):
    """Type and shape of the array, and whether its columns stand one after the other."""

    dtype: np.dtype
    shape: tuple[int, int]
    by_columns: bool


def read_numpy(source: Source) -> Vectors:
    """A matrix, (V, d), and the words of the file beside it; arrays of objects are pickles, and are refused."""
    with source.stream() as stream:
        feed = Feed(stream)
        header = _header(feed)
        check_shape(*header.shape, source.limits)
        _check_room(source.size, feed.offset, header)
        found = words_beside(source)
        if found is None:
            raise without_words(source.label)
        found = check_rows(found, header.shape[0], source.label)
        return _gathered(feed, header, found, source)


def without_words(name: str) -> VectorFormatError:
    """The refusal of vectors that come alone."""
    return VectorFormatError(
        f"{name} holds numbers, but no words.",
        "Put a file with one word in each line beside it (words.txt, or metadata.tsv), and for uploading pack both into "
        "one zip.",
    )


def _gathered(feed: Feed, header: Header, found: WordList, source: Source) -> Vectors:
    gathered = Gathered(header.shape[1], source.limits, lambda row: f"row {row + 1:,}")
    if header.by_columns:
        columns = Slabs(header.shape[0])
        for block in _blocks(feed, header.dtype, header.shape[::-1]):
            columns.add(block)
        gathered.add(found.words, columns.matrix().T)
    else:
        for block in _blocks(feed, header.dtype, header.shape):
            gathered.add(found.words[len(gathered) : len(gathered) + len(block)], block)
    if feed.rest(1):
        raise VectorFormatError(f"{source.label} goes on after the array that its head describes.", _ANEW)
    return gathered.vectors(source.stem, found.counts)


def _header(feed: Feed) -> Header:
    magic = feed.take(8, "the head of a NumPy array")
    if magic[6] not in (1, 2, 3):
        raise VectorFormatError(f"This NumPy array has the format version {magic[6]}.{magic[7]}.", _ANEW)
    length = int.from_bytes(feed.take(2 if magic[6] == 1 else 4, "the head of a NumPy array"), "little")
    if length > LONGEST_HEADER:
        raise VectorFormatError(f"The head of this NumPy array has {length:,} bytes.", _ANEW)
    text = feed.take(length, "the head of a NumPy array").decode("latin-1")
    kind, order, shape = (pattern.search(text) for pattern in (_KIND, _ORDER, _SHAPE))
    if kind and "O" in (kind[1] or "O" * text.count("'|O'")):
        raise pickled("a NumPy array of objects")
    if not kind or not _NUMBERS.fullmatch(kind[1] or ""):
        raise VectorFormatError("This NumPy array does not hold plain numbers.", _ANEW)
    if not shape or not order:
        raise VectorFormatError("This NumPy array is no matrix with a row for each word.", _ANEW)
    return Header(np.dtype(kind[1]), (int(shape[1]), int(shape[2])), order[1] == "True")


def _check_room(size: int | None, start: int, header: Header) -> None:
    whole = start + header.shape[0] * header.shape[1] * header.dtype.itemsize
    if size is not None and size < whole:
        raise VectorFormatError(
            f"The head of this NumPy array describes {header.shape[0]:,} x {header.shape[1]:,} numbers, which takes "
            f"{whole:,} bytes; the file has {size:,}.",
            DOWNLOAD,
        )


def _blocks(feed: Feed, dtype: np.dtype, shape: tuple[int, int]) -> Iterator[np.ndarray]:
    """Rows, some megabytes at a time, as float32."""
    rows, columns = shape
    together = max(1, BLOCK // (columns * dtype.itemsize))
    for at in range(0, rows, together):
        n = min(together, rows - at)
        data = feed.take(n * columns * dtype.itemsize, "the numbers of the array")
        with np.errstate(over="ignore"):
            yield np.frombuffer(data, dtype).reshape(n, columns).astype(np.float32)


def write_array(vectors: Vectors, stream: BinaryIO) -> None:
    """The matrix alone."""
    np.lib.format.write_array(stream, np.ascontiguousarray(vectors.matrix), allow_pickle=False)


def write_words(vectors: Vectors, stream: BinaryIO) -> None:
    """One word in each line."""
    check_words(vectors, "A list of words (.txt)", spoils_list, OTHERS)
    stream.write("".join(f"{word}\n" for word in vectors.words).encode())
