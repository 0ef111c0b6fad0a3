"""Beam search: several answers are followed at once, and the likeliest survive (Graves 2012; Sutskever et al. 2014)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.answering import Answer, asked, told
from explorer.sequence.encoder_decoder.model import EncoderDecoder, Memory
from explorer.sequence.encoder_decoder.tasks import Batch
from explorer.sequence.encoder_decoder.tasks.task import END

WIDEST = 16
"""Most answers followed at once."""


@dataclass(frozen=True, slots=True)
class Path:
    """An answer so far: its tokens, their log-probabilities, and where the attention was."""

    tokens: tuple[int, ...] = ()
    chances: tuple[float, ...] = ()
    looks: tuple[Tensor | None, ...] = ()

    @property
    def log_probability(self) -> float:
        return sum(self.chances)

    @property
    def ended(self) -> bool:
        """Whether its last token is the end of an answer."""
        return self.tokens[-1:] == (END,)

    def to(self, token: int, chance: float, look: Tensor | None) -> Path:
        """One symbol further."""
        return Path((*self.tokens, token), (*self.chances, chance), (*self.looks, look))


def beam(model: EncoderDecoder, text: str, width: int = 5) -> list[Answer]:
    """The likeliest answers that a search of this width finds, the best first; at most `width`, at least one.

    Probabilities are not divided by length: each answer's is that of the whole. A width of 1 is the greedy answer.

    Raises
    ------
    ValueError
        As `explorer.sequence.encoder_decoder.answering.answer`, and for a width that is not from 1 to 16.
    """
    return beam_pair(model, asked(model, text), width)


def beam_pair(model: EncoderDecoder, batch: Batch, width: int = 5, i: int = 0) -> list[Answer]:
    """`beam` for pair `i` of a batch; its right answer is not looked at."""
    batch = batch.pick(slice(i, i + 1))
    best = likeliest(list(search(model, batch, width)), width)
    return [told(model, batch, path.tokens, path.chances, path.looks) for path in best]


@torch.no_grad()
def search(model: EncoderDecoder, batch: Batch, width: int = 5) -> Iterator[list[Path]]:
    """The search itself, one symbol further at each step, on a batch of one.

    Yields
    ------
    list of Path
        The at most `width` paths that survive the step, the likeliest first. Those that came to an end are not followed
        further; the step before of a path is the one that has all its tokens but the last.

    Raises
    ------
    ValueError
        For a width that is not from 1 to 16.
    """
    if not 1 <= width <= WIDEST:
        raise ValueError(f"A beam of {width} answers cannot be followed; choose 1 to {WIDEST}.")
    memory, before = model.read(batch), model.start(1)
    alive, ended = [Path()], []
    for _ in range(model.task.longest):
        logits, looks, memory = model.step(memory, before)
        rows, survivors = _best(alive, torch.log_softmax(logits.double(), -1), looks, width)
        yield survivors
        ended += [path for path in survivors if path.ended]
        going = [k for k, path in enumerate(survivors) if not path.ended]
        alive, rows = [survivors[k] for k in going], [rows[k] for k in going]
        if not alive or _settled(alive, ended, width):
            return
        memory, before = _followed(memory, rows), torch.tensor([[path.tokens[-1]] for path in alive])


def likeliest(steps: Sequence[Sequence[Path]], width: int) -> list[Path]:
    """The likeliest paths of a search that came to an end; those broken off only where none did."""
    ended = [path for survivors in steps for path in survivors if path.ended]
    return sorted(ended or steps[-1], key=lambda path: -path.log_probability)[:width]


def _best(paths: list[Path], chances: Tensor, looks: Tensor | None, width: int) -> tuple[list[int], list[Path]]:
    """The `width` likeliest ways on from paths (p,) with log-probabilities (p, O); and the path each comes from."""
    totals = torch.tensor([path.log_probability for path in paths], dtype=torch.float64)[:, None] + chances
    outputs = chances.shape[1]
    chosen = totals.flatten().topk(min(width, totals.numel())).indices.tolist()
    rows, tokens = [one // outputs for one in chosen], [one % outputs for one in chosen]
    further = [
        paths[row].to(token, chances[row, token].item(), None if looks is None else looks[row : row + 1])
        for row, token in zip(rows, tokens, strict=True)
    ]
    return rows, further


def _settled(alive: list[Path], ended: list[Path], width: int) -> bool:
    """Whether no way on can come among the best any more: probabilities only fall."""
    if len(ended) < width:
        return False
    worst = sorted((path.log_probability for path in ended), reverse=True)[width - 1]
    return max(path.log_probability for path in alive) <= worst


def _followed(memory: Memory, rows: list[int]) -> Memory:
    """The memory of the paths that go on: what was read is the same for all, the states are their own."""
    size, row = len(rows), torch.tensor(rows)

    def wide(values: Tensor | None) -> Tensor | None:
        return None if values is None else values[:1].expand(size, *values.shape[1:])

    return replace(
        memory,
        states=wide(memory.states),
        prepared=wide(memory.prepared),
        lengths=wide(memory.lengths),
        h=memory.h[:, row],
        c=None if memory.c is None else memory.c[:, row],
    )
