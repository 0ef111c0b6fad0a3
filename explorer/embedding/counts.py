"""How often words stand near each other, and what of that is more than chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.count_kernels import count_columns, count_neighbours, surprise


def cooccurrence(
    sentences: Sequence[Sequence[str]], window: int = 10, min_count: int = 5
) -> tuple[csr_matrix, dict[str, int]]:
    """Weighted counts of how often two words stand near each other.

    Two words that are `d` words apart add 1/d to both of their cells; a word that meets itself adds it twice to its
    own. Rare words are taken out of the text first, so they do not count as distance; no window reaches across the end
    of a sentence. The cells are those of the programs ``vocab_count`` and ``cooccur`` of the GloVe release (symmetric,
    distance weighting), to the last bit, as the summands are added in the same order.

    Parameters
    ----------
    sentences : sequence of sequences of str
    window : int
        The largest distance, at least 1.
    min_count : int
        Words that occur less often are left out.

    Returns
    -------
    cells : scipy.sparse.csr_matrix, (V, V) float64
        Symmetric, columns in order in each row, no stored zeros.
    vocabulary : dict of str to int
        Occurrences of each word, the most frequent first, equally frequent ones alphabetically: the order of the rows.

    Raises
    ------
    ValueError
        When no word is frequent enough or `window` is not positive.

    References
    ----------
    Pennington, Socher, Manning: GloVe: Global Vectors for Word Representation. EMNLP 2014, section 3.
    """
    if window < 1:
        raise ValueError(f"A window reaches at least 1 word to each side, not {window}.")
    vocabulary = count_words(sentences, min_count)
    text, begins = number_words(sentences, vocabulary)
    return _cells(text, begins, len(vocabulary), window), vocabulary


def count_words(sentences: Iterable[Sequence[str]], min_count: int = 1) -> dict[str, int]:
    """Occurrences of each word that is frequent enough, the most frequent first, ties alphabetically.

    Raises
    ------
    ValueError
        When there is no such word.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:  # one by one: a single long call would hold the interpreter's lock
        counts.update(sentence)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    words.sort(key=counts.__getitem__, reverse=True)
    if not words:
        raise ValueError(
            f"No word occurs at least {min_count} times in this text. Lower the minimum count or bring a longer text."
        )
    return {word: counts[word] for word in words}


def number_words(sentences: Iterable[Sequence[str]], vocabulary: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """A text as the numbers of its words, without those that have none.

    Returns
    -------
    text : numpy.ndarray, (n,) int32
        All sentences one after another.
    begins : numpy.ndarray, (s + 1,) int64
        Where each sentence begins; the last entry is n.
    """
    number = {word: row for row, word in enumerate(vocabulary)}
    rows: list[np.ndarray] = []
    for sentence in sentences:
        rows.append(np.array([number[word] for word in sentence if word in number], dtype=np.int32))
    begins = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    return np.concatenate([np.empty(0, np.int32), *rows]), begins


def _cells(text: np.ndarray, begins: np.ndarray, words: int, window: int) -> csr_matrix:
    lines = np.repeat(np.arange(len(begins) - 1, dtype=np.int32), np.diff(begins))
    places = np.argsort(text, kind="stable").astype(np.int64)  # where each word stands, word by word
    first = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=words))]).astype(np.int64)
    counted = count_columns(text, lines, places, first, window)
    indptr = np.concatenate([[0], np.cumsum(counted)]).astype(np.int64)
    indices = np.empty(indptr[-1], dtype=np.int32)
    data = np.empty(indptr[-1], dtype=np.float64)
    count_neighbours(text, lines, places, first, window, indptr[:-1].copy(), indices, data)
    return _sparse(data, indices, indptr, (words, words))


def ppmi(matrix: csr_matrix, smoothing: float = 0.75, shift: float = 1.0) -> csr_matrix:
    """Positive pointwise mutual information: how much more often than by chance two words meet.

    ``max(log(p(w, c) / (p(w) p'(c))) - log(shift), 0)``, where ``p'`` is the distribution of the contexts with each
    count raised to the power `smoothing`, which takes weight from rare contexts.

    Parameters
    ----------
    matrix : scipy.sparse.csr_matrix, (n, m)
        Counts, none negative: words in the rows, contexts in the columns.
    smoothing : float
        1 changes nothing; 0.75 as in word2vec's negative samples.
    shift : float
        Positive; corresponds to the number of negative samples in word2vec. 1 takes nothing away.

    Returns
    -------
    scipy.sparse.csr_matrix, (n, m) float64
        Without stored zeros.

    Raises
    ------
    ValueError
        For a shift that is not positive.

    References
    ----------
    Levy, Goldberg, Dagan: Improving Distributional Similarity with Lessons Learned from Word Embeddings. TACL 2015,
    equations 3 and 5.
    """
    if not shift > 0:
        raise ValueError(f"The shift is a positive number, not {shift}: its logarithm is taken away.")
    matrix = csr_matrix(matrix, dtype=np.float64)
    rows = np.asarray(matrix.sum(axis=1)).ravel()
    columns = np.asarray(matrix.sum(axis=0)).ravel()
    smoothed = np.where(columns > 0, columns, 0.0) ** smoothing
    chance = smoothed / max(smoothed.sum(), np.finfo(float).tiny)
    kept, indices, data = surprise(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        np.require(matrix.data, requirements="CW"),  # the one type that is compiled: a frozen array would be another
        rows,
        chance,
        float(np.log(shift)),
    )
    return _sparse(data, indices, kept, matrix.shape)


def _sparse(data: np.ndarray, indices: np.ndarray, indptr: np.ndarray, shape: tuple[int, int]) -> csr_matrix:
    """A matrix of parts known to be in order, with 32-bit positions where they suffice."""
    if indptr[-1] <= np.iinfo(np.int32).max:
        indptr = indptr.astype(np.int32)
    matrix = csr_matrix((data, indices, indptr), shape=shape)
    matrix.has_sorted_indices = matrix.has_canonical_format = True
    return matrix
