"""Where the words of a benchmark stand in a vocabulary: in any case, the most frequent spelling first."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def first_rows(wanted: Collection[str], words: Iterable[str]) -> dict[str, int]:
    """Row of each wanted word, compared in upper case as word2vec's programs and gensim do.

    Parameters
    ----------
    wanted : collection of str
        Words of a benchmark.
    words : iterable of str
        The vocabulary, the most frequent word first: of "Apple" and "apple" the first stands for both.

    Returns
    -------
    dict of str to int
        Wanted words, as they were given, that occur.
    """
    upper = {word: word.upper() for word in wanted}
    asked = frozenset(upper.values())
    found: dict[str, int] = {}
    for row, word in enumerate(map(str.upper, words)):
        if word in asked:
            found.setdefault(word, row)
    return {word: found[key] for word, key in upper.items() if key in found}
