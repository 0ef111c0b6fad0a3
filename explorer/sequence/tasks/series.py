"""Forecast a series one step ahead, against the two guesses every forecaster has to beat."""

from __future__ import annotations

import csv
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.tasks.regression import Regression, scored_steps
from explorer.sequence.tasks.task import HELD_OUT, IGNORED, Baseline, Batch
from explorer.text.shipped import shipped

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

HELD_OUT_PART = 4
"""The last quarter is held out."""
WATCHED = 8
LARGEST = 1e12
SEASONS = {"airline": 12, "lynx": 10}
"""Months of a year; years from one peak of the lynx to the next (9 to 10)."""
A_SEASON_AGO = {"airline": "the same month last year", "lynx": "the value 10 years before"}
UNITS = {"airline": "thousand passengers", "lynx": "lynx", "own": "units of the series"}
STORIES = {
    "airline": "The network reads the airline passengers of one month after the other, 1949 to 1960",
    "lynx": "The network reads how many lynx were trapped in Canada, year after year, 1821 to 1934",
    "own": "The network reads your numbers one after the other",
}


@dataclass(frozen=True)
class Scale:
    """From a series to numbers a network likes, and back: logarithm where possible, then mean 0 and deviation 1."""

    logarithm: bool
    mean: float
    deviation: float

    @classmethod
    def fit(cls, training: np.ndarray, logarithm: bool) -> Scale:
        """The scale of the training part alone; raises ValueError when that part never changes."""
        values = np.log(training) if logarithm else training
        if np.ptp(values) <= 1e-9 * np.abs(values).max():
            raise ValueError("The first three quarters of the series never change, so there is nothing to learn from.")
        return cls(logarithm, float(values.mean()), float(values.std()))

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Own units to normalised ones."""
        return ((np.log(values) if self.logarithm else values) - self.mean) / self.deviation

    def undo(self, values: np.ndarray) -> np.ndarray:
        """Normalised units to own ones, float64."""
        values = np.asarray(values, dtype=np.float64) * self.deviation + self.mean
        return np.exp(np.minimum(values, 700.0)) if self.logarithm else values


class Series(Regression):
    """At every step, the next value. Held out are the forecasts of the last quarter, each from a full window."""

    fields: ClassVar[tuple[str, ...]] = ("series", "values", "season", "length")
    name = "series"
    title = "Forecast a series"
    inputs = 1
    answer_sentence = "the loss of the forecast after the last step"

    @classmethod
    def key(cls, experiment: SequenceExperiment) -> tuple[Hashable, ...]:
        """Own numbers and their season count only where they are read."""
        own = (experiment.values, experiment.season) if experiment.series == "own" else ()
        return (experiment.series, experiment.length, *own)

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.length, self._source = experiment.length, experiment.series
        source = self._source
        self.values = read_series(source) if source != "own" else np.array(experiment.values, dtype=np.float64)
        _refuse(self.values, self.length)
        self.season = SEASONS.get(source, experiment.season)
        self.cut = len(self.values) - len(self.values) // HELD_OUT_PART
        self.scale = Scale.fit(self.values[: self.cut], logarithm=bool(self.values.min() > 0))
        self._scaled = torch.from_numpy(self.scale.apply(self.values)).float()
        self.metric = f"mean absolute error in {UNITS[source]}"
        self.story = (
            f"{STORIES[source]}, and says at each what the next will be. How high the last value was is easy; "
            "where in the season the series stands has to be remembered."
        )
        self._forecast = self._spread()
        self._held_out = self._hold_out()
        self.baselines = self._baselines()
        self.baseline = self._best()

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` windows from the first three quarters: inputs (n, T, 1), targets (n, T)."""
        return self._windows(torch.randint(self.cut - self.length, (n,), generator=generator))

    def held_out(self) -> Batch:
        """One window for each value of the last quarter; only its forecast, the last step, is scored."""
        return self._held_out

    def watched(self) -> Batch:
        """The last window of the series and the seven before it, every step with its target."""
        last = len(self.values) - self.length - 1
        return self._windows(torch.arange(last, max(last - WATCHED, -1), -1))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The values read, in the series' own units."""
        return [self.write(value) for value in batch.inputs[i, : int(batch.lengths[i]), 0].tolist()]

    def score(self, outputs: Tensor, batch: Batch) -> float:
        """Mean absolute error in the series' own units."""
        scored = scored_steps(batch)
        said = self.scale.undo(outputs[..., 0][scored].detach().double().numpy())
        right = self.scale.undo(batch.targets[scored].double().numpy())
        return float(np.abs(said - right).mean())

    def in_units(self, values: np.ndarray) -> np.ndarray:
        """Normalised values in the series' own units, float64."""
        return self.scale.undo(np.asarray(values, dtype=float))

    def write(self, value: float) -> str:
        """A normalised value in the series' own units."""
        return amount(float(self.scale.undo(np.float64(value))))

    def _windows(self, starts: Tensor) -> Batch:
        windows = self._scaled[starts[:, None] + torch.arange(self.length + 1)]
        lengths = torch.full((len(starts),), self.length)
        return Batch(windows[:, :-1, None].contiguous(), windows[:, 1:].contiguous(), lengths)

    def _spread(self) -> np.ndarray:
        """Positions of the values whose forecasts are held out."""
        positions = np.arange(self.cut, len(self.values))
        count = min(HELD_OUT, len(positions))
        return positions[np.arange(count) * len(positions) // count]

    def _hold_out(self) -> Batch:
        batch = self._windows(torch.from_numpy(self._forecast) - self.length)
        batch.targets[:, :-1] = IGNORED
        return batch

    def _baselines(self) -> tuple[Baseline, ...]:
        """Persistence, and the value one season ago where the series is long enough to have one."""
        before = f"the value {self.season} steps before"
        last = self._repeat(1, "repeating the last value", "the last value")
        if self.season > self.cut:
            return (last,)
        return last, self._repeat(self.season, A_SEASON_AGO.get(self._source, before), before)

    def _repeat(self, lag: int, name: str, what: str) -> Baseline:
        right, said = self._forecast, self._forecast - lag
        scaled = self.scale.apply(self.values)
        loss = float(np.square(scaled[said] - scaled[right]).mean())
        score = float(np.abs(self.values[said] - self.values[right]).mean())
        return Baseline(loss, score, name, f"repeating {what} is off by {amount(score)} on average (loss {loss:.3f})")

    def _best(self) -> Baseline:
        """The better of the two guesses, with a sentence on both."""
        best = min(self.baselines, key=lambda baseline: baseline.loss)
        both = "; ".join(baseline.sentence for baseline in self.baselines)
        return Baseline(best.loss, best.score, best.name, f"On the held-out quarter, {both}.")


def read_series(name: str) -> np.ndarray:
    """Values, float64 (n,), of a series that ships in aeon: "airline" (Box and Jenkins) or "lynx" (Brockwell, Davis)."""
    title = name.capitalize()
    with shipped("aeon", "datasets", "data", title, f"{title}.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return np.array([float(value) for _, value in rows])


def amount(value: float) -> str:
    """A number with about three digits, without exponents for everyday sizes: ``1,041``, ``35.9``."""
    return f"{value:,.0f}" if 100 <= abs(value) < 1e9 else f"{value:.3g}"


def _refuse(values: np.ndarray, length: int) -> None:
    """A series too short for the length, or with numbers too large to square."""
    size = len(values)
    if not size:
        raise ValueError(
            "There are no numbers of your own yet: open a file with a column of them, or choose another series."
        )
    if np.abs(values).max() > LARGEST:
        raise ValueError("The series has values beyond 1e12; use a larger unit.")
    fits = size - size // HELD_OUT_PART - 2
    if length <= fits and size >= HELD_OUT_PART:
        return
    enough = next(n for n in range(HELD_OUT_PART, 2 * length + 10) if n - n // HELD_OUT_PART - 2 >= length)
    shorter = f", or choose a length of at most {fits}" if fits >= 2 else ""
    raise ValueError(
        f"The series has {size} value{'s' * (size != 1)}; length {length} needs at least {enough}. Use a longer series{shorter}."
    )
