"""What the networks that are not recurrent have in common; `explorer.sequence.model.SequenceModel` has the same interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Literal

import torch
from torch import Tensor, nn

from explorer.sequence.dropout import Dropout
from explorer.sequence.model import embedding_of, width_of
from explorer.sequence.streams import DROPOUT, stream
from explorer.sequence.tasks import Batch, Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment


class ComparisonModel(nn.Module):
    """Embedding (for tokens), then features of each step, then an answer from the features of one step.

    Attributes
    ----------
    embedding : nn.Embedding or None
        Tokens to vectors; None when the task's inputs are numbers.
    width : int
        Numbers in one embedded step.
    dropout : Dropout
        Shared by all places of the network, with one generator.
    reads : str
        ``"last"``: one output per sequence, from its last real step; ``"every"``: one output per time step.
    causal : bool
        Whether no output depends on a later step.
    """

    bidirectional: ClassVar[bool] = False

    def __init__(self, experiment: ArchitectureExperiment, task: Task) -> None:
        super().__init__()
        self.task = task
        self.cell = experiment.cell
        self.causal = experiment.causal
        self.reads: Literal["last", "every"] = "last" if task.topology == "many-to-one" else "every"
        self.width = width_of(experiment, task)
        self.embedding = None if task.vocabulary is None else embedding_of(task.inputs, self.width)
        self.dropout = Dropout(experiment.dropout, stream(experiment.seed, DROPOUT))

    @property
    def loss(self) -> Callable[[Tensor, Batch], Tensor]:
        """The task's own loss."""
        return self.task.loss

    def forward(self, inputs: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Outputs (n, T, O), or (n, O) for a model that reads the last step.

        Parameters
        ----------
        inputs : Tensor
            int64 (n, T) or float (n, T, C), padded on the right.
        lengths : Tensor, optional
            int64 (n,); all of full length when left out. What stands beyond them makes no difference.
        """
        return self.from_embedded(self.embed(inputs), lengths)

    def embed(self, inputs: Tensor) -> Tensor:
        """What the network reads: (n, T, width)."""
        return inputs if self.embedding is None else self.embedding(inputs)

    def from_embedded(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Outputs as of `forward`, from embedded steps (n, T, width)."""
        features = self.features(embedded, lengths)
        return self.answer(features if self.reads == "every" else last_step(features, lengths))

    def over_time(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(n, T, O): the answer at each step, also where the task asks for one after the last step only."""
        return self.answer(self.features(embedded, lengths))

    def features(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """What the network makes of each step and what it sees of the others, (n, T, features)."""
        raise NotImplementedError

    def answer(self, features: Tensor) -> Tensor:
        """From features (..., features) to outputs (..., O), each step for itself."""
        raise NotImplementedError


def last_step(values: Tensor, lengths: Tensor | None) -> Tensor:
    """The last real step of each sequence: (n, T, F) to (n, F)."""
    return values[:, -1] if lengths is None else values[torch.arange(len(values)), lengths - 1]


def real_steps(values: Tensor, lengths: Tensor | None) -> Tensor | None:
    """bool (n, T): which steps of values (n, T, ...) are no padding; None when all are real."""
    if lengths is None or bool((lengths == values.shape[1]).all()):
        return None
    return torch.arange(values.shape[1]) < lengths[:, None]


class Perceptron(nn.Sequential):
    """Hidden layers with ReLU, dropout after each, and a linear readout.

    Parameters
    ----------
    inputs, hidden, layers, outputs : int
    dropout : Dropout
    """

    def __init__(self, inputs: int, hidden: int, layers: int, outputs: int, dropout: Dropout) -> None:
        widths = [inputs, *[hidden] * layers]
        stack: list[nn.Module] = []
        for below, above in zip(widths[:-1], widths[1:], strict=True):
            stack += [nn.Linear(below, above), nn.ReLU(), dropout]
        super().__init__(*stack, nn.Linear(hidden, outputs))
