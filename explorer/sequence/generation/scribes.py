"""Models that write: what each expected at every piece, what was cut, what was drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from explorer.frame import Frame, Wanted
from explorer.sequence.generation.cutting import Cut, cut, draw
from explorer.sequence.generation.rule import Rule

if TYPE_CHECKING:
    from explorer.sequence.generation.writing import WritingExperiment
    from explorer.sequence.pretraining.experiment import PretrainingExperiment

SHOWN = 24
"""Pieces of each distribution that a frame keeps, the likeliest first."""
UNKNOWN = 0
"""Number of the piece that stands for all that are not known: it can be read, but not written."""


class Scribe:
    """One model and what it has written.

    Attributes
    ----------
    given, written : list of int
        Numbers of pieces: of the prompt, with the line end that every text begins after, and of what came since.
    letters : int
        Characters written.
    """

    def __init__(self, base: PretrainingExperiment, weights: bytes, prompt: str) -> None:
        from explorer.sequence.pretraining import load_model, vocabulary

        self.pieces = vocabulary(base)
        self._model = load_model(base, weights)
        self.given = [self.pieces.start, *self.pieces.encode(prompt.rstrip()).tolist()]
        self.written: list[int] = []
        self.letters = 0
        self._cuts: list[dict[str, np.ndarray]] = []

    def write(self, rule: Rule, chance: float) -> None:
        """One more piece; `chance` is uniform in [0, 1)."""
        from explorer.sequence.pretraining import next_distribution

        expected = np.array(next_distribution(self._model, self.given + self.written), dtype=np.float64)
        found = cut(writable(expected), rule)
        piece = draw(found, chance)
        self.written.append(piece)
        self.letters += len(self.pieces.decode([piece]))
        self._cuts.append(_kept(found, expected, piece))

    def arrays(self) -> dict[str, np.ndarray]:
        """What was written, and every distribution on the way; see `write`."""
        ids = {"given": np.array(self.given[1:], np.int32), "written": np.array(self.written, np.int32)}
        names = _kept(cut(np.ones(1), Rule()), np.ones(1), 0)
        columns = {name: np.array([kept[name] for kept in self._cuts]) for name in names}
        return ids | (columns if self._cuts else {})


def write(experiment: WritingExperiment, wanted: Wanted | None = None) -> Iterator[Frame | None]:
    """Write with all models, one piece of each at a step; who has written enough waits.

    Yields
    ------
    Frame or None
        None between two models. The arrays of the model with index i begin with ``"i."``: ``given`` and ``written``, the
        numbers of the pieces; then for each written piece ``expected_of`` and ``drawn_of``, its probability as the model
        said, beside all others and the unknown ones, and as it was drawn; ``kept``, how many pieces could be drawn, ``kept_mass``, their share at the temperature,
        ``bits``, the entropy of the draw; and ``top`` (n, M), ``top_expected``, ``top_tempered``, the likeliest pieces with
        what the model said of each and what the temperature made of it.
    """
    wanted = wanted or (lambda step: True)
    wanted(0)
    scribes = []
    for base, (_, weights) in zip(experiment.bases(), experiment.models, strict=True):
        scribes.append(Scribe(base, weights, experiment.prompt))
        yield None
    chances = [np.random.default_rng([experiment.draw, i]).random(experiment.length + 1) for i in range(len(scribes))]
    yield _frame(0, scribes, True)
    for step in range(1, experiment.length + 1):
        busy = [i for i, scribe in enumerate(scribes) if scribe.letters < experiment.length]
        full = wanted(step)
        for i in busy:
            scribes[i].write(experiment.rule, chances[i][step])
            yield None
        last = all(scribe.letters >= experiment.length for scribe in scribes)
        yield _frame(step, scribes, full or last)
        if last:
            return


def _frame(step: int, scribes: list[Scribe], full: bool) -> Frame:
    arrays = {f"{i}.{name}": values for i, scribe in enumerate(scribes) for name, values in scribe.arrays().items()}
    return Frame(step, {"letters": float(max(s.letters for s in scribes))}, arrays if full else {})


def writable(expected: np.ndarray) -> np.ndarray:
    """(V,): what a model expects, without the piece that cannot be written."""
    found = expected.copy()
    found[UNKNOWN] = 0.0
    return found


def _kept(found: Cut, expected: np.ndarray, piece: int) -> dict[str, np.ndarray]:
    """What is kept of a distribution, a row for each array."""
    top = np.resize(found.order[:SHOWN], SHOWN) if len(found.order) < SHOWN else found.order[:SHOWN]
    share = found.tempered[piece] / found.kept_mass
    return {
        "expected_of": np.float32(expected[piece]), "drawn_of": np.float32(share), "kept": np.int32(found.kept),
        "kept_mass": np.float32(found.kept_mass), "bits": np.float32(found.bits), "top": top.astype(np.int32),
        "top_expected": expected[top].astype(np.float32), "top_tempered": found.tempered[top].astype(np.float32),
    }  # fmt: skip
