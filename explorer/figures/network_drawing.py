"""The unrolled network as a drawing: one column for each time step, states as coloured strips, arrows between them.

Everything stands on one axis of time and one of pixels. A click names the step and, on a strip, the unit: see `place`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.figures.canvas import canvas, figure, number
from explorer.figures.ledger import raised, short, signed, tabular
from explorer.figures.palette import Theme, fade, plain, symbol

MOST_COLUMNS = 12
"""Longer sequences show the steps around the chosen one."""
HALF = 0.2
"""Half the width of a strip, in columns."""
WORDS, BELOW, BETWEEN, ABOVE = 50, 30, 26, 46
"""Pixels for the words, below the lowest strip, between two strips, and for the predictions."""
STRIPS = {1: 132, 2: 84, 3: 62}
"""Height of a strip, by the number of layers."""
CODE = 1000
"""A place is named by step * CODE + unit; unit 0 is the whole column."""


@dataclass(frozen=True, eq=False)
class Reading:
    """One example as one direction of a network reads it.

    Attributes
    ----------
    words : sequence of str
        What is read at each of the T steps.
    states, gradients : Array
        h_t and the total dL/dh_t, (layers, T, units).
    answers : sequence of (str, str)
        What it expects after each step, and how surely; empty strings where nothing is said.
    expected : sequence of str
        What is right; "" where nothing is scored.
    added : Array
        Norm of what the loss adds at each step to the top layer's state, (T,).
    bound : float
        Of the states' colours.
    reverse : bool
        Whether it reads from the right.
    """

    words: Sequence[str]
    states: np.ndarray
    gradients: np.ndarray
    answers: Sequence[tuple[str, str]]
    expected: Sequence[str]
    added: np.ndarray
    bound: float = 1.0
    reverse: bool = False

    @property
    def length(self) -> int:
        """T."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Place:
    """What is chosen: step, layer and unit, counted from 0."""

    step: int
    layer: int
    unit: int


def place(code: float) -> tuple[int, int | None]:
    """Step and unit (None: only the column) of a click, counted from 0."""
    step, unit = divmod(int(code), CODE)
    return step - 1, unit - 1 if unit else None


