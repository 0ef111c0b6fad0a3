"""A grid of trainings over learning rate and width, as a heat map: where an architecture learns, and where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec
from explorer.figures.length_scores import heading
from explorer.figures.palette import Theme, blend

ROW = 42
MARGIN = (92, 90, 40, 48)
DEEP = 0.72
"""From this share of the colours on, the numbers are written in the colour of the background."""


@dataclass(frozen=True, eq=False)
class Grid:
    """What is known of the trainings.

    Attributes
    ----------
    rates, widths : sequences
        Of the rows and of the columns.
    values : (rows, columns) array
        What is compared; NaN where nothing is known.
    done : (rows, columns) array
        Share of the training that is made; -1 where it would be too slow.
    came_apart : (rows, columns) array
        1 where the training diverged.
    lower, share, log : bool
        Whether less is better; written in per cent; compared by logarithms.
    baseline : float
        What a simple rule gives.
    """

    rates: Sequence[float]
    widths: Sequence[int]
    values: np.ndarray
    done: np.ndarray
    came_apart: np.ndarray
    lower: bool
    share: bool
    log: bool
    baseline: float

    def said(self, value: float) -> str:
        """A value in words."""
        return f"{100 * value:.1f} %" if self.share else number(value)

    def merit(self, values: np.ndarray | float) -> np.ndarray:
        """The values so that more is better, as they are compared."""
        with np.errstate(divide="ignore", invalid="ignore"):
            shown = np.log10(values) if self.log else np.asarray(values, dtype=float)
        return -shown if self.lower else shown

    @property
    def best(self) -> tuple[int, int] | None:
        """Row and column of the best finished training."""
        merit = self.merit(self.values)
        able = np.where((self.done >= 1) & np.isfinite(merit), merit, -np.inf)
        if not np.isfinite(able).any():
            return None
        row, column = np.unravel_index(int(np.argmax(able)), able.shape)
        return int(row), int(column)

    def colours(self) -> tuple[float, float]:
        """Merits of the palest and of the deepest colour.

        The palest is the baseline. The deepest is the best, or at least half of the baseline's error: where nothing was
        learned, nothing is deep.
        """
        merit = self.merit(self.values)
        known = merit[np.isfinite(merit)]
        half = self.baseline / 2 if self.lower else (1 + self.baseline) / 2
        low, high = float(self.merit(self.baseline)), float(self.merit(half))
        return low, max(high, float(known.max(initial=high)))


@picture
def setting_grid(grid: Grid, theme: Theme, *, measure: str = "held-out loss") -> Spec:
    """Learning rates upwards, hidden units to the right; in each cell its number, deeper colours are better."""
    low, high = grid.colours()
    height = (MARGIN[2] + MARGIN[3]) * theme.scale + ROW * len(grid.rates)
    layout = canvas(theme, height, tuple(theme.scale * side for side in MARGIN))
    layout["xaxis"] = _axis("hidden units", [f"{one:,}" for one in grid.widths], theme)
    layout["yaxis"] = _axis("learning rate", [f"{one:g}" for one in grid.rates], theme)
    heat = {
        "type": "heatmap", "z": grid.merit(grid.values).astype(np.float32), "zmin": low, "zmax": high, "colorscale": _scale(theme), "showscale": False,
        "x": np.arange(len(grid.widths), dtype=np.float32), "y": np.arange(len(grid.rates), dtype=np.float32), "xgap": 3, "ygap": 3, "hoverinfo": "skip",
    }  # fmt: skip
    deep = low + DEEP * (high - low)
    cells = [
        _cell(grid, row, column, deep, theme) for row in range(len(grid.rates)) for column in range(len(grid.widths))
    ]
    layout["annotations"] = [*(cell for cell in cells if cell), heading(measure, theme)]
    layout["shapes"] = _frame_of_the_best(grid, theme)
    return spec([heat], layout)


def _axis(name: str, words: list[str], theme: Theme) -> dict:
    title = {"text": name, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}
    return {
        "tickvals": list(range(len(words))),
        "ticktext": words,
        "range": [-0.5, len(words) - 0.5],
        "fixedrange": True,
        "title": title,
    }


def _scale(theme: Theme) -> list[list]:
    shades = (0.06, 0.5, 1.0)
    return [
        [at, blend(theme.background, theme.forward, shade)] for at, shade in zip((0.0, 0.6, 1.0), shades, strict=True)
    ]


def _cell(grid: Grid, row: int, column: int, deep: float, theme: Theme) -> dict | None:
    value, done, apart = (float(one[row, column]) for one in (grid.values, grid.done, grid.came_apart))
    if not np.isfinite(value):
        text = "too slow" if done < 0 else "came apart" if apart else ""
        return note(text, column, row, font={"size": theme.px(11), "color": theme.quiet}) if text else None
    mark = " ✕" if apart else " …" if done < 1 else ""
    colour = theme.background if float(grid.merit(value)) > deep else theme.ink
    return note(grid.said(value) + mark, column, row, font={"size": theme.px(13), "color": colour})


def _frame_of_the_best(grid: Grid, theme: Theme) -> list[dict]:
    if grid.best is None:
        return []
    row, column = grid.best
    line = {"color": theme.gradient, "width": 2.5}
    return [
        {"type": "rect", "x0": column - 0.48, "x1": column + 0.48, "y0": row - 0.47, "y1": row + 0.47, "line": line}
    ]


def grid_notice(grid: Grid) -> str:
    """Where the best result lies, how much rate and width decide beside it, and how many came apart."""
    if grid.best is None:
        return "The first result is there when the first training is done."
    row, column = grid.best
    best, done = float(grid.values[row, column]), grid.done >= 1
    parts = [
        f"Best so far: {grid.said(best)} with learning rate {grid.rates[row]:g} and {grid.widths[column]} hidden units."
    ]
    if not grid.merit(best) > grid.merit(grid.baseline):
        parts.append(f"None is better than the simple rule, which gives {grid.said(grid.baseline)}.")
    widths, rates = grid.values[row][done[row]], grid.values[:, column][done[:, column]]
    if len(widths) > 1 and len(rates) > 1:
        parts.append(f"From there, other widths give {_span(widths, grid)}, other rates {_span(rates, grid)}.")
    lost = int(grid.came_apart.sum())
    return " ".join([*parts, *([f"{lost} of the trainings came apart (✕)."] if lost else [])])


def _span(values: np.ndarray, grid: Grid) -> str:
    known = values[np.isfinite(values)]
    return f"{grid.said(float(known.min()))} to {grid.said(float(known.max()))}"
