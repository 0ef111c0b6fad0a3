"""Training of one architecture from several seeds, step by step together: what a race needs of it, and no more.

A frame has losses, scores and the gradient at each input. States and gates are left out: they would cost more than the updates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.architectures.parameters import activation_bytes
from explorer.sequence.architectures.tracing import gradient_slices, traced_gradient
from explorer.sequence.cost import sequences_at_once
from explorer.sequence.evaluation import evaluate_slices
from explorer.sequence.model import SequenceModel, build_slices
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.settings import Settings
from explorer.sequence.tasks import make_task
from explorer.sequence.tracing import trace_slices
from explorer.sequence.trainer import Trainer
from explorer.sequence.training import came_apart, evenly

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment
    from explorer.sequence.race.contestant import Contestant

UPDATED = ("loss", "gradient_norm", "clipped", "learning_rate")
JUDGED = ("score", "held_out")


def train_together(
    experiment: Contestant, changes: Changes = (), wanted: Wanted | None = None
) -> Iterator[Frame | None]:
    """Train all seeds of a contestant, one update of each in one step.

    A seed that comes apart is left behind, and the others go on.

    Parameters
    ----------
    experiment : Contestant
    changes, wanted
        As for `explorer.sequence.training.train`.

    Yields
    ------
    Frame or None
        Frame 0 is the untrained network, with "parameters" and "activation_bytes" (what one batch keeps for the way
        back). Metrics are means over the seeds that are still in training; with several seeds "loss_low" and
        "loss_high" are the lowest and highest of them, and "diverged" counts those that came apart. A wanted frame
        also has "score", "spread" (standard deviation of the score over the seeds), "held_out" where data is held
        out, lowest and highest of both, and the arrays "losses" and "scores" (seeds,) and "grad_input" (T,), the gradient
        of the answer's loss at each input for the first seed; all float64, NaN for seeds that came apart.

    Raises
    ------
    TrainingDiverged
        After a last frame, when no seed is left.
    """
    team = yield from _team(experiment)
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    first = Settings.at(0, experiment, changes)
    for member in team.members:
        member.now = member.trainer.measure_untrained(first)
        yield None
    yield (yield from team.draw(0))
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        settings = Settings.at(step, experiment, changes)
        yield from team.update(settings)
        if draw or not team.left:
            yield (yield from team.draw(step))
        else:
            yield Frame(step, team.metrics())
        if not team.left:
            raise came_apart(experiment, settings, step, team.metrics(), min(one.trainer.sound for one in team.members))


class Member:
    """One seed: its trainer, the numbers of its last update, and how it was last judged."""

    def __init__(self, experiment: ArchitectureExperiment, trainer: Trainer) -> None:
        self.trainer = trainer
        self.now: dict[str, float] = {}
        self.judged: dict[str, float] = {}
        self._at_once, milliseconds = sequences_at_once(experiment)
        self._cost = 1000.0 * milliseconds
        self._scored, self._holds_out = trainer.model.task.scored(), trainer.model.task.held_out() is not None

    @property
    def left(self) -> bool:
        """Whether it is still in training."""
        return not self.trainer.diverged

    def judge(self) -> Slices[None]:
        """Measure loss and score on the sequences it does not train on."""
        model = self.trainer.model
        model.eval()
        yield None
        loss, score = yield from evaluate_slices(model, self._scored, self._at_once, self._cost, Pace())
        self.judged = {"score": score, "held_out": loss} if self._holds_out else {"score": score}

    def listen(self) -> Slices[np.ndarray]:
        """The gradient of the answer's loss at each input, (T,) float64: of a recurrent network one step at a time, so that it reaches far."""
        model = self.trainer.model
        batch, loss = model.task.watched(), model.task.answer_loss
        model.eval()
        if isinstance(model, SequenceModel):
            return traced_gradient((yield from trace_slices(model, batch, loss)))
        return (yield from gradient_slices(model, batch, loss, self._at_once, self._cost, Pace()))


class Team:
    """All seeds of a contestant."""

    def __init__(self, members: Sequence[Member], sizes: dict[str, float]) -> None:
        self.members = members
        self._sizes = sizes
        self._present = members

    @property
    def left(self) -> list[Member]:
        """Those still in training."""
        return [one for one in self.members if one.left]

    def update(self, settings: Settings) -> Slices[None]:
        """One update of each seed that is left."""
        self._present = self.left
        for k, member in enumerate(self._present):
            if k:
                yield None
            member.now = member.trainer.update(settings)

    def metrics(self) -> dict[str, float]:
        """The numbers of the last update. When none is left, those of the last to go."""
        counted = self.left or self._present
        found = {name: _mean([one.now[name] for one in counted]) for name in UPDATED}
        if len(self.members) > 1:
            found |= _ends("loss", [one.now["loss"] for one in counted])
            found["diverged"] = float(len(self.members) - len(self.left))
        return found

    def draw(self, step: int) -> Slices[Frame]:
        """A frame with everything."""
        counted = self.left
        for member in counted:
            yield from member.judge()
        gradient = yield from (self.left or self.members)[0].listen()
        arrays = {
            "losses": np.array([one.now["loss"] if one in self._present else np.nan for one in self.members]),
            "scores": np.array([one.judged["score"] if one.left else np.nan for one in self.members]),
            "grad_input": gradient,
        }
        return Frame(step, {**self.metrics(), **self._judgement(counted), **(self._sizes if step == 0 else {})}, arrays)

    def _judgement(self, counted: Sequence[Member]) -> dict[str, float]:
        found: dict[str, float] = {}
        for name in JUDGED:
            values = [one.judged[name] for one in counted if name in one.judged]
            if values:
                found[name] = _mean(values)
                found |= _ends(name, values) if len(self.members) > 1 else {}
        if "score" in found:
            scores = [one.judged["score"] for one in counted]
            found["spread"] = float(np.std(scores, ddof=1)) if len(scores) > 1 else 0.0
        return found


def _mean(values: Sequence[float]) -> float:
    """The mean; of a single value the value itself, to the bit."""
    return values[0] if len(values) == 1 else float(np.mean(values))


def _ends(name: str, values: Sequence[float]) -> dict[str, float]:
    return {f"{name}_low": min(values), f"{name}_high": max(values)}


def _team(experiment: Contestant) -> Slices[Team]:
    members = []
    for one in experiment.members():
        model = yield from build_slices(one, make_task(one))
        yield None
        members.append(Member(one, Trainer(one, model)))
    yield None
    model = members[0].trainer.model
    sizes = {
        "parameters": float(sum(weight.numel() for weight in model.parameters())),
        "activation_bytes": float(activation_bytes(experiment)),
    }
    return Team(members, sizes)
