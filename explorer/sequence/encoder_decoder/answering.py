"""Asking a network: the likeliest symbol at each step (greedy), or one drawn by its probability."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.model import EncoderDecoder
from explorer.sequence.encoder_decoder.tasks import Batch
from explorer.sequence.encoder_decoder.tasks.task import END

Choose = Callable[[Tensor], Tensor]


@dataclass(frozen=True, eq=False)
class Answer:
    """What a network said, and what it looked at.

    Attributes
    ----------
    text : str
        The answer.
    symbols : tuple of str
        Its letters, with ``<end>`` as the last if it came to an end.
    probabilities : numpy.ndarray
        float64 (len(symbols),), of each symbol after those before it.
    attention : numpy.ndarray or None
        float32 (len(symbols), len(source)); rows sum to 1.
    source : tuple of str
        What was read, step by step.
    ended : bool
        Whether it came to an end by itself; it is broken off after `Task.longest` steps.
    """

    text: str
    symbols: tuple[str, ...]
    probabilities: np.ndarray
    attention: np.ndarray | None
    source: tuple[str, ...]
    ended: bool

    @property
    def log_probability(self) -> float:
        """Of the whole answer, in nats."""
        return float(np.log(self.probabilities).sum()) if len(self.probabilities) else 0.0


def answer(model: EncoderDecoder, text: str) -> Answer:
    """The likeliest symbol at each step.

    Parameters
    ----------
    model : EncoderDecoder
    text : str
        What `Task.encode` reads: a number, a date, a kind of name, first letters, the number of a picture.

    Raises
    ------
    ValueError
        When the task cannot read the text, or answers with a drawing; the text names the remedy.
    """
    return answer_pair(model, asked(model, text))


def answer_pair(model: EncoderDecoder, batch: Batch, i: int = 0) -> Answer:
    """`answer` for pair `i` of a batch; its right answer is not looked at."""
    return _spoken(model, batch.pick(slice(i, i + 1)), lambda logits: logits.argmax(-1))


def sample(model: EncoderDecoder, text: str, temperature: float, generator: torch.Generator) -> Answer:
    """A random answer: each symbol drawn by its probability.

    Parameters
    ----------
    temperature : float
        Divides the logits: below 1 likely symbols become likelier. `Answer.probabilities` are those at temperature 1.

    Raises
    ------
    ValueError
        As `answer`.
    """
    return _spoken(model, asked(model, text), drawn(temperature, generator))


def drawn(temperature: float, generator: torch.Generator) -> Choose:
    """The rule that draws a symbol by its probability."""

    def choose(logits: Tensor) -> Tensor:
        return torch.multinomial(torch.softmax(logits / temperature, -1), 1, generator=generator)[:, 0]

    return choose


def asked(model: EncoderDecoder, text: str) -> Batch:
    """A visitor's question as a batch of one; raises as `answer` does."""
    if model.task.target_symbols is None:
        raise ValueError(f"The task “{model.task.title}” answers with a picture; use `drawing.draw` for it.")
    return model.task.encode(text)


@torch.no_grad()
def _spoken(model: EncoderDecoder, batch: Batch, choose: Choose) -> Answer:
    memory, before = model.read(batch), model.start(1)
    tokens: list[int] = []
    chances, looks = [], []
    while len(tokens) < model.task.longest and END not in tokens[-1:]:
        logits, weights, memory = model.step(memory, before)
        before = choose(logits)[:, None]
        tokens.append(int(before))
        chances.append(torch.log_softmax(logits.double(), -1)[0, tokens[-1]].item())
        looks.append(weights)
    return told(model, batch, tokens, chances, looks)


def told(
    model: EncoderDecoder,
    batch: Batch,
    tokens: Sequence[int],
    log_chances: Sequence[float],
    looks: Sequence[Tensor | None],
) -> Answer:
    """An `Answer` to a batch of one from its tokens, their log-probabilities and the attention's weights (1, S)."""
    task = model.task
    return Answer(
        text=task.write(tokens),
        symbols=tuple(task.target_symbols[token] for token in tokens),
        probabilities=np.array([math.exp(one) for one in log_chances]),
        attention=None if model.attention is None else torch.cat(list(looks)).numpy(),
        source=tuple(task.source_steps(batch)),
        ended=tokens[-1] == END,
    )
