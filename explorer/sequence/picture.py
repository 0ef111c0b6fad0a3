"""What is drawn of a network at one moment: states, gates, gradients, what it expects, what it would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.cost import sequences_at_once
from explorer.sequence.evaluation import evaluate_slices
from explorer.sequence.interval import wilson
from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.sampling import Reader, sample_slices
from explorer.sequence.streams import SAMPLING, stream
from explorer.sequence.tasks import Batch, Task
from explorer.sequence.tracing import Trace, trace_slices

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

Arrays = dict[str, np.ndarray]
MOST_OUTPUTS = 32
"""With more classes than this only the likeliest are kept."""
LIKELIEST = 5


class Picture:
    """Draws one model again and again, always on the same example and the same held-out sequences.

    Parameters
    ----------
    experiment : SequenceExperiment
    model : SequenceModel
        The model in training; it is not changed.
    """

    def __init__(self, experiment: SequenceExperiment, model: SequenceModel) -> None:
        self.experiment = experiment
        self.model = model
        self.watched = model.task.watched()
        self.scored = model.task.scored()
        self.held_out = model.task.held_out() is not None
        self._at_once, milliseconds = sequences_at_once(experiment)
        self._cost = 1000.0 * milliseconds

    def slices(self, step: int, temperature: float) -> Slices[tuple[Arrays, dict[str, float]]]:
        """The arrays and the extra metrics of a frame, in slices.

        Parameters
        ----------
        step : int
            Picks the random numbers of the sample.
        temperature : float
            Of the sample.
        """
        pace = Pace()
        self.model.eval()
        arrays = yield from self._look(pace)
        loss, score = yield from evaluate_slices(self.model, self.scored, self._at_once, self._cost, pace)
        if self.model.task.samples_text:
            generator = stream(self.experiment.seed, SAMPLING, step)
            arrays["sample"] = yield from sample_slices(self.model, temperature, generator, pace, self._reader())
        metrics = {"score": score, "weight_norm": weight_norm(self.model)}
        if self.model.task.sampled:
            metrics["score_low"], metrics["score_high"] = wilson(score, len(self.scored))
        return arrays, {"held_out": loss, **metrics} if self.held_out else metrics

    def _look(self, pace: Pace) -> Slices[Arrays]:
        """What is inside the network while it reads the example."""
        seen = yield from trace_slices(self.model, self.watched, self.model.task.answer_loss, pace)
        return trace_arrays(seen, self.model, self.watched)

    def _reader(self) -> Reader:
        """What the sample is read with, token by token."""
        return Reader(self.model)


def picture_of(experiment: SequenceExperiment, model: SequenceModel) -> Picture:
    """What draws the frames of an experiment."""
    if not isinstance(experiment, ArchitectureExperiment):
        return Picture(experiment, model)
    from explorer.sequence.architectures.picture import picture_of as of_architecture

    return of_architecture(experiment, model)


def trace_arrays(seen: Trace, model: SequenceModel, batch: Batch) -> Arrays:
    """The arrays of a frame for sample 0 of a traced batch; gradients are means over its samples.

    "hidden", "cell", "gate/<name>" (layers, directions, time, units); "grad_hidden", "grad_cell" (layers,
    directions, time) and "grad_naive" (directions, time) in float64; "grad_hidden_units" (directions, time,
    units) of the top layer; and what `expectations` adds.
    """
    states = {"hidden": seen.hidden, "cell": seen.cell} | {f"gate/{name}": gate for name, gate in seen.gates.items()}
    arrays = {name: one[:, :, :, 0].astype(np.float32) for name, one in states.items() if one is not None}
    arrays["grad_hidden"] = seen.gradient_norms("hidden")
    if seen.grad_cell is not None:
        arrays["grad_cell"] = seen.gradient_norms("cell")
    arrays["grad_naive"] = seen.gradient_norms("naive")[0]
    arrays["grad_hidden_units"] = seen.grad_hidden[-1, :, :, 0].astype(np.float32)
    return arrays | expectations(outputs_over_time(seen, model), model.task)


def outputs_over_time(seen: Trace, model: SequenceModel) -> np.ndarray:
    """Outputs (T, O) of sample 0: what the model says, or would say if the sequence stopped there.

    (1, O) for a bidirectional model with one output per sequence: its backward half ends at the first step.
    """
    if model.reads == "every":
        return seen.outputs[0]
    if model.bidirectional:
        return seen.outputs[:1]
    weight, bias = (part.detach().double().numpy() for part in (model.readout.weight, model.readout.bias))
    return seen.hidden[-1, 0, :, 0] @ weight.T + bias


def expectations(outputs: np.ndarray, task: Task) -> Arrays:
    """What to draw of outputs (T, O): "outputs", or of many classes "top_probability" and "top_index" (T, 5)."""
    if task.labels is None:
        return {"outputs": outputs.astype(np.float32)}
    chances = torch.softmax(torch.from_numpy(outputs), dim=-1)
    if chances.shape[1] <= MOST_OUTPUTS:
        return {"outputs": chances.numpy().astype(np.float32)}
    best = chances.topk(LIKELIEST, dim=-1)
    return {
        "top_probability": best.values.numpy().astype(np.float32),
        "top_index": best.indices.numpy().astype(np.int32),
    }


def weight_norm(model: SequenceModel) -> float:
    """Length of all weights as one vector."""
    return float(torch.nn.utils.get_total_norm([weight.detach() for weight in model.parameters()]))
