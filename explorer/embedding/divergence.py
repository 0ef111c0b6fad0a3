"""A training of word vectors that came apart, explained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment

EXPLODED = 10.0
"""How many times as large as that of mere guessing a loss may become."""


class VectorsDiverged(ValueError):
    """Raised after a last frame when the loss is no finite number any more, or far above that of guessing.

    Parameters
    ----------
    step : int
        The step that went wrong.
    again : int
        The step after the last one that was no worse than guessing: other settings have to begin with it.
    name : str
        What went wrong, "loss" or "cost".
    loss : float
        Its value.
    remedies : tuple of str
        What to try.
    """

    def __init__(self, step: int, again: int, name: str, loss: float, remedies: tuple[str, ...]) -> None:
        self.step, self.again, self.loss = step, again, loss
        super().__init__(
            f"The training came apart at step {step:,}: the {name} was {loss:.3g}. What to try: "
            f"{', or '.join(remedies)}. Everything up to here is kept."
        )


class Judge:
    """Watches the one number by which one sees that a training comes apart, where there is one.

    Parameters
    ----------
    experiment : EmbeddingExperiment
    numbers : mapping of str to float
        Of step 0: what guessing gives.
    """

    def __init__(self, experiment: EmbeddingExperiment, numbers: Mapping[str, float]) -> None:
        self._experiment = experiment
        self._name = next((name for name in ("loss", "cost") if name in numbers), "")
        self._chance = numbers.get(self._name, 0.0)
        self._sound = 0

    def condemns(self, step: int, numbers: Mapping[str, float]) -> bool:
        """Whether this step went wrong for good."""
        if not self._name:
            return False
        loss = numbers[self._name]
        if loss <= self._chance:
            self._sound = step
        return not math.isfinite(loss) or loss > EXPLODED * self._chance

    def verdict(self, step: int, numbers: Mapping[str, float], rate: float) -> VectorsDiverged:
        """What to raise, with remedies that suit the settings."""
        remedies = [f"a learning rate below {rate:g}"]
        if self._experiment.uses("negatives") and self._experiment.negatives > 1:
            remedies.append(f"fewer negatives than {self._experiment.negatives}")
        return VectorsDiverged(step, self._sound + 1, self._name, numbers[self._name], tuple(remedies))
