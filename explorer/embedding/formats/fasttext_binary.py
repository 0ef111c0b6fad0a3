"""fastText's binary model: words, counts, and the matrix from which words and their n-grams are composed.

The layout is that of ``FastText::saveModel`` (fasttext.cc, dictionary.cc, args.cc, densematrix.cc), format version 12.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

import numpy as np

from explorer.embedding.formats.feed import Feed
from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.limits import LONGEST_WORD, check_shape
from explorer.embedding.formats.lines import decode
from explorer.embedding.formats.refusal import DOWNLOAD, FEWER, VectorFormatError
from explorer.embedding.formats.slabs import Slabs
from explorer.embedding.formats.source import Source
from explorer.embedding.vectors import Vectors

MAGIC = struct.pack("<i", 793712314)
VERSIONS = (11, 12)
SUPERVISED = 3
LONGEST_NGRAM = 30
"""Characters."""
BLOCK, MOST_TOGETHER = 1 << 22, 4_000
"""Bytes that are read, and words that are composed, at a time."""
_AGAIN = "Save the model again with fastText, or save only the vectors: they are in the .vec file beside it."


class Settings(NamedTuple):
    """What the model says about itself, as far as its vectors depend on it."""

    dimensions: int
    buckets: int
    shortest: int
    longest: int


class Dictionary(NamedTuple):
    """Words in the order of their rows, and how often each occurred."""

    words: list[str]
    counts: list[int]


def read_fasttext(source: Source) -> Vectors:
    """The vectors of a model's words: the mean of a word's own row and the rows of its n-grams.

    See Bojanowski, Grave, Joulin and Mikolov (2017), and ``FastText::getWordVector``.
    """
    from explorer.embedding.formats.subwords import compose

    with source.stream() as stream:
        feed = Feed(stream)
        settings = _settings(feed)
        dictionary, ngrams = _dictionary(feed, settings, source)
        rows = _matrix(feed, len(dictionary.words), settings, source)
    if not ngrams:
        settings = settings._replace(longest=0)
    gathered = Gathered(settings.dimensions, source.limits, lambda row: f"row {row + 1:,}")
    # Every letter of a word begins up to `longest` n-grams: long words are taken apart a few at a time.
    wide = (max(map(len, dictionary.words), default=0) + 2) * max(1, settings.longest)
    together = max(1, min(MOST_TOGETHER, BLOCK // settings.dimensions, BLOCK // wide))
    for at in range(0, len(dictionary.words), together):
        words = dictionary.words[at : at + together]
        gathered.add(words, compose(rows, words, at, len(dictionary.words), *settings[1:]))
    return gathered.vectors(source.stem, dictionary.counts)


def _settings(feed: Feed) -> Settings:
    _, version = _unpack(feed, "<2i")
    if version not in VERSIONS:
        raise VectorFormatError(f"This is a fastText model of format version {version}, not 11 or 12.", _AGAIN)
    dimensions, *_, model, buckets, shortest, longest, _ = _unpack(feed, "<12i")
    _unpack(feed, "<d")  # the sampling threshold
    if model == SUPERVISED and version == 11:
        longest = 0
    if buckets < 0 or shortest < 0 or not 0 <= longest <= LONGEST_NGRAM:
        raise VectorFormatError("The settings of this fastText model make no sense.", DOWNLOAD)
    return Settings(dimensions, buckets, shortest, longest)


def _dictionary(feed: Feed, settings: Settings, source: Source) -> tuple[Dictionary, bool]:
    """The words, and whether n-grams take part; labels of a classifier are passed over."""
    entries, words, labels = _unpack(feed, "<3i")
    _, pruned = _unpack(feed, "<2q")
    if entries != words + labels or min(words, labels) < 0:
        raise VectorFormatError("The numbers of words in this fastText model contradict each other.", DOWNLOAD)
    if pruned > 0:
        raise _compressed()
    check_shape(words, settings.dimensions, source.limits)
    if (words + settings.buckets) * settings.dimensions > source.limits.numbers:
        raise VectorFormatError(
            f"This fastText model holds {words + settings.buckets:,} vectors of {settings.dimensions:,} numbers; at most "
            f"{source.limits.numbers:,} numbers can be read.",
            f"{_AGAIN} {FEWER}",
        )
    _check_room(source.size, feed.offset, entries, words + settings.buckets, settings.dimensions)
    found = Dictionary([], [])
    for row in range(entries):
        word, count, kind = _entry(feed, row)
        if kind != (row >= words):
            raise VectorFormatError(f"Entry {row + 1:,} of this fastText model is of the wrong kind.", DOWNLOAD)
        if row < words:
            found.words.append(word)
            found.counts.append(count)
    return found, pruned < 0


def _entry(feed: Feed, row: int) -> tuple[str, int, int]:
    word = feed.until(b"\0", 4 * LONGEST_WORD + 1)
    if word is None:
        raise VectorFormatError(f"No word ends within {4 * LONGEST_WORD:,} bytes in entry {row + 1:,}.", DOWNLOAD)
    count, kind = struct.unpack("<qb", feed.take(9, f"entry {row + 1:,} of the words"))
    text = decode(word, f"The word in row {row + 1:,}", _AGAIN)
    if len(text) > LONGEST_WORD:
        raise VectorFormatError(
            f"The word in row {row + 1:,} has {len(text):,} characters; at most {LONGEST_WORD} can be read.", _AGAIN
        )
    return text, count, kind


def _matrix(feed: Feed, words: int, settings: Settings, source: Source) -> np.ndarray:
    """Rows of the words, then of the buckets of n-grams, (words + buckets, d)."""
    (quantised,) = _unpack(feed, "<B")
    if quantised:
        raise _compressed()
    rows, dimensions = _unpack(feed, "<2q")
    if (rows, dimensions) != (words + settings.buckets, settings.dimensions):
        raise VectorFormatError(
            f"The matrix of this fastText model has the shape {rows:,} x {dimensions:,}, its words and buckets ask for "
            f"{words + settings.buckets:,} x {settings.dimensions:,}.",
            DOWNLOAD,
        )
    slabs, together = Slabs(dimensions), max(1, BLOCK // dimensions)
    for at in range(0, rows, together):
        n = min(together, rows - at)
        numbers = np.frombuffer(feed.take(4 * n * dimensions, "the matrix of vectors"), dtype="<f4")
        slabs.add(numbers.reshape(n, dimensions))
    return slabs.matrix()


def _check_room(size: int | None, start: int, entries: int, rows: int, dimensions: int) -> None:
    least = start + 10 * entries + 17 + 4 * rows * dimensions
    if size is not None and size < least:
        raise VectorFormatError(
            f"This fastText model promises {entries:,} words and {rows:,} vectors of {dimensions:,} numbers, which takes "
            f"at least {least:,} bytes; the file has {size:,}.",
            DOWNLOAD,
        )


def _unpack(feed: Feed, layout: str) -> tuple:
    return struct.unpack(layout, feed.take(struct.calcsize(layout), "the head of a fastText model"))


def _compressed() -> VectorFormatError:
    return VectorFormatError(
        "This is a compressed fastText model (.ftz); its vectors are only approximations.",
        "Open the .bin or .vec file that was saved before compressing.",
    )
