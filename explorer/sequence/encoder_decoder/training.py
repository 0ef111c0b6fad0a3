"""Training as a generator: one update, one frame, in small pieces. The caller sets the pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.encoder_decoder.model import build_slices
from explorer.sequence.encoder_decoder.picture import Picture
from explorer.sequence.encoder_decoder.tasks import make_task
from explorer.sequence.encoder_decoder.trainer import Trainer, scheduled
from explorer.sequence.pace import Slices
from explorer.sequence.settings import Settings
from explorer.sequence.training import evenly
from explorer.sequence.weights import to_bytes

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

EXAMS = 25
"""How often a whole training measures the network's own answers: each takes as long as several updates."""


def train(
    experiment: EncoderDecoderExperiment, changes: Changes = (), wanted: Wanted | None = None
) -> Iterator[Frame | None]:
    """Train, one update at a time.

    Parameters
    ----------
    experiment : EncoderDecoderExperiment
        Equal experiments give equal frames to the bit, whatever else runs, and whichever frames are wanted.
    changes : sequence of Change
        Read anew before every update; a change applies from the update of its step on.
    wanted : callable, optional
        Asked once before each update. The first and the last frame are always drawn.

    Yields
    ------
    Frame or None
        Frame 0 is the untrained model; then one frame per update; None where a frame is not complete yet (no `next`
        takes longer than about 50 ms). Every frame has "loss" (mean over the steps, or pixels, of its update's batch),
        "gradient_norm" (before clipping), "clipped" (0 or 1) and "learning_rate" (as the schedule has it); about every
        25th part of the training also what `Picture.exam` measures ("exact" ...); a wanted frame also has "held_out"
        and "symbols" (share of steps, or pixels, that are right given the right ones before), "update_ratio",
        "weight_norm", the arrays of `explorer.sequence.encoder_decoder.picture` and the weights.

    Raises
    ------
    TrainingDiverged
        After a last frame: loss and gradient norm of the update that was not made, arrays and weights from before it.
    """
    run = yield from _prepared(experiment)
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    settings = scheduled(Settings.at(0, experiment, changes), experiment, 0)
    metrics = yield from run.trainer.measure_untrained_slices(settings)
    yield (yield from run.draw(0, metrics, settings))
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        settings = scheduled(Settings.at(step, experiment, changes), experiment, step)
        before = run.trainer.copy_weights() if draw else None
        metrics = yield from run.trainer.update_slices(settings)
        if run.trainer.diverged:
            yield (yield from run.draw(step, metrics, settings))
            raise came_apart(settings, step, metrics, run.trainer.sound)
        if is_exam(experiment, step):
            metrics |= yield from run.picture.exam(step, settings.temperature)
        if draw:
            metrics["update_ratio"] = run.trainer.update_ratio(before)
            yield (yield from run.draw(step, metrics, settings))
        else:
            yield Frame(step, metrics)


class _Run:
    """A trainer, and the picture of what it trains."""

    def __init__(self, experiment: EncoderDecoderExperiment, trainer: Trainer) -> None:
        self.trainer = trainer
        self.picture = Picture(experiment, trainer.model)

    def draw(self, step: int, metrics: dict[str, float], settings: Settings) -> Slices[Frame]:
        """A frame with everything."""
        yield None
        arrays, extra = yield from self.picture.slices(step, settings.temperature)
        return Frame(step, {"update_ratio": 0.0, **metrics, **extra}, arrays, to_bytes(self.trainer.model))


def _prepared(experiment: EncoderDecoderExperiment) -> Slices[_Run]:
    model = yield from build_slices(experiment, make_task(experiment))
    yield None
    trainer = Trainer(experiment, model)
    yield None
    return _Run(experiment, trainer)


def is_exam(experiment: EncoderDecoderExperiment, step: int) -> bool:
    """Whether the network's own answers are measured after this update."""
    return step > 0 and (step % max(1, experiment.steps // EXAMS) == 0 or step == experiment.steps)


def came_apart(settings: Settings, step: int, metrics: dict[str, float], again: int) -> TrainingDiverged:
    """What to raise when an update went wrong, with remedies that suit the settings."""
    clip = "clip gradients at 1" if settings.clip == 0 else f"clip gradients below {settings.clip:g}"
    remedies = (f"a learning rate below {settings.learning_rate:.2g}", clip)
    return TrainingDiverged(step, again, metrics["gradient_norm"], metrics["loss"], remedies)
