"""A training of word vectors that came apart, explained."""

from __future__ import annotations

import numpy as np

EXPLODED = 10.0
"""How many times as large as that of mere guessing a loss may become."""


class VectorsDiverged(ValueError):
    """Raised after a last frame when the loss is no finite number any more, or far above that of guessing.

    Parameters
    ----------
    step : int
        The step that went wrong.
    again : int
        The first step at which another learning rate makes a difference: the one after the last sound one.
    loss : float
        Its loss (for GloVe its cost).
    rate : float
        The learning rate that was set.
    """

    def __init__(self, step: int, again: int, loss: float, rate: float) -> None:
        self.step, self.again, self.loss = step, again, loss
        super().__init__(
            f"The training came apart at step {step:,}: the loss was {loss:.3g}. What to try: a learning rate below "
            f"{rate:g}, or fewer negatives. Everything up to here is kept."
        )


def exploded(loss: float, chance: float) -> bool:
    """Whether a loss is none any more.

    Parameters
    ----------
    loss : float
    chance : float
        What guessing gives.
    """
    return not np.isfinite(loss) or loss > EXPLODED * chance
