"""Two sentences that differ in one early word: how far the memory tells them apart, and how much the loss asks about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, number, picture, spec
from explorer.figures.decades import Decades, colour_decades, decade_axis
from explorer.figures.naming import at_step, share_of
from explorer.figures.palette import Theme, fade, plain, symbol

LEFT, RIGHT, ABOVE, BELOW = 150, 120, 78, 14
FORWARD, BACKWARD = (0.56, 1.0), (0.0, 0.44)
"""Parts of the height, from the bottom, that the two rows take."""
MOST_DECADES = 12
CROWDED = 30
"""More steps than this are written smaller."""


@dataclass(frozen=True, eq=False)
class TwoReadings:
    """One network's readings of both sentences.

    Attributes
    ----------
    key, name : str
    forward : numpy.ndarray
        |h_t - h'_t|, (T,).
    backward : numpy.ndarray
        |dL/dh_t| of the first sentence, (T,).
    """

    key: str
    name: str
    forward: np.ndarray
    backward: np.ndarray


@picture
def two_readings(
    one: Sequence[str], other: Sequence[str], networks: Sequence[TwoReadings], theme: Theme, *, height: float = 460
) -> Spec:
    """Both sentences above one time axis; below each word the distance of the memories, and the gradient.

    Parameters
    ----------
    one, other : sequence of str
        What is read at each of the T steps that both have.
    networks : sequence of TwoReadings
    """
    length = min(len(one), len(other))
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, BELOW)), hovermode="x")
    layout["xaxis"] = {"range": [0.5, length + 0.5], "showticklabels": False, "hoverformat": "d"}
    rows = {"y": (FORWARD, _axis([n.forward for n in networks])), "y2": (BACKWARD, _axis([n.backward for n in networks]))}
    for name, (domain, axis) in rows.items():
        layout[f"yaxis{name[1:]}"] = decade_axis(axis, 4, domain=list(domain), side="right")
    data = [_line(n, getattr(n, what), rows[y][1], y, said, theme)
            for y, what, said in (("y", "forward", "apart"), ("y2", "backward", "gradient")) for n in networks]  # fmt: skip
    parting = next((i for i in range(length) if one[i] != other[i]), 0)
    layout["shapes"] = [_column(parting, theme)]
    layout["annotations"] = [
        *_words(one[:length], other[:length], theme), *_names(theme), *_ends(networks, "forward", rows["y"], "y", height, theme),
        *_ends(networks, "backward", rows["y2"], "y2", height, theme),
    ]  # fmt: skip
    return spec(data, layout)


def _axis(norms: Sequence[np.ndarray]) -> Decades:
    """Those that occur, but no more than what can matter."""
    return colour_decades(np.concatenate([np.ravel(one) for one in norms]), MOST_DECADES)


def _line(network: TwoReadings, values: np.ndarray, axis: Decades, y: str, said: str, theme: Theme) -> dict:
    values = np.asarray(values, dtype=float)
    colour, floored = theme.architecture(network.key), axis.place(values) <= axis.low
    return {
        "type": "scatter", "mode": "lines+markers", "x": np.arange(1, len(values) + 1, dtype=np.float32), "yaxis": y,
        "y": np.where(values == 0, np.nan, axis.place(values)).astype(np.float32), "customdata": values,
        "line": {"color": colour, "width": 2.4},
        "marker": {"color": colour, "size": 7 if len(values) <= CROWDED else 4,
                   "symbol": np.where(floored, "triangle-down-open", "circle")},
        "hovertemplate": f"{network.name} {said}: %{{customdata:.3g}}<extra></extra>",
    }  # fmt: skip


def _column(parting: int, theme: Theme) -> dict:
    """The step at which the sentences part."""
    shade = {"fillcolor": fade(theme.forward, 0.09), "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", "x0": parting + 0.5, "x1": parting + 1.5, "yref": "paper", "y0": 0, "y1": 1, **shade}


def _words(one: Sequence[str], other: Sequence[str], theme: Theme) -> list[dict]:
    """The two sentences, one above the other; where they differ, in bold."""
    size = 14 if len(one) <= 12 else 12 if len(one) <= CROWDED else 9.5
    found = []
    for shift, words, beside in ((40, one, other), (14, other, one)):
        for i, word in enumerate(words):
            differs = word != beside[i]
            shown = plain(word, 14)
            font = {"size": theme.px(size), "color": theme.ink if differs or shift == 40 else theme.quiet}
            found.append(note(f"<b>{shown}</b>" if differs else shown, i + 1, 1, yref="paper", yanchor="middle",
                              yshift=shift * theme.scale, font=font))  # fmt: skip
    return found


def _names(theme: Theme) -> list[dict]:
    style = {"xref": "paper", "yref": "paper", "xanchor": "right", "xshift": -14, "align": "right"}
    big, small = {"size": theme.px(13), "color": theme.ink}, f"font-size:{theme.px(11)}px;color:{theme.quiet}"
    rows = (
        (f"|{symbol('h', 't')} − {symbol('h′', 't')}|", "forward: how far the<br>memories are apart", FORWARD),
        (f"|∂{symbol('L')}/∂{symbol('h', 't')}|", "backward: how much<br>the answer's loss asks", BACKWARD),
    )
    found = [
        note(f'{name}<br><span style="{small}">{said}</span>', 0, (row[0] + row[1]) / 2, yanchor="middle", font=big, **style)
        for name, said, row in rows
    ]
    quiet = {"size": theme.px(12), "color": theme.quiet}
    return [
        *found, note("first sentence", 0, 1, yanchor="middle", yshift=40 * theme.scale, font=quiet, **style),
        note("second sentence", 0, 1, yanchor="middle", yshift=14 * theme.scale, font=quiet, **style),
    ]  # fmt: skip


def _ends(networks: Sequence[TwoReadings], what: str, row: tuple, y: str, height: float, theme: Theme) -> list[dict]:
    (low, high), axis = row
    ends = []
    for network in networks:
        last = float(np.asarray(getattr(network, what))[-1])
        place = float(np.nan_to_num(axis.place(np.array([last]))[0], nan=axis.top))
        ends.append((place, f"{network.name} {number(last)}", theme.architecture(network.key)))
    pixels = (height - (ABOVE + BELOW) * theme.scale) * (high - low)
    return [one | {"yref": y, "xshift": 40 * theme.scale} for one in end_labels(ends, axis.bottom, axis.top, pixels, theme, 11.5)]


def readings_notice(one: Sequence[str], other: Sequence[str], networks: Sequence[TwoReadings]) -> str:
    """What of the difference lives on, and whether the loss asks about it."""
    length = min(len(one), len(other))
    parting = next((i for i in range(length) if one[i] != other[i]), 0)
    told = []
    for network in networks:
        begun, left = float(network.forward[parting]), float(network.forward[length - 1])
        told.append(f"{share_of(left / begun) if begun > 0 else 'nothing'} in the {network.name}")
    after = length - 1 - parting
    asked = max(networks, key=lambda n: float(n.backward[parting]))
    where = at_step(one, parting)
    return (
        f"The sentences part at {where}. {after} {'step' if after == 1 else 'steps'} later, of the difference this is left in the memory: "
        f"{', '.join(told)}. About the state at {where} the loss asks most in the {asked.name} ({number(float(asked.backward[parting]))}): "
        "forward and backward are the same chain of Jacobians, read from its two ends."
    )
