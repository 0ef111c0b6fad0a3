"""The unrolled network as a drawing: one column for each time step, states as coloured strips, arrows between them.

Everything stands on one axis of time and one of pixels. A click names the step and, on a strip, the unit: see
`explorer.figures.reading.place`.
"""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, number, picture, spec
from explorer.figures.drawing_sheet import BELOW, BETWEEN, HALF, Arrows, Sheet
from explorer.figures.drawing_words import chosen, names, texts
from explorer.figures.ledger import raised
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.reading import CODE, Place, Reading


@picture
def network_drawing(reading: Reading, at: Place, theme: Theme, *, backward: bool = False, width: float = 900) -> Spec:
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
    sheet = Sheet(reading, at, theme)
    left, right = 104 * theme.scale, 58 * theme.scale
    layout = canvas(theme, sheet.height + 8, (left, right, 4, 4))
    low, high = sheet.steps.start + 0.5, sheet.steps.stop + 0.5
    layout["xaxis"] = {"range": [low - 0.1, high], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0, sheet.height], "fixedrange": True, "showticklabels": False}
    layout["shapes"] = _outlines(sheet, backward)
    room = (width - left - right) / max(len(sheet.steps), 1)
    layout["annotations"] = names(sheet, backward) + chosen(sheet, backward)
    data = [_ground(sheet)]
    data += [_strip(sheet, layer, backward) for layer in range(sheet.layers)]
    data += _arrows(sheet, backward)
    data += texts(sheet, room, backward)
    return spec(data, layout)


def _ground(sheet: Sheet) -> dict:
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


def _strip(sheet: Sheet, layer: int, backward: bool) -> dict:
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


def _outlines(sheet: Sheet, backward: bool) -> list[dict]:
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


def _arrows(sheet: Sheet, backward: bool) -> list[dict]:
    """Lines with heads: through time from strip to strip, up from the word and to the expectation (or down from the loss)."""
    theme, at, reading = sheet.theme, sheet.at, sheet.reading
    lead = theme.gradient if backward else theme.forward
    bright, dim = Arrows(lead, 2.4), Arrows(fade(lead, 0.55) if backward else theme.faint, 1.4)
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
