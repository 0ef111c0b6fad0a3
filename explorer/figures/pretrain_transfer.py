"""What pre-training buys: accuracy over the number of labelled examples, a line for each way to use, or not to use, what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

HEIGHT = 400
SIDES = (50, 226, 28, 46)
OVERLAP = 0.0


@dataclass(frozen=True, eq=False)
class Line:
    """One method.

    Attributes
    ----------
    key, name : str
        One of "frozen", "tuned", "scratch", "glove", "guess" decides its look; and how it is called.
    examples, accuracy, low, high : numpy.ndarray
        (k,), NaN where it has not been measured yet.
    """

    key: str
    name: str
    examples: np.ndarray
    accuracy: np.ndarray
    low: np.ndarray
    high: np.ndarray


def looks(theme: Theme) -> dict[str, tuple[str, str]]:
    """Colour and dash of each method."""
    return {
        "tuned": (theme.forward, "solid"), "frozen": (theme.category(1), "dash"), "scratch": (theme.ink, "dot"), "glove": (theme.category(2), "dashdot"),
    }  # fmt: skip


@picture
def transfer_curves(lines: Sequence[Line], examples: Sequence[int], guess: float, theme: Theme, *, tall: float = HEIGHT) -> Spec:
    """Accuracy with its interval on held-out examples.

    Parameters
    ----------
    examples : sequence of int
        All numbers of labelled examples that there will be.
    guess : float
        What always naming the most frequent label gets.
    """
    scale = theme.scale
    layout = canvas(theme, tall * scale, tuple(side * scale for side in SIDES))
    low, high = (float(np.log10(max(one, 1))) for one in (min(examples, default=1), max(examples, default=10)))
    layout["xaxis"] = {
        "type": "log", "range": [low - 0.06, max(high, low + 0.3) + 0.03], "showline": True, "tickvals": list(examples), "ticktext": [f"{n:,}" for n in examples],
    }  # fmt: skip
    floor = _floor(lines, guess)
    layout["yaxis"] = {"range": [floor, 1], "showgrid": True, "dtick": 0.1 if floor > 0.45 else 0.2, "tickformat": ".0%", "fixedrange": True}
    data, ends = [], [(guess, f"the most frequent label {share_of(guess)}", theme.quiet)]
    for line in lines:
        colour, dash = looks(theme).get(line.key, (theme.quiet, "dot"))
        known = np.isfinite(line.accuracy)
        if known.any():
            data += _traces(line, known, colour, dash)
            last = float(line.accuracy[known][-1])
            ends.append((last, f"{plain(line.name, 26)} {share_of(last)}", colour))
    font = {"size": theme.px(12), "color": theme.quiet}
    layout["annotations"] = [
        *end_labels(ends, floor, 1, (tall - SIDES[2] - SIDES[3]) * scale, theme),
        note("held-out examples told right", 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-42 * scale, yshift=6, font=font),
        note("labelled examples", 1, 0, xref="paper", yref="paper", xanchor="right", yanchor="top", yshift=-26 * scale, font=font),
    ]  # fmt: skip
    layout["shapes"] = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": guess, "y1": guess, "layer": "below",
                         "line": {"color": theme.quiet, "width": 1, "dash": "dot"}}]  # fmt: skip
    return spec(data, layout)


def _floor(lines: Sequence[Line], guess: float) -> float:
    lows = [line.low[np.isfinite(line.low)] for line in lines]
    least = min([guess, *(float(low.min()) for low in lows if low.size)])
    return max(0.0, np.floor(10 * (least - 0.02)) / 10)


def _traces(line: Line, known: np.ndarray, colour: str, dash: str) -> list[dict]:
    x, low, value, high = (np.asarray(part, dtype=float)[known] for part in (line.examples, line.low, line.accuracy, line.high))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": x}
    hover = [
        f"{plain(line.name, 40)}, {n:,.0f} labelled: {100 * v:.1f} % (95 %: {100 * a:.1f} to {100 * b:.1f} %)"
        for n, a, v, b in zip(x, low, value, high, strict=True)
    ]
    return [
        {**edge, "y": low},
        {**edge, "y": high, "fill": "tonexty", "fillcolor": fade(colour, 0.1)},
        {"type": "scatter", "mode": "lines+markers", "x": x, "y": value, "line": {"color": colour, "width": 2.4, "dash": dash},
         "marker": {"size": 7, "color": colour}, "hovertext": hover, "hoverinfo": "text"},
    ]  # fmt: skip


def transfer_notice(lines: Sequence[Line], tested: int) -> str:
    """What pre-training gains over the same network from scratch, with few labels and with many, as far as it is more than chance."""
    by_key = {line.key: line for line in lines}
    if not {"tuned", "frozen", "scratch"} <= by_key.keys():
        return ""
    scratch = by_key["scratch"]
    measured = np.flatnonzero(np.isfinite(scratch.accuracy))
    both = [i for i in measured if any(np.isfinite(by_key[key].accuracy[i]) for key in ("tuned", "frozen"))]
    if not both:
        return ""
    told = [_compared(by_key, i) for i in dict.fromkeys([both[0], both[-1]])]
    return f"{' '.join(told)} Bands are 95 % intervals." + (f" Tested on {tested:,} held-out examples." if tested else "")


def _compared(lines: dict[str, Line], i: int) -> str:
    scratch = lines["scratch"]
    ways = [lines[key] for key in ("tuned", "frozen") if np.isfinite(lines[key].accuracy[i])]
    best = max(ways, key=lambda line: line.accuracy[i])
    said = (
        f"With {scratch.examples[i]:,.0f} labelled examples, {best.name} tells {share_of(float(best.accuracy[i]))} right, "
        f"{scratch.name} {share_of(float(scratch.accuracy[i]))}"
    )
    glove = lines.get("glove")
    if glove is not None and np.isfinite(glove.accuracy[i]):
        said += f", {glove.name} {share_of(float(glove.accuracy[i]))}"
    if best.low[i] > scratch.high[i]:
        return f"{said}: pre-training helps."
    if best.high[i] < scratch.low[i]:
        return f"{said}: here pre-training is in the way."
    return f"{said}: no difference beyond chance between pre-trained and from scratch."
