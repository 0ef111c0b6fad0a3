"""A language model: which token comes next? What the tasks on characters and on words share."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import getsizeof
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.tasks.making import Once
from explorer.sequence.tasks.task import HELD_OUT, IGNORED, Baseline, Batch, Task, cross_entropy
from explorer.text.corpora import read_corpus
from explorer.text.tokens import Vocabulary

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

MOST_STEPS = 60
"""Longest example that can be typed, in tokens."""
WATCHED_STEPS = 40
WATCHED_CANDIDATES = 200
LAST_PART = 10
"""The last tenth of the text is held out."""


@dataclass(frozen=True, eq=False)
class Source:
    """A text in numbers: what is learned from, and what is held out."""

    known: Vocabulary
    training: Tensor
    rest: Tensor

    @cached_property
    def counts(self) -> Tensor:
        """float64 (tokens,): how often each is in the training part."""
        return torch.bincount(self.training, minlength=len(self.known)).double()


_sources = Once(size=16, heaviest=100e6)


class Language(Task):
    """Windows of a text, each token to be predicted from the ones before it in the window."""

    fields: ClassVar[tuple[str, ...]] = ("corpus", "text", "length")
    unit: ClassVar[str]
    """What one token is called, in the plural."""
    answer_sentence = "the loss at the last step"
    better = "lower"
    accepts_text = True
    samples_text = True

    @classmethod
    def key(cls, experiment: SequenceExperiment) -> tuple[Hashable, ...]:
        """Own text counts only where it is read."""
        values = {field: getattr(experiment, field) for field in cls.fields}
        return tuple((values | {"text": experiment.text if experiment.corpus == "own" else ""}).values())

    @classmethod
    def weight(cls, experiment: SequenceExperiment) -> float:
        """An own text, and its tokens as numbers."""
        return 2.0 * getsizeof(experiment.text) if experiment.corpus == "own" else 0.0

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.length = experiment.length
        self._source = self._read(experiment)
        self.known = self._source.known
        self.vocabulary = self.labels = self.known.tokens
        self.inputs = self.outputs = len(self.known)
        self.training, self.rest = self._source.training, self._source.rest
        self._held_out = self._windows(self.rest, self._spread(len(self.rest)))
        self.baseline = self._baseline()

    def split(self, text: str) -> Sequence[str]:
        """The tokens of a text."""
        raise NotImplementedError

    def choose(self, tokens: Sequence[str], experiment: SequenceExperiment) -> Vocabulary:
        """The vocabulary, from the training part alone."""
        raise NotImplementedError

    def measure(self, loss: float) -> float:
        """The score that belongs to a mean loss in nats."""
        raise NotImplementedError

    def say(self, score: float) -> str:
        """A score within a sentence."""
        raise NotImplementedError

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` windows that start anywhere in the training part."""
        starts = torch.randint(len(self.training) - self.length, (n,), generator=generator)
        return self._windows(self.training, starts)

    def held_out(self) -> Batch:
        """Windows spread evenly over the last tenth of the text."""
        return self._held_out

    def watched(self) -> Batch:
        """A sentence, or a part of it, from the held-out text: the one with the fewest unknown tokens."""
        length = min(self.length, WATCHED_STEPS)
        stop = self.known.numbers.get(".", -1)
        begins = (self.rest[: -length - self.after_stop] == stop).nonzero().flatten() + self.after_stop
        windows = self._windows(self.rest, begins[:WATCHED_CANDIDATES] if len(begins) else torch.tensor([0]), length)
        best = int((windows.inputs == 0).sum(dim=1).argmin())
        return Batch(*(part[best : best + 1] for part in (windows.inputs, windows.targets, windows.lengths)))

    after_stop: ClassVar[int] = 1
    """From a full stop to the beginning of the next sentence, in tokens."""

    def encode(self, text: str) -> Batch:
        """Any text; tokens that are not in the vocabulary become the unknown token.

        Raises
        ------
        ValueError
            For an empty text and for one of more than 60 tokens.
        """
        tokens = self.split(text)
        if not len(tokens) or not text.strip():
            raise ValueError(f"Type some text, for example “{self.example_hint}”.")
        if len(tokens) > MOST_STEPS:
            raise ValueError(f"That is {len(tokens):,} {self.unit}; at most {MOST_STEPS} fit. Type a shorter text.")
        numbers = torch.from_numpy(self.known.encode(tokens).astype(np.int64))[None]
        unknown_end = torch.full((1, 1), IGNORED)
        return Batch(numbers, torch.cat([numbers[:, 1:], unknown_end], dim=1), torch.tensor([len(tokens)]))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The tokens read, as they are: who draws them makes blanks and line ends visible."""
        return [self.vocabulary[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]

    def score(self, outputs: Tensor, batch: Batch) -> float:
        """Bits per character or perplexity, from the mean cross-entropy."""
        return self.measure(cross_entropy(outputs, batch.targets).item())

    def _read(self, experiment: SequenceExperiment) -> Source:
        """The text in numbers, shared by tasks of other lengths except where the text is very short."""
        settings = zip(self.fields, self.key(experiment), strict=True)
        key = (self.name, *(value for field, value in settings if field != "length"))
        source = _sources.get(key, lambda: self._encoded(experiment), self.weight(experiment))
        tokens = len(source.training) + len(source.rest)
        held_out = self._held_out_size(tokens)
        return source if held_out == len(source.rest) else self._encoded(experiment, held_out)

    def _encoded(self, experiment: SequenceExperiment, held_out: int | None = None) -> Source:
        tokens = self.split(_text(experiment))
        cut = len(tokens) - (len(tokens) // LAST_PART if held_out is None else held_out)
        known = self.choose(tokens[:cut], experiment)
        numbers = torch.from_numpy(known.encode(tokens))
        return Source(known, numbers[:cut], numbers[cut:])

    def _windows(self, numbers: Tensor, starts: Tensor, length: int | None = None) -> Batch:
        length = length or self.length
        windows = numbers[starts[:, None] + torch.arange(length + 1)].long()
        return Batch(windows[:, :-1].contiguous(), windows[:, 1:].contiguous(), torch.full((len(starts),), length))

    def _held_out_size(self, tokens: int) -> int:
        """Tokens to hold out: a tenth, but at least one window; training keeps twice that."""
        window = self.length + 1
        if tokens < 3 * window:
            raise ValueError(self._too_short(tokens))
        return max(tokens // LAST_PART, window)

    def _too_short(self, tokens: int) -> str:
        fits = tokens // 3 - 1
        need = (
            f"The text has {tokens:,} {self.unit}, but length {self.length} needs at least {3 * (self.length + 1):,}."
        )
        if fits < 2:
            return f"{need} Use a longer text."
        return f"{need} Use a longer text, or a length of at most {fits}."

    def _spread(self, tokens: int) -> Tensor:
        count = max(1, min(HELD_OUT, (tokens - 1) // self.length))
        return torch.linspace(0, tokens - self.length - 1, count, dtype=torch.float64).long()

    def _baseline(self) -> Baseline:
        """Every token guessed by its frequency in training (one added to each count, so that none is impossible)."""
        counts = self._source.counts + 1
        loss = -(counts / counts.sum()).log()[self._held_out.targets].mean().item()
        score = self.measure(loss)
        sentence = f"Guessing by frequency alone gives {self.say(score)} on held-out text (loss {loss:.2f})."
        return Baseline(loss, score, "guessing by frequency", sentence)


def _text(experiment: SequenceExperiment) -> str:
    if experiment.corpus != "own":
        return read_corpus(experiment.corpus)
    text = experiment.text.replace("\r\n", "\n").strip()
    if not text:
        raise ValueError("There is no text of your own yet: paste or upload one, or choose Wikipedia or Lee news.")
    if len(set(text)) == 1:
        raise ValueError(
            f"Your text has only one letter ({text[0]!r}), so there is nothing to predict. Use another text."
        )
    return text


def perplexity(loss: float) -> float:
    """How many equally likely tokens the loss corresponds to; infinite where a float cannot hold it."""
    return math.exp(loss) if loss < 700 else math.inf
