"""Which step's error reaches which state: the T x T matrix of |dL_s/dh_t|.

A loss at every step adds a direct term to each gradient, so that no vanishing shows in its profile; here each step's loss is
followed by itself. Summed over s, as vectors, the rows give the gradient of the whole loss.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from explorer.sequence.laboratory.names import NormName
from explorer.sequence.laboratory.sending import norms
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array
from explorer.sequence.unrolling import MULTIPLICATIONS

BUDGET = 3e6
"""Microseconds, about, that a whole matrix may take: of many or wide samples only as many are followed as fit."""
PER_VALUE = 0.01
"""Microseconds of all that is done with one value of one gate of one error, beside the product with the weights."""
AT_ONCE = 8_000.0
"""Microseconds of errors that are sent back together."""


def error_matrix(tangent: Tangent, arriving: Array, cuts: Collection[int] = (), norm: NormName = "per sample") -> Array:
    """Sizes of dL_s/dh_t, (T, T): row s for the error of step s, column t for the state it reaches; 0 where t > s.

    Parameters
    ----------
    tangent : Tangent
        Time in the order in which the cell reads.
    arriving : Array
        What the loss of each step says to its own state, (T, n, units).
    cuts : collection of int
        Steps whose memory came without a way back, see `sending.send_back`.
    norm : str
        See `sending.norms`.
    """
    return run_through(matrix_slices(tangent, arriving, Pace(), cuts, norm))


def matrix_slices(
    tangent: Tangent, arriving: Array, pace: Pace, cuts: Collection[int] = (), norm: NormName = "per sample"
) -> Slices[Array]:
    """`error_matrix`, yielding None after every ~15 ms of work."""
    found = np.zeros((tangent.length, tangent.length))

    def keep(rows: list[int], t: int, errors: Array) -> None:
        found[rows, t] = norms(errors, norm)

    yield from _send_each_back(tangent, arriving, frozenset(cuts), pace, keep)
    return found


def error_vectors(tangent: Tangent, arriving: Array, cuts: Collection[int] = ()) -> Array:
    """The dL_s/dh_t themselves, (T, T, n, units); for small sizes."""
    found = np.zeros((tangent.length, *tangent.hidden.shape))

    def keep(rows: list[int], t: int, errors: Array) -> None:
        found[rows, t] = errors

    run_through(_send_each_back(tangent, arriving, frozenset(cuts), Pace(), keep))
    return found


def path(matrix: Array, s: int, t: int) -> Array:
    """What is left of the error of step s at each step on its way back to t: (s - t + 1,), at s first.

    Raises
    ------
    ValueError
        When t lies after s: an error travels only back.
    """
    if not 0 <= t <= s < len(matrix):
        raise ValueError(
            f"No error travels from step {s + 1} to step {t + 1}: choose a step that is not later, both from 1 to {len(matrix)}."
        )
    return matrix[s, t : s + 1][::-1]


def followed_samples(tangent: Tangent) -> int:
    """How many of the samples can be followed within the budget, at least one."""
    pairs = tangent.length * (tangent.length + 1) / 2
    return int(np.clip(BUDGET // (pairs * _cost_of_one(tangent)), 1, tangent.samples))


def _cost_of_one(tangent: Tangent) -> float:
    """Microseconds of sending one error of one sample one step back."""
    rows, columns = tangent.recurrent.shape
    return rows * (columns / MULTIPLICATIONS + PER_VALUE)


def _send_each_back(
    tangent: Tangent,
    arriving: Array,
    cuts: frozenset[int],
    pace: Pace,
    keep: Callable[[list[int], int, Array], None],
) -> Slices[None]:
    """Carry one error for each step that has one, all of them side by side; `keep` sees them at each step."""
    h = np.empty_like(arriving)
    c = np.zeros_like(arriving) if tangent.cell is not None else None
    rows: list[int] = []
    each = tangent.samples * _cost_of_one(tangent)
    together = max(1, int(AT_ONCE / each))
    for t in range(tangent.length - 1, -1, -1):
        if arriving[t].any():
            h[len(rows)] = arriving[t]
            rows.append(t)
        live = h[: len(rows)]
        if tangent.present is not None:
            live *= tangent.present[t]
        keep(rows, t, live)
        for start in range(0, len(rows), together):
            some = slice(start, min(start + together, len(rows)))
            if pace.due(30.0 + each * (some.stop - start)):
                yield None
            _, h[some], back = tangent.back(t, h[some], None if c is None else c[some])
            if c is not None:
                c[some] = back
        if t in cuts:
            rows = []
            if c is not None:
                c[:] = 0.0
