"""A clock that stands still until it is told, and a training that costs only what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from explorer.frame import Change, Changes, Frame, Wanted
from explorer.runs import Engine


class Clock:
    """Seconds that go by only when somebody says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Log:
    """What happened to an experiment's generators."""

    begun: int = 0
    updates: int = 0
    closed: int = 0
    prepared: int = 0
    pictured: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Walk:
    """A random walk whose stride can be changed on the way."""

    seed: int = 0
    steps: int = 1000
    stride: float = 1.0
    fails_at: int = -1
    error: type[Exception] = ValueError
    pieces: int = 0  # Nones within each step, after the changes were read
    cost: float = 0.005
    picture_cost: float = 0.0
    size: int = 3
    clock: Clock | None = field(default=None, compare=False)
    log: Log = field(default_factory=Log, compare=False)

    def check_change(self, name: str, value: float) -> float:
        if name != "stride" or not 0 <= value <= 10:
            raise ValueError(f"{name}: {value} is not possible")
        return float(value)

    def slices(self, changes: Changes, wanted: Wanted) -> Iterator[Frame | None]:
        self.log.begun += 1
        try:
            yield from self._walk(changes, wanted)
        finally:
            self.log.closed += 1

    def _walk(self, changes: Changes, wanted: Wanted) -> Iterator[Frame | None]:
        generator, place = np.random.default_rng(self.seed), 0.0
        for step in range(self.steps + 1):
            drawn = wanted(step)
            stride = ([self.stride] + [c.value for c in changes if c.step <= step and c.field == "stride"])[-1]
            for _ in range(self.pieces):
                yield None
            if step == self.fails_at:
                raise self.error("the walk fell off a cliff")
            place += stride * generator.normal() if step else 0.0
            self.log.updates += 1
            self._spend(drawn)
            arrays = {"place": np.full(self.size, place)} if drawn else {}
            if drawn:
                self.log.pictured.append(step)
            yield Frame(step, {"place": place, "stride": stride}, arrays, repr(place).encode() if drawn else None)

    def _spend(self, drawn: bool) -> None:
        if self.clock is not None:
            self.clock.tick(self.cost + (self.picture_cost if drawn else 0.0))


@dataclass(frozen=True)
class PreparedWalk(Walk):
    """A walk that has to be prepared."""

    fails_to_prepare: bool = False

    def prepare(self) -> None:
        self.log.prepared += 1
        if self.fails_to_prepare:
            raise FileNotFoundError("/secret/words.txt")


def places(walk: Walk, upto: int, changes: tuple[Change, ...] = ()) -> list[float]:
    """The walk alone, without any engine."""
    alone = replace(walk, clock=None, log=Log())
    frames = alone.slices(changes, lambda step: False)
    return [frame.metrics["place"] for frame in frames if frame is not None and frame.step <= upto]


class Visitor:
    """A visit with one run: polls, keeps what it is sent, gives commands."""

    def __init__(self, engine: Engine, walk: Walk, visit: str = "me", **given) -> None:
        self.engine, self.visit = engine, visit
        self.name = engine.start(walk, visit, **given)

    def poll(self, step: int = -1):
        return self.engine.frames_since(self.name, self.visit, step)

    def places(self) -> list[float]:
        return [frame.metrics["place"] for frame in self.poll().frames]

    def __getattr__(self, action: str):
        if action not in ("play", "pause", "step", "reset", "stop"):
            raise AttributeError(action)
        return lambda: self.engine.command(self.name, self.visit, action)

    def change(self, value: float, name: str = "stride") -> None:
        self.engine.command(self.name, self.visit, "change", name, value)

    def play_to(self, step: int) -> None:
        """Play until at least `step`, polling all the while."""
        self.play()
        for _ in range(100_000):
            if self.poll().position >= step or self.poll().state in ("finished", "failed"):
                return
            self.engine.turn() or self.engine._clock.tick(0.01)
        raise AssertionError("it never got there")
