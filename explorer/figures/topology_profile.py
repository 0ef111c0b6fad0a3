"""The gradient along the time axis of a graph: |dL/dh_t| in orange on a log axis with its floor drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import numpy as np

from explorer.figures.canvas import note, power
from explorer.figures.gradients import log_norms
from explorer.figures.moment import FLOOR
from explorer.figures.palette import Theme, fade, plain, symbol
from explorer.figures.topology_scene import Scene
from explorer.figures.topology_sheet import Sheet

Decades = tuple[int, int]
"""Powers of ten below and above every norm that is shown."""
CROWDED = 64
"""More steps than this are drawn without stems."""


def decades_of(scenes: Iterable[Scene], known: Decades | None = None) -> Decades:
    """An axis wide enough for all gradients of some scenes and for what was shown before, at least two decades long."""
    found = [np.ravel(norms) for scene in scenes for norms in scene.gradients.values()]
    values = np.concatenate(found) if found else np.empty(0)
    values = values[np.isfinite(values) & (values > 10.0**FLOOR)]
    low, high = known or (0, -99)
    if values.size:
        lowest, highest = int(np.floor(np.log10(values.min()))), int(np.ceil(np.log10(values.max())))
        low, high = (lowest, highest) if known is None else (min(low, lowest), max(high, highest))
    if high < low:
        return (-3, 0)
    return (min(low, high - 2), high)


def profile(sheet: Sheet, decades: Decades) -> list[dict]:
    """Stems for the leading gradient, thin lines for the others, on the second y axis."""
    found: list[dict] = []
    named = list(sheet.scene.gradients.items())
    for rank, (name, norms) in reversed(list(enumerate(named))):
        found += _leading(sheet, name, norms, decades) if rank == 0 else [_other(sheet, name, norms, decades)]
    return [{**trace, "yaxis": "y2"} for trace in found]


def _leading(sheet: Sheet, name: str, norms: np.ndarray, decades: Decades) -> list[dict]:
    theme, x = sheet.theme, sheet.x(np.arange(sheet.scene.length))
    logs, floored = log_norms(np.asarray(norms, dtype=float), decades[0])
    traces = []
    if sheet.scene.length <= CROWDED:
        feet = np.full(len(x), float(decades[0]))
        points = np.column_stack([feet, logs, np.full(len(x), np.nan)]).ravel()
        wide = 1.6 if not sheet.sizes.words else 3.2 if sheet.room >= 40 else 1.6
        traces.append({"type": "scatter", "mode": "lines", "x": np.repeat(x, 3).astype(np.float32), "hoverinfo": "skip",
                       "y": points.astype(np.float32), "line": {"color": theme.gradient, "width": wide}})  # fmt: skip
    size = 4.0 if not sheet.sizes.words else 9.0 if sheet.room >= 40 else 6.0 if sheet.room >= 12 else 3.5
    traces.append({
        "type": "scatter", "mode": "markers" if sheet.scene.length <= CROWDED else "lines", "x": x.astype(np.float32),
        "y": logs.astype(np.float32), "line": {"color": theme.gradient, "width": 2.2}, "cliponaxis": False,
        "marker": {"color": theme.gradient, "size": size, "symbol": np.where(floored, "triangle-down-open", "circle")},
        **_told(sheet, name, norms),
    })  # fmt: skip
    return traces


def _told(sheet: Sheet, name: str, norms: np.ndarray) -> dict:
    if not sheet.sizes.words:
        return {"hoverinfo": "skip"}
    text = [f"step {t + 1}<br>gradient {plain(name, 60)}: {value:.3g}" for t, value in enumerate(np.asarray(norms))]
    return {"hovertext": text, "hoverinfo": "text"}


def _other(sheet: Sheet, name: str, norms: np.ndarray, decades: Decades) -> dict:
    theme = sheet.theme
    logs, _ = log_norms(np.asarray(norms, dtype=float), decades[0])
    return {
        "type": "scatter", "mode": "lines+markers" if sheet.room >= 20 else "lines", "y": logs.astype(np.float32),
        "x": sheet.x(np.arange(sheet.scene.length)).astype(np.float32), "cliponaxis": False,
        "line": {"color": fade(theme.gradient_text, 0.75), "width": 1.4, "dash": "dot"},
        "marker": {"color": theme.gradient_text, "size": 5, "symbol": "circle-open"}, **_told(sheet, name, norms),
    }  # fmt: skip


def axis(decades: Decades, theme: Theme, domain: list[float]) -> dict:
    """The second y axis: powers of ten, a rule at each of a few."""
    low, high = decades
    return {
        "domain": domain, "range": [low - 0.1 * (high - low), high + 0.1 * (high - low)], "fixedrange": True,
        "tickvals": ticks(decades), "showticklabels": False, "showgrid": True, "gridcolor": theme.line, "anchor": "x",
    }  # fmt: skip


def ticks(decades: Decades) -> list[int]:
    """At most four powers of ten."""
    low, high = decades
    return list(range(low, high + 1, max(1, -(-(high - low) // 3))))


def scale_notes(sheet: Sheet, decades: Decades) -> list[dict]:
    """The numbers of the axis at the right, what the floor is, and the name of the row at the left with whose gradient it is."""
    theme, (low, _) = sheet.theme, decades
    style = {"xref": "paper", "yref": "y2", "font": {"size": theme.px(10.5), "color": theme.quiet}}
    found = [
        note(power(decade), 1, decade, xanchor="left", xshift=6, yanchor="middle", **style)
        for decade in ticks(decades)[1:]
    ]
    found.append(note(f"{power(low)} or less", 1, low, xanchor="left", xshift=6, yanchor="middle", **style))
    name = f"gradient |∂{symbol('L')}/∂{symbol('h', 't')}|"
    middle = (decades[0] + decades[1]) / 2
    return [*found, note(f"{name}{_whose(sheet)}", 0, middle, xref="paper", yref="y2", xanchor="right", align="right",
                         xshift=-14 * theme.scale, font={"size": theme.px(13.5), "color": theme.ink})]  # fmt: skip


def _whose(sheet: Sheet) -> str:
    """Small lines that say which loss each line of the panel is the gradient of."""
    theme, lines = sheet.theme, []
    for rank, name in enumerate(sheet.scene.gradients):
        lines += textwrap.wrap(name if rank == 0 else f"dotted: {name}", 24)
    small = "<br>".join(plain(line, 30) for line in lines)
    return f'<br><span style="font-size:{theme.px(10.5)}px;color:{theme.quiet}">{small}</span>' if lines else ""
