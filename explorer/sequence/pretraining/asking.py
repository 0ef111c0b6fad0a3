"""Ask a network: what comes next, what is hidden, and what goes on inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.pretraining.pieces import MASK, UNKNOWN, Pieces

if TYPE_CHECKING:
    from explorer.sequence.pretraining.model import Transformer

TINY = 1e-300
"""Smallest probability of which a logarithm is taken."""
LONGEST_TEXT = 2000
"""Characters of a typed text that are looked at."""


@dataclass(frozen=True, eq=False)
class Inside:
    """What goes on in a network that reads pieces.

    Attributes
    ----------
    ids : numpy.ndarray
        int64 (T,), the pieces read: the last `context` of those given.
    attention : numpy.ndarray
        float32 (layers, heads, T, T); each row sums to 1.
    states : numpy.ndarray
        float32 (layers + 1, T, width): what the first block reads, and what each block gives.
    probabilities : numpy.ndarray
        float32 (T, V): what is expected after each piece (GPT) or in its place (BERT).
    """

    ids: np.ndarray
    attention: np.ndarray
    states: np.ndarray
    probabilities: np.ndarray


@dataclass(frozen=True, slots=True)
class Filled:
    """What a network would put in one hidden place: pieces, the likeliest first, and their probabilities."""

    place: int
    pieces: tuple[str, ...]
    probabilities: tuple[float, ...]


@torch.no_grad()
def next_distribution(model: Transformer, ids: Iterable[int]) -> np.ndarray:
    """Probabilities (V,), float64, of what comes after the pieces; only the last `context` of them are seen."""
    seen = torch.from_numpy(_seen(model, ids))[None]
    return torch.softmax(model.read(model.states(seen)[0, -1]).double(), dim=-1).numpy()


def generate(
    model: Transformer, ids: Iterable[int], generator: torch.Generator, temperature: float = 1.0
) -> Iterator[tuple[int, np.ndarray]]:
    """Go on writing, without end: each piece drawn by its probability; never the unknown one, which says nothing.

    Parameters
    ----------
    ids : iterable of int
        What is there already; at least one piece (`Pieces.start` where there is no other).
    temperature : float
        Divides the logits: below 1 likely pieces become likelier.

    Yields
    ------
    int, numpy.ndarray
        The piece, and the probabilities (V,) at temperature 1 that it was drawn from.
    """
    written = [int(one) for one in ids]
    while True:
        chances = next_distribution(model, written)
        drawn = torch.from_numpy(np.log(np.maximum(chances, TINY)) / temperature)
        drawn[UNKNOWN] = -torch.inf
        drawn = drawn.softmax(-1)
        piece = int(torch.multinomial(drawn, 1, generator=generator))
        written = [*written, piece][-model.context :]
        yield piece, chances


def with_masks(pieces: Pieces, text: str) -> np.ndarray:
    """Numbers of a text in which ``[MASK]`` stands for a hidden piece.

    A word carries the blank before it, so that of ``a [MASK] is`` the blank is hidden, too.

    Raises
    ------
    ValueError
        When the vocabulary has no ``[MASK]``, or the text none.
    """
    if pieces.mask is None:
        raise ValueError("This network predicts what comes next; only one that guesses hidden pieces knows [MASK].")
    parts = text[:LONGEST_TEXT].split(MASK)
    if len(parts) < 2:
        raise ValueError("Type a text with [MASK] where a piece is to be guessed.")
    if pieces.unit != "characters":
        parts = [*(part.removesuffix(" ") for part in parts[:-1]), parts[-1]]
    numbers = [pieces.encode(parts[0])]
    for part in parts[1:]:
        numbers += [np.array([pieces.mask]), pieces.encode(part)]
    return np.concatenate(numbers)


def fill(model: Transformer, pieces: Pieces, text: str, n: int = 5) -> list[Filled]:
    """The `n` likeliest pieces in each place of a text that says ``[MASK]``.

    Raises
    ------
    ValueError
        As `with_masks`, and when the text is longer than the network sees at once.
    """
    ids = with_masks(pieces, text)
    if len(ids) > model.context:
        raise ValueError(
            f"That is {len(ids):,} {pieces.unit}; the network sees {model.context} at once. Type a shorter text."
        )
    chances = _chances(model, ids)
    return [_filled(pieces, int(place), chances[place], n) for place in np.flatnonzero(ids == pieces.mask)]


def hidden(model: Transformer, ids: Iterable[int]) -> np.ndarray:
    """The top block's states float32 (T, width) of the last `context` pieces: what can be used for other tasks."""
    with torch.no_grad():
        return model.states(torch.from_numpy(_seen(model, ids))[None])[0].numpy()


@torch.no_grad()
def trace(model: Transformer, ids: Iterable[int]) -> Inside:
    """Everything that goes on while a network reads the last `context` of these pieces."""
    seen = _seen(model, ids)
    x = model.enter(torch.from_numpy(seen)[None])
    states, maps = [x[0]], []
    for block in model.blocks:
        x, weights = block.look(x)
        states.append(x[0])
        maps.append(weights[0])
    chances = torch.softmax(model.read(model.last(x[0])), dim=-1)
    return Inside(seen, torch.stack(maps).numpy(), torch.stack(states).numpy(), chances.numpy())


def _seen(model: Transformer, ids: Iterable[int]) -> np.ndarray:
    seen = np.fromiter((int(one) for one in ids), dtype=np.int64)[-model.context :]
    if not len(seen):
        raise ValueError("There is nothing to read yet: type some text.")
    return seen


@torch.no_grad()
def _chances(model: Transformer, ids: np.ndarray) -> np.ndarray:
    return torch.softmax(model(torch.from_numpy(ids)[None])[0].double(), dim=-1).numpy()


def _filled(pieces: Pieces, place: int, chances: np.ndarray, n: int) -> Filled:
    best = np.argsort(-chances, kind="stable")
    # What is hidden is never [MASK] itself.
    best = [int(one) for one in best[: n + 1] if one != pieces.mask][:n]
    return Filled(place, tuple(pieces.pieces[one] for one in best), tuple(float(chances[one]) for one in best))
