"""Scikit-learn's logistic regression, a few iterations at a time."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from explorer.applications.classification.method import Learning, Weights

ITERATIONS, MOST_PIECES = 5, 100
"""Of L-BFGS in one piece of work, and pieces after which it is as good as it gets."""
TOLERANCE = 1e-4
Features = np.ndarray | csr_matrix
# It is stopped again and again on purpose.
warnings.filterwarnings("ignore", message="lbfgs failed to converge", category=ConvergenceWarning)


@dataclass(frozen=True, eq=False)
class Linear:
    """A linear classifier: `weights` (classes, d) float64 and `bias` (classes,)."""

    weights: np.ndarray
    bias: np.ndarray

    def scores(self, features: Features) -> np.ndarray:
        """Logits (n, classes) of rows."""
        return np.asarray(features @ self.weights.T) + self.bias

    def arrays(self) -> Weights:
        """Both, by name, in single precision."""
        return {"weights": self.weights.astype(np.float32), "bias": self.bias.astype(np.float32)}

    @classmethod
    def of(cls, arrays: Weights) -> Linear:
        """The classifier that these are of."""
        return cls(arrays["weights"].astype(np.float64), arrays["bias"].astype(np.float64))

    def direction(self, number: int) -> np.ndarray:
        """(d,): what speaks for one class against the mean of the others."""
        return towards(self.weights.T, number)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of logits (n, classes)."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def towards(scores: np.ndarray, number: int) -> np.ndarray:
    """The score of a class above the mean of those of all others, of (..., classes)."""
    classes = scores.shape[-1]
    others = (scores.sum(axis=-1) - scores[..., number]) / max(classes - 1, 1)
    return scores[..., number] - others


def fit(features: Features, classes: np.ndarray, count: int, penalty: float) -> Learning[Linear]:
    """The classifier that `LogisticRegression(C=penalty)` finds, in pieces.

    The cost has one lowest point, so that beginning again where the last piece ended leads to the same weights.

    Parameters
    ----------
    features : (n, d) array or sparse matrix
    classes : (n,) int array
        From 0 to `count` - 1, each at least once.
    """
    model = LogisticRegression(C=penalty, max_iter=ITERATIONS, tol=TOLERANCE, warm_start=True)
    for piece in range(MOST_PIECES):
        with threadpool_limits(1):  # a second thread slows small products down, and adds in another order
            model.fit(features, classes)
        yield (piece + 1) / MOST_PIECES
        if int(np.max(model.n_iter_)) < ITERATIONS:
            break
    return _both_ways(model) if count == 2 else Linear(model.coef_, model.intercept_)


def _both_ways(model: LogisticRegression) -> Linear:
    """Of two classes scikit-learn keeps one row; half of it for the one and against the other is the same."""
    weights, bias = model.coef_[0] / 2, model.intercept_[0] / 2
    return Linear(np.stack([-weights, weights]), np.array([-bias, bias]))
