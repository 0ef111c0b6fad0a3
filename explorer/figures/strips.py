"""Heat strips, units x time: hidden states, memory and gates."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, symbol
from explorer.figures.rows import Row

ARROWS = ("→", "←")
GATES = {
    "lstm": (("forget", "f"), ("input", "i"), ("candidate", "c̃"), ("output", "o")),
    "gru": (("reset", "r"), ("update", "z"), ("candidate", "h̃")),
}
"""Gates in the order in which the cell uses them, with their symbols."""
ENDS = {"update": ("renew", "keep")}
"""What 0 and 1 mean, where it is not closed and open."""
MANY = 12_000
"""A strip of more values than this is sent in a coarser form."""
GATE_NAMES = {
    "forget": "forget gate", "input": "input gate", "output": "output gate", "candidate": "new content",
    "reset": "reset gate", "update": "update gate",
}  # fmt: skip


def hidden_rows(moment: Moment, theme: Theme, ranges: Ranges) -> list[Row]:
    """One strip of h_t for each layer, the top layer first, and for each direction."""
    bound = 1.0 if moment.activation == "tanh" else ranges.hidden
    return _state_rows(moment.arrays["hidden"], "hidden state", "h", bound, theme, 104)


def cell_rows(moment: Moment, theme: Theme, ranges: Ranges, layer: int = -1) -> list[Row]:
    """One strip of one layer's c_t for each direction; none for cells that are not LSTMs."""
    if "cell" not in moment.arrays:
        return []
    cell = moment.arrays["cell"]
    shown = range(cell.shape[0])[layer]
    return _state_rows(cell, "memory", "c", ranges.cell, theme, 72, [shown])


def _state_rows(
    states: np.ndarray,
    name: str,
    letter: str,
    bound: float,
    theme: Theme,
    height: float,
    shown: list[int] | None = None,
) -> list[Row]:
    layers, directions, _, units = states.shape
    shown = list(reversed(range(layers))) if shown is None else shown
    several = layers * directions > 1
    rows = []
    for layer in shown:
        for direction in range(directions):
            which = f"layer {layer + 1}" * (layers > 1)
            if directions > 1:
                which = f"{which or 'reads'} {ARROWS[direction]}"
            heat = strip(states[layer, direction].T, (-bound, bound), theme.diverging, theme, f"{name} of unit")
            row = Row(f"{name} {symbol(letter, 't')}", height, [heat], unit_axis(units), f"{units} units")
            if several:
                row.height = min(max(1.6 * height / (len(shown) * directions), 30.0), height)
                row.name, row.remark = (
                    _small(which, theme) + f"  {row.name.split()[0]} {symbol(letter, 't')}",
                    "",
                )
                row.gap = 10 if direction == 0 and rows else 2 if direction else 6
            rows.append(row)
    return rows


def _small(words: str, theme: Theme) -> str:
    return f'<span style="font-size:{theme.px(11)}px;color:{theme.quiet}">{words}</span>'


def gate_rows(moment: Moment, theme: Theme, layer: int = -1) -> list[Row]:
    """One strip for each gate of one layer, from closed (0) to open (1); new content diverges around 0."""
    rows, layers = [], moment.arrays["hidden"].shape[0]
    for gate, letter in GATES.get(moment.cell, ()):
        values = moment.arrays.get(f"gate/{gate}")
        if values is None:
            continue
        directions, units = values.shape[1], values.shape[3]
        for direction in range(directions):
            way = f" {ARROWS[direction]}" * (directions > 1)
            name = f"{GATE_NAMES[gate]} {symbol(letter, 't')}{way}"
            if layers > 1:  # shorter, so that the layer's number has room beside it
                which = _small(f"layer {range(layers)[layer] + 1}{way}", theme)
                name = f"{which}  {GATE_NAMES[gate].split()[0]} {symbol(letter, 't')}"
            heat = _gate_strip(values[layer, direction].T, gate, theme)
            rows.append(Row(name, 40 if directions == 1 else 26, [heat], unit_axis(units)))
    return rows


def _gate_strip(values: np.ndarray, gate: str, theme: Theme) -> dict:
    label = f"{GATE_NAMES[gate]} of unit"
    if gate == "candidate":
        return strip(values, (-1.0, 1.0), theme.diverging, theme, label)
    return strip(values, (0.0, 1.0), theme.shades(theme.gate(gate)), theme, label, ENDS.get(gate, ("closed", "open")))


def strip(
    values: np.ndarray,
    bounds: tuple[float, float],
    colours: list,
    theme: Theme,
    label: str,
    ends: tuple[str, str] | None = None,
) -> dict:
    """A heat map of values (units, T) with its key: a thin bar at the right, as tall as the strip.

    Strips of very many values travel as whole per cents of their bound, in a quarter of the bytes.
    """
    units, length = values.shape
    low, high = (number(bounds[0]), number(bounds[1])) if ends is None else ends
    bound, shown, kind = 1.0, "%{z:.3f}", np.float32
    if units * length > MANY:
        bound = max(abs(bounds[0]), abs(bounds[1])) / 100
        shown, kind = "%{z} %" if bound == 0.01 else f"%{{z}} % of {number(100 * bound)}", np.int8
        values = np.rint(np.clip(np.nan_to_num(values / bound), -127, 127))
    return {
        "type": "heatmap",
        "z": np.ascontiguousarray(values, dtype=kind),
        "x": numbered(length),
        "y": numbered(units),
        "zmin": bounds[0] / bound,
        "zmax": bounds[1] / bound,
        "colorscale": colours,
        "xgap": 3 if length <= 16 else 0,
        "hoverongaps": False,
        "hovertemplate": f"%{{x}}<br>{label} %{{y}}: {shown}<extra></extra>",
        "colorbar": {"ticktext": [low, high]},
    }


def unit_axis(units: int) -> dict:
    """A y axis of units counted from 1, without ticks."""
    return {"range": [0.5, units + 0.5], "showticklabels": False, "hoverformat": "d"}


def numbered(length: int) -> np.ndarray:
    """1, 2, ... length."""
    return np.arange(1, length + 1, dtype=np.int32)
