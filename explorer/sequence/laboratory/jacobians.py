"""One step's Jacobian dh_t/dh_{t-1}, products over many steps, and how far they stretch: spectra.

An LSTM hands on two states: its Jacobians are of the joint state (h, c), twice the units wide, h first.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import lapack, qr

from explorer.sequence.laboratory.floors import FLOAT64
from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array
from explorer.sequence.unrolling import Unrolled

LOWEST = float(np.log10(FLOAT64))
"""Logarithm, to base 10, that stands for a singular value of 0: -323.3, the end of float64."""
EPS = float(np.finfo(float).eps)


def step_jacobians(steps: Tangent | Unrolled, sample: int = 0) -> Array:
    """dh_t/dh_{t-1} of each step, (T, S, S) with S = H, or 2 H for an LSTM: element [a, b] is d h_t[a] / d h_{t-1}[b].

    Parameters
    ----------
    steps : Tangent or Unrolled
        In the order in which the cell reads; of a padded sample only its real steps.
    sample : int
    """
    return run_through(step_jacobian_slices(steps, sample, Pace()))


def step_jacobian_slices(steps: Tangent | Unrolled, sample: int, pace: Pace) -> Slices[Array]:
    """`step_jacobians`, yielding None after every ~15 ms of work."""
    tangent = steps if isinstance(steps, Tangent) else tangent_of(steps)
    real = np.arange(len(tangent.through))
    real = real if tangent.present is None else real[tangent.present[:, sample, 0] > 0]
    size = tangent.units * (1 if tangent.opened is None else 2)
    found, some = np.empty((len(real), size, size)), max(1, int(ELEMENTS / size**2))
    for start in range(0, len(real), some):
        rows = real[start : start + some]
        if pace.due(len(rows) * size**2 * PER_ELEMENT):
            yield None
        found[start : start + some] = _jacobians(tangent, rows, sample)
    return found


ELEMENTS = 500_000
"""Elements of Jacobians that are made in one piece."""
PER_ELEMENT = 0.02
"""Microseconds for each of them."""


def _jacobians(tangent: Tangent, rows: Array, sample: int) -> Array:
    """Those of the steps with these numbers."""
    units, blocks = tangent.units, _gates(tangent.recurrent, tangent.units)
    through = tangent.through[rows, sample]
    own = range(3) if tangent.opened is not None else range(len(blocks))
    past = sum(through[:, gate, :, None] * blocks[gate] for gate in own)
    if tangent.opened is None:
        if tangent.kept is not None:
            past[:, range(units), range(units)] += tangent.kept[rows, sample]
        return past
    opened, kept = tangent.opened[rows, sample, :, None], tangent.kept[rows, sample]
    joint = np.zeros((len(past), 2 * units, 2 * units))
    joint[:, :units, :units] = opened * past + through[:, 3, :, None] * blocks[3]
    joint[:, range(units), range(units, 2 * units)] = opened[:, :, 0] * kept
    joint[:, units:, :units] = past
    joint[:, range(units, 2 * units), range(units, 2 * units)] = kept
    return joint


def _gates(recurrent: Array, units: int) -> Array:
    return recurrent.reshape(-1, units, units)


def products(jacobians: Array) -> Array:
    """dh_T/dh_t for each t, (T, S, S): the product of all later steps' Jacobians; the last is the identity."""
    found = np.empty_like(jacobians)
    found[-1] = np.eye(jacobians.shape[1])
    for t in range(len(jacobians) - 1, 0, -1):
        found[t - 1] = found[t] @ jacobians[t]
    return found


def singular_values(jacobians: Array) -> Array:
    """Log10 of each step's singular values, (T, S), largest first: by how much it stretches each of its main directions.

    What rounding cannot tell from 0 stands at `LOWEST`.
    """
    return run_through(singular_value_slices(jacobians, Pace()))


def singular_value_slices(jacobians: Array, pace: Pace) -> Slices[Array]:
    """`singular_values`, yielding None after every ~15 ms of work."""
    cost, found = decomposition_cost(jacobians.shape[1]), np.empty(jacobians.shape[:2])
    for t, jacobian in enumerate(jacobians):
        if pace.due(cost):
            yield None
        values = np.linalg.svd(jacobian, compute_uv=False)
        found[t] = log10(np.where(values > len(values) * EPS * values[0], values, 0.0))
    return found


