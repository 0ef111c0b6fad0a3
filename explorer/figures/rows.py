"""Rows on one shared time axis: what belongs to one moment in time stands under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from explorer.figures.canvas import canvas, note
from explorer.figures.palette import Theme, plain

LEFT, RIGHT = 160, 92
"""Margins in pixels for the names of the rows and for their keys."""


@dataclass
class Row:
    """One row of a picture. Traces carry no y axis: `stack` gives each row its own and all the same x axis.

    Attributes
    ----------
    name, remark : str
        What stands at the left, and smaller beneath it; trusted text, already escaped.
    height : float
        Pixels. When `stretch`, a tight page may make it lower.
    traces : list of dict
    scale : dict
        Settings of the row's own y axis.
    notes : list of dict
        Annotations in the row's own coordinates.
    gap : float
        Pixels of air above the row.
    """

    name: str
    height: float
    traces: list[dict]
    scale: dict
    remark: str = ""
    notes: list[dict] = field(default_factory=list)
    gap: float = 6
    stretch: bool = True


def stack(rows: Sequence[Row], columns: dict, theme: Theme, top: float, height: float | None = None) -> tuple:
    """Traces and layout of rows under one another, below `top` pixels of headings.

    Parameters
    ----------
    rows : sequence of Row
        From the top to the bottom.
    columns : dict
        Settings of the one x axis they share.
    height : float or None
        Pixels for the whole picture; rows that stretch give way. None takes what the rows ask for.
    """
    bottom = 10.0
    heights = _fit(rows, None if height is None else height - top - bottom)
    inner = sum(heights) + sum(row.gap for row in rows)
    layout = canvas(theme, top + inner + bottom, (LEFT * theme.scale, RIGHT * theme.scale, top, bottom))
    layout["xaxis"], layout["xaxis2"] = _time(columns, theme)
    data, notes, y = [{**nothing(1.0), "xaxis": "x2", "yaxis": "y"}], [], inner
    for i, (row, tall) in enumerate(zip(rows, heights, strict=True), start=1):
        y -= row.gap
        domain = [max((y - tall) / inner, 0.0), y / inner]
        y -= tall
        name = "" if i == 1 else str(i)
        layout[f"yaxis{name}"] = {"domain": domain, "anchor": "x", "fixedrange": True, **row.scale}
        data += [_placed(trace, f"y{name}", domain, inner) for trace in row.traces]
        notes += [{"xref": "x", "yref": f"y{name}", **item} for item in row.notes]
        notes.append(_name(row, (domain[0] + domain[1]) / 2, theme))
    layout["annotations"] = notes
    return data, layout


def _time(columns: dict, theme: Theme) -> tuple[dict, dict]:
    """The axis all rows share, and its twin that carries the headings.

    Two, because Plotly shows in hover texts what the ticks say: the headings are often shortened or left out, the
    hover text always gives the step's number and its word. A line follows the pointer down the column.
    """
    spike = {"showspikes": True, "spikemode": "across", "spikesnap": "hovered data", "spikethickness": 1}
    shared = {
        "range": columns["range"],
        "labelalias": columns["labelalias"],
        "hoverformat": "d",
        "anchor": "y",
        "side": "top",
    }
    shared |= {"showticklabels": False, "spikedash": "solid", "spikecolor": theme.faint, **spike}
    headings = {name: value for name, value in columns.items() if name != "labelalias"}
    return shared, {"overlaying": "x", "matches": "x", "anchor": "y", "side": "top", **headings}


def nothing(x: float, y: float = 0.0) -> dict:
    """An invisible trace: Plotly draws no axis that has none."""
    point = {"x": np.array([x], dtype=np.float32), "y": np.array([y], dtype=np.float32)}
    return {"type": "scatter", "mode": "markers", "marker": {"size": 1, "opacity": 0}, "hoverinfo": "skip", **point}


def _fit(rows: Sequence[Row], room: float | None) -> list[float]:
    if room is None:
        return [row.height for row in rows]
    firm = sum(row.height * (not row.stretch) + row.gap for row in rows)
    soft = sum(row.height for row in rows if row.stretch)
    share = max((room - firm) / soft, 0.2) if soft else 1.0
    return [row.height * share if row.stretch else row.height for row in rows]


def _placed(trace: dict, y: str, domain: list[float], inner: float) -> dict:
    """A trace on its row's axis; the two ends of its key are written within the row, clear of its neighbours."""
    trace = {"xaxis": "x", "yaxis": y, **trace}
    if "colorbar" in trace:
        middle, tall = (domain[0] + domain[1]) / 2, domain[1] - domain[0]
        inset = 6.5 / (tall * inner) * (trace["zmax"] - trace["zmin"])
        ticks = [trace["zmin"] + inset, trace["zmax"] - inset] if tall * inner >= 24 else []
        trace["colorbar"] = {**trace["colorbar"], "y": middle, "len": tall, "tickvals": ticks}
    return trace


