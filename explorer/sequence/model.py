"""The network: embedding (for tokens), one recurrent module per layer, and a linear readout."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Literal

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from explorer.sequence.dropout import Dropout
from explorer.sequence.initialisation import GATES, initialise
from explorer.sequence.pace import Slices, run_through
from explorer.sequence.streams import DROPOUT, stream
from explorer.sequence.tasks import Batch, Task, make_task
from explorer.sequence.weights import fill

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

# One thread: two are slower for networks of this size, and sums in another order would give other bits.
torch.set_num_threads(1)

WIDEST_EMBEDDING = 32
"""Most numbers that stand for one token."""


class SequenceModel(nn.Module):
    """A recurrent network made for one task.

    Attributes
    ----------
    embedding : nn.Embedding or None
        Tokens to vectors; None when the task's inputs are numbers.
    recurrent : nn.ModuleList
        One *single-layer* ``nn.RNN``, ``nn.LSTM`` or ``nn.GRU`` per layer: inside a module of several layers
        the states that pass from layer to layer could not be seen.
    dropout : Dropout
        Between the layers and before the readout.
    readout : nn.Linear
        From the state(s) of the top layer to the outputs.
    reads : str
        ``"last"``: one output per sequence; ``"every"``: one output per time step.
    """

    def __init__(self, experiment: SequenceExperiment, task: Task) -> None:
        super().__init__()
        self.task = task
        self.cell = experiment.cell
        self.bidirectional = experiment.bidirectional
        self.reads: Literal["last", "every"] = "last" if task.topology == "many-to-one" else "every"
        width = width_of(experiment, task)
        self.embedding = None if task.vocabulary is None else embedding_of(task.inputs, width)
        seen = experiment.hidden * (2 if experiment.bidirectional else 1)
        widths = [width] + [seen] * (experiment.layers - 1)
        self.recurrent = nn.ModuleList([_recurrent(experiment, width) for width in widths])
        self.dropout = Dropout(experiment.dropout, stream(experiment.seed, DROPOUT))
        self.readout = nn.Linear(seen, task.outputs)

    @property
    def loss(self) -> Callable[[Tensor, Batch], Tensor]:
        """The task's own loss."""
        return self.task.loss

    def forward(self, inputs: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Outputs (n, T, O), or (n, O) for a model that reads the last state.

        Parameters
        ----------
        inputs : Tensor
            int64 (n, T) or float (n, T, C), padded on the right.
        lengths : Tensor, optional
            int64 (n,); all of full length when left out.
        """
        return self.from_embedded(self.embed(inputs), lengths)

    def from_embedded(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Outputs as of `forward`, from embedded steps (n, T, width)."""
        top = self._states(embedded, lengths)[-1]
        return self.readout(self.dropout(self.read(top, lengths)))

    def states(self, inputs: Tensor, lengths: Tensor | None = None) -> list[Tensor]:
        """The states of each layer, (n, T, directions * units); those of padded steps mean nothing."""
        return self._states(self.embed(inputs), lengths)

    def _states(self, below: Tensor, lengths: Tensor | None) -> list[Tensor]:
        layers = []
        for layer, cell in enumerate(self.recurrent):
            below = _run(cell, self.dropout(below) if layer else below, lengths)
            layers.append(below)
        return layers

    def embed(self, inputs: Tensor) -> Tensor:
        """What the lowest layer reads: (n, T, width)."""
        return inputs if self.embedding is None else self.embedding(inputs)

    def read(self, top: Tensor, lengths: Tensor | None = None) -> Tensor:
        """The part of the top layer's states (n, T, directions * units) that goes to the readout.

        For ``reads="last"`` each direction is read where it ends, forward at the last real step and backward
        at the first, as in ``cat(h_n)``; at the last step the backward half has seen a single token.
        """
        if self.reads == "every":
            return top
        rows = torch.arange(len(top))
        last = top[:, -1] if lengths is None else top[rows, lengths - 1]
        if not self.bidirectional:
            return last
        units = top.shape[-1] // 2
        return torch.cat([last[:, :units], top[:, 0, units:]], dim=1)


def width_of(experiment: SequenceExperiment, task: Task) -> int:
    """Numbers that the network reads at each step: those of the task, or of an embedded token."""
    return task.inputs if task.vocabulary is None else min(experiment.hidden, WIDEST_EMBEDDING)


def embedding_of(tokens: int, width: int) -> nn.Embedding:
    """A vector for each token, still without values."""
    # `nn.Embedding(tokens, width)` draws its values at once, for which torch's meta device loads its compiler.
    return nn.Embedding.from_pretrained(torch.empty(tokens, width), freeze=False)


def _recurrent(experiment: SequenceExperiment, width: int) -> nn.RNNBase:
    common = {"batch_first": True, "bidirectional": experiment.bidirectional}
    if experiment.cell == "rnn":
        return nn.RNN(width, experiment.hidden, nonlinearity=experiment.activation, **common)
    return {"lstm": nn.LSTM, "gru": nn.GRU}[experiment.cell](width, experiment.hidden, **common)


def is_recurrent(experiment: SequenceExperiment) -> bool:
    """Whether the network is one of this module, and not one to compare it with."""
    return experiment.cell in GATES


def _building() -> ModuleType:
    """Where the networks are made that are not recurrent; they share parts of this module."""
    from explorer.sequence.architectures import building

    return building


def _run(cell: nn.RNNBase, inputs: Tensor, lengths: Tensor | None) -> Tensor:
    """All states of one layer, (n, T, directions * units)."""
    # Only a reader from the right can tell padding: without packing it would begin inside it.
    if lengths is None or not cell.bidirectional or bool((lengths == inputs.shape[1]).all()):
        return cell(inputs)[0]
    packed = pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
    return pad_packed_sequence(cell(packed)[0], batch_first=True, total_length=inputs.shape[1])[0]


def build_slices(experiment: SequenceExperiment, task: Task) -> Slices[SequenceModel]:
    """`build_model` in slices, for a task that is already there."""
    model = _empty(experiment, task)
    yield from initialise(model, experiment) if is_recurrent(experiment) else _building().initialise(model, experiment.seed)
    return model


def build_model(experiment: SequenceExperiment) -> SequenceModel:
    """The untrained network of an experiment, in evaluation mode; same experiment, same bits.

    Raises
    ------
    ValueError
        When the task cannot be made (own text or numbers that do not fit).
    """
    return run_through(build_slices(experiment, make_task(experiment)))


def load_model(experiment: SequenceExperiment, weights: bytes) -> SequenceModel:
    """The network of an experiment with the weights of a frame or a file, in evaluation mode.

    Raises
    ------
    ValueError
        When the bytes are no safetensors file, belong to another architecture, or hold infinite values.
    """
    model = _empty(experiment, make_task(experiment))
    fill(model, weights)
    return model


def _empty(experiment: SequenceExperiment, task: Task) -> SequenceModel:
    """A model with memory but no values, so that nothing is drawn from the global generator."""
    with torch.device("meta"):
        model = (SequenceModel if is_recurrent(experiment) else _building().make_model)(experiment, task)
    # Not `to_empty`: it imports torch's symbolic shapes, a second that nobody gets back.
    model.load_state_dict({name: torch.empty(one.shape) for name, one in model.state_dict().items()}, assign=True)
    return model.eval()
