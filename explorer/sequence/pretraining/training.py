"""Pre-training as a generator: one update, one frame, in small pieces. The caller sets the pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.pace import Slices
from explorer.sequence.pretraining.model import build_slices
from explorer.sequence.pretraining.picture import Picture
from explorer.sequence.pretraining.reading import source
from explorer.sequence.pretraining.trainer import Trainer, scheduled
from explorer.sequence.settings import Settings
from explorer.sequence.training import evenly
from explorer.sequence.weights import to_bytes

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment


def train(
    experiment: PretrainingExperiment, changes: Changes = (), wanted: Wanted | None = None
) -> Iterator[Frame | None]:
    """Train, one update at a time.

    Parameters
    ----------
    experiment : PretrainingExperiment
        Equal experiments give equal frames to the bit, whatever else runs, and whichever frames are wanted.
    changes : sequence of Change
        Read anew before every update; a change applies from the update of its step on.
    wanted : callable, optional
        Asked once before each update. The first and the last frame are always drawn.

    Yields
    ------
    Frame or None
        Frame 0 is the untrained model; then one frame per update; None where a frame is not complete yet (no `next`
        takes longer than about 50 ms). Every frame has "loss" (nats per piece of its update's batch), "gradient_norm"
        (before clipping), "clipped" (0 or 1) and "learning_rate" (as the schedule has it); a wanted frame also has what
        `explorer.sequence.pretraining.exam` measures on held-out text ("held_out", "accuracy", of a GPT
        "bits_per_character"), what its heads do ("previous_token", of a GPT "induction" and "repetition_gain", of a
        BERT "following_token"), "update_ratio", "weight_norm", the arrays of `explorer.sequence.pretraining.picture`
        and the weights.

    Raises
    ------
    TrainingDiverged
        After a last frame: loss and gradient norm of the update that was not made, arrays and weights from before it.
    """
    run = yield from _prepared(experiment)
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    settings = scheduled(Settings.at(0, experiment, changes), experiment, 0)
    metrics = yield from run.trainer.measure_untrained(settings)
    yield (yield from run.draw(0, metrics, settings))
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        settings = scheduled(Settings.at(step, experiment, changes), experiment, step)
        before = run.trainer.copy_weights() if draw else None
        metrics = yield from run.trainer.update(settings)
        if run.trainer.diverged:
            yield (yield from run.draw(step, metrics, settings))
            raise came_apart(settings, step, metrics, run.trainer.sound)
        if draw:
            metrics["update_ratio"] = run.trainer.update_ratio(before)
            yield (yield from run.draw(step, metrics, settings))
        else:
            yield Frame(step, metrics)


class _Run:
    """A trainer, and the picture of what it trains."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.picture = Picture(trainer.experiment, trainer.model, trainer.source)

    def draw(self, step: int, metrics: dict[str, float], settings: Settings) -> Slices[Frame]:
        """A frame with everything."""
        yield None
        arrays, extra = yield from self.picture.slices(step, settings.temperature)
        return Frame(step, {"update_ratio": 0.0, **metrics, **extra}, arrays, to_bytes(self.trainer.model))


def _prepared(experiment: PretrainingExperiment) -> Slices[_Run]:
    text = source(experiment)
    yield None
    model = yield from build_slices(experiment, len(text.pieces))
    yield None
    trainer = Trainer(experiment, model, text)
    yield None
    return _Run(trainer)


def came_apart(settings: Settings, step: int, metrics: dict[str, float], again: int) -> TrainingDiverged:
    """What to raise when an update went wrong, with remedies that suit the settings."""
    clip = "clip gradients at 1" if settings.clip == 0 else f"clip gradients below {settings.clip:g}"
    remedies = (f"a learning rate below {settings.learning_rate:.2g}", clip, "a longer warm-up")
    return TrainingDiverged(step, again, metrics["gradient_norm"], metrics["loss"], remedies)
