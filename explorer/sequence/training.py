"""Training as a generator: one update, one frame. The caller sets the pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.model import build_slices
from explorer.sequence.pace import Slices
from explorer.sequence.picture import picture_of
from explorer.sequence.settings import Settings
from explorer.sequence.tasks import make_task
from explorer.sequence.trainer import Trainer
from explorer.sequence.weights import to_bytes

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

DRAWN = 100
"""Frames with arrays in a training that nobody steers."""


def train(
    experiment: SequenceExperiment, changes: Changes = (), wanted: Wanted | None = None
) -> Iterator[Frame | None]:
    """Train, one update at a time.

    Parameters
    ----------
    experiment : SequenceExperiment
        Equal experiments give equal frames to the bit, whatever else runs, and whichever frames are wanted.
    changes : sequence of Change
        Read anew before every update; a change applies from the update of its step on.
    wanted : callable, optional
        Asked once before each update. The first and the last frame are always drawn.

    Yields
    ------
    Frame or None
        Frame 0 is the untrained model; then one frame per update; None where a frame is not complete yet (no
        `next` takes longer than about 50 ms). Every frame has "loss" (of the batch of its update), "gradient_norm"
        (before clipping), "clipped" (0 or 1) and "learning_rate"; a wanted frame also has "score", "held_out" where
        data is held out, "update_ratio", "weight_norm", the arrays of `explorer.sequence.picture` and the weights.

    Raises
    ------
    TrainingDiverged
        After a last frame: loss and gradient norm of the update that was not made, arrays and weights from before it.
    """
    run = yield from _prepared(experiment)
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    settings = Settings.at(0, experiment, changes)
    yield (yield from run.draw(0, run.trainer.measure_untrained(settings), settings))
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        settings = Settings.at(step, experiment, changes)
        before = run.trainer.copy_weights() if draw else None
        metrics = run.trainer.update(settings)
        if run.trainer.diverged:
            yield (yield from run.draw(step, metrics, settings))
            raise came_apart(experiment, settings, step, metrics, run.trainer.sound)
        if draw:
            metrics["update_ratio"] = run.trainer.update_ratio(before)
            yield (yield from run.draw(step, metrics, settings))
        else:
            yield Frame(step, metrics)


class _Run:
    """A trainer, and the picture of what it trains."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self._picture = picture_of(trainer.experiment, trainer.model)

    def draw(self, step: int, metrics: dict[str, float], settings: Settings) -> Slices[Frame]:
        """A frame with everything."""
        yield None
        arrays, extra = yield from self._picture.slices(step, settings.temperature)
        return Frame(step, {"update_ratio": 0.0, **metrics, **extra}, arrays, to_bytes(self.trainer.model))


def _prepared(experiment: SequenceExperiment) -> Slices[_Run]:
    model = yield from build_slices(experiment, make_task(experiment))
    yield None
    return _Run(Trainer(experiment, model))


def evenly(steps: int) -> Wanted:
    """The frames to draw when nobody steers: the first few, then about a hundred, and the last."""
    apart = max(1, steps // DRAWN)
    return lambda step: step <= 4 or step % apart == 0 or step == steps


def came_apart(
    experiment: SequenceExperiment, settings: Settings, step: int, metrics: dict[str, float], again: int
) -> TrainingDiverged:
    """What to raise when an update went wrong, with remedies that suit the settings."""
    clip = "clip gradients at 1" if settings.clip == 0 else f"clip gradients below {settings.clip:g}"
    remedies = (f"a learning rate below {settings.learning_rate:g}", clip)
    if experiment.cell == "rnn" and experiment.activation == "relu":
        remedies = (*remedies, "tanh instead of ReLU")
    return TrainingDiverged(step, again, metrics["gradient_norm"], metrics["loss"], remedies)
