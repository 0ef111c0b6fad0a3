"""`Wiring`: every connection along which inputs reach one answer, row by row, and the ways through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from explorer.sequence.architectures.paths import ReceptiveField

Node = tuple[int, int]
"""A row, counted from the inputs (0), and a place in it, counted from 0."""
APART = 0.17
"""How far the two lanes of a network that reads both ways lie from the middle of their row."""


@dataclass(frozen=True, eq=False)
class Wiring:
    """What the answer at one step is computed from.

    Attributes
    ----------
    edges : (n, 4) int array
        Row and place where a connection begins, row and place where it ends.
    rows : sequence of str
        What each row is, from "input" to "answer".
    across, down : sequences of arrays
        Where the places of each row are drawn: across in steps counted from 1, down in rows.
    answer : int
        The step whose answer is looked at, counted from 0; its node is the only one of the last row.
    lengths : (T,) array
        The fewest connections from each input to the answer; NaN where there is no way.
    strengths : (n,) array or None
        From 0 to 1, where connections differ in strength (attention).
    """

    edges: np.ndarray
    rows: Sequence[str]
    across: Sequence[np.ndarray]
    down: Sequence[np.ndarray]
    answer: int
    lengths: np.ndarray
    strengths: np.ndarray | None = None

    @property
    def last(self) -> int:
        """Number of the row of the answer."""
        return len(self.rows) - 1

    @property
    def seen(self) -> np.ndarray:
        """(T,) bool: the inputs from which there is a way to the answer."""
        return np.isfinite(self.lengths)

    @cached_property
    def following(self) -> dict[Node, Node]:
        """For each node from which there is a way to the answer, the next one on a shortest way."""
        sources: dict[Node, list[Node]] = {}
        for begin_row, begin, end_row, end in self.edges.tolist():
            sources.setdefault((end_row, end), []).append((begin_row, begin))
        found: dict[Node, Node] = {(self.last, 0): (self.last, 0)}
        border = list(found)
        while border:
            near = [(source, node) for node in border for source in sources.get(node, ()) if source not in found]
            for source, node in near:
                found.setdefault(source, node)
            border = list(dict.fromkeys(source for source, _ in near))
        return found

    def weighted(self, weights: Sequence[np.ndarray]) -> Wiring:
        """The same connections, each as strong as what flows through it to the answer.

        Parameters
        ----------
        weights : sequence of (T, T) arrays
            For each row above the inputs, from below, how much its places (down) take of those beneath (across). What
            is not given counts fully. Along each way the weights are multiplied.
        """
        strengths = np.ones(len(self.edges))
        arriving = [np.zeros(len(row)) for row in self.across]
        arriving[-1][:] = 1.0
        for row in range(self.last - 1, -1, -1):
            mine = np.flatnonzero(self.edges[:, 0] == row)
            _, below, _, above = self.edges[mine].T
            share = np.asarray(weights[row], dtype=float)[above, below] if row < len(weights) else 1.0
            strengths[mine] = share * arriving[row + 1][above]
            np.add.at(arriving[row], below, strengths[mine])
        copy = replace(self, strengths=np.clip(strengths, 0.0, 1.0))
        copy.__dict__["following"] = self.following  # the ways are the same, and looking for them takes longest
        return copy

    def way(self, t: int) -> list[Node]:
        """The nodes of a shortest way from input `t` to the answer, both included; empty where there is none."""
        node, answer = (0, t), (self.last, 0)
        if node not in self.following:
            return []
        nodes = [node]
        while node != answer:
            node = self.following[node]
            nodes.append(node)
        return nodes

    def points(self, rows: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where nodes are drawn, across and down."""
        starts = np.cumsum([0, *(len(row) for row in self.across[:-1])])
        at = starts[rows] + places
        return np.concatenate(self.across)[at], np.concatenate(self.down)[at]


def wiring_of(field: ReceptiveField, answer: int) -> Wiring:
    """The wiring of a receptive field.

    Parameters
    ----------
    field : ReceptiveField
        What the answer at one step sees.
    answer : int
        That step, counted from 0.
    """
    places = [_placed(count, len(field.steps), answer) for count in field.positions]
    up, along = field.connections, field.sideways
    edges = np.concatenate([
        np.stack([up[:, 0], up[:, 1], up[:, 0] + 1, up[:, 2]], axis=1),
        np.stack([along[:, 0], along[:, 1], along[:, 0], along[:, 2]], axis=1),
    ])  # fmt: skip
    lengths = np.where(np.isfinite(field.steps), field.steps, np.nan)
    across, lanes = zip(*places, strict=True)
    down = [row + lane for row, lane in enumerate(lanes)]
    return Wiring(edges, field.rows, across, down, answer, lengths)


def _placed(count: int, length: int, answer: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the places of a row stand: steps under their input, two lanes beside each other, a picture's over what they see."""
    level = np.zeros(count)
    if count == length:
        return np.arange(1.0, length + 1), level
    if count == 1:
        return np.array([answer + 1.0]), level
    if count == 2 * length:
        return np.tile(np.arange(1.0, length + 1), 2), np.repeat([-APART, APART], length)
    side, full = int(np.sqrt(count)), int(np.sqrt(length))
    if side * side == count and full * full == length and full % side == 0:  # a picture read pixel by pixel
        middle = (np.arange(side) + 0.5) * (full // side) - 0.5
        return (middle[:, None] * full + middle[None, :] + 1).ravel(), level
    return (np.arange(count) + 0.5) * length / count + 0.5, level
