"""Vectors of words from the rows of their n-grams, as fastText composes them, to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

END_OF_SENTENCE = "</s>"
"""Has no n-grams."""
TOGETHER = 1 << 22
"""Numbers of n-grams' rows that are gathered at a time."""


class Buckets(NamedTuple):
    """Rows of n-grams of consecutive words, word by word in the order of their begin and then of their length.

    Attributes
    ----------
    rows : numpy.ndarray, (parts,) int64
    counts : numpy.ndarray, (n,) int64
        How many of them belong to each word.
    """

    rows: np.ndarray
    counts: np.ndarray


def compose(
    rows: np.ndarray, words: Sequence[str], first: int, vocabulary: int, buckets: int, shortest: int, longest: int
) -> np.ndarray:
    """Vectors of consecutive words of a vocabulary, (n, d) float32: the mean of their own row and those of their n-grams.

    Parameters
    ----------
    rows : numpy.ndarray, (vocabulary + buckets, d) float32
    words : sequence of str
    first : int
        Row of the first of them.
    vocabulary, buckets : int
    shortest, longest : int
        Characters of an n-gram; a word's own begin and end count as one each. `longest` 0 means none.
    """
    found = find_buckets(words, buckets, shortest, longest)
    out = np.array(rows[first : first + len(words)])
    ends = np.cumsum(found.counts)
    part = ends - found.counts
    # One part of every word at a time, so that each word's sum runs in the order of the reference program.
    for k in range(int(found.counts.max(initial=0))):
        more = np.flatnonzero(found.counts > k)
        for at in range(0, len(more), max(1, TOGETHER // rows.shape[1])):
            some = more[at : at + max(1, TOGETHER // rows.shape[1])]
            with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is refused by name afterwards
                out[some] += rows[vocabulary + found.rows[part[some] + k]]
    out *= (1.0 / (1 + found.counts)).astype(np.float32)[:, None]
    return out


def find_buckets(words: Sequence[str], buckets: int, shortest: int, longest: int) -> Buckets:
    """The buckets into which the n-grams of words are hashed (FNV-1a on 32 bits, over bytes)."""
    marked = [f"<{word}>" if word != END_OF_SENTENCE else "" for word in words]
    lengths = np.array([len(word) for word in marked], dtype=np.int64)
    if longest < 1 or buckets < 1 or not lengths.any():
        return Buckets(np.empty(0, np.int64), np.zeros(len(words), np.int64))
    text = np.frombuffer("".join(marked).encode(), dtype=np.uint8)
    starts = np.append(np.flatnonzero(text & 0xC0 != 0x80), len(text))
    word_of = np.repeat(np.arange(len(words)), lengths)
    left = (np.cumsum(lengths)[word_of] - np.arange(len(word_of)))[:, None]  # characters up to the word's end
    sizes = np.arange(1, longest + 1)[None, :]
    wanted = (sizes <= left) & (sizes >= shortest)
    inner = (left > 1) & (left < lengths[word_of][:, None])
    wanted &= (sizes > 1) | inner  # the marks of begin and end alone are no n-grams
    codes = _codes(text, starts, longest)
    return Buckets(
        (codes[wanted] % np.uint32(buckets)).astype(np.int64),
        np.bincount(word_of, wanted.sum(1), len(words)).astype(np.int64),
    )


def _codes(text: np.ndarray, starts: np.ndarray, longest: int) -> np.ndarray:
    """Hash of the 1, 2, ... `longest` characters from each on, (characters, longest) uint32; wrong beyond the text's end."""
    # The reference program reads a byte as signed, so its sign fills the upper bits.
    signed = text.astype(np.int8).astype(np.int32).view(np.uint32)
    count = len(starts) - 1
    codes = np.empty((count, longest), dtype=np.uint32)
    code = np.full(count, 2166136261, dtype=np.uint32)
    for n in range(longest):
        character = np.minimum(np.arange(count) + n, count - 1)
        for byte in range(4):
            place = starts[character] + byte
            there = place < starts[character + 1]
            code[there] = (code[there] ^ signed[place[there]]) * np.uint32(16777619)
        codes[:, n] = code
    return codes
