"""What pre-training buys: accuracy over the number of labelled examples, a line for each way to use, or not to use, what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

HEIGHT = 400
SIDES = (50, 266, 28, 46)


@dataclass(frozen=True, eq=False)
class Line:
    """One method.

    Attributes
    ----------
    key, name : str
        One of "frozen", "tuned", "scratch", "glove_started", "glove_mean" decides its look; and how it is called.
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
        "tuned": (theme.forward, "solid"), "frozen": (theme.category(1), "dash"), "scratch": (theme.ink, "dot"),
        "glove_started": (theme.category(2), "dashdot"), "glove_mean": (theme.category(5), "longdash"),
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
            ends.append((last, f"{plain(line.name, 32)} {share_of(last)}", colour))
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
    """What each way gets with the fewest labels and with the most that all of them had."""
    known = np.all([np.isfinite(line.accuracy) for line in lines], axis=0)
    if not known.any():
        return ""
    places = np.flatnonzero(known)
    told = [_ranked(lines, int(i)) for i in dict.fromkeys([places[0], places[-1]])]
    return f"{' '.join(told)} The bands are 95 % intervals, for {tested:,} held-out texts."


def _ranked(lines: Sequence[Line], i: int) -> str:
    order = sorted(lines, key=lambda line: -line.accuracy[i])
    said = ", ".join(f"{_lower(line.name)} {share_of(float(line.accuracy[i]))}" for line in order)
    return f"With {lines[0].examples[i]:,.0f} labelled examples: {said}."


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def gain_notice(examples: np.ndarray, gain: np.ndarray, low: np.ndarray, high: np.ndarray) -> str:
    """By how much the fine-tuned network beats the same one from scratch, text by text, as far as it is more than chance.

    Parameters
    ----------
    examples, gain, low, high : numpy.ndarray
        (k,): numbers of labelled examples, and the difference of the accuracies with its 95 % interval.
    """
    known = np.flatnonzero(np.isfinite(gain))
    if not known.size:
        return ""
    told = [
        f"{100 * gain[i]:+.0f} points with {examples[i]:,} (95 %: {100 * low[i]:+.0f} to {100 * high[i]:+.0f})".replace("-", "−") for i in known
    ]
    sure, worse = (low[known] > 0).sum(), (high[known] < 0).sum()
    verdict = f"more than chance for {sure} of {len(known)} numbers of examples" if sure else "nowhere more than chance"
    verdict += f", and less than nothing for {worse}" if worse else ""
    return f"What pre-training buys the fine-tuned network over the same one from scratch: {', '.join(told)}; {verdict}."
