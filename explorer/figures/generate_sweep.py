"""What a knob of the rule does to the texts: surprise, repetition and invented words, with real text beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.generate_notices import percent
from explorer.figures.palette import Theme, plain

HEIGHT, ABOVE, BELOW = 300, 62, 48
GAP, LEFT = 0.07, 44
SHARES = ("repeated", "unheard")
TITLES = {"bits": "Bits per character", "repeated": "Said before", "unheard": "Words it never read"}
MARKS = ("circle", "square", "diamond", "cross")


@dataclass(frozen=True, eq=False)
class Sweep:
    """Texts at several settings of one knob.

    Attributes
    ----------
    knob : str
        How it is called.
    values : numpy.ndarray, (v,)
    columns : dict of str to numpy.ndarray, (models, v)
        "bits", "repeated" and "unheard"; NaN for what is not known yet.
    real : dict of str to numpy.ndarray, (models,) or (1,)
        The same of real text; NaN where it is not known.
    now : float
        Where the knob stands; outside the values it has no mark.
    """

    knob: str
    values: np.ndarray
    columns: dict[str, np.ndarray]
    real: dict[str, np.ndarray]
    now: float


@picture
def generate_sweep(sweep: Sweep, names: Sequence[str], theme: Theme) -> Spec:
    """Three panels over the settings of the knob, a line for each model, real text dotted.

    Parameters
    ----------
    names : sequence of str
        Of the models.
    """
    scale = theme.scale
    layout = canvas(theme, HEIGHT * scale, (LEFT * scale, 12, ABOVE * scale, BELOW * scale))
    data, notes, shapes = [], _legend(names, theme), []
    for i, column in enumerate(TITLES):
        axis = "" if i == 0 else str(i + 1)
        domain = _domain(i, len(TITLES))
        top = _top(column, sweep)
        layout[f"xaxis{axis}"] = {
            "domain": domain, "range": [-0.4, len(sweep.values) - 0.6], "tickvals": list(range(len(sweep.values))),
            "ticktext": [f"{value:g}" for value in sweep.values], "showline": True, "fixedrange": True, "anchor": f"y{axis}",
            "title": {"text": plain(sweep.knob).lower(), "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4},
        }  # fmt: skip
        layout[f"yaxis{axis}"] = {
            "range": [-0.03 * top, top], "fixedrange": True, "showgrid": True, "nticks": 5, "anchor": f"x{axis}",
            "tickformat": ".0%" if column in SHARES else "",
        }  # fmt: skip
        notes.append(_title(TITLES[column], domain[0], theme))
        data += [_line(sweep, column, row, name, axis, theme) for row, name in enumerate(names)]
        shapes += [*_real(sweep, column, axis, len(names), theme), *_now(sweep, axis, theme)]
    layout["annotations"], layout["shapes"] = notes, shapes
    return spec(data, layout)


def _domain(i: int, panels: int) -> list[float]:
    width = (1 - GAP * (panels - 1)) / panels
    return [i * (width + GAP), i * (width + GAP) + width]


def _top(column: str, sweep: Sweep) -> float:
    known = np.concatenate([sweep.columns[column].ravel(), sweep.real[column].ravel()])
    known = known[np.isfinite(known)]
    least = 0.1 if column in SHARES else 1.0
    return 1.08 * max(least, float(known.max()) if known.size else least)


def _line(sweep: Sweep, column: str, row: int, name: str, axis: str, theme: Theme) -> dict:
    form = "%{y:.1%}" if column in SHARES else "%{y:.2f}"
    colour = theme.category(row)
    return {
        "type": "scatter", "mode": "lines+markers", "x": np.arange(len(sweep.values), dtype=np.float32),
        "y": sweep.columns[column][row].astype(np.float32), "xaxis": f"x{axis}", "yaxis": f"y{axis}",
        "line": {"color": colour, "width": 2.2}, "marker": {"color": colour, "size": theme.px(7), "symbol": MARKS[row % 4]},
        "hovertemplate": f"{plain(name)}: {form}<extra></extra>",
    }  # fmt: skip


def _real(sweep: Sweep, column: str, axis: str, models: int, theme: Theme) -> list[dict]:
    values = sweep.real[column]
    colours = [theme.category(row) for row in range(models)] if len(values) == models else [theme.quiet]
    return [
        {"type": "line", "xref": f"x{axis} domain", "x0": 0, "x1": 1, "yref": f"y{axis}", "y0": float(value), "y1": float(value),
         "line": {"color": colour, "width": 1.4, "dash": "dot"}}
        for value, colour in zip(values, colours, strict=False) if np.isfinite(value)
    ]  # fmt: skip


def _now(sweep: Sweep, axis: str, theme: Theme) -> list[dict]:
    if not sweep.values[0] <= sweep.now <= sweep.values[-1]:
        return []
    order = np.arange(len(sweep.values))
    at = float(np.interp(sweep.now, sweep.values, order))
    line = {"color": theme.faint, "width": 1.2}
    return [{"type": "line", "xref": f"x{axis}", "x0": at, "x1": at, "yref": f"y{axis} domain", "y0": 0, "y1": 1, "line": line}]


def _legend(names: Sequence[str], theme: Theme) -> list[dict]:
    signs = "●■◆✚"
    parts = [f'<span style="color:{theme.category(i)}">{signs[i % 4]} {plain(name)}</span>' for i, name in enumerate(names)]
    text = "   ".join([*parts, f'<span style="color:{theme.quiet}">┄ real text</span>'])
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 38 * theme.scale}
    return [note(text, 0, 1, font={"size": theme.px(13), "color": theme.ink}, **style)]


def _title(text: str, left: float, theme: Theme) -> dict:
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 10 * theme.scale}
    return note(f"<b>{text}</b>", left, 1, font={"size": theme.px(13), "color": theme.ink}, **style)


def sweep_notice(sweep: Sweep, names: Sequence[str]) -> str:
    """What the two ends of the knob do, and where a text is as surprising as real text."""
    done = [row for row in range(len(names)) if np.isfinite(sweep.columns["bits"][row]).all()]
    if not done:
        return "Writing ... each model's line appears when it has written all its texts."
    again = _beyond_real(sweep, names, done, "repeated", 0, "repeat themselves", "more than real text repeats itself")
    new = _beyond_real(sweep, names, done, "unheard", -1, "write words that they never read", "more often than real text")
    said = f"{again[0]}: of runs of three words {again[1]} had been said before. {new[0]}: {new[1]}."
    return f"{said} {_as_surprising(sweep, names, done)}".rstrip()


def _beyond_real(sweep: Sweep, names: Sequence[str], done: Sequence[int], column: str, at: int, do: str, than: str) -> tuple[str, str]:
    """Which models do something more than real text does at one end of the knob, and how much each of them does it."""
    table, real = sweep.columns[column][:, at], float(sweep.real[column][0])
    more = [names[row].lower() for row in done if table[row] > real]
    who = " and ".join(more) if len(more) < len(done) else "they"
    shares = ", ".join(f"{names[row].lower()} {percent(float(table[row]))}" for row in done)
    where = f"At {sweep.knob.lower()} {sweep.values[at]:g}"
    return f"{where} {who or 'none'} {do} {than}" if np.isfinite(real) else where, f"{shares}; of real text {percent(real)}"


def _as_surprising(sweep: Sweep, names: Sequence[str], done: Sequence[int]) -> str:
    """Real text is never the likeliest: at which setting a model's own is as surprising to it (Holtzman et al. 2020)."""
    real, bits = sweep.real["bits"], sweep.columns["bits"]
    found = []
    for row in done:
        if len(real) <= row or not np.isfinite(real[row]):
            continue
        found.append(f"{names[row].lower()} {_where(sweep.values, bits[row] - real[row])}")
    if not found:
        return ""
    return f"What they write is as surprising to them as the pieces of real text that they know: {', '.join(found)}."


def _where(values: np.ndarray, above: np.ndarray) -> str:
    """The setting next to where a curve first crosses the line that it is so far `above` of, (v,)."""
    crossed = np.flatnonzero((above[:-1] <= 0) != (above[1:] <= 0))
    if not crossed.size:
        return "at no setting"
    i = int(crossed[0])
    return f"near {values[i + int(abs(above[i + 1]) < abs(above[i]))]:g}"
