"""What a network reads, when it reads numbers: a line, marked bars, or one strip of all channels."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.moment import Moment, round_up
from explorer.figures.palette import Theme, symbol
from explorer.figures.rows import Row
from explorer.figures.strips import numbered, strip, unit_axis


def input_rows(moment: Moment, theme: Theme) -> list[Row]:
    """What the network reads, when it reads numbers: a line, marked bars, or one strip of all channels."""
    if moment.inputs is None:
        return []
    values = np.asarray(moment.inputs, dtype=np.float32)
    channels = values.shape[1]
    if is_picture(moment):
        return [_picture(values[0], theme)]
    if channels == 2 and set(np.unique(values[:, 1])) <= {0.0, 1.0}:
        return [_marked_numbers(values, theme)]
    if channels == 1:
        return [_line(values[:, 0], theme)]
    bound = round_up(float(np.nanmax(np.abs(values)))) or 1.0
    low = 0.0 if values.min() >= 0 else -bound
    colours = theme.diverging if low else theme.shades(theme.ink)
    heat = strip(values.T, (low, bound), colours, theme, "input")
    return [Row(f"input {symbol('x', 't')}", 88, [heat], unit_axis(channels), f"{channels} numbers")]


SIDE = 8
PICTURE_AXIS = {
    "range": [0.5, SIDE + 0.5], "anchor": "y", "scaleanchor": "y", "constrain": "domain", "fixedrange": True,
    "showticklabels": False, "showgrid": False, "zeroline": False,
}  # fmt: skip
"""An x axis of its own for a picture that is read in one step, so that its pixels are square: see `unrolled`."""


def is_picture(moment: Moment) -> bool:
    """Whether the whole input is one picture of 8 x 8 pixels."""
    return moment.inputs is not None and np.shape(moment.inputs) == (1, SIDE * SIDE)


def _picture(pixels: np.ndarray, theme: Theme) -> Row:
    """The pixels where they belong, the first row at the top."""
    heat = strip(pixels.reshape(SIDE, SIDE), (0.0, 1.0), theme.shades(theme.ink), theme, "pixel")
    heat |= {"xaxis": "x3", "xgap": 0, "hovertemplate": "row %{y}, column %{x}: %{z:.2f}<extra></extra>"}
    scale = {"range": [SIDE + 0.5, 0.5], "showticklabels": False, "hoverformat": "d"}
    return Row(f"input {symbol('x', 't')}", 104, [heat], scale, f"{SIDE} × {SIDE} pixels", gap=6)


def _marked_numbers(values: np.ndarray, theme: Theme) -> Row:
    marked = values[:, 1] > 0
    colours = np.where(marked, theme.forward, theme.faint)
    bars = {
        "type": "bar", "x": numbered(len(values)), "y": values[:, 0], "marker": {"color": colours, "line": {"width": 0}},
        "width": 0.7, "hovertemplate": "%{x}<br>number %{y:.3f}<extra></extra>",
    }  # fmt: skip
    low, high = min(0.0, float(values[:, 0].min())), max(1.0, float(values[:, 0].max()))
    # Above the tallest bar: beside a low bar its neighbours would stand in the way.
    notes = [
        {"text": number(values[i, 0]), "x": i + 1, "y": high, "yanchor": "bottom", "xanchor": side,
         "xshift": {"left": 2, "right": -2}.get(side, 0), "font": {"size": theme.px(12), "color": theme.forward}}
        for i, side in zip(np.flatnonzero(marked)[:8], _apart(np.flatnonzero(marked)[:8], len(values)), strict=True)
    ]  # fmt: skip
    scale = {"range": [low, high + 0.45 * (high - low)], "showticklabels": False}
    return Row(f"input {symbol('x', 't')}", 60, [bars], scale, "add the two marked", notes)


def _apart(marked: np.ndarray, length: int) -> list[str]:
    """How numbers over neighbouring bars are anchored, so that they lean away from each other."""
    near = np.diff(marked) * 860 / max(length, 1) < 60
    left = np.concatenate([near, [False]])
    right = np.concatenate([[False], near])
    return np.where(left & ~right, "right", np.where(right & ~left, "left", "center")).tolist()


def _line(values: np.ndarray, theme: Theme) -> Row:
    line = {
        "type": "scatter", "mode": "lines", "x": numbered(len(values)), "y": values,
        "line": {"color": theme.ink, "width": 1.5}, "hovertemplate": "%{x}<br>input %{y:.3f}<extra></extra>",
    }  # fmt: skip
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = (high - low or 1.0) * 0.1
    return Row(
        f"input {symbol('x', 't')}",
        60,
        [line],
        {"range": [low - room, high + room], "nticks": 3, "showticklabels": False},
    )
