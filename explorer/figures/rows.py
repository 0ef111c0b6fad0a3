"""Rows on one shared time axis: what belongs to one moment in time stands under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from explorer.figures.canvas import canvas, note
from explorer.figures.palette import Theme

LEFT, RIGHT = 160, 92
"""Margins in pixels for the names of the rows and for their keys."""
LEAST = 19
"""Pixels of a row's name: no row is lower, or names would run into one another."""
KEY = 26
"""Pixels of a key's two numbers; without room for both it has none."""


@dataclass
class Row:
    """One row of a picture. Traces carry no y axis: `stack` gives each row its own and all the same x axis.

    Attributes
    ----------
    name, remark : str
        What stands at the left, and smaller beneath it; trusted text, already escaped.
    height : float
        Pixels. When `stretch`, a tight page may make it lower, though not lower than its name.
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
        Pixels for the whole picture; rows that stretch give way as far as their names allow, then the picture grows.
        None takes what the rows ask for.
    """
    bottom = 10.0
    heights = _fit(rows, None if height is None else height - top - bottom, LEAST * theme.scale)
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
        data += [_placed(trace, f"y{name}", domain, inner, theme) for trace in row.traces]
        notes += [{"xref": "x", "yref": f"y{name}", **item} for item in row.notes]
        notes.append(_name(row, (domain[0] + domain[1]) / 2, tall, theme))
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


def _fit(rows: Sequence[Row], room: float | None, least: float) -> list[float]:
    """Heights of the rows: those that stretch share what is left, but none becomes lower than its name."""
    if room is None:
        return [max(row.height, least) for row in rows]
    room -= sum(row.gap for row in rows)
    heights = [max(row.height, least) for row in rows]
    free = [i for i, row in enumerate(rows) if row.stretch]
    while free:
        share = (room - sum(tall for i, tall in enumerate(heights) if i not in free)) / sum(
            rows[i].height for i in free
        )
        low = [i for i in free if share * rows[i].height < least]
        for i in low or free:
            heights[i] = least if low else share * rows[i].height
        free = [i for i in free if i not in low] if low else []
    return heights


def _placed(trace: dict, y: str, domain: list[float], inner: float, theme: Theme) -> dict:
    """A trace on its row's axis; the two ends of its key are written within the row, clear of its neighbours."""
    trace = {"xaxis": "x", "yaxis": y, **trace}
    if "colorbar" in trace:
        middle, tall = (domain[0] + domain[1]) / 2, domain[1] - domain[0]
        inset = 6.5 * theme.scale / (tall * inner) * (trace["zmax"] - trace["zmin"])
        ticks = [trace["zmin"] + inset, trace["zmax"] - inset] if tall * inner >= KEY * theme.scale - 1e-6 else []
        trace["colorbar"] = {**trace["colorbar"], "y": middle, "len": tall, "tickvals": ticks}
    return trace


def _name(row: Row, y: float, tall: float, theme: Theme) -> dict:
    """The name of a row of so many pixels; its remark gives way where it would touch the next name."""
    text = f'<span style="font-size:{theme.px(14)}px">{row.name}</span>'
    lines = 1 + row.remark.count("<br>")
    if row.remark and tall + row.gap >= (LEAST + 14 * lines) * theme.scale:
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