def window(length: int, step: int) -> range:
    """The steps that are drawn."""
    start = min(max(step - MOST_COLUMNS // 2, 0), max(length - MOST_COLUMNS, 0))
    return range(start, min(start + MOST_COLUMNS, length))


class _Sheet:
    """Where everything stands, in pixels from the bottom."""

    def __init__(self, reading: Reading, at: Place, theme: Theme) -> None:
        self.reading, self.at, self.theme = reading, at, theme
        self.layers, _, self.units = reading.states.shape
        self.steps = window(reading.length, at.step)
        self.strip = STRIPS[self.layers] * (1.0 if theme.scale == 1 else 1.15)
        self.words, self.above = WORDS * theme.scale, ABOVE * theme.scale
        self.top = self.bottom(self.layers - 1) + self.strip + BETWEEN
        self.height = self.top + self.above

    def bottom(self, layer: int) -> float:
        return self.words + BELOW + layer * (self.strip + BETWEEN)

    def cell(self, layer: int, unit: int) -> tuple[float, float]:
        tall = self.strip / self.units
        return self.bottom(layer) + unit * tall, self.bottom(layer) + (unit + 1) * tall


def network_drawing(
    reading: Reading, at: Place, theme: Theme, *, backward: bool = False, width: float = 900
) -> go.Figure:
    """Words below, states as strips with arrows through time, expectations on top; or the gradient on its way back.

    Parameters
    ----------
    at : Place
        The chosen step, layer and unit: outlined.
    backward : bool
        Draw dL/dh_t in orange on a log scale, and the arrows from right to left.
    width : float
        Expected pixels; decides how many letters fit.
    """
    sheet = _Sheet(reading, at, theme)
    left, right = 104 * theme.scale, 58 * theme.scale
    layout = canvas(theme, sheet.height + 8, (left, right, 4, 4))
    low, high = sheet.steps.start + 0.5, sheet.steps.stop + 0.5
    layout["xaxis"] = {"range": [low - 0.1, high], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0, sheet.height], "fixedrange": True, "showticklabels": False}
    layout["shapes"] = _outlines(sheet, backward)
    room = (width - left - right) / max(len(sheet.steps), 1)
    layout["annotations"] = _names(sheet, backward) + _chosen(sheet, backward)
    data = [_ground(sheet)]
    data += [_strip(sheet, layer, backward) for layer in range(sheet.layers)]
    data += _arrows(sheet, backward)
    data += _texts(sheet, room, backward)
    return figure(data, layout)


def _ground(sheet: _Sheet) -> dict:
    """Invisible bars that make whole columns clickable wherever there is no strip."""
    bands = [(0.0, sheet.bottom(0))]
    bands += [(sheet.bottom(k) + sheet.strip, BETWEEN) for k in range(sheet.layers - 1)]
    bands.append((sheet.top - BETWEEN, BETWEEN + sheet.above))
    places = [(t, base, tall) for base, tall in bands for t in sheet.steps]
    return {
        "type": "bar", "width": 1, "hoverinfo": "none", "marker": {"color": "rgba(0,0,0,0)"},
        "x": np.array([t + 1 for t, _, _ in places], dtype=np.int32),
        "base": np.array([base for _, base, _ in places], dtype=np.float32),
        "y": np.array([tall for _, _, tall in places], dtype=np.float32),
        "customdata": np.array([(t + 1) * CODE for t, _, _ in places], dtype=np.int32),
    }  # fmt: skip


def _strip(sheet: _Sheet, layer: int, backward: bool) -> dict:
    """All strips of one layer in one heat map, with gaps between the columns."""
    reading, theme, steps = sheet.reading, sheet.theme, list(sheet.steps)
    values = (reading.gradients if backward else reading.states)[layer, steps].T
    shown, scale = _as_colours(values, reading, theme, layer, backward)
    z = np.full((sheet.units, 2 * len(steps) - 1), np.nan, dtype=np.float32)
    codes = np.zeros(z.shape, dtype=np.int32)
    z[:, ::2] = shown
    codes[:, ::2] = (np.array(steps) + 1) * CODE + np.arange(1, sheet.units + 1)[:, None]
    text = np.full(z.shape, "", dtype=object)
    sign = "∂L/∂h" if backward else "h"
    text[:, ::2] = [
        [f"{plain(reading.words[t])} · unit {k + 1}<br>{sign} = {_exact(values[k, i])}" for i, t in enumerate(steps)]
        for k in range(sheet.units)
    ]
    base, tall = sheet.bottom(layer), sheet.strip
    return {
        "type": "heatmap", "z": z, "zmin": scale["low"], "zmax": scale["high"], "colorscale": scale["colours"],
        "x": np.concatenate([[t + 1 - HALF, t + 1 + HALF] for t in steps]).astype(np.float32),
        "y": np.linspace(base, base + tall, sheet.units + 1, dtype=np.float32),
        "ygap": 1 if sheet.strip / sheet.units > 5 else 0, "hoverongaps": False,
        "customdata": codes, "text": text.tolist(), "hovertemplate": "%{text}<extra></extra>",
        "showscale": layer == sheet.layers - 1,
        "colorbar": {
            "y": (base + tall / 2) / sheet.height, "len": tall / sheet.height, "xpad": 14,
            "tickvals": scale["ticks"], "ticktext": scale["words"],
        },
    }  # fmt: skip


def _as_colours(
    values: np.ndarray, reading: Reading, theme: Theme, layer: int, backward: bool
) -> tuple[np.ndarray, dict]:
    if not backward:
        bound = reading.bound
        inset = 0.9 * bound
        scale = {"low": -bound, "high": bound, "colours": theme.diverging, "ticks": [-inset, 0, inset]}
        return values, scale | {"words": [number(-bound), "0", number(bound)]}
    sizes = np.abs(reading.gradients[np.isfinite(reading.gradients)])
    high = float(np.ceil(np.log10(max(sizes.max(initial=0.0), 1e-12))))
    low = high - 4.0
    with np.errstate(divide="ignore"):
        logs = np.clip(np.log10(np.abs(values)), low, high)
    words = [raised(int(low)), raised(int(high))]
    return logs, {
        "low": low,
        "high": high,
        "colours": theme.sequential,
        "ticks": [low + 0.3, high - 0.3],
        "words": words,
    }


def _exact(value: float) -> str:
    return f"{value:+.6g}".replace("-", "−")


def _outlines(sheet: _Sheet, backward: bool) -> list[dict]:
    """The chosen column, every strip, and the chosen unit."""
    theme, at = sheet.theme, sheet.at
    lead = theme.gradient if backward else theme.forward
    shapes = [{
        "type": "rect", "x0": at.step + 0.52, "x1": at.step + 1.48, "y0": 0, "y1": sheet.height, "layer": "below",
        "line": {"width": 0}, "fillcolor": fade(lead, 0.09),
    }]  # fmt: skip
    for layer in range(sheet.layers):
        for t in sheet.steps:
            here = t == at.step and layer == at.layer
            shapes.append({
                "type": "rect", "x0": t + 1 - HALF, "x1": t + 1 + HALF,
                "y0": sheet.bottom(layer), "y1": sheet.bottom(layer) + sheet.strip,
                "line": {"width": 1.8 if here else 1, "color": theme.ink if here else theme.line},
            })  # fmt: skip
    low, high = sheet.cell(at.layer, at.unit)
    middle, half = (low + high) / 2, max((high - low) / 2, 3.0)
    shapes.append({
        "type": "rect", "x0": at.step + 1 - HALF - 0.03, "x1": at.step + 1 + HALF + 0.03,
        "y0": middle - half, "y1": middle + half, "line": {"width": 2.2, "color": lead},
    })  # fmt: skip
    return shapes


def _arrows(sheet: _Sheet, backward: bool) -> list[dict]:
    """Lines with heads: through time from strip to strip, up from the word and to the expectation (or down from the loss)."""
    theme, at, reading = sheet.theme, sheet.at, sheet.reading
    lead = theme.gradient if backward else theme.forward
    bright, dim = _Arrows(lead, 2.4), _Arrows(fade(lead, 0.55) if backward else theme.faint, 1.4)
    leftwards = reading.reverse != backward
    before = at.step + 1 if reading.reverse else at.step - 1
    for layer in range(sheet.layers):
        y = sheet.bottom(layer) + sheet.strip / 2
        for t in sheet.steps[:-1]:
            mine = {t, t + 1} == {before, at.step} and layer == at.layer
            (bright if mine else dim).across(t + 1, t + 2, y, leftwards)
        for t in sheet.steps:
            mine = t == at.step and layer == at.layer
            if backward and layer:
                dim.down(t + 1, sheet.bottom(layer) - 3, sheet.bottom(layer) - BETWEEN + 3)
            elif not backward:
                (bright if mine else dim).up(t + 1, sheet.bottom(layer) - BELOW + 4, sheet.bottom(layer) - 3)
    for t in sheet.steps:
        y = sheet.top - BETWEEN
        if not backward and reading.answers[t][0]:
            (bright if t == at.step and at.layer == sheet.layers - 1 else dim).up(t + 1, y + 3, y + BETWEEN - 2)
        elif backward and reading.added[t] > 0:
            (bright if t == at.step else dim).down(t + 1, y + BETWEEN, y + 4)
    return [*dim.traces(), *bright.traces()]


class _Arrows:
    """Many arrows of one colour as two traces."""

    def __init__(self, colour: str, width: float) -> None:
        self.colour, self.width = colour, width
        self.x: list[float] = []
        self.y: list[float] = []
        self.heads: list[tuple[float, float, str]] = []

    def _line(self, x0: float, y0: float, x1: float, y1: float, head: str) -> None:
        self.x += [x0, x1, np.nan]
        self.y += [y0, y1, np.nan]
        self.heads.append((x1, y1, head))

    def across(self, left: float, right: float, y: float, leftwards: bool) -> None:
        start, end = left + HALF + 0.06, right - HALF - 0.08
        if leftwards:
            self._line(end + 0.02, y, start + 0.02, y, "triangle-left")
        else:
            self._line(start, y, end, y, "triangle-right")

    def up(self, x: float, y0: float, y1: float) -> None:
        self._line(x, y0, x, y1 - 4, "triangle-up")

    def down(self, x: float, y0: float, y1: float) -> None:
        self._line(x, y0, x, y1 + 4, "triangle-down")

    def traces(self) -> list[dict]:
        if not self.heads:
            return []
        line = {"type": "scatter", "mode": "lines", "x": np.array(self.x), "y": np.array(self.y), "hoverinfo": "skip",
                "line": {"color": self.colour, "width": self.width}}  # fmt: skip
        head = {"type": "scatter", "mode": "markers", "hoverinfo": "skip",
                "x": np.array([x for x, _, _ in self.heads]), "y": np.array([y for _, y, _ in self.heads]),
                "marker": {"symbol": [s for _, _, s in self.heads], "size": 4 + 2 * self.width, "color": self.colour}}  # fmt: skip
        return [line, head]


def _texts(sheet: _Sheet, room: float, backward: bool) -> list[dict]:
    theme, reading = sheet.theme, sheet.reading
    size = min(18 * theme.scale, max(10.0, 1.5 * room / max(max(len(reading.words[t]) for t in sheet.steps), 6)))
    letters = max(int(room / (0.5 * size)), 2)
    words = [(t + 1, 0.66 * sheet.words, plain(reading.words[t], letters), _ink(sheet, t)) for t in sheet.steps]
    steps = [(t + 1, 0.2 * sheet.words, f"{t + 1}", theme.quiet) for t in sheet.steps]
    found = [_text(words, size, sheet), _text(steps, theme.px(11), sheet)]
    if backward:
        norms = np.linalg.norm(reading.gradients[sheet.at.layer], axis=-1)
        y = sheet.bottom(0) - 0.45 * BELOW
        sizes = [(t + 1, y, short(norms[t]), theme.gradient_text) for t in sheet.steps]
        found.append(_text(sizes, theme.px(12), sheet))
    fit = max(int(room / (0.52 * theme.px(14))), 3)
    top = [
        (t + 1, sheet.top + 0.66 * sheet.above, _answer(reading, t, fit, backward), _ink(sheet, t)) for t in sheet.steps
    ]
    below = [(t + 1, sheet.top + 0.24 * sheet.above, _surely(reading, t, backward), theme.quiet) for t in sheet.steps]
    return [*found, _text(top, theme.px(14), sheet), _text(below, theme.px(12), sheet)]


def _ink(sheet: _Sheet, t: int) -> str:
    return sheet.theme.ink if t == sheet.at.step else fade(sheet.theme.ink, 0.72)


def _answer(reading: Reading, t: int, letters: int, backward: bool) -> str:
    if backward:
        return plain(reading.expected[t], letters) if reading.added[t] > 0 and reading.expected[t] else ""
    word = reading.answers[t][0]
    right = bool(word) and word == reading.expected[t]
    return (plain(word, letters - right) + ("&#8201;✓" if right else "")) if word else ""


def _surely(reading: Reading, t: int, backward: bool) -> str:
    if backward:
        return "loss" if reading.added[t] > 0 else ""
    return reading.answers[t][1]


def _text(items: list[tuple[float, float, str, str]], size: float, sheet: _Sheet) -> dict:
    return {
        "type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "none",
        "x": np.array([x for x, _, _, _ in items]), "y": np.array([y for _, y, _, _ in items]),
        "text": [text for _, _, text, _ in items], "customdata": np.array([x * CODE for x, _, _, _ in items]),
        "textfont": {"size": round(size, 1), "color": [ink for _, _, _, ink in items]},
    }  # fmt: skip


def _names(sheet: _Sheet, backward: bool) -> list[dict]:
    """What the rows are, at the left."""
    theme = sheet.theme
    letter = symbol("h", "t")
    state = f"gradient<br>∂{symbol('L')}/∂{letter}" if backward else f"hidden<br>state {letter}"
    rows = [("reads" + "<br>" + _faint("step", theme), 0.46 * sheet.words)]
    for layer in range(sheet.layers):
        name = (
            f"layer {layer + 1}<br>{letter if not backward else state.split('<br>')[1]}" if sheet.layers > 1 else state
        )
        rows.append((name, sheet.bottom(layer) + sheet.strip / 2))
    if backward:
        rows.append((_faint("its length", theme), sheet.bottom(0) - 0.45 * BELOW))
        rows.append(("the loss<br>wants", sheet.top + 0.45 * sheet.above))
    else:
        rows.append(("expects", sheet.top + 0.45 * sheet.above))
    return [
        {"text": text, "xref": "paper", "x": 0, "y": y, "xanchor": "right", "yanchor": "middle", "align": "right",
         "xshift": -12 * theme.scale, "showarrow": False, "font": {"size": theme.px(13), "color": theme.ink}}
        for text, y in rows
    ]  # fmt: skip


def _faint(words: str, theme: Theme) -> str:
    return f'<span style="font-size:{theme.px(11)}px;color:{theme.quiet}">{words}</span>'


def _chosen(sheet: _Sheet, backward: bool) -> list[dict]:
    """The chosen unit's number beside its cell."""
    theme, at = sheet.theme, sheet.at
    value = (sheet.reading.gradients if backward else sheet.reading.states)[at.layer, at.step, at.unit]
    low, high = sheet.cell(at.layer, at.unit)
    text = short(float(value)) if backward else signed(float(value), places=2)
    return [{
        "text": f"<b>{tabular(text)}</b>", "x": at.step + 1 + HALF, "y": (low + high) / 2, "xanchor": "left",
        "xshift": 5, "yanchor": "middle", "showarrow": False, "bgcolor": fade(theme.background, 0.85), "borderpad": 1,
        "font": {"size": theme.px(13), "color": theme.gradient_text if backward else theme.ink},
    }]  # fmt: skip