def _name(row: Row, y: float, theme: Theme) -> dict:
    text = f'<span style="font-size:{theme.px(14)}px">{row.name}</span>'
    if row.remark:
        text += f'<br><span style="font-size:{theme.px(11)}px;color:{theme.quiet}">{row.remark}</span>'
    return note(
        text,
        0,
        y,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="middle",
        xshift=-14 * theme.scale,
        align="right",
    )


def columns(steps: Sequence[str], theme: Theme, width: float) -> tuple[dict, float]:
    """The shared x axis with the words as headings, and the pixels they take. Columns are numbered from 1."""
    room = column_width(len(steps), theme, width)
    longest = max((len(step) for step in steps), default=1)
    # Words need a gap between them; single characters have it in themselves.
    size = min(19 * theme.scale, room / (0.56 * (min(longest, 14) + (0.9 if longest > 1 else 0.2))))
    settings = {
        "range": [0.5, len(steps) + 0.5],
        "labelalias": {str(i): f"{i} · {plain(step)}" for i, step in enumerate(steps, start=1)},
        "hoverformat": "d",
        "tickmode": "array",
        "ticklabeloverflow": "allow",
    }
    if size >= 10 * theme.scale or longest == 1 and size >= 8:
        return settings | _headings(steps, 1, size, theme), size * 1.3 + 18
    if longest > 1 and room >= 13 * theme.scale:
        size = min(14 * theme.scale, room * 0.85)
        tall = min(longest, 14) * size * 0.5 + 16
        return settings | _headings(steps, 1, size, theme) | {"tickangle": -90}, tall
    return settings | _excerpts(steps, theme, room), 16 * theme.scale + 14


def column_width(length: int, theme: Theme, width: float) -> float:
    """Pixels of one time step's column in a picture of the given width."""
    return (width - (LEFT + RIGHT) * theme.scale) / max(length, 1)


def _headings(steps: Sequence[str], every: int, size: float, theme: Theme) -> dict:
    return {
        "tickvals": list(range(1, len(steps) + 1, every)),
        "ticktext": [plain(step, 14) for step in steps[::every]],
        "tickfont": {"size": round(size, 1), "color": theme.ink},
        "tickangle": 0,
    }


def _excerpts(steps: Sequence[str], theme: Theme, room: float) -> dict:
    """Headings for columns too narrow for words of their own: runs of characters, else every k-th step's number."""
    size = 11 * theme.scale
    characters = all(len(step) == 1 for step in steps)
    if characters and room >= 0.5 * size:
        starts = range(0, len(steps), 10)
        text = ["".join("␣" if c.isspace() else c for c in steps[i : i + 10]) for i in starts]
        middles = [i + (min(10, len(steps) - i) + 1) / 2 for i in starts]
        return {
            "tickvals": middles,
            "ticktext": [plain(t) for t in text],
            "tickangle": 0,
            "tickfont": {"size": size, "color": theme.ink},
        }
    every = next(k for k in (1, 2, 5, 10, 20, 50, 100, 1000) if k * room >= 26 * theme.scale)
    values = [1, *range(every, len(steps) + 1, every)] if every > 2 else list(range(1, len(steps) + 1, every))
    return {
        "tickvals": values,
        "ticktext": [str(v) for v in values],
        "tickangle": 0,
        "tickfont": {"size": size, "color": theme.quiet},
    }
