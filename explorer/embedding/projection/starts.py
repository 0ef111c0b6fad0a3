"""The same map from several random starts: what all of them show is in the words, the rest is chance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from pydantic import ConfigDict

from explorer.embedding.projection.experiment import ProjectionExperiment
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted


class StartsExperiment(Experiment):
    """Several t-SNE maps of the same words that differ only in their random start, a step of each in turn."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    one: ProjectionExperiment = setting(..., "Map", "The map that is made several times.", "map", private=True)
    starts: int = setting(6, "Starts", "How many maps; their seeds follow one another.", "map", ge=2, le=12)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Fields and their values, without what was derived from them and kept."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)

    @cached_property
    def experiments(self) -> tuple[ProjectionExperiment, ...]:
        """The single maps."""
        seeds = range(self.one.seed, self.one.seed + self.starts)
        return tuple(self.one.replace(initialisation="random", seed=seed) for seed in seeds)

    @property
    def steps(self) -> int:
        """As of one map."""
        return self.one.steps

    def prepare(self) -> None:
        """Neighbours are found once for all maps, and each map keeps them."""
        for one in self.experiments:
            one.prepare()

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The maps as they form; see `slices`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """Frames with "maps", (starts, n, 2) float32, each turned and mirrored to lie as the first.

        Metrics: "iteration", and "kl_0", "kl_1" and so on. None where a frame is not complete yet.
        """
        from explorer.embedding.projection.tsne import evenly

        asked: dict[int, bool] = {}
        ask = wanted or evenly(self.steps)

        def once(step: int) -> bool:
            if step not in asked:
                asked.clear()
                asked[step] = ask(step)
            return asked[step]

        under_way = [one.slices(changes, once) for one in self.experiments]
        for _ in range(self.steps + 1):
            frames = []
            for one in under_way:
                while (frame := next(one)) is None:
                    yield None
                frames.append(frame)
                if len(frames) < len(under_way):
                    yield None
            yield _together(frames)


def _together(frames: list[Frame]) -> Frame:
    metrics = {f"kl_{i}": frame.metrics["kl"] for i, frame in enumerate(frames)}
    metrics["iteration"] = frames[0].metrics["iteration"]
    if not all("map" in frame.arrays for frame in frames):
        return Frame(frames[0].step, metrics)
    return Frame(frames[0].step, metrics, {"maps": aligned(np.stack([frame.arrays["map"] for frame in frames]))})


def aligned(maps: np.ndarray) -> np.ndarray:
    """Maps (k, n, 2) turned and mirrored so that their points lie as near as can be to those of the first.

    Orthogonal Procrustes (Schönemann 1966): distances within a map do not change; which way up it lies never meant
    anything. Sizes are made alike for the comparison only.
    """
    centred = maps - maps.mean(axis=1, keepdims=True)
    turned = [centred[0]]
    for one in centred[1:]:
        left, _, right = np.linalg.svd(one.T.astype(np.float64) @ centred[0])
        turned.append((one @ (left @ right)).astype(np.float32))
    return np.stack(turned)


def agreement(maps: np.ndarray, k: int = 10) -> float:
    """How many of its k nearest on the map a word has in common on two of the maps (m, n, 2), on average over all pairs."""
    from explorer.embedding.projection.distortion import map_neighbours

    near = [map_neighbours(one, k) for one in maps]
    shared = [(a[:, :, None] == b[:, None, :]).sum(axis=(1, 2)).mean() for a, b in combinations(near, 2)]
    return float(np.mean(shared))
