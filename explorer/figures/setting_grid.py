"""A grid of trainings over learning rate and width, as a heat map: where an architecture learns, and where not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec
from explorer.figures.length_scores import heading
from explorer.figures.palette import Theme, blend

ROW = 42
MARGIN = (92, 90, 40, 48)
LONGEST = 100_000


@picture
def setting_grid(
    rates: Sequence[float], widths: Sequence[int], values: np.ndarray, done: np.ndarray, came_apart: np.ndarray, theme: Theme, *,
    measure: str = "held-out loss", share: bool = False, lower: bool = True, log: bool = False,
) -> Spec:  # fmt: skip
    """Learning rates upwards, hidden units to the right; in each cell its number, deeper colours are better.

    Parameters
    ----------
    rates, widths : sequences
    values, done, came_apart : (rates, widths) arrays
        What is compared; share of the training made, -1 where it is not possible; 1 where the training diverged.
    """
    values = np.asarray(values, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        shown = np.log10(values) if log else values
    good = -shown if lower else shown
    known = good[np.isfinite(good)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    scale = [[0.0, blend(theme.background, theme.forward, 0.06)], [0.6, blend(theme.background, theme.forward, 0.5)], [1.0, theme.forward]]
    height = (MARGIN[2] + MARGIN[3]) * theme.scale + ROW * len(rates)
    layout = canvas(theme, height, tuple(theme.scale * side for side in MARGIN))
    title = {"font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}
    layout["xaxis"] = {"tickvals": list(range(len(widths))), "ticktext": [f"{one:,}" for one in widths], "range": [-0.5, len(widths) - 0.5],
                       "fixedrange": True, "title": {"text": "hidden units", **title}}  # fmt: skip
    layout["yaxis"] = {"tickvals": list(range(len(rates))), "ticktext": [f"{one:g}" for one in rates], "range": [-0.5, len(rates) - 0.5],
                       "fixedrange": True, "title": {"text": "learning rate", **title}}  # fmt: skip
    heat = {
        "type": "heatmap", "z": good.astype(np.float32), "zmin": low, "zmax": high, "colorscale": scale, "showscale": False, "xgap": 3, "ygap": 3, "hoverinfo": "skip",
        "x": np.arange(len(widths), dtype=np.float32), "y": np.arange(len(rates), dtype=np.float32),
    }  # fmt: skip
    middle = low + 0.72 * (high - low)
    cells = [
        _cell(row, column, values[row, column], done[row, column], bool(came_apart[row, column]), bool(good[row, column] > middle), share, theme)
        for row in range(len(rates)) for column in range(len(widths))
    ]  # fmt: skip
    layout["annotations"] = [*(cell for cell in cells if cell), heading(measure, theme)]
    layout["shapes"] = _frame_of_the_best(good, np.asarray(done), theme)
    return spec([heat], layout)


def _cell(row: int, column: int, value: float, done: float, apart: bool, deep: bool, share: bool, theme: Theme) -> dict | None:
    if done < 0:
        text = "too slow"
    elif apart and not np.isfinite(value):
        text = "came apart"
    elif not np.isfinite(value):
        return None
    else:
        text = (f"{100 * value:.1f} %" if share else number(value)) + (" ✕" if apart else " …" if done < 1 else "")
    quiet = done < 0 or not np.isfinite(value)
    colour = theme.quiet if quiet else theme.background if deep else theme.ink
    return note(text, column, row, font={"size": theme.px(13 if not quiet else 11), "color": colour})


def _frame_of_the_best(good: np.ndarray, done: np.ndarray, theme: Theme) -> list[dict]:
    able = np.where((done >= 1) & np.isfinite(good), good, -np.inf)
    if not np.isfinite(able).any():
        return []
    row, column = np.unravel_index(int(np.argmax(able)), able.shape)
    line = {"color": theme.gradient, "width": 2.5}
    return [{"type": "rect", "x0": column - 0.48, "x1": column + 0.48, "y0": row - 0.47, "y1": row + 0.47, "line": line}]


def grid_notice(rates: Sequence[float], widths: Sequence[int], values: np.ndarray, done: np.ndarray, came_apart: np.ndarray, lower: bool, share: bool) -> str:
    """Where the best result lies, how much the learning rate decides beside the width, and how many came apart."""
    values = np.where(np.asarray(done) >= 1, np.asarray(values, dtype=float), np.nan)
    if not np.isfinite(values).any():
        return "The first number appears when the first training is under way."
    best = int(np.nanargmin(values) if lower else np.nanargmax(values))
    row, column = divmod(best, values.shape[1])
    say = (lambda value: f"{100 * value:.1f} %") if share else number
    parts = [f"Best so far: {say(float(values[row, column]))} with learning rate {rates[row]:g} and {widths[column]} hidden units."]
    across, along = values[row][np.isfinite(values[row])], values[:, column][np.isfinite(values[:, column])]
    if across.size > 1 and along.size > 1:
        parts.append(
            f"From there, other widths give {say(float(across.min()))} to {say(float(across.max()))}, other rates "
            f"{say(float(along.min()))} to {say(float(along.max()))}."
        )
    lost = int(np.asarray(came_apart).sum())
    if lost:
        parts.append(f"{lost} of the trainings came apart (✕).")
    return " ".join(parts)
