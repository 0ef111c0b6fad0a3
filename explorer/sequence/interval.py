"""How sure a share is that was counted on few answers."""

from __future__ import annotations

import math

NINETY_FIVE = 1.959964
"""Standard deviations within which a normal value lies in 95 of 100 cases."""


def wilson(share: float, answers: int, z: float = NINETY_FIVE) -> tuple[float, float]:
    """Wilson's score interval of a share of right answers: a 95 % interval that stays within 0 and 1.

    Parameters
    ----------
    share : float
        Of `answers` independent ones, those that are right, from 0 to 1.
    answers : int
        How many there are, at least 1.

    References
    ----------
    Wilson 1927, Probable inference, the law of succession, and statistical inference.
    """
    if answers < 1 or not 0 <= share <= 1:
        raise ValueError(
            f"A share of {share} among {answers} answers is none; it needs one answer and lies within 0 and 1."
        )
    middle = share + z * z / (2 * answers)
    half = z * math.sqrt(share * (1 - share) / answers + z * z / (4 * answers * answers))
    whole = 1 + z * z / answers
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)
