"""Whose error reaches which state: the T x T table of |dL_s/dh_t|, and the way from one step's error back to one state."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, power, spec
from explorer.figures.decades import Decades, colour_decades
from explorer.figures.gradient_profiles import time_axis
from explorer.figures.naming import count, share_of
from explorer.figures.palette import Theme, fade, symbol

LEFT, RIGHT, ABOVE, BELOW = 58, 64, 40, 40
"""Pixels around the picture."""
WAY = 0.24
"""Share of the picture's height for the way below the table."""
GAP = 0.12


@picture
def error_matrix(
    matrix: np.ndarray,
    theme: Theme,
    *,
    chosen: tuple[int, int] | None = None,
    colour: str | None = None,
    axis: Decades | None = None,
    height: float = 480,
) -> Spec:
    """The table, and below it on the same time axis the way of the chosen cell.

    Parameters
    ----------
    matrix : (T, T) array
        Norms; row s: which step's error, column t: reaching which state. Zero above the diagonal, for no error reaches what
        comes after it, and where truncation cuts.
    chosen : (int, int), optional
        Row and column, counted from 0, the column not after the row; by default the first column of the last row with an error.
    colour : str, optional
        Of the way.
    """
    matrix = np.asarray(matrix, dtype=float)
    length = len(matrix)
    s, t = chosen_cell(matrix, chosen)
    axis = axis or colour_decades(matrix)
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, BELOW)))
    layout["xaxis"] = time_axis(length, theme) | {"anchor": "y2", "showline": False}
    title = {"text": "error of step", "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}
    rows = error_rows(matrix)
    layout["yaxis"] = {
        "domain": [WAY + GAP, 1], "range": [len(rows) + 0.5, 0.5], "fixedrange": True, "title": title, **_row_names(rows, length),
    }  # fmt: skip
    layout["yaxis2"] = _way_axis(axis)
    way = matrix[s, t : s + 1]
    colour = colour or theme.gradient
    layout["shapes"] = _route(s, t, int(np.searchsorted(rows, s)), theme)
    layout["annotations"] = [*_words(s, t, way, axis, theme), *_cut_word(matrix, theme)]
    return spec([*_table(matrix, rows, axis, theme), _way(way, t, axis, colour)], layout)


def error_rows(matrix: np.ndarray) -> np.ndarray:
    """The rows that are drawn, counted from 0: those of steps with an error of their own, where these are few; else all."""
    own = np.flatnonzero(np.diag(matrix))
    return own if 0 < len(own) < len(matrix) / 2 else np.arange(len(matrix))


def _row_names(rows: np.ndarray, length: int) -> dict:
    """Numbers at the rows: a few of many, or each where only some steps are drawn."""
    every = np.arange(1, len(rows) + 1) if len(rows) < length else np.arange(20, length + 1, 20) if length >= 40 else None
    if every is None:
        return {"nticks": 9, "hoverformat": "d"}
    every = every[:: -(-len(every) // 10)]
    return {"tickvals": every.tolist(), "ticktext": [str(rows[i - 1] + 1) for i in every]}


def chosen_cell(matrix: np.ndarray, chosen: tuple[int, int] | None) -> tuple[int, int]:
    """The chosen row and column, brought inside; without a choice the longest way there is."""
    own = np.flatnonzero(np.diag(matrix))
    s, t = chosen if chosen is not None else (int(own[-1]) if own.size else len(matrix) - 1, 0)
    s = int(min(error_rows(matrix), key=lambda row: abs(row - s)))
    return s, min(max(t, 0), s)


def _table(matrix: np.ndarray, rows: np.ndarray, axis: Decades, theme: Theme) -> list[dict]:
    """Colours where an error arrives, grey where exactly nothing does."""
    below = np.tril(np.ones_like(matrix, dtype=bool))[rows] & (np.diag(matrix)[rows] > 0)[:, None]
    matrix = matrix[rows]
    logs = np.where(below & (matrix > 0), axis.place(matrix), np.nan)
    steps = np.arange(1, matrix.shape[1] + 1, dtype=np.int32)
    errors = np.repeat((rows + 1)[:, None], matrix.shape[1], axis=1).astype(np.int32)
    common = {"type": "heatmap", "x": steps, "y": np.arange(1, len(rows) + 1, dtype=np.int32), "xaxis": "x", "yaxis": "y"}
    common |= {"customdata": errors}
    heat = {
        **common, "z": np.clip(logs, axis.low, axis.high).astype(np.float32), "zmin": axis.low, "zmax": axis.high,
        "colorscale": theme.sequential, "hoverongaps": False, "colorbar": _key(axis, theme),
        "hovertemplate": "error of step %{customdata} at state %{x}: 10^%{z:.1f}<extra></extra>",
    }  # fmt: skip
    zero = {
        **common, "z": np.where(below & (matrix == 0), 1.0, np.nan).astype(np.float32), "zmin": 0, "zmax": 1,
        "showscale": False, "colorscale": [[0, theme.line], [1, theme.line]], "hoverongaps": False,
        "hovertemplate": "error of step %{customdata} at state %{x}: exactly 0<extra></extra>",
    }  # fmt: skip
    return [zero, heat]


def _key(axis: Decades, theme: Theme) -> dict:
    ticks, tall = axis.ticks(4), 1 - WAY - GAP
    return {
        "x": 1.0, "xpad": 10, "xanchor": "left", "y": 1 - tall / 2, "len": tall, "ypad": 0, "thickness": 4, "outlinewidth": 0,
        "ticks": "", "tickvals": ticks, "ticktext": [power(tick) for tick in ticks],
        "tickfont": {"size": theme.px(10), "color": theme.quiet},
    }  # fmt: skip


def _way_axis(axis: Decades) -> dict:
    ticks = [axis.low, axis.high] if axis.high <= 1 else [axis.low, 0, axis.high]
    return {
        "domain": [0, WAY], "range": [axis.bottom, axis.top], "fixedrange": True, "showgrid": True, "tickvals": ticks,
        "ticktext": [power(tick) for tick in ticks], "anchor": "x",
    }  # fmt: skip


def _way(way: np.ndarray, t: int, axis: Decades, colour: str) -> dict:
    return {
        "type": "scatter", "mode": "lines+markers" if len(way) <= 40 else "lines", "xaxis": "x", "yaxis": "y2",
        "x": np.arange(t + 1, t + 1 + len(way), dtype=np.float32), "y": axis.place(way).astype(np.float32),
        "customdata": way, "line": {"color": colour, "width": 2.4}, "marker": {"size": 4.5, "color": colour},
        "hovertemplate": "at state %{x}: %{customdata:.3g}<extra></extra>",
    }  # fmt: skip


def _route(s: int, t: int, place: int, theme: Theme) -> list[dict]:
    """From the error on the diagonal along its row, the `place`-th drawn, to the state, and down to the way's first step."""
    line = {"color": theme.ink, "width": 1.6}
    at = {"xref": "x", "yref": "y", "line": line}
    row = {"type": "line", "x0": s + 1, "x1": t + 1, "y0": place + 1, "y1": place + 1, **at}
    ring = {"type": "rect", "x0": t + 0.5, "x1": t + 1.5, "y0": place + 0.5, "y1": place + 1.5, **at}
    ends = [
        {"type": "line", "xref": "x", "yref": "y2 domain", "x0": at + 1, "x1": at + 1, "y0": 0, "y1": 1,
         "line": {"color": theme.faint, "width": 1, "dash": "dot"}}
        for at in (t, s)
    ]  # fmt: skip
    return [row, ring, *ends]


def _words(s: int, t: int, way: np.ndarray, axis: Decades, theme: Theme) -> list[dict]:
    font = {"size": theme.px(12), "color": theme.quiet}
    key = f"|∂{symbol('L', 's')}/∂{symbol('h', 't')}|"
    text = f"from step {s + 1} back to state {t + 1}: {number(float(way[0]))} arrives"
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "font": font}
    return [
        note("state reached →", 0, 1, xanchor="left", yshift=8, **above),
        note(key, 1, 1, xanchor="left", xshift=4, yshift=8, **above),
        note(text, 0, WAY, xanchor="left", yshift=6, **above),
    ]


def _cut_word(matrix: np.ndarray, theme: Theme) -> list[dict]:
    """Where part of the table is exactly zero, or empty, what that means."""
    own, font = np.diag(matrix) > 0, {"size": theme.px(12), "color": theme.quiet}
    rows, columns = np.nonzero(np.tril(matrix == 0) & own[:, None])
    if len(rows) < 0.04 * matrix.size or len(error_rows(matrix)) < len(matrix):
        return []
    x, y = float(np.quantile(columns, 0.35)) + 1, float(np.quantile(rows, 0.65)) + 1
    return [note("exactly 0", x, y, font=font, bgcolor=fade(theme.background, 0.75))]


def matrix_notice(matrix: np.ndarray, s: int, t: int) -> str:
    """What of an error arrives at a state, and how the errors of all steps share the first quarter of the states."""
    matrix = np.asarray(matrix, dtype=float)
    length = len(matrix)
    arrived = matrix[s, t] / matrix[s, s] if matrix[s, s] > 0 else np.nan
    if s == t:
        told = f"On the diagonal an error stands where it arises: {number(float(matrix[s, s]))} at step {s + 1}."
    elif not np.isfinite(arrived):
        told = f"The error of step {s + 1} is zero or no finite number: there is no way to follow."
    else:
        told = f"Of the error of step {s + 1}, {share_of(float(arrived))} arrives at state {t + 1}, {count(s - t)} back."
    own = int(np.count_nonzero(np.diag(matrix)))
    if own < length / 2:
        return f"{told} Only {count(own)} of {length} {'has' if own == 1 else 'have'} an error of {'its' if own == 1 else 'their'} own."
    quarter = max(1, length // 4)
    early = matrix[:, :quarter].sum(axis=0).mean()
    far = matrix[2 * quarter :, :quarter].sum(axis=0).mean() if length >= 4 else np.nan
    if not np.isfinite(far) or early <= 0:
        return told
    return (
        f"{told} In the first quarter of the states, {share_of(float(far / early))} of what arrives comes from errors of the "
        "second half; the rest from errors nearby."
    )
