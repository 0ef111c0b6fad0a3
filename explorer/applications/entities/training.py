"""Training as a generator: one update, one frame, in small pieces. The caller sets the pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.applications.entities.examination import examine, scores
from explorer.applications.entities.model import build_slices
from explorer.applications.entities.trainer import Trainer
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.pace import Slices
from explorer.sequence.settings import Settings
from explorer.sequence.training import evenly
from explorer.sequence.weights import to_bytes

if TYPE_CHECKING:
    from explorer.applications.entities.experiment import EntityExperiment


def train(experiment: EntityExperiment, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
    """Train, one update at a time.

    Parameters
    ----------
    experiment : EntityExperiment
        Equal experiments give equal frames to the bit, whatever else runs, and whichever frames are wanted.
    changes : sequence of Change
        Read anew before every update; a change applies from the update of its step on.
    wanted : callable, optional
        Asked once before each update. The first and the last frame are always drawn.

    Yields
    ------
    Frame or None
        Frame 0 is the untrained tagger; then one frame per update; None where a frame is not complete yet. Every frame has
        "loss" (nats for each word), "gradient_norm" (before clipping), "clipped" (0 or 1) and "learning_rate"; a wanted
        frame also what `scores` measures on the held-out sentences, the arrays of `examine` and the weights.

    Raises
    ------
    TrainingDiverged
        After a last frame: loss and gradient norm of the update that was not made, arrays and weights from before it.
    """
    tagger = yield from build_slices(experiment)
    yield None
    trainer = Trainer(experiment, tagger)
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    settings = _settings(0, experiment, changes)
    metrics = yield from trainer.measure_untrained_slices(settings)
    yield (yield from _drawn(trainer, 0, metrics))
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        settings = _settings(step, experiment, changes)
        metrics = yield from trainer.update_slices(settings)
        if trainer.diverged:
            yield (yield from _drawn(trainer, step, metrics))
            raise _came_apart(settings, step, metrics, trainer.sound)
        yield (yield from _drawn(trainer, step, metrics)) if draw else Frame(step, metrics)


def _drawn(trainer: Trainer, step: int, metrics: dict[str, float]) -> Slices[Frame]:
    """A frame with everything."""
    yield None
    arrays = yield from examine(trainer.model)
    yield None
    found = yield from scores(trainer.model.reader.material, arrays["tags"])
    return Frame(step, {**metrics, **found}, arrays, to_bytes(trainer.model))


def _settings(step: int, experiment: EntityExperiment, changes: Changes) -> Settings:
    values = {"learning_rate": experiment.learning_rate, "clip": experiment.clip}
    for change in changes:
        if change.step <= step and change.field in values:
            values[change.field] = float(change.value)
    return Settings(**values, temperature=1.0)


def _came_apart(settings: Settings, step: int, metrics: dict[str, float], again: int) -> TrainingDiverged:
    clip = "clip gradients at 1" if settings.clip == 0 else f"clip gradients below {settings.clip:g}"
    remedies = (f"a learning rate below {settings.learning_rate:.2g}", clip)
    return TrainingDiverged(step, again, metrics["gradient_norm"], metrics["loss"], remedies)
