"""Pairs of words that mean the same, and the example that ships with gensim."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explorer.embedding.formats.reading import read_vectors
from explorer.embedding.vectors import Vectors
from explorer.text.shipped import shipped

MOST_PAIRS = 100_000
MOST_CHARACTERS = 10_000_000
FEWEST = 3
_FILES = {
    "en": "EN.1-10.cbow1_wind5_hs0_neg10_size300_smpl1e-05.txt",
    "it": "IT.1-10.cbow1_wind5_hs0_neg10_size300_smpl1e-05.txt",
    "pairs": "OPUS_en_it_europarl_train_one2ten.txt",
}


@dataclass(frozen=True)
class Dictionary:
    """Pairs whose words have vectors on both sides.

    Attributes
    ----------
    pairs : tuple of (str, str)
        Source and target word, each pair once.
    unknown_source, unknown_target : tuple of str
        Words of the file without a vector; their pairs are left out.
    """

    pairs: tuple[tuple[str, str], ...]
    unknown_source: tuple[str, ...] = ()
    unknown_target: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.pairs)


def read_dictionary(text: str, source: Vectors, target: Vectors) -> Dictionary:
    """A dictionary from lines of two words, separated by a tab, a comma, a semicolon or a space.

    Raises
    ------
    ValueError
        When a line has not two words, the text is too long, or too few pairs have vectors; the text says where and what to do.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"This dictionary has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.")
    pairs: dict[tuple[str, str], None] = {}
    missing: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        pair = _pair(line, number)
        known = (pair[0] in source, pair[1] in target)
        for side in (0, 1):
            if not known[side]:
                missing[side].setdefault(pair[side])
        if all(known) and len(pairs) < MOST_PAIRS:
            pairs.setdefault(pair)
    if len(pairs) < FEWEST:
        raise ValueError(
            f"Only {len(pairs)} pairs of this dictionary have vectors on both sides; at least {FEWEST} are needed. "
            "Does its first word belong to the first file? Is its case that of the files?"
        )
    return Dictionary(tuple(pairs), tuple(missing[0]), tuple(missing[1]))


def spelled_alike(source: Vectors, target: Vectors, most: int = 5000) -> Dictionary:
    """Words that are spelled the same on both sides, the most frequent of the source first.

    Names, numbers and loan words mean the same in two languages often enough for a rotation to be found without any
    dictionary (Smith et al. 2017); false friends are among them.

    Raises
    ------
    ValueError
        When there are too few.
    """
    found = [word for word in source.words if word in target.index][:most]
    if len(found) < FEWEST:
        raise ValueError(
            f"Only {len(found)} words are spelled alike in these two files; give a dictionary of at least {FEWEST} pairs."
        )
    return Dictionary(tuple((word, word) for word in found))


def narrow(source: Vectors, target: Vectors, dictionary: Dictionary, searched: int) -> tuple[Vectors, Vectors]:
    """The first words of either side and all those of the dictionary: among these a translation is looked for."""
    return tuple(
        _first(vectors, [pair[side] for pair in dictionary.pairs], searched)
        for side, vectors in enumerate((source, target))
    )


def _first(vectors: Vectors, needed: list[str], searched: int) -> Vectors:
    if len(vectors) <= searched:
        return vectors
    rows = {row for row in vectors.numbers(needed).tolist() if row >= searched}
    return vectors.take(np.concatenate([np.arange(searched), np.array(sorted(rows), dtype=np.int64)]))


def _pair(line: str, number: int) -> tuple[str, str]:
    for mark in ("\t", ";", ",", None):
        parts = [part.strip() for part in line.split(mark) if part.strip()]
        if len(parts) == 2:
            return parts[0], parts[1]
    raise ValueError(f"Line {number} of this dictionary is not two words: write “dog<tab>cane”, one pair a line.")


@lru_cache(maxsize=1)
def numbers_and_animals() -> tuple[Vectors, Vectors, Dictionary]:
    """English and Italian vectors (300 numbers each, CBOW) of ten numbers and ten other words, and who means whom.

    The size of the figure of Mikolov, Le and Sutskever 2013 (Exploiting similarities among languages for machine
    translation), and no more. The files are those that gensim ships for its tests.
    """
    folder = ("test", "test_data")
    english, italian = (read_vectors(shipped("gensim", *folder, _FILES[side])) for side in ("en", "it"))
    text = shipped("gensim", *folder, _FILES["pairs"]).read_text(encoding="utf-8")
    return english, italian, read_dictionary(text, english, italian)
