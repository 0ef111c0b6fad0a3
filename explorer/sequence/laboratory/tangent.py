"""A recurrence linearised along what it read: how a small change of h_{t-1} (and c_{t-1}) moves h_t (and c_t).

Of each cell only the coefficients are kept that the way back needs, made for all time steps at once:

    RNN   dL/dh_{t-1} = W^T (k * dL/dh_t)
    GRU   dL/dh_{t-1} = sum over gates of W_g^T (k_g * dL/dh_t)  +  z * dL/dh_t
    LSTM  dL/dc_t gains k_c * dL/dh_t;   dL/dc_{t-1} = f * dL/dc_t;
          dL/dh_{t-1} = sum over i, f, g of W_g^T (k_g * dL/dc_t)  +  W_o^T (k_o * dL/dh_t)

Arrays are float64, shaped (T, n, units), in the order in which the cell reads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.sequence.pace import Pace, Slices
from explorer.sequence.recurrence import Array

CACHED = 50_000
"""Values of gates that are worked on together."""
PER_GATE = 0.006
"""Microseconds for each of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Tangent:
    """One direction of one layer, linearised.

    Attributes
    ----------
    recurrent : Array
        W_hh, (gates * units, units).
    through : Array
        k of each gate, (T, n, gates, units), in the order of the weights' rows.
    kept : Array or None
        What goes straight to the state before, (T, n, units): the GRU's z, the LSTM's f (for c).
    opened : Array or None
        LSTM only: k_c, by which dL/dh_t reaches c_t.
    hidden, cell : Array
        h_t and c_t themselves, (T, n, units), None without a cell state.
    present : Array or None
        (T, n, 1), 0 at padded steps; None when there are none.
    """

    recurrent: Array
    through: Array
    hidden: Array
    kept: Array | None = None
    opened: Array | None = None
    cell: Array | None = None
    present: Array | None = None

    @property
    def length(self) -> int:
        return len(self.hidden)

    @property
    def samples(self) -> int:
        return self.hidden.shape[1]

    @property
    def units(self) -> int:
        return self.hidden.shape[2]

    def pick(self, samples: int) -> Tangent:
        """The first samples alone."""
        parts = {name: getattr(self, name) for name in ("through", "hidden", "kept", "opened", "cell", "present")}
        some = {name: None if part is None else part[:, :samples] for name, part in parts.items()}
        return Tangent(self.recurrent, **some)

    @property
    def gated(self) -> bool:
        """Whether something goes straight from state to state, past the weights."""
        return self.kept is not None

    def back(self, t: int, h: Array, c: Array | None) -> tuple[Array, Array | None, Array | None]:
        """One step back, for any number of errors at once.

        Parameters
        ----------
        t : int
        h, c : Array
            (..., n, units): dL/dh_t, and what dL/dc_{t+1} handed back (None without a cell state).

        Returns
        -------
        c : Array or None
            The total dL/dc_t.
        h_before, c_before : Array
            What h_{t-1} and c_{t-1} get.
        """
        if self.opened is None:
            back = (h[..., None, :] * self.through[t]).reshape(*h.shape[:-1], -1) @ self.recurrent
            return None, back if self.kept is None else back + h * self.kept[t], None
        c = c + h * self.opened[t]
        sums = np.empty((*h.shape[:-1], 4, self.units))
        np.multiply(c[..., None, :], self.through[t, :, :3], out=sums[..., :3, :])
        np.multiply(h, self.through[t, :, 3], out=sums[..., 3, :])
        return c, sums.reshape(*h.shape[:-1], -1) @ self.recurrent, c * self.kept[t]


def rnn_tangent(recurrent: Array, hidden: Array, slopes: Array, present: Array | None = None) -> Tangent:
    """Of the plain RNN; slopes f'(a_t) (T, n, units)."""
    return Tangent(recurrent, slopes[:, :, None], hidden, present=present)


def lstm_tangent(
    recurrent: Array,
    hidden: Array,
    cell: Array,
    cell_before: Array,
    gates: Array,
    pace: Pace,
    present: Array | None = None,
) -> Slices[Tangent]:
    """Of the LSTM; gates (T, n, 4, units) input, forget, candidate, output, which are overwritten."""
    kept, opened = np.empty_like(cell), np.empty_like(cell)
    for some in _blocks(gates):
        if pace.due(PER_GATE * gates[some].size):
            yield None
        i, f, g, o = np.moveaxis(gates[some], 2, 0)
        squashed = np.tanh(cell[some])
        kept[some] = f
        opened[some] = o * (1.0 - squashed * squashed)
        i[:], g[:] = g * (i * (1.0 - i)), i * (1.0 - g * g)
        f *= cell_before[some] * (1.0 - f)
        o *= squashed * (1.0 - o)
    return Tangent(recurrent, gates, hidden, kept, opened, cell, present)


def gru_tangent(
    recurrent: Array,
    hidden: Array,
    hidden_before: Array,
    gates: Array,
    past: Array,
    pace: Pace,
    present: Array | None = None,
) -> Slices[Tangent]:
    """Of the GRU; gates (T, n, 3, units) reset, update, candidate, which are overwritten; past W_hn h_{t-1} + b_hn."""
    kept = np.empty_like(past)
    for some in _blocks(gates):
        if pace.due(PER_GATE * gates[some].size):
            yield None
        r, z, n = np.moveaxis(gates[some], 2, 0)
        kept[some] = z
        candidate = (1.0 - z) * (1.0 - n * n)
        z *= (1.0 - z) * (hidden_before[some] - n)
        n[:] = candidate * r
        r *= (1.0 - r) * (candidate * past[some])
    return Tangent(recurrent, gates, hidden, kept, None, None, present)


def _blocks(gates: Array) -> list[slice]:
    """Runs of time steps that are small enough to stay in the processor's cache."""
    apart = max(1, CACHED // gates[0].size)
    return [slice(start, start + apart) for start in range(0, len(gates), apart)]
