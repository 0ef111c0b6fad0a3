"""How what was read reaches the answer: the real connections of each architecture, and how many lie between. No torch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.architectures.reach import answers_once, tcn_levels

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

SIDE = 8
"""Pixels from edge to edge of a picture."""


@dataclass(frozen=True, slots=True, eq=False)
class ReceptiveField:
    """What one answer sees, row by row from the inputs up.

    Attributes
    ----------
    rows : tuple of str
        "input", then each layer, then "answer".
    positions : tuple of int
        How many places each row has. Mostly the time steps, 0 to T - 1; a bidirectional layer has those of its forward
        half and then those of its backward half (2 T); a window or an average sees all steps from one place; a picture
        shrinks on its way up. The answer has one.
    connections : numpy.ndarray
        int (n, 3): row, place in it, place in the row above; only those that the answer depends on.
    sideways : numpy.ndarray
        int (n, 3): row, from place, to place in the same row: the recurrence. (0, 3) for networks without one.
    steps : numpy.ndarray
        float (T,): the fewest connections from each input to the answer; infinite where there is no way.
    """

    rows: tuple[str, ...]
    positions: tuple[int, ...]
    connections: np.ndarray
    sideways: np.ndarray
    steps: np.ndarray

    @property
    def seen(self) -> np.ndarray:
        """bool (T,): the inputs that reach the answer."""
        return np.isfinite(self.steps)


Links = list[tuple[int, int]]
"""(from, to)."""
Network = tuple[list[str], list[int], list[Links], list[tuple[int, Links]]]
"""Names and places of the rows between inputs and answer; connections from each row to the next; those along a row."""


def path_length(experiment: ArchitectureExperiment, T: int) -> np.ndarray:
    """Computing steps between each input and the answer after the last step.

    Every connection of `receptive_field` counts as one: a step of a recurrence, a convolution, a block of attention,
    a hidden layer, and the readout. A shortcut around a layer does not count as shorter than the layer.

    Parameters
    ----------
    T : int
        Time steps of the sequence.

    Returns
    -------
    numpy.ndarray
        float (T,); infinite where the answer cannot depend on the input.
    """
    return receptive_field(experiment, T).steps


def receptive_field(experiment: ArchitectureExperiment, T: int, step: int | None = None) -> ReceptiveField:
    """The connections through which the answer at one step depends on the inputs.

    Parameters
    ----------
    T : int
        Time steps of the sequence.
    step : int, optional
        At which the answer is given, from 0; the last when left out.

    Raises
    ------
    ValueError
        For a step that the sequence does not have.
    """
    at = T - 1 if step is None else step
    if not 0 <= at < T:
        raise ValueError(f"The sequence has the steps 0 to {T - 1}; {at} is not one of them.")
    names, places, up, along = _NETWORKS.get(experiment.cell, _recurrent)(experiment, T, at)
    positions = (T, *places, 1)
    connections = _as_array((row, *link) for row, links in enumerate(up) for link in links)
    sideways = _as_array((row, *link) for row, links in along for link in links)
    distance = _distances(positions, connections, sideways)
    connections, sideways = _leading(connections, distance, above=1), _leading(sideways, distance, above=0)
    return ReceptiveField(("input", *names, "answer"), positions, connections, sideways, distance[0])


def _recurrent(experiment: ArchitectureExperiment, T: int, at: int) -> Network:
    """Each layer along time, from the left and perhaps from the right; the answer reads where each direction ends."""
    layers, lanes = experiment.layers, 2 if experiment.bidirectional else 1
    along = [(t, t + 1) for t in range(T - 1)] + [(T + t + 1, T + t) for t in range(T - 1)] * (lanes - 1)
    enter = [(t, lane * T + t) for t in range(T) for lane in range(lanes)]
    between = [(lane * T + t, to) for lane in range(lanes) for t, to in enter]
    ends = [(at, 0), *([(T if answers_once(experiment) else T + at, 0)] if lanes == 2 else [])]
    names = [f"layer {layer + 1}" for layer in range(layers)]
    up = [enter, *[between] * (layers - 1), ends]
    return names, [lanes * T] * layers, up, [(layer + 1, along) for layer in range(layers)]


def _window(experiment: ArchitectureExperiment, T: int, at: int) -> Network:
    return _perceptron(experiment, [], range(max(0, at - experiment.window + 1), at + 1))


def _average(experiment: ArchitectureExperiment, T: int, at: int) -> Network:
    return _perceptron(experiment, ["mean"], range(at + 1 if experiment.causal else T))


def _perceptron(experiment: ArchitectureExperiment, first: list[str], seen: range) -> Network:
    """What is seen, at once, through layers that have one place each."""
    names = first + [f"layer {layer + 1}" for layer in range(experiment.layers)]
    return names, [1] * len(names), [[(t, 0) for t in seen], *[[(0, 0)]] * len(names)], []


def _tcn(experiment: ArchitectureExperiment, T: int, at: int) -> Network:
    """Two convolutions at each level, the taps of each a power of two apart."""
    names, up = [], []
    for level in range(tcn_levels(experiment)):
        reach = (experiment.kernel - 1) * 2**level
        shift = 0 if experiment.causal else reach // 2
        taps = [shift - 2**level * tap for tap in range(experiment.kernel)]
        links = [(t + tap, t) for t in range(T) for tap in taps if 0 <= t + tap < T]
        names += [f"level {level + 1}a", f"level {level + 1}b"]
        up += [links, links]
    return names, [T] * len(names), [*up, [(at, 0)]], []


def _cnn(experiment: ArchitectureExperiment, T: int, at: int) -> Network:
    """Convolution and maximum at once: each place sees 2 + kernel - 1 pixels each way, of half as fine a picture.

    Read row by row, a place is a row; pixel by pixel, a place is a pixel; at a glance everything is one place.
    """
    if T == 1:
        return _perceptron(experiment, [], range(1))
    flat = T != SIDE
    names, places, up = [], [], []
    for layer in range(experiment.layers):
        side = SIDE >> layer
        lines = [(below, to) for to in range(side // 2) for below in _seen(to, side, experiment.kernel)]
        pairs = [(a * side + b, c * (side // 2) + d) for (a, c), (b, d) in product(lines, lines)] if flat else lines
        up.append([pair for pair in pairs if layer or pair[0] <= at])
        names.append(f"layer {layer + 1}")
        places.append((side // 2) ** (2 if flat else 1))
    return names, places, [*up, [(place, 0) for place in range(places[-1])]], []


def _seen(to: int, side: int, kernel: int) -> range:
    """Which pixels of a line a place sees after a convolution (padded to the same size) and a maximum over pairs."""
    return range(max(0, 2 * to - kernel // 2), min(side, 2 * to + 2 + (kernel - 1) // 2))


def _transformer(experiment: ArchitectureExperiment, T: int, at: int) -> Network:
    """Every block joins each step with all that it may look at."""
    links = [(t, to) for to in range(T) for t in range(to + 1 if experiment.causal else T)]
    names = [f"block {layer + 1}" for layer in range(experiment.layers)]
    return names, [T] * len(names), [*[links] * len(names), [(at, 0)]], []


_NETWORKS: dict[str, Callable[[ArchitectureExperiment, int, int], Network]] = {
    "window": _window, "average": _average, "tcn": _tcn, "cnn": _cnn, "transformer": _transformer,
}  # fmt: skip


def _as_array(links: Iterable[tuple[int, int, int]]) -> np.ndarray:
    return np.array(list(links), dtype=int).reshape(-1, 3)


def _leading(links: np.ndarray, distance: list[np.ndarray], above: int) -> np.ndarray:
    """Those of the links that lead to the answer; each ends so many rows above where it begins."""
    return links[np.array([np.isfinite(distance[row + above][to]) for row, _, to in links], dtype=bool)]


def _distances(positions: tuple[int, ...], connections: np.ndarray, sideways: np.ndarray) -> list[np.ndarray]:
    """Of each place of each row, the fewest connections to the answer."""
    distance = [np.full(count, np.inf) for count in positions]
    distance[-1][:] = 0
    for row in range(len(positions) - 2, -1, -1):
        _, below, above = connections[connections[:, 0] == row].T
        np.minimum.at(distance[row], below, distance[row + 1][above] + 1)
        _, start, end = sideways[sideways[:, 0] == row].T
        while (shorter := distance[row][end] + 1 < distance[row][start]).any():
            np.minimum.at(distance[row], start[shorter], distance[row][end[shorter]] + 1)
    return distance
