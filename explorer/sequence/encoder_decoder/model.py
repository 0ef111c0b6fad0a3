"""The network: what reads (a recurrent encoder, a class, a picture), a bridge, what writes, and perhaps attention."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from explorer.sequence.encoder_decoder.attention import Attention
from explorer.sequence.encoder_decoder.initialisation import initialise
from explorer.sequence.encoder_decoder.looking import look, table
from explorer.sequence.encoder_decoder.reading import final_state, read_both_ways, recurrent
from explorer.sequence.encoder_decoder.tasks import Batch, Task, make_task
from explorer.sequence.pace import Slices, run_through
from explorer.sequence.tasks.digits import SIDE
from explorer.sequence.weights import fill

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

# One thread: two are slower for networks of this size, and sums in another order would give other bits.
torch.set_num_threads(1)


@dataclass(frozen=True, eq=False)
class Memory:
    """What was read.

    Attributes
    ----------
    states : Tensor or None
        (n, S, H), one for each step that was read; None where no sequence was.
    lengths : Tensor
        int64 (n,), the real steps among them.
    prepared : Tensor or None
        What the attention makes of the states once for all steps of the answer.
    h, c : Tensor
        (1, n, H), the state in which the decoder begins; c only for an LSTM.
    """

    states: Tensor | None
    lengths: Tensor
    prepared: Tensor | None
    h: Tensor
    c: Tensor | None


class EncoderDecoder(nn.Module):
    """Reads one thing and answers step by step (Sutskever, Vinyals and Le 2014; Cho et al. 2014).

    Attributes
    ----------
    task : Task
    encoder : nn.ModuleList
        One or two single-layer recurrent modules, one per direction; empty where no sequence is read.
    look : nn.Module or None
        What turns a class or a picture into one state.
    bridge : nn.ModuleDict
        ``"h"`` and, for an LSTM, ``"c"``: from the last state that was read to the first of the decoder.
    decoder : nn.RNNBase
        Reads the symbol (or row) before.
    attention : Attention or None
    readout : nn.Linear
        From the (attentional) state to the logits of the next symbol or row.
    """

    def __init__(self, experiment: EncoderDecoderExperiment, task: Task) -> None:
        super().__init__()
        self.task, self.cell, units = task, experiment.cell, experiment.hidden
        sequence = experiment.topology == "encoder-decoder"
        width = experiment.embedding
        self.embedding = table(len(task.source_symbols), width) if task.source_kind == "letters" else None
        directions = (2 if experiment.bidirectional else 1) if sequence else 0
        read = SIDE if self.embedding is None else width
        self.encoder = nn.ModuleList(recurrent(self.cell, read, units // directions) for _ in range(directions))
        self.look = None if sequence else look(experiment, task)
        self.bridge = nn.ModuleDict({name: nn.Linear(units, units) for name in ("hc" if self.cell == "lstm" else "h")})
        symbols = task.target_symbols
        self.symbols = None if symbols is None else table(len(symbols) + 1, width)
        self.decoder = recurrent(self.cell, SIDE if symbols is None else width, units)
        self.attention = Attention(experiment.scoring, units, units) if sequence and experiment.attention else None
        self.readout = nn.Linear(units, task.outputs)

    def forward(self, batch: Batch, before: Tensor | None = None) -> Tensor:
        """Logits (n, U, O) of each step of the answer, given the right steps before it (teacher forcing).

        Parameters
        ----------
        batch : Batch
        before : Tensor, optional
            What to feed at each step in place of the right symbols before it, as `shifted` gives them.
        """
        memory = self.read(batch)
        states = self.write(memory, self.shifted(batch.targets) if before is None else before)
        return self.readout(self.attend(states, memory)[0])

    def read(self, batch: Batch) -> Memory:
        """Take in what is to be read."""
        if self.look is not None:
            return self.bridged(None, self.look(batch.sources), batch.source_lengths)
        states = read_both_ways(self.encoder, self.embed(batch.sources), batch.source_lengths)
        return self.bridged(states, final_state(states, batch.source_lengths, len(self.encoder)), batch.source_lengths)

    def embed(self, sources: Tensor) -> Tensor:
        """What the encoder reads at each step, (n, S, width)."""
        return sources if self.embedding is None else self.embedding(sources)

    def bridged(self, states: Tensor | None, last: Tensor, lengths: Tensor) -> Memory:
        """A memory whose decoder begins in a state made from the last one read (n, H)."""
        h = torch.tanh(self.bridge["h"](last))[None]
        c = self.bridge["c"](last)[None] if "c" in self.bridge else None
        prepared = None if self.attention is None else self.attention.prepare(states)
        return Memory(states, lengths, prepared, h, c)

    def write(self, memory: Memory, before: Tensor) -> Tensor:
        """The states (n, U, H) of a decoder that is fed `before`: tokens (n, U) or rows (n, U, 8)."""
        return self.decoder(self.embed_before(before), _begin(memory))[0]

    def embed_before(self, before: Tensor) -> Tensor:
        """What the decoder reads at each step, (n, U, width)."""
        return before if self.symbols is None else self.symbols(before)

    def attend(self, states: Tensor, memory: Memory) -> tuple[Tensor, Tensor | None]:
        """What the readout sees (n, U, H), and the attention's weights (n, U, S) where there is one."""
        if self.attention is None:
            return states, None
        return self.attention(states, memory.states, memory.prepared, memory.lengths)

    def shifted(self, targets: Tensor) -> Tensor:
        """The right answer one step late: what the decoder is fed. A start token, or an empty row, comes first."""
        if self.symbols is None:
            return torch.cat([torch.zeros_like(targets[:, :1]), targets[:, :-1]], dim=1)
        return torch.cat([self.start(len(targets)), targets[:, :-1].clamp(min=0)], dim=1)

    def start(self, n: int) -> Tensor:
        """What is fed at the first step: tokens (n, 1) or rows (n, 1, 8)."""
        if self.symbols is None:
            return torch.zeros(n, 1, SIDE)
        return torch.full((n, 1), len(self.task.target_symbols))

    def step(self, memory: Memory, before: Tensor) -> tuple[Tensor, Tensor | None, Memory]:
        """One step of an answer of the network's own.

        Parameters
        ----------
        memory : Memory
            With the state after the step before.
        before : Tensor
            Tokens (n, 1) or rows (n, 1, 8).

        Returns
        -------
        logits : Tensor
            (n, O).
        weights : Tensor or None
            (n, S), the attention.
        memory : Memory
            For the next step.
        """
        states, end = self.decoder(self.embed_before(before), _begin(memory))
        seen, weights = self.attend(states, memory)
        h, c = end if self.cell == "lstm" else (end, None)
        after = replace(memory, h=h, c=c)
        return self.readout(seen)[:, 0], None if weights is None else weights[:, 0], after


