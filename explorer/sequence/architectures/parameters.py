"""How many numbers a network learns, and networks of different kinds with equally many. Knows no torch until asked for memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from explorer.experiment import bounds
from explorer.sequence.architectures.reach import longest_read, tcn_levels
from explorer.sequence.cost import GATES, sizes_of

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment
    from explorer.sequence.experiment import SequenceExperiment

E = TypeVar("E", bound="ArchitectureExperiment")

KNOWN = frozenset({"adding", "recall", "digits", "series", "speech", "picture", "rows"})
"""Tasks whose sizes are known without loading them; of the others it depends on a text how many tokens there are."""
WIDEST_EMBEDDING = 32
SIDE = 8


class Parameters(NamedTuple):
    """Learned numbers by part of the network.

    Attributes
    ----------
    embedding, body, readout : int
        Vectors of the tokens; what makes something of the sequence; the last linear map, to the outputs.
    """

    embedding: int
    body: int
    readout: int

    @property
    def total(self) -> int:
        return self.embedding + self.body + self.readout


class Ends(NamedTuple):
    """Both ends of a network: tokens (0: it reads numbers), numbers at each step where there are no tokens, outputs."""

    tokens: int
    numbers: int
    outputs: int


def count(experiment: SequenceExperiment) -> int:
    """Learned numbers of an experiment's network: those of `build_model(experiment).parameters()`.

    Raises
    ------
    ValueError
        When the task cannot be made (own text or numbers that do not fit).
    """
    return parts(experiment).total


def parts(experiment: SequenceExperiment, hidden: int | None = None) -> Parameters:
    """The same by part; with another number of hidden units, if given. Of a text it has to read the text first."""
    ends, hidden = _ends(experiment), experiment.hidden if hidden is None else hidden
    width = min(hidden, WIDEST_EMBEDDING) if ends.tokens else ends.numbers
    body, read = body_of(experiment, hidden, width)
    return Parameters(ends.tokens * width, body, _linear(read, ends.outputs))


def with_parameters(experiment: E, budget: int) -> E:
    """The same experiment with as many hidden units as bring its parameters nearest to a budget.

    How near that is, says `deviation`: a hidden unit more or less can be several per cent of a small network.

    Raises
    ------
    ValidationError
        When that network is too slow to be trained live; the text says which sizes would fit.
    """
    low, high = bounds(type(experiment), "hidden")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if parts(experiment, middle).total <= budget else (low, middle)
    nearest = min((low, high), key=lambda hidden: abs(parts(experiment, hidden).total - budget))
    return experiment.replace(hidden=nearest)


def deviation(experiment: SequenceExperiment, budget: int) -> float:
    """By which share an experiment's parameters exceed a budget; negative where they fall short of it."""
    return count(experiment) / budget - 1.0


def _ends(experiment: SequenceExperiment) -> Ends:
    if experiment.task in KNOWN:
        sizes = sizes_of(experiment)
        return Ends(sizes.tokens, sizes.width, sizes.outputs)
    from explorer.sequence.tasks import make_task

    task = make_task(experiment)
    return Ends(0, task.inputs, task.outputs) if task.vocabulary is None else Ends(task.inputs, 0, task.outputs)


Body = tuple[int, int]
"""Parameters between embedding and readout, and how many numbers the readout reads."""


def body_of(experiment: SequenceExperiment, hidden: int, width: int) -> Body:
    """The part of a network that makes something of steps of so many numbers, with so many hidden units."""
    return _BODIES.get(experiment.cell, _recurrent)(experiment, hidden, width)


def _linear(inputs: int, outputs: int) -> int:
    return (inputs + 1) * outputs


def _recurrent(experiment: SequenceExperiment, hidden: int, width: int) -> Body:
    """Each gate has weights for the input and for the state, and two biases."""
    directions, gates = 2 if experiment.bidirectional else 1, GATES[experiment.cell]
    seen = hidden * directions
    widths = [width, *[seen] * (experiment.layers - 1)]
    return sum(directions * gates * hidden * (below + hidden + 2) for below in widths), seen


def _window(experiment: ArchitectureExperiment, hidden: int, width: int) -> Body:
    return _hidden_layers(experiment, hidden, experiment.window * width)


def _hidden_layers(experiment: ArchitectureExperiment, hidden: int, inputs: int) -> Body:
    return _linear(inputs, hidden) + (experiment.layers - 1) * _linear(hidden, hidden), hidden


def _tcn(experiment: ArchitectureExperiment, hidden: int, width: int) -> Body:
    """Weight normalisation adds a length to each output of a convolution."""
    kernel, levels = experiment.kernel, tcn_levels(experiment)
    first = hidden * (width * kernel + 2) + (_linear(width, hidden) if width != hidden else 0)
    return first + (2 * levels - 1) * hidden * (hidden * kernel + 2), hidden


def _cnn(experiment: ArchitectureExperiment, hidden: int, width: int) -> Body:
    pixels = experiment.kernel**2
    body = _linear(pixels, hidden) + (experiment.layers - 1) * _linear(hidden * pixels, hidden)
    return body, hidden * (SIDE >> experiment.layers) ** 2


def _transformer(experiment: ArchitectureExperiment, hidden: int, width: int) -> Body:
    inner = experiment.heads * max(1, hidden // experiment.heads)
    norm = 2 * hidden
    attention = _linear(hidden, 3 * inner) + _linear(inner, hidden)
    perceptron = _linear(hidden, 4 * hidden) + _linear(4 * hidden, hidden)
    places = longest_read(experiment) * hidden if experiment.positions == "learned" else 0
    block = attention + perceptron + 2 * norm
    return _linear(width, hidden) + places + experiment.layers * block + norm, hidden


_BODIES: dict[str, Callable[[ArchitectureExperiment, int, int], Body]] = {
    "window": _window, "average": _hidden_layers, "tcn": _tcn, "cnn": _cnn, "transformer": _transformer,
}  # fmt: skip


@lru_cache(maxsize=64)
def activation_bytes(experiment: SequenceExperiment) -> int:
    """Bytes that an update keeps between forward and backward: measured on one batch, without the weights.

    Every tensor that PyTorch's autograd sets aside while the batch runs through the network, and each piece of memory
    once, however many of them share it.
    """
    import torch

    from explorer.sequence.model import build_model
    from explorer.sequence.streams import DATA, stream

    model = build_model(experiment).train()
    batch = model.task.sample(experiment.batch, stream(experiment.seed, DATA))
    weights = {weight.untyped_storage().data_ptr() for weight in model.parameters()}
    kept: dict[int, int] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.enable_grad(), torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        loss = model.loss(model(batch.inputs, batch.lengths), batch)
    del loss
    return sum(kept.values())
