"""A Transformer that answers with a label: its states averaged over the text, and a linear readout on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch._dynamo  # noqa: F401  the first optimizer loads it, for seconds: better now than in the middle of a run
from torch import Tensor, nn
from torch.nn import functional

from explorer.sequence.pace import Slices

if TYPE_CHECKING:
    from explorer.sequence.pretraining.model import Transformer

BATCH = 16
"""Texts of one update."""
WARM_UP = 0.1
"""Share of the updates over which the learning rate rises; after them it falls to 0 in a straight line."""
WEIGHT_DECAY = 0.01
CLIP = 1.0
PIECE_MS = 25.0
"""Estimated milliseconds of one piece of an update."""
PER_WEIGHT, PER_VALUE, FIXED = 9.0e-8, 3.2e-5, 0.8
"""Milliseconds of a place in the text for each weight it meets, forward and backward; for each number of a layer; of a layer."""
Ids = Sequence[np.ndarray]
"""Texts as numbers of their pieces, int64, each as long as it is."""


class Labeller(nn.Module):
    """A body that reads and a head that answers.

    Parameters
    ----------
    body : Transformer
        Trained further with the head.
    labels : int
    generator : torch.Generator
        Where the head begins.
    """

    def __init__(self, body: Transformer, labels: int, generator: torch.Generator) -> None:
        super().__init__()
        self.body, self.head = body, nn.Linear(body.width, labels)
        with torch.no_grad():
            self.head.weight.normal_(std=0.02, generator=generator)
            self.head.bias.zero_()

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Logits (n, labels) of ids (n, T)."""
        return self.head(average(self.body.states(ids, lengths), lengths))


def average(states: Tensor, lengths: Tensor) -> Tensor:
    """(n, width): the mean over the real places of states (n, T, width)."""
    real = (torch.arange(states.shape[1]) < lengths[:, None]).to(states.dtype)
    return (states * real[..., None]).sum(dim=1) / lengths[:, None]


def padded(texts: Ids, context: int) -> tuple[Tensor, Tensor]:
    """Ids (n, T) with zeros at the ends of shorter texts, and the lengths (n,); of longer texts the beginning is read."""
    lengths = torch.tensor([max(1, min(len(text), context)) for text in texts])
    ids = torch.zeros(len(texts), int(lengths.max()), dtype=torch.int64)
    for row, text in zip(ids, texts, strict=True):
        cut = text[:context]
        row[: len(cut)] = torch.from_numpy(cut)
    return ids, lengths


def at_once(body: Transformer, places: int) -> int:
    """How many texts of so many pieces make a piece of work."""
    width, layers = body.width, len(body.blocks)
    one = places * layers * (12 * width**2 * PER_WEIGHT + width * PER_VALUE)
    return int(min(max((PIECE_MS - FIXED * layers) / one, 1), BATCH))


def layered_averages(body: Transformer, texts: Ids) -> Slices[np.ndarray]:
    """(n, (layers + 1) * width) float32: the mean states of each text in all layers, nothing learned.

    What a model knows of topics sits low, what it needs for the next piece high: all layers side by side serve any task
    (Devlin et al. 2019, section 5.3).
    """
    rows, n = [], 2 * at_once(body, body.context)
    for begin in range(0, len(texts), n):
        ids, lengths = padded(texts[begin : begin + n], body.context)
        with torch.no_grad():
            rows.append(_layers(body, ids, lengths))
        yield None
    return torch.cat(rows).numpy()


def _layers(body: Transformer, ids: Tensor, lengths: Tensor) -> Tensor:
    real = None if body.causal else (torch.arange(ids.shape[1]) < lengths[:, None])[:, None, None]
    x = body.enter(ids)
    found = [average(x, lengths)]
    for block in body.blocks:
        x = block(x, real)
        found.append(average(x, lengths))
    return torch.cat(found, dim=-1)


def answers(model: Labeller, texts: Ids) -> Slices[np.ndarray]:
    """(n,) int: the label of each text."""
    found, n = [], 2 * at_once(model.body, model.body.context)
    for begin in range(0, len(texts), n):
        with torch.no_grad():
            found.append(model(*padded(texts[begin : begin + n], model.body.context)).argmax(dim=-1))
        yield None
    return torch.cat(found).numpy()


class Fit:
    """A training of a labeller on a few texts.

    Parameters
    ----------
    texts : sequence of numpy.ndarray
    labels : numpy.ndarray, (n,) int
    updates : int
        How many are made in all.
    rate : float
        The highest learning rate.
    generator : torch.Generator
        Order of the texts: each comes once before any comes again.
    """

    def __init__(
        self, model: Labeller, texts: Ids, labels: np.ndarray, updates: int, rate: float, generator: torch.Generator
    ) -> None:
        self._model, self._texts, self._labels = model, texts, torch.from_numpy(labels)
        self._updates, self._rate, self._generator = updates, rate, generator
        self._made, self._row = 0, []
        # The readout to pieces is not used: its bias would only be pulled about by the decay.
        self._weights = [weight for name, weight in model.named_parameters() if name != "body.bias"]
        self._optimizer = torch.optim.AdamW(self._weights, lr=rate, weight_decay=WEIGHT_DECAY, fused=True)

    def update(self) -> Slices[float]:
        """One update, in pieces; the loss before it."""
        batch, total = self._drawn(), 0.0
        n = at_once(self._model.body, max(len(self._texts[i]) for i in batch))
        for begin in range(0, len(batch), n):
            part = batch[begin : begin + n]
            ids, lengths = padded([self._texts[i] for i in part], self._model.body.context)
            with torch.enable_grad():
                logits = self._model(ids, lengths)
                loss = functional.cross_entropy(logits, self._labels[part], reduction="sum") / len(batch)
                loss.backward()
            total += loss.item()
            yield None
        self._move()
        return total

    def _drawn(self) -> list[int]:
        size = min(BATCH, len(self._texts))
        while len(self._row) < size:
            self._row += torch.randperm(len(self._texts), generator=self._generator).tolist()
        batch, self._row = self._row[:size], self._row[size:]
        return batch

    def _move(self) -> None:
        self._made += 1
        warm = max(1, round(WARM_UP * self._updates))
        rising, falling = self._made / warm, (self._updates - self._made + 1) / (self._updates - warm + 1)
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * min(rising, falling)
        nn.utils.clip_grad_norm_(self._weights, CLIP)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
