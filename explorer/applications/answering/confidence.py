"""How sure an answer is: the chance that the marked sentence answers, learned from questions whose answers are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.answering.reader import EVIDENCE

PENALTY = 1.0
"""Of the squares of the weights, for evidence scaled to a standard deviation of 1."""
ROUNDS = 50
ENOUGH = 0.5
"""Below this chance the page says that it did not find the answer: then it is more often wrong than right."""


@dataclass(frozen=True, slots=True, eq=False)
class Confidence:
    """A logistic regression on evidence.

    Attributes
    ----------
    mean, spread : numpy.ndarray
        (e,): of the evidence it was learned from.
    weights : numpy.ndarray
        (e,): of the scaled evidence.
    bias : float
    """

    mean: np.ndarray
    spread: np.ndarray
    weights: np.ndarray
    bias: float

    def chance(self, evidence: Mapping[str, float]) -> float:
        """The chance that the answer is right, from 0 to 1."""
        return float(self.chances(as_row(evidence)[None])[0])

    def chances(self, rows: np.ndarray) -> np.ndarray:
        """The same for rows of evidence, (n, e): (n,)."""
        return _sigmoid(((rows - self.mean) / self.spread) @ self.weights + self.bias)

    def parts(self, evidence: Mapping[str, float]) -> dict[str, float]:
        """What each piece of evidence adds to the log-odds, compared with the usual; without the bias."""
        moved = (as_row(evidence) - self.mean) / self.spread * self.weights
        return dict(zip(EVIDENCE, moved.tolist(), strict=True))


def as_row(evidence: Mapping[str, float]) -> np.ndarray:
    """Evidence as (e,), in the order of `EVIDENCE`."""
    return np.array([evidence[name] for name in EVIDENCE])


def learn(rows: np.ndarray, right: np.ndarray) -> Confidence:
    """Logistic regression with a penalty on the squares of the weights, by Newton's method.

    Parameters
    ----------
    rows : numpy.ndarray
        (n, e): the evidence of n answers.
    right : numpy.ndarray
        bool (n,).
    """
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    penalty = np.diag([PENALTY] * rows.shape[1] + [1e-6])
    weights = np.zeros(scaled.shape[1])
    for _ in range(ROUNDS):
        chances = _sigmoid(scaled @ weights)
        slope = scaled.T @ (chances - right) + penalty @ weights
        curve = (scaled * (chances * (1 - chances))[:, None]).T @ scaled + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-10:
            break
    return Confidence(mean, spread, weights[:-1], float(weights[-1]))


def leave_one_out(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(n,): the chance of each answer by what the other n - 1 taught: none is judged by itself."""
    others = ~np.eye(len(rows), dtype=bool)
    return np.array([learn(rows[keep], right[keep]).chances(rows[i][None])[0] for i, keep in enumerate(others)])


def order_quality(chances: np.ndarray, right: np.ndarray) -> float:
    """Share of the pairs of a right and a wrong answer in which the right one has the higher chance (area under the ROC curve)."""
    higher = chances[right][:, None] - chances[~right][None, :]
    return float(((higher > 0) + 0.5 * (higher == 0)).mean()) if higher.size else float("nan")


def calibration(chances: np.ndarray, right: np.ndarray, bounds: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)) -> list[tuple[float, float, int]]:
    """For answers of about the same chance: its mean, the share that is right, and how many they are."""
    found = []
    for low, high in zip(bounds, bounds[1:], strict=False):
        inside = (chances >= low) & ((chances < high) | (high == bounds[-1]))
        if inside.any():
            found.append((float(chances[inside].mean()), float(right[inside].mean()), int(inside.sum())))
    return found


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -500, 500)))
