"""Many texts at once: every setting of a knob, several texts of each, all going on by a piece at a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.frame import Frame
from explorer.sequence.generation.cutting import cut, draw
from explorer.sequence.generation.measures import yardstick
from explorer.sequence.generation.rule import Rule
from explorer.sequence.generation.scribes import UNKNOWN, writable
from explorer.sequence.pretraining import load_model, vocabulary
from explorer.sequence.pretraining.reading import source

if TYPE_CHECKING:
    from explorer.sequence.generation.sweep import SweepExperiment
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer

AT_ONCE = 16
"""Texts whose next piece is expected in one go."""
WINDOWS, ASKED_AT_ONCE = 128, 4
"""Stretches of real text that a model is asked about, half a context of each, and how many of them in one go."""
COLUMNS = ("bits", "repeated", "unheard")


def sweep(experiment: SweepExperiment) -> Iterator[Frame | None]:
    """Write with one model after the other.

    Yields
    ------
    Frame or None
        None within a step. Metrics: ``done`` (share of the work), ``real_repeated`` and ``real_unheard`` of real text that no
        model read. Arrays, with a row for each model and NaN for those that have not written yet: ``values`` (v,), the
        settings of the knob; ``bits`` (models, v), per character, as the model says before temperature and cut;
        ``real_bits`` (models,), the same of real text, over the pieces that the model knows, for it writes no others;
        ``repeated``, share of runs of three words said before; ``unheard``, share of words that do not occur in the text
        that was learned from. Each is a mean over the texts of a setting.
    """
    from explorer.sequence.generation.sweep import VALUES

    bases, yard = experiment.bases(), yardstick(experiment.bases()[0])
    real = yard.real(experiment.length)
    values = np.array(VALUES[experiment.knob], dtype=np.float32)
    found = {name: np.full((len(bases), len(values)), np.nan, dtype=np.float32) for name in COLUMNS}
    found["real_bits"] = np.full(len(bases), np.nan, dtype=np.float32)
    about = {"real_repeated": real.repeated, "real_unheard": real.unheard}
    step = 0
    yield Frame(0, {"done": 0.0, **about}, {"values": values, **_copied(found)})
    for i, base in enumerate(bases):
        choir = Choir(base, experiment.models[i][1], experiment)
        while choir.shortest < experiment.length:
            yield from choir.sing()
            step += 1
            share = (i + min(choir.shortest / experiment.length, 1.0)) / len(bases)
            yield Frame(step, {"done": share, **about})
        for name, row in choir.measured().items():
            found[name][i] = row
        found["real_bits"][i] = yield from choir.real_bits(source(base).held_out)
        step += 1
        yield Frame(step, {"done": (i + 1) / len(bases), **about}, {"values": values, **_copied(found)})


class Choir:
    """One model writing many texts, all from the same prompt.

    Parameters
    ----------
    base : PretrainingExperiment
    weights : bytes
    experiment : SweepExperiment
    """

    def __init__(self, base: PretrainingExperiment, weights: bytes, experiment: SweepExperiment) -> None:
        self._experiment, self._pieces, self._yard = experiment, vocabulary(base), yardstick(base)
        self._model: Transformer = load_model(base, weights)
        self._rules: list[Rule] = [rule for rule in experiment.rules for _ in range(experiment.texts)]
        given = [self._pieces.start, *self._pieces.encode(experiment.prompt.rstrip()).tolist()]
        self._ids = [list(given) for _ in self._rules]
        self._given = len(given)
        self._bits = np.zeros(len(self._rules))
        self._letters = np.zeros(len(self._rules), dtype=int)
        # Text j of every setting meets the same chances.
        self._chances = [np.random.default_rng([experiment.draw, 1 + i % experiment.texts]) for i in range(len(self._rules))]

    @property
    def shortest(self) -> int:
        """Characters of the shortest text."""
        return int(self._letters.min())

    def sing(self) -> Iterator[None]:
        """One more piece of every text that is not long enough."""
        short = np.flatnonzero(self._letters < self._experiment.length)
        for begin in range(0, len(short), AT_ONCE):
            rows = short[begin : begin + AT_ONCE]
            for row, expected in zip(rows, self._expected(rows), strict=True):
                self._write(int(row), expected)
            yield None

    def measured(self) -> dict[str, np.ndarray]:
        """Each column (v,): the mean over the texts of a setting."""
        texts = [self._pieces.decode(ids[self._given :]) for ids in self._ids]
        measures = [self._yard.measure(text) for text in texts]
        columns = (
            self._bits / np.maximum(self._letters, 1), [one.repeated for one in measures], [one.unheard for one in measures]
        )
        each = {name: np.asarray(column, dtype=float) for name, column in zip(COLUMNS, columns, strict=True)}
        return {name: _means(column.reshape(-1, self._experiment.texts)) for name, column in each.items()}

    def real_bits(self, held_out: np.ndarray) -> Iterator[None]:
        """Bits per character that the known pieces of real text cost, each with at least half a context before it.

        Parameters
        ----------
        held_out : numpy.ndarray
            Numbers of its pieces, int64.

        Returns
        -------
        float
            NaN where too little is known.
        """
        context, bits, letters = min(self._model.context, len(held_out) - 1), 0.0, 0
        starts = np.unique(np.linspace(0, len(held_out) - 1 - context, WINDOWS).astype(int))
        for begin in range(0, len(starts), ASKED_AT_ONCE):
            seen = np.stack([held_out[start : start + context + 1] for start in starts[begin : begin + ASKED_AT_ONCE]])
            right = seen[:, context // 2 + 1 :]
            costs = self._costs(seen, right)
            bits += float(costs[right != UNKNOWN].sum())
            letters += sum(len(self._pieces.pieces[piece]) for piece in right[right != UNKNOWN])
            yield None
        return bits / letters if letters else float("nan")

    @torch.no_grad()
    def _costs(self, seen: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Bits of each of the last pieces of what is seen, float64, in their shape."""
        states = self._model.states(torch.from_numpy(seen[:, :-1]))[:, -right.shape[1] :]
        logs = torch.log_softmax(self._model.read(states).double(), dim=-1)
        return -logs.gather(2, torch.from_numpy(right)[..., None])[..., 0].numpy() / np.log(2)

    @torch.no_grad()
    def _expected(self, rows: np.ndarray) -> np.ndarray:
        """(rows, V) float64: all texts are equally many pieces long, so that they are read together."""
        seen = np.array([self._ids[row][-self._model.context :] for row in rows])
        logits = self._model.read(self._model.states(torch.from_numpy(seen))[:, -1])
        return torch.softmax(logits.double(), dim=-1).numpy()

    def _write(self, row: int, expected: np.ndarray) -> None:
        found = cut(writable(expected), self._rules[row])
        piece = draw(found, self._chances[row].random())
        self._ids[row].append(piece)
        self._bits[row] -= np.log2(max(expected[piece], 1e-30))
        self._letters[row] += len(self._pieces.decode([piece]))


def _means(rows: np.ndarray) -> np.ndarray:
    """(v,): the mean of each row's known values; NaN where none is known."""
    known = ~np.isnan(rows)
    return np.where(known, rows, 0.0).sum(axis=1) / np.where(known.any(axis=1), known.sum(axis=1), np.nan)


def _copied(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: values.copy() for name, values in found.items()}
