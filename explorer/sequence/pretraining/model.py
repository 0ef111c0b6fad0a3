"""The network: pieces and places in, blocks of attention and perceptron, and what it expects at each place out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from explorer.sequence.architectures.transformer import waves
from explorer.sequence.pace import Slices, run_through
from explorer.sequence.pretraining.attention import Attention
from explorer.sequence.pretraining.reading import vocabulary
from explorer.sequence.weights import fill

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment

# One thread: two are slower for networks of this size, and sums in another order would give other bits.
torch.set_num_threads(1)

WIDER = 3
"""Hidden units of a block's perceptron, as a multiple of its width."""
SPREAD = 0.02
"""Standard deviation of the table of pieces in the beginning."""


class Block(nn.Module):
    """Attention, then a perceptron for each place, both added to what is there; normalised before each.

    References
    ----------
    Xiong et al. 2020, On layer normalization in the transformer architecture; So et al. 2021, Primer (squared ReLU).
    """

    def __init__(self, width: int, heads: int, causal: bool, rotary: bool) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width, bias=False), nn.LayerNorm(width, bias=False)
        self.attention = Attention(width, heads, causal, rotary)
        self.widen, self.narrow = nn.Linear(width, WIDER * width), nn.Linear(WIDER * width, width)

    def forward(self, x: Tensor, real: Tensor | None = None) -> Tensor:
        """(n, T, width) to the same."""
        return self._think(x + self.attention(self.norm1(x), real))

    def look(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(n, T, width) to the same, and the weights of its attention (n, heads, T, T)."""
        found, weights = self.attention.look(self.norm1(x))
        return self._think(x + found), weights

    def _think(self, x: Tensor) -> Tensor:
        return x + self.narrow(functional.relu(self.widen(self.norm2(x))).square())


class Transformer(nn.Module):
    """A GPT (each place sees what is before it) or a BERT (each place sees all).

    Attributes
    ----------
    causal : bool
    context : int
        Most pieces it reads at once.
    width : int
    embedding : nn.Embedding
        The table of pieces; what comes out is compared with the same table (Press and Wolf 2017).
    blocks : nn.ModuleList
    """

    def __init__(self, experiment: PretrainingExperiment, known: int) -> None:
        super().__init__()
        width = experiment.width
        self.causal = experiment.objective == "gpt"
        self.context, self.width, self.positions = experiment.context, width, experiment.positions
        self.embedding = nn.Embedding(known, width)
        learned = experiment.positions == "learned"
        self.places = nn.Parameter(torch.empty(experiment.context, width)) if learned else None
        mixed = experiment.neighbours if self.causal else 0
        self.mix = nn.Parameter(torch.empty(mixed, width)) if mixed else None
        rotary = experiment.positions == "rotary"
        self.norm = nn.LayerNorm(width, bias=False)
        self.blocks = nn.ModuleList(
            Block(width, experiment.heads, self.causal, rotary) for _ in range(experiment.layers)
        )
        self.last = nn.LayerNorm(width, bias=False)
        self.bias = nn.Parameter(torch.empty(known))

    def forward(self, ids: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits (n, T, V) at each place, of ids (n, T) with T at most `context`."""
        return self.read(self.states(ids, lengths))

    def states(self, ids: Tensor, lengths: Tensor | None = None) -> Tensor:
        """The top block's states (n, T, width), normalised.

        Parameters
        ----------
        ids : Tensor
            int64 (n, T), T at most `context`.
        lengths : Tensor, optional
            int64 (n,), the real pieces of each; what is beyond is looked at by none of them.
        """
        real = None
        if lengths is not None and not self.causal:
            real = (torch.arange(ids.shape[1]) < lengths[:, None])[:, None, None]
        x = self.enter(ids)
        for block in self.blocks:
            x = block(x, real)
        return self.last(x)

    def read(self, states: Tensor) -> Tensor:
        """Logits (..., V) of states (..., width)."""
        return functional.linear(states, self.embedding.weight, self.bias)

    def enter(self, ids: Tensor) -> Tensor:
        """What the first block reads: pieces that know where they stand, (n, T, width)."""
        return self.placed(self.embedding(ids))

    def placed(self, embedded: Tensor) -> Tensor:
        """Vectors of pieces (n, T, width), mixed with those before them where that is asked for, placed and normalised."""
        steps = embedded.shape[1]
        embedded = embedded if self.mix is None else mixed(embedded, self.mix)
        if self.places is not None:
            embedded = embedded + self.places[:steps]
        elif self.positions == "sinusoidal":
            embedded = embedded + SPREAD * waves(steps, self.width, embedded.dtype)
        return self.norm(embedded)


def mixed(embedded: Tensor, weights: Tensor) -> Tensor:
    """Vectors (n, T, width), and to each those of the k places before it, number by number with weights (k, width).

    A depthwise causal convolution, as Primer has it after its projections (So et al. 2021, section 4), here once.
    """
    found = embedded
    for back, weight in enumerate(weights, start=1):
        before = functional.pad(embedded[:, :-back], (0, 0, min(back, embedded.shape[1]), 0))
        found = found + weight * before
    return found


def build_model(experiment: PretrainingExperiment) -> Transformer:
    """The untrained network of an experiment, in evaluation mode; same experiment, same bits."""
    return run_through(build_slices(experiment, len(vocabulary(experiment))))


def build_slices(experiment: PretrainingExperiment, known: int) -> Slices[Transformer]:
    """`build_model` in slices, for a vocabulary of so many pieces."""
    model = _empty(experiment, known)
    yield None
    initialise(model, experiment.seed)
    return model


def load_model(experiment: PretrainingExperiment, weights: bytes) -> Transformer:
    """The network of an experiment with the weights of a frame or a file, in evaluation mode.

    Raises
    ------
    ValueError
        When the bytes are no safetensors file, belong to another architecture, or hold infinite values.
    """
    model = _empty(experiment, len(vocabulary(experiment)))
    fill(model, weights)
    return model


def parameters(experiment: PretrainingExperiment, known: int) -> int:
    """How many numbers the network of an experiment learns, with a vocabulary of so many pieces."""
    with torch.device("meta"):
        return sum(one.numel() for one in Transformer(experiment, known).parameters())


@torch.no_grad()
def initialise(model: Transformer, seed: int) -> None:
    """Fill all weights from one local generator: matrices keep the size of what they are given, and what a block adds
    is small in the beginning, so that every block begins as the identity (Radford et al. 2019, section 2.3)."""
    generator = torch.Generator().manual_seed(seed)
    depth = len(model.blocks)
    for name, weight in model.named_parameters():
        if weight.dim() == 1:
            weight.fill_(1.0 if "norm" in name or name.startswith("last") else 0.0)
        elif name == "mix":
            weight.zero_()
        elif name in ("embedding.weight", "places"):
            nn.init.normal_(weight, std=SPREAD, generator=generator)
        else:
            added = name.endswith(("tell.weight", "narrow.weight"))
            std = weight.shape[1] ** -0.5 / ((2 * depth) ** 0.5 if added else 1.0)
            nn.init.normal_(weight, std=std, generator=generator)


def _empty(experiment: PretrainingExperiment, known: int) -> Transformer:
    """A model with memory but no values, so that nothing is drawn from the global generator."""
    with torch.device("meta"):
        model = Transformer(experiment, known)
    # Not `to_empty`: it imports torch's symbolic shapes, a second that nobody gets back.
    model.load_state_dict({name: torch.empty(one.shape) for name, one in model.state_dict().items()}, assign=True)
    return model.eval()
