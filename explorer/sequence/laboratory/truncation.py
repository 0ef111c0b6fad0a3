"""Truncated backpropagation through time: a way back that is cut after so many steps (Williams and Peng 1990).

What lies before a cut gets a gradient of exactly 0. That is not vanishing: the number would be there, nobody computes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.names import CellName
from explorer.sequence.laboratory.probe import Probe, cuts
from explorer.sequence.laboratory.profile import Profile, profile_of_slices
from explorer.sequence.laboratory.reading import read
from explorer.sequence.laboratory.sending import norms, send_back
from explorer.sequence.pace import Pace, run_through
from explorer.sequence.recurrence import Array
from explorer.sequence.tracing import Trace


@dataclass(frozen=True, slots=True, eq=False)
class Truncation:
    """A gradient of a trained network, whole and cut.

    Attributes
    ----------
    whole, truncated : Array
        |dL/dh_t| of the top layer, (T,).
    cut : int
        The steps before this one are exactly 0 in `truncated`, because of the cut.
    cuts : tuple of int
        All steps at which the way back ends.
    sentence : str
        What is lost.
    """

    whole: Array
    truncated: Array
    cut: int
    cuts: tuple[int, ...]
    sentence: str


def truncations(probe: Probe, cell: CellName, windows: Iterable[int]) -> tuple[Profile, ...]:
    """The profiles of one probe with several windows (0: whole); the cell reads only once."""
    tangent = read(probe, cell)
    return tuple(run_through(profile_of_slices(probe.replace(window=window), tangent, Pace())) for window in windows)


def truncate(seen: Trace, window: int) -> Truncation:
    """The gradient of a traced network's top layer, in its own reading direction, cut after `window` steps from the end."""
    tangent, arriving = tangent_of(seen.unrolled[-1][0]), seen.naive_grad_hidden[0]
    places = cuts(tangent.length, window)
    whole, truncated = (norms(send_back(tangent, arriving, some).hidden) for some in ((), places))
    alive = np.flatnonzero(truncated)
    cut = max((place for place in places if not alive.size or place <= alive[0]), default=0)
    return Truncation(whole, truncated, cut, places, cut_sentence(whole, cut, places))


def cut_sentence(whole: Array, cut: int, places: tuple[int, ...]) -> str:
    """What a cut takes away from a gradient (T,)."""
    if not places:
        return "Nothing is cut: every step gets its whole gradient."
    if not cut:
        times = "once" if len(places) == 1 else f"{len(places)} times"
        return f"The way back is cut {times}: each error reaches only the steps of its own piece."
    largest = whole[:cut].max()
    lost = f"up to {largest:.2g}" if largest > 0 else "nothing but zeros anyway"
    steps = "step gets" if cut == 1 else f"{cut} steps get"
    return f"The first {steps} exactly 0 because the way back is cut, not because it vanished: whole, it would bring {lost}."
