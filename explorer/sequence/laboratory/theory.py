"""What is known of a gradient before it is measured: an exact power, a bound, or (for gates) nothing simple.

Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks": one step back through
h_t = f(W h_{t-1} + ...) cannot lengthen a gradient by more than ||W||_2 times the steepest slope of f that it meets.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from explorer.sequence.laboratory.names import CELL_TITLES
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.recurrence import Array

ROTATION = 1e-9
"""How far W^T W may be from a multiple of the identity, as a share of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Theory:
    """What theory says of a profile.

    Attributes
    ----------
    kind : str
        ``"exact"``: the profile is this; ``"bound"``: it lies nowhere above; ``"none"``.
    values : Array or None
        (T,), like the profile.
    sentence : str
        What is known and why.
    factor : float
        Of one step back: exact, or at most; NaN where nothing is known.
    """

    kind: Literal["exact", "bound", "none"]
    values: Array | None
    sentence: str
    factor: float = float("nan")


def theory(tangent: Tangent, arriving: Array, cuts: Collection[int] = (), scale: float = 1.0) -> Theory:
    """What is known beforehand of the gradient's sizes.

    Parameters
    ----------
    tangent : Tangent
    arriving : Array
        What the loss says to each state directly, (T, n, units).
    cuts : collection of int
        See `sending.send_back`.
    scale : float
        The size of the samples' mean direction where the mean is measured; otherwise 1.
    """
    if tangent.gated:
        return Theory("none", None, _of_gates(tangent))
    direct = np.linalg.norm(arriving, axis=-1)
    first = _first_linked(direct, cuts)
    slopes = tangent.through[first:, :, 0]
    radius = rotation_radius(tangent.recurrent)
    straight = slopes.size > 0 and bool((slopes == 1.0).all())
    alone = bool((direct[:-1] == 0.0).all())
    along = _is_multiple_of_identity(tangent.recurrent) and bool((arriving == arriving[-1]).all())
    if straight and radius is not None and (alone or along):
        return _exact(radius, direct, alone, cuts, scale)
    return _bound(tangent, direct, cuts, straight)


def bound(tangent: Tangent, direct: Array, cuts: Collection[int] = ()) -> Array:
    """A size that the gradient of no sample can exceed, (T, n).

    b_t = |what the loss says to h_t directly| + ||W||_2 * (steepest slope at t+1) * b_{t+1}
    """
    steepest = np.abs(tangent.through[:, :, 0]).max(axis=-1) * np.linalg.norm(tangent.recurrent, 2)
    found, later = np.empty_like(direct), np.zeros_like(direct[0])
    for t in range(len(direct) - 1, -1, -1):
        found[t] = direct[t] + later
        later = np.zeros_like(later) if t in cuts else found[t] * steepest[t]
    return found


def rotation_radius(matrix: Array) -> float | None:
    """rho where a matrix is rho times a rotation (or reflection), so that it stretches every vector alike; else None."""
    square = matrix.T @ matrix
    mean = float(np.trace(square)) / len(square)
    return float(np.sqrt(mean)) if np.abs(square - mean * np.eye(len(square))).max() <= ROTATION * mean else None


def _is_multiple_of_identity(matrix: Array) -> bool:
    return bool((matrix == matrix[0, 0] * np.eye(len(matrix))).all())


def _first_linked(direct: Array, cuts: Collection[int]) -> int:
    """The first step through which an error passes on its way back, if the loss stands at the end alone."""
    return max([1, *(cut + 1 for cut in cuts)]) if bool((direct[:-1] == 0.0).all()) else 1


def _exact(radius: float, direct: Array, alone: bool, cuts: Collection[int], scale: float) -> Theory:
    factor, size = _rounded(radius), scale * float(direct[-1].mean())
    why = f"Exact: every slope is 1 and the weights stretch every direction by ×{factor:g}, so that"
    if alone:
        cut = max(cuts, default=0)
        back = len(direct) - 1 - cut
        values = size * factor ** np.arange(len(direct) - 1, -1, -1.0)
        values[:cut] = 0.0
        return Theory("exact", values, f"{why} {back} steps back ×{factor**back:.3g} of the gradient arrives.", factor)
    values = size * _added_up(factor, len(direct), cuts)
    return Theory("exact", values, f"{why} the errors of all steps add up to {values[0]:.3g} at the first.", factor)


def _added_up(factor: float, steps: int, cuts: Collection[int]) -> Array:
    """1 + factor + factor^2 ..., as many terms as steps lie between t and the next cut."""
    values, later = np.empty(steps), 0.0
    for t in range(steps - 1, -1, -1):
        values[t] = 1.0 + factor * later
        later = 0.0 if t in cuts else values[t]
    return values


def _rounded(radius: float) -> float:
    """The radius without the last digits, which rounding has made."""
    return float(f"{radius:.12g}")


def _bound(tangent: Tangent, direct: Array, cuts: Collection[int], straight: bool) -> Theory:
    largest = float(np.linalg.norm(tangent.recurrent, 2))
    steepest = float(np.abs(tangent.through[1:, :, 0]).max()) if tangent.length > 1 else 1.0
    factor = largest * steepest
    meaning = (
        "below 1, so every error must vanish on its way back"
        if factor < 1.0 - ROTATION
        else "an error cannot grow on its way back"
        if factor <= 1.0 + ROTATION
        else "an error could grow on its way back, which does not say that it does"
    )
    silent = 1.0 - float((tangent.through[:, :, 0] != 0.0).mean())
    dead = f" {silent:.0%} of the units are silent (slope 0) and pass nothing on." if silent >= 0.005 else ""
    why = "" if straight else f" times the steepest slope {steepest:.3g}"
    sentence = (
        f"A bound (Pascanu et al. 2013): one step back multiplies by at most ||W|| = {largest:.3g}{why}, "
        f"×{factor:.3g}: {meaning}.{dead}"
    )
    return Theory("bound", bound(tangent, direct, cuts).mean(axis=1), sentence, factor)


def _of_gates(tangent: Tangent) -> str:
    kept = float(np.exp(np.log(np.maximum(tangent.kept, 1e-300)).mean()))
    lstm = tangent.cell is not None
    name, gate = CELL_TITLES["lstm" if lstm else "gru"], "forget" if lstm else "update"
    return (
        f"No formula holds for the {name}. Past the weights, its {gate} gates hand on ×{kept:.2f} per step "
        f"(their geometric mean); what the weights add or take away is measured."
    )
