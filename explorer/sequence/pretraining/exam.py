"""What is measured on held-out text while a network learns: always the same stretches, whatever the pieces."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.pace import Pace, Slices
from explorer.sequence.pretraining.cost import reading_microseconds
from explorer.sequence.pretraining.masking import IGNORED, hide
from explorer.sequence.pretraining.pieces import UNKNOWN
from explorer.sequence.streams import stream

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.reading import Source

STRETCHES, LETTERS = 64, 64
"""Stretches of the held-out text that a GPT is examined on, and characters of each (up to the next word)."""
HIDDEN_WINDOWS = 6144
"""Pieces among which a BERT has to guess the hidden ones."""
AT_ONCE = 20_000.0
"""Microseconds of the windows read in one go, about."""
MASKS = 5
"""Stream of random numbers that hides held-out pieces."""


class Exam:
    """The held-out stretches of an experiment.

    Every vocabulary is examined on the same letters, so that bits per character can be compared.
    """

    def __init__(self, experiment: PretrainingExperiment, source: Source) -> None:
        self.experiment, self.source = experiment, source
        if experiment.objective == "gpt":
            self._windows, self._asked, self.letters, self.unsaid = _stretches(experiment, source)
        else:
            self._windows, self._asked = _masked(experiment, source)

    def slices(self, model: Transformer) -> Slices[dict[str, float]]:
        """ "held_out" (nats per piece that was asked) and "accuracy"; of a GPT also "bits_per_character"."""
        pace, nats, right, count = Pace(), 0.0, 0, 0
        steps = self._windows.shape[1]
        fixed, one = (reading_microseconds(self.experiment, n, steps) for n in (0, 1))
        rows = max(1, int((AT_ONCE - fixed) / (one - fixed)))
        for start in range(0, len(self._windows), rows):
            if pace.due(reading_microseconds(self.experiment, rows, steps)):
                yield None
            part = slice(start, start + rows)
            lost, hit = _judged(model, self._windows[part], self._asked[part])
            nats, right, count = nats + float(lost.sum()), right + int(hit.sum()), count + len(hit)
        metrics = {"held_out": nats / count, "accuracy": right / count}
        if self.experiment.objective == "gpt":
            metrics["bits_per_character"] = (nats + self.unsaid) / self.letters / math.log(2)
        return metrics


@torch.no_grad()
def _judged(model: Transformer, windows: torch.Tensor, asked: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Nats, and whether the likeliest is right, at each place that is asked about."""
    places = asked != IGNORED
    logits = model.read(model.states(windows)[places])
    lost = torch.nn.functional.cross_entropy(logits, asked[places], reduction="none").double()
    # Who expects a word that is not known has named no word.
    return lost, (logits.argmax(-1) == asked[places]) & (asked[places] != UNKNOWN)


def _stretches(experiment: PretrainingExperiment, source: Source) -> tuple[torch.Tensor, torch.Tensor, int, float]:
    """Windows (n, context) and what is asked at their last places; letters of all stretches, and nats to spell them."""
    begins = np.cumsum([0, *(len(part) for part in source.parts)])
    before = experiment.context
    # What comes before the first stretches is the end of the training part.
    ids = np.concatenate([source.training[-before:].astype(np.int64), source.held_out])
    before = len(ids) - len(source.held_out)
    windows, asked, letters, unsaid = [], [], 0, 0.0
    for begin, end in stretches(source.borders):
        first, last = np.searchsorted(begins, (begin, end))
        letters, unsaid = letters + end - begin, unsaid + source.pieces.unsaid(source.parts[first:last])
        for scored, stop in _halves(before + first, before + last, experiment.context):
            window = ids[stop - experiment.context - 1 : stop]
            windows.append(window[:-1])
            places = np.full(experiment.context, IGNORED)
            places[experiment.context - (stop - scored) :] = window[len(window) - (stop - scored) :]
            asked.append(places)
    return torch.from_numpy(np.stack(windows)), torch.from_numpy(np.stack(asked)), letters, unsaid


def _halves(first: int, last: int, context: int) -> list[tuple[int, int]]:
    """Places cut so that at least half a context comes before each."""
    half = max(1, context // 2)
    return [(start, min(start + half, last)) for start in range(first, last, half)]


def stretches(borders: np.ndarray) -> list[tuple[int, int]]:
    """Where the stretches of a held-out text begin and end.

    Parameters
    ----------
    borders : numpy.ndarray
        Where its words and marks begin, and where it ends: borders of every cut.
    """
    found, last, length = [], 0, int(borders[-1])
    for begin in np.linspace(0, max(0, length - 2 * LETTERS), STRETCHES):
        start = _border(borders, max(begin, last))
        last = _border(borders, start + LETTERS)
        if last > start:
            found.append((start, last))
    return found


def _border(borders: np.ndarray, place: float) -> int:
    """The first border from a place on; the end of the text where there is none."""
    return int(borders[min(np.searchsorted(borders, place), len(borders) - 1)])


def _masked(experiment: PretrainingExperiment, source: Source) -> tuple[torch.Tensor, torch.Tensor]:
    """Held-out windows (n, context) with pieces hidden, and what is hidden there."""
    context = experiment.context
    ids = np.concatenate([source.training[-context:].astype(np.int64), source.held_out])
    count = max(1, min(HIDDEN_WINDOWS, len(source.held_out)) // context)
    starts = np.linspace(len(ids) - len(source.held_out), len(ids) - context, count).astype(int)
    starts = np.minimum(starts, len(ids) - context)
    windows = torch.from_numpy(np.stack([ids[start : start + context] for start in starts]))
    return hide(windows, experiment.mask_share, source.pieces.mask, stream(0, MASKS))
