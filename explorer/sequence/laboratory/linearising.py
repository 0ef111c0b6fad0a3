"""From a traced network to its linearised recurrence."""

from __future__ import annotations

import numpy as np

from explorer.sequence.laboratory.tangent import Tangent, gru_tangent, lstm_tangent, rnn_tangent
from explorer.sequence.pace import Pace, run_through
from explorer.sequence.recurrence import GRU, LSTM
from explorer.sequence.unrolling import Unrolled


def tangent_of(unrolled: Unrolled) -> Tangent:
    """One direction of one layer, in the order in which it reads (a reader from the right begins at the last step)."""
    order = slice(None, None, -1 if unrolled.reverse else 1)
    steps, cell = unrolled.steps[order], unrolled.cell
    present = None if unrolled.present is None else unrolled.present[order]
    hidden, recurrent = np.stack([step.h for step in steps]), cell.weights.recurrent
    if isinstance(cell, LSTM | GRU):
        gates = np.stack([np.stack(list(step.gates.values()), axis=1) for step in steps])
    if isinstance(cell, LSTM):
        states, before = (np.stack([getattr(step, name) for step in steps]) for name in ("c", "c_before"))
        return run_through(lstm_tangent(recurrent, hidden, states, before, gates, Pace(), present))
    before = np.stack([step.h_before for step in steps])
    if isinstance(cell, GRU):
        past = np.stack([step.from_state[:, 2 * cell.weights.units :] for step in steps])
        return run_through(gru_tangent(recurrent, hidden, before, gates, past, Pace(), present))
    slopes = 1.0 - hidden**2 if cell.activation == "tanh" else (hidden > 0.0).astype(float)
    return rnn_tangent(recurrent, hidden, slopes, present)
