"""GloVe: vectors whose products tell how often two words stand near each other."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.glove_cells import Sample, read_cells, weigh
from explorer.embedding.glove_kernels import CELL, add_costs, compile_ahead, learn, make_table, predict, settle, width

__all__ = ["GloVe", "Sample", "compile_ahead"]

_INITIAL, _ORDER, _SAMPLE = range(3)
"""Streams of random numbers of one seed."""


class GloVe:
    """A model of a co-occurrence matrix: ``w_i . c_j + b_i + b_j`` is to be ``log X_ij``.

    The cost of a cell is ``0.5 f(X) (w . c + b + b - log X)^2`` with ``f(X) = min((X / x_max)^alpha, 1)``; cells
    are learned one after another, in a new random order each epoch, by AdaGrad. Model, first values, steps and cost are
    those of the program ``glove`` of the release of its authors, with its conventions: components of a gradient are
    cut off at 100; the sums under the roots begin with 1 and take up the squares of the steps *after* the learning rate,
    not of the gradients; the biases move with the rate 1. Two things differ: numbers are float32 (float64 there), and
    each epoch has an order of its own (there all have the same).

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix, (V, V)
        Not negative; cells that are zero teach nothing.
    dimensions : int
    x_max, alpha : float
        Of the weighting function.
    learning_rate : float
        An attribute: may be changed between two pieces.
    seed : int
    threads : int
        With one thread, the same seed gives the same numbers to the bit, wherever the pieces are cut. Several threads
        share the tables without locks: faster, never quite the same.

    Raises
    ------
    ValueError
        When the matrix is not square, holds negative numbers, or has no cell.

    References
    ----------
    Pennington, Socher, Manning: GloVe: Global Vectors for Word Representation. EMNLP 2014, equations 8 and 9.
    Duchi, Hazan, Singer: Adaptive Subgradient Methods. JMLR 2011. Niu et al.: Hogwild! NIPS 2011.
    """

    def __init__(
        self,
        counts: csr_matrix,
        dimensions: int,
        x_max: float = 10.0,
        alpha: float = 0.75,
        learning_rate: float = 0.05,
        seed: int = 0,
        threads: int = 1,
    ) -> None:
        if dimensions < 1 or threads < 1 or not x_max > 0:
            raise ValueError(f"{dimensions=}, {threads=} and {x_max=} must all be positive.")
        self.dimensions, self.x_max, self.alpha = dimensions, x_max, alpha
        self.learning_rate, self.seed, self.threads = learning_rate, seed, threads
        self._cells = read_cells(counts, x_max, alpha)
        first = np.random.default_rng((seed, _INITIAL))
        self._words = make_table(first, counts.shape[0], dimensions)
        self._contexts = make_table(first, counts.shape[0], dimensions)
        self.shuffle(0)

    def copy(self) -> GloVe:
        """The model as it is now, to be trained apart from this one; the cells, which never change, are shared."""
        other = copy.copy(self)
        other.__dict__.pop("_pool", None)
        for name in ("_words", "_contexts", "_draws", "_spent", "order"):
            setattr(other, name, copy.deepcopy(getattr(self, name)))
        return other

    @property
    def cells(self) -> int:
        """Number of cells that are not zero: the length of an epoch."""
        return len(self._cells)

    def weight(self, x: np.ndarray) -> np.ndarray:
        """f(X), how much the cost of a cell counts, float64 of the shape of `x`."""
        return weigh(x, self.x_max, self.alpha)

    def shuffle(self, epoch: int) -> None:
        """Begin an epoch: a new order, which seed and epoch alone decide. It is drawn as far as `train` needs it."""
        self._draws = np.random.default_rng((self.seed, _ORDER, epoch))
        self.order = np.arange(self.cells, dtype=np.int32)
        self._settled = 0
        self._trained = 0
        self._spent = np.zeros(self.threads)

    def train(self, start: int, stop: int) -> float:
        """Learn the cells at the places start..stop of the order of this epoch.

        Returns
        -------
        float
            Sum of their costs, each just before its step.
        """
        if not 0 <= start <= stop <= self.cells:
            raise ValueError(f"A piece lies between 0 and {self.cells}, not from {start} to {stop}.")
        start, stop = int(start), int(stop)  # numbers of another width would be compiled for anew
        if stop > self._settled:
            settle(self.order, self._settled, self._draws.random(stop - self._settled))
            self._settled = stop
        before = self._spent.sum()
        self._learn(self.order[start:stop])
        self._trained += stop - start
        return float(self._spent.sum() - before)

    def _learn(self, order: np.ndarray) -> None:
        rate = np.float32(self.learning_rate)

        def share(i: int, part: np.ndarray) -> None:
            self._spent[i] = learn(self._cells, part, self._words, self._contexts, rate, self._spent[i])

        if self.threads == 1:
            share(0, order)
        else:
            list(self._pool.map(share, range(self.threads), np.array_split(order, self.threads)))

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="glove")

    @property
    def cost(self) -> float:
        """Mean cost of the cells learned in this epoch, NaN before the first; at its end what ``glove`` prints."""
        return float(self._spent.sum() / self._trained) if self._trained else float("nan")

    def cost_of(self, start: int = 0, stop: int | None = None) -> float:
        """Mean cost of cells as the model is now; start..stop are places in the matrix, row by row, default all."""
        start, stop = int(start), self.cells if stop is None else int(stop)
        if not 0 <= start < stop <= self.cells:
            raise ValueError(f"Cells lie between 0 and {self.cells}, not from {start} to {stop}.")
        return add_costs(self._cells, start, stop, self._words, self._contexts) / (stop - start)

    def sample(self, n: int) -> Sample:
        """At most `n` different cells, drawn by the seed, in the order of the matrix; always the same ones."""
        draws = np.random.default_rng((self.seed, _SAMPLE))
        taken = self._cells[np.sort(draws.choice(self.cells, size=min(n, self.cells), replace=False))]
        return Sample(*(np.ascontiguousarray(taken[name]) for name in CELL.names))

    def predict(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """``w_i . c_j + b_i + b_j`` for pairs of words, (m,) float32: the model's idea of log X.

        Raises
        ------
        IndexError
            For the number of a word that does not exist.
        """
        pairs = np.array([rows, columns], dtype=np.int32)  # a copy: of the one type that is compiled
        if pairs.size and not ((pairs >= 0) & (pairs < len(self._words))).all():
            raise IndexError(f"There are {len(self._words):,} words; their numbers begin with 0.")
        return predict(pairs[0], pairs[1], self._words, self._contexts)

    @property
    def words(self) -> np.ndarray:
        """Vectors of the words, (V, d) float32; a copy, as are the other three."""
        return self._words[:, : self.dimensions].copy()

    @property
    def contexts(self) -> np.ndarray:
        """Vectors of the words as contexts, (V, d) float32."""
        return self._contexts[:, : self.dimensions].copy()

    @property
    def word_biases(self) -> np.ndarray:
        """(V,) float32."""
        return self._words[:, 2 * width(self.dimensions)].copy()

    @property
    def context_biases(self) -> np.ndarray:
        """(V,) float32."""
        return self._contexts[:, 2 * width(self.dimensions)].copy()

    def vectors(self) -> np.ndarray:
        """The result, (V, d) float32: the sum of a word's two vectors."""
        return self._words[:, : self.dimensions] + self._contexts[:, : self.dimensions]
