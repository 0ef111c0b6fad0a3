"""How the next piece is drawn from what a model expects."""

from __future__ import annotations

from dataclasses import dataclass

COLDEST, HOTTEST = 0.05, 3.0
"""Bounds of the temperature; at the lowest the likeliest piece is taken almost always."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Temperature, then top-k, then top-p: in this order, each on what the one before it left.

    Attributes
    ----------
    temperature : float
        Divides the logits: below 1 what is likely becomes likelier, above 1 all become more alike.
    top_k : int
        Only so many of the likeliest pieces may be drawn; 0 for all of them.
    top_p : float
        Only the likeliest pieces that together hold this share may be drawn, the one that completes it included; 1 for all.

    References
    ----------
    Ackley, Hinton and Sejnowski 1985, A learning algorithm for Boltzmann machines (temperature); Fan, Lewis and Dauphin 2018,
    Hierarchical neural story generation (top-k); Holtzman et al. 2020, The curious case of neural text degeneration (top-p).
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        if not COLDEST <= self.temperature <= HOTTEST:
            raise ValueError(f"A temperature lies within {COLDEST:g} and {HOTTEST:g}; {self.temperature:g} does not.")
        if self.top_k < 0:
            raise ValueError(f"Top-k is a number of pieces, or 0 for all; {self.top_k} is neither.")
        if not 0.0 < self.top_p <= 1.0:
            raise ValueError(f"Top-p is a share above 0 and up to 1; {self.top_p:g} is none.")
