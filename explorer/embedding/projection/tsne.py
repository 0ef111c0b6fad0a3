"""t-SNE as a generator: five iterations, one frame. The caller sets the pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from explorer.embedding.projection.components import principal_components
from explorer.embedding.projection.descent import Descent
from explorer.embedding.projection.experiment import EARLY, STEP
from explorer.embedding.projection.forces import force_slices
from explorer.embedding.projection.neighbourhoods import Slices
from explorer.frame import Frame, Wanted

if TYPE_CHECKING:
    from explorer.embedding.projection.experiment import ProjectionExperiment

SPREAD = 1e-4
"""Standard deviation of the first coordinate at the start: so small that every word can still pass every other."""
JITTER = 0.01
"""Share of that by which starting points are jittered, so that equal vectors do not lie on one spot for ever."""
SPOT = 1e-2
"""Width of a map below which all pairs are equally close; the tree takes words within 1e-6 for one and tells nonsense."""
DRAWN = 100
"""Frames with a map when nobody steers."""


def lay_out(experiment: ProjectionExperiment, wanted: Wanted | None = None) -> Iterator[Frame | None]:
    """Lay words out, five iterations at a time.

    Parameters
    ----------
    experiment : ProjectionExperiment
        Equal experiments give equal frames to the bit, whatever else runs, and whichever frames are wanted.
    wanted : callable, optional
        Asked once before each step. The first and the last frame are always drawn.

    Yields
    ------
    Frame or None
        Frame 0 is the start; None after each iteration that does not complete a frame. Metrics: "kl", the
        Kullback-Leibler divergence of the map from the affinities, as the approximation in use estimates it, without
        exaggeration; "iteration"; and "exaggeration", what attraction is multiplied by next. A wanted frame has
        "map", (n, 2) float32.
    """
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    layout = _Layout(experiment)
    yield None
    yield from layout.look(0)
    yield layout.frame(0, True)
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        yield from layout.advance(min(step * STEP, experiment.iterations))
        yield layout.frame(step, draw)


def evenly(steps: int) -> Wanted:
    """The frames to draw when nobody steers: about a hundred, and the last."""
    apart = max(1, steps // DRAWN)
    return lambda step: step % apart == 0 or step == steps


def starting_points(experiment: ProjectionExperiment) -> np.ndarray:
    """Where the words stand at first, (n, 2) float64."""
    chance = np.random.default_rng(experiment.seed)
    noise = chance.normal(size=(len(experiment.given), 2))
    if experiment.initialisation == "random":
        return SPREAD * noise
    found = principal_components(experiment.points, 2).coordinates.astype(np.float64)
    spread = found[:, 0].std()
    points = SPREAD * JITTER * noise
    if spread > 0:
        points[:, : found.shape[1]] += found * (SPREAD / spread)
    return points


class _Layout:
    """A map under way: the points, and the force on them."""

    def __init__(self, experiment: ProjectionExperiment) -> None:
        self._experiment = experiment
        self._points = starting_points(experiment)
        self._early, self._late = experiment.affinities.phases(experiment.exaggeration)
        self._descent = Descent(self._points.shape)
        self._iteration = 0

    def advance(self, until: int) -> Slices[None]:
        """Move all points, iteration by iteration; a pause after each but the last."""
        while self._iteration < until:
            self._move()
            yield from self.look(self._iteration + 1, measure=self._iteration + 1 == until)
            if self._iteration < until:
                yield None

    def look(self, iteration: int, measure: bool = True) -> Slices[None]:
        """Compute the force for an iteration, and the divergence that the map has before it."""
        factor = self._factor(iteration)
        affinities = self._early if iteration < EARLY else self._late
        found, self._gradient = yield from force_slices(self._points, affinities, measure)
        self._iteration, self._divergence = iteration, found / factor - np.log(factor)
        if measure and np.ptp(self._points, axis=0).max() < SPOT:
            self._divergence = self._experiment.affinities.divergence_from_even

    def frame(self, step: int, draw: bool) -> Frame:
        """The map as it is."""
        metrics = {
            "kl": float(self._divergence),
            "iteration": float(self._iteration),
            "exaggeration": self._factor(self._iteration),
        }
        return Frame(step, metrics, {"map": self._points.astype(np.float32)} if draw else {})

    def _move(self) -> None:
        rate = self._experiment.learning_rate or len(self._points) / self._factor(self._iteration)
        self._descent.move(self._points, self._gradient, rate)
        self._points -= self._points.mean(axis=0)

    def _factor(self, iteration: int) -> float:
        """What attraction is multiplied by in an iteration, counted from 0."""
        return self._experiment.exaggeration if iteration < EARLY else 1.0