def product_singular_values(jacobians: Array) -> Array:
    """Log10 of the singular values of dh_T/dh_t, (T, S), largest first; row T-1 is 0.

    They soon lie further apart than float64 has digits, so the product is never formed. It is kept as Q D R, a rotation, a
    graded diagonal and a well-conditioned rest, by a pivoted QR decomposition at each step (as in Loh et al. 1992); the
    singular values of D R are found to high relative accuracy by the one-sided Jacobi method (Drmac and Veselic 2008).
    """
    return run_through(product_slices(jacobians, Pace()))


def product_slices(jacobians: Array, pace: Pace) -> Slices[Array]:
    """`product_singular_values`, yielding None after every ~15 ms of work."""
    steps, size = jacobians.shape[:2]
    found = np.zeros((steps, size))
    q, grades, rest, scale = np.eye(size), np.ones(size), np.eye(size), 0.0
    for t in range(steps - 1, 0, -1):
        if pace.due(8 * decomposition_cost(size)):
            yield None
        # The product's transpose: the step that comes next on the way back stands to its left.
        q, triangle, order = qr((jacobians[t].T @ q) * grades, pivoting=True, check_finite=False)
        grades = np.abs(np.diag(triangle))
        if not grades[0] > 0.0:
            found[:t] = LOWEST
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(grades[:, None] > 0.0, triangle / grades[:, None], 0.0)
        rest = ratios @ rest[order]
        scale += np.log10(grades[0])
        grades = grades / grades[0]
        found[t - 1] = np.maximum(scale + log10(_graded_values(rest, grades)), LOWEST)
    return found


def _graded_values(rest: Array, grades: Array) -> Array:
    """Singular values of diag(grades) @ rest, largest first, each to high relative accuracy."""
    values, _, _, scales, _, failed = lapack.dgejsv(rest.T * grades, joba=0, jobu=3, jobv=3, jobr=0, jobt=0, jobp=0)
    if failed:
        return np.linalg.svd(rest.T * grades, compute_uv=False)
    return np.sort(values * (scales[0] / scales[1]))[::-1]


def lyapunov(jacobians: Array) -> Array:
    """Finite-time Lyapunov exponents after each step, (T, S): mean natural logarithm of the stretching per step.

    Found by QR decompositions along the way (Benettin et al. 1980; Engelken, Wolf and Abbott 2023). The axes begin as a first
    pass over the transposed product leaves them, near the product's own main directions, so that the last row equals
    log(singular value of the whole product) / T where those lie apart. It is sorted, largest first.
    """
    return run_through(lyapunov_slices(jacobians, Pace()))


def lyapunov_slices(jacobians: Array, pace: Pace) -> Slices[Array]:
    """`lyapunov`, yielding None after every ~15 ms of work."""
    axes, cost = np.eye(jacobians.shape[1]), decomposition_cost(jacobians.shape[1])
    for jacobian in jacobians[::-1]:
        if pace.due(cost):
            yield None
        axes = np.linalg.qr(jacobian.T @ axes)[0]
    logs = np.empty(jacobians.shape[:2])
    for t, jacobian in enumerate(jacobians):
        if pace.due(cost):
            yield None
        axes, triangle = np.linalg.qr(jacobian @ axes)
        logs[t] = log10(np.abs(np.diag(triangle))) * np.log(10.0)
    exponents = np.cumsum(logs, axis=0) / np.arange(1, len(logs) + 1)[:, None]
    return exponents[:, np.argsort(-exponents[-1], kind="stable")]


def decomposition_cost(size: int) -> float:
    """Microseconds, about, of one QR or singular value decomposition of a (size, size) matrix."""
    return 100.0 + size**3 / 3_000.0


def log10(values: Array) -> Array:
    """Logarithm to base 10, `LOWEST` for 0."""
    return np.log10(np.maximum(values, FLOAT64))