def _begin(memory: Memory) -> Tensor | tuple[Tensor, Tensor]:
    return memory.h if memory.c is None else (memory.h, memory.c)


def build_slices(experiment: EncoderDecoderExperiment, task: Task) -> Slices[EncoderDecoder]:
    """`build_model` in slices, for a task that is already there."""
    model = _empty(experiment, task)
    yield from initialise(model, experiment.seed)
    return model


def build_model(experiment: EncoderDecoderExperiment) -> EncoderDecoder:
    """The untrained network of an experiment, in evaluation mode; same experiment, same bits."""
    return run_through(build_slices(experiment, make_task(experiment)))


def load_model(experiment: EncoderDecoderExperiment, weights: bytes) -> EncoderDecoder:
    """The network of an experiment with the weights of a frame or a file, in evaluation mode.

    Raises
    ------
    ValueError
        When the bytes are no safetensors file, belong to another architecture, or hold infinite values.
    """
    model = _empty(experiment, make_task(experiment))
    fill(model, weights)
    return model


def _empty(experiment: EncoderDecoderExperiment, task: Task) -> EncoderDecoder:
    """A model with memory but no values, so that nothing is drawn from the global generator."""
    with torch.device("meta"):
        model = EncoderDecoder(experiment, task)
    # Not `to_empty`: it imports torch's symbolic shapes, a second that nobody gets back.
    model.load_state_dict({name: torch.empty(one.shape) for name, one in model.state_dict().items()}, assign=True)
    return model.eval()
