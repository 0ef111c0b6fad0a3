"""A training that came apart, explained."""

from __future__ import annotations


class TrainingDiverged(ValueError):
    """Raised after a last frame when loss or gradient is no finite number any more, or the loss explodes.

    Parameters
    ----------
    step : int
        The update that was not made.
    again : int
        The update that led there: the last one whose loss was still sound. Other settings have to begin with it.
    gradient_norm : float
        Its gradient norm before clipping.
    loss : float
        Its loss.
    remedies : tuple of str
        What to try.
    """

    def __init__(self, step: int, again: int, gradient_norm: float, loss: float, remedies: tuple[str, ...]) -> None:
        self.step = step
        self.again = again
        self.gradient_norm = gradient_norm
        self.loss = loss
        super().__init__(
            f"The training came apart at step {step:,}: the loss was {loss:.3g} and the gradient norm "
            f"{gradient_norm:.3g}. What to try: {', or '.join(remedies)}. Everything up to here is kept."
        )
