"""A beam search as a tree: what it followed, what it gave up, and the greedy answer beside it.

Knows no torch until a tree is grown: pictures read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.answering import Answer
    from explorer.sequence.encoder_decoder.beam import Path
    from explorer.sequence.encoder_decoder.model import EncoderDecoder
    from explorer.sequence.encoder_decoder.tasks import Batch, Task

ROOT = -1
"""The parent of the first letters."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One letter that survived its step.

    Attributes
    ----------
    step : int
        Its place in the answer, from 1.
    rank : int
        Its place among the survivors of that step, 0 for the likeliest.
    symbol : str
        The letter, or ``<end>``.
    text : str
        The answer so far.
    parent : int
        Number of the branch before it; `ROOT` for first letters.
    chance : float
        Log-probability of the letter after those before it, in nats.
    total : float
        Log-probability of the answer so far.
    place : int or None
        Of a finished answer: its place among the answers that were found, 0 for the likeliest.
    leads : int or None
        The best place of an answer that this letter is part of; None for one that was given up.
    """

    step: int
    rank: int
    symbol: str
    text: str
    parent: int
    chance: float
    total: float
    place: int | None = None
    leads: int | None = None


@dataclass(frozen=True, eq=False)
class BeamTree:
    """Everything that a search followed.

    Attributes
    ----------
    branches : tuple of Branch
        Step by step, the likeliest first.
    answers : tuple of Answer
        What it found, the likeliest first.
    greedy : Answer
        What taking the likeliest letter each time finds.
    width : int
    """

    branches: tuple[Branch, ...]
    answers: tuple[Answer, ...]
    greedy: Answer
    width: int

    @property
    def shown(self) -> int:
        """Letters up to the end of the last answer: what was followed beyond it led nowhere."""
        ends = [one.step for one in self.branches if one.leads is not None]
        return max([*ends, len(self.greedy.symbols), 1])

    @property
    def given_up(self) -> int:
        """Letters that are in none of the answers found."""
        return sum(one.leads is None for one in self.branches)

    @property
    def parting(self) -> int | None:
        """Step, from 1, at which the greedy answer leaves the best one; None where they are the same."""
        best, own = self.answers[0].symbols, self.greedy.symbols
        if best == own:
            return None
        shared = sum(1 for _ in _common(best, own))
        return shared + 1


def grow(model: EncoderDecoder, batch: Batch, width: int = 5) -> BeamTree:
    """Search for the likeliest answers to a batch of one, and keep every step of it.

    Raises
    ------
    ValueError
        As `explorer.sequence.encoder_decoder.beam.search`.
    """
    from explorer.sequence.encoder_decoder.answering import answer_pair, told
    from explorer.sequence.encoder_decoder.beam import likeliest, search

    steps = list(search(model, batch, width))
    best = likeliest(steps, width)
    answers = tuple(told(model, batch, path.tokens, path.chances, path.looks) for path in best)
    return BeamTree(tuple(branches(steps, best, model.task)), answers, answer_pair(model, batch), width)


def branches(steps: Sequence[Sequence[Path]], best: Sequence[Path], task: Task) -> list[Branch]:
    """The survivors of each step as the branches of a tree."""
    found: list[Branch] = []
    number: dict[tuple[int, ...], int] = {}
    places = {path.tokens: place for place, path in enumerate(best)}
    leads = _leading(places)
    for step, survivors in enumerate(steps, 1):
        for rank, path in enumerate(survivors):
            number[path.tokens] = len(found)
            found.append(
                Branch(
                    step, rank, task.target_symbols[path.tokens[-1]], task.write(path.tokens),
                    number.get(path.tokens[:-1], ROOT), path.chances[-1], path.log_probability,
                    places.get(path.tokens), leads.get(path.tokens),
                )
            )  # fmt: skip
    return found


def _leading(places: dict[tuple[int, ...], int]) -> dict[tuple[int, ...], int]:
    """For each beginning of an answer, the best place of an answer that begins so."""
    found: dict[tuple[int, ...], int] = {}
    for tokens, place in places.items():
        for length in range(1, len(tokens) + 1):
            found[tokens[:length]] = min(place, found.get(tokens[:length], place))
    return found


def _common(one: Sequence[str], other: Sequence[str]):
    for first, second in zip(one, other, strict=False):
        if first != second:
            return
        yield first
