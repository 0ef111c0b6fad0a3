"""A distribution, warmed or cooled, and cut: which pieces may still be drawn, and with what chance each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.sequence.generation.rule import Rule


@dataclass(frozen=True, eq=False)
class Cut:
    """What a rule makes of a distribution over V pieces.

    Attributes
    ----------
    expected : numpy.ndarray, (V,) float64
        What the model says.
    tempered : numpy.ndarray, (V,) float64
        The same at the rule's temperature; nothing cut yet.
    order : numpy.ndarray, (V,) int
        All pieces, the likeliest first; of equally likely ones the earlier piece first.
    kept : int
        How many of them, from the first, may be drawn.
    """

    expected: np.ndarray
    tempered: np.ndarray
    order: np.ndarray
    kept: int

    @property
    def pieces(self) -> np.ndarray:
        """Those that may be drawn, the likeliest first."""
        return self.order[: self.kept]

    @cached_property
    def kept_mass(self) -> float:
        """Share of the tempered distribution that is kept."""
        return float(self.tempered[self.pieces].sum())

    @property
    def drawn_from(self) -> np.ndarray:
        """(V,) float64: with what chance each piece is drawn; 0 where it was cut."""
        chances = np.zeros_like(self.tempered)
        chances[self.pieces] = self.tempered[self.pieces] / self.kept_mass
        return chances

    @property
    def bits(self) -> float:
        """Entropy of what is drawn from, in bits: how open the choice is."""
        chances = self.tempered[self.pieces] / self.kept_mass
        chances = chances[chances > 0]
        return float(-(chances * np.log2(chances)).sum()) + 0.0


def cut(expected: np.ndarray, rule: Rule) -> Cut:
    """Apply a rule to what a model expects.

    Parameters
    ----------
    expected : numpy.ndarray, (V,)
        Probabilities; they need not sum to 1 exactly.

    Raises
    ------
    ValueError
        When they are no distribution.
    """
    expected = np.asarray(expected, dtype=np.float64)
    if expected.ndim != 1 or not expected.size or not np.isfinite(expected).all() or expected.min() < 0 or expected.max() <= 0:
        raise ValueError("What a model expects must be probabilities, of which at least one is above 0.")
    expected = expected / expected.sum()
    tempered = temper(expected, rule.temperature)
    order = np.argsort(-tempered, kind="stable")
    return Cut(expected, tempered, order, _kept(tempered[order], rule))


def temper(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """softmax(log p / temperature): the same as dividing the logits, which differ from log p by a constant."""
    with np.errstate(divide="ignore"):
        scaled = np.log(probabilities) / temperature
    heights = np.exp(scaled - scaled.max())
    return heights / heights.sum()


def _kept(falling: np.ndarray, rule: Rule) -> int:
    """How many of the pieces, sorted by falling probability, a rule keeps."""
    most = min(rule.top_k or len(falling), len(falling))
    if rule.top_p >= 1.0:
        return most
    mass = np.cumsum(falling[:most])
    # Up to and with the piece that completes the share; rounding must not ask for one more.
    return min(int(np.searchsorted(mass, rule.top_p * mass[-1] * (1 - 1e-12))) + 1, most)


def draw(cut: Cut, chance: float) -> int:
    """One piece; `chance` is uniform in [0, 1)."""
    heights = np.cumsum(cut.tempered[cut.pieces])
    return int(cut.pieces[min(np.searchsorted(heights, chance * heights[-1], side="right"), cut.kept - 1)])
