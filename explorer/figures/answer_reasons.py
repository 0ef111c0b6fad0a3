"""Why these words were marked, and how sure that is: candidates, evidence, and whether the confidence can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, fade, plain

ROW, HEAD = 27, 30


@picture
def candidate_bars(candidates: Sequence[tuple[str, float, float, float]], theme: Theme) -> Spec:
    """The words that came into question.

    Parameters
    ----------
    candidates : sequence of (words, closeness, fitness, score)
        The best first.
    """
    row, head = ROW * theme.scale, HEAD * theme.scale
    left, right = 190 * theme.scale, 108 * theme.scale
    layout = canvas(theme, row * max(len(candidates), 1) + head + 6, (left, right, head, 6))
    scores = np.array([one[3] for one in candidates], dtype=np.float32)
    low = float(scores.min(initial=0.0)) - 0.05 if len(scores) else 0.0
    layout["xaxis"] = {"range": [low, float(scores.max(initial=1.0)) + 0.01], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {"range": [len(candidates) - 0.5, -0.5], "showticklabels": False, "fixedrange": True}
    size = {"size": theme.px(11.5), "color": theme.quiet}
    over = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 6, "font": size}
    layout["annotations"] = [
        note("words", 0, 1, xanchor="right", xshift=-12, **over), note("score", 0, 1, xanchor="left", **over),
        note("near", 1, 1, xanchor="right", xshift=48 * theme.scale, **over), note("suits", 1, 1, xanchor="right", xshift=96 * theme.scale, **over),
    ]  # fmt: skip
    for i, (words, near, suits, _) in enumerate(candidates):
        text = plain(words, 25)
        line = {"xref": "paper", "yanchor": "middle"}
        quiet = {"size": theme.px(12.5), "color": theme.quiet}
        layout["annotations"] += [
            note(f"<b>{text}</b>" if i == 0 else text, 0, i, xanchor="right", xshift=-12, font={"size": theme.px(13.5), "color": theme.ink}, **line),
            note(hundredths(near), 1, i, xanchor="right", xshift=48 * theme.scale, font=quiet, **line),
            note(hundredths(suits), 1, i, xanchor="right", xshift=96 * theme.scale, font=quiet, **line),
        ]
    bars = {
        "type": "bar", "orientation": "h", "base": low, "x": scores - low, "y": np.arange(len(candidates), dtype=np.int32), "width": 0.6, "hoverinfo": "skip",
        "marker": {"color": [theme.gradient if i == 0 else fade(theme.gradient, 0.45) for i in range(len(candidates))], "line": {"width": 0}},
    }  # fmt: skip
    return spec([bars], layout)


@picture
def evidence_bars(parts: Mapping[str, float], words: Mapping[str, str], theme: Theme) -> Spec:
    """What each piece of evidence does to the confidence, against the usual answer: to the right more sure, to the left less."""
    row, head = 34 * theme.scale, HEAD * theme.scale
    layout = canvas(theme, row * len(parts) + head + 6, (222 * theme.scale, 20 * theme.scale, head, 6))
    values = np.array(list(parts.values()), dtype=np.float32)
    reach = max(float(np.abs(values).max(initial=0.0)), 1.0) * 1.08
    layout["xaxis"] = {"range": [-reach, reach], "showticklabels": False, "fixedrange": True, "zeroline": True}
    layout["yaxis"] = {"range": [len(parts) - 0.5, -0.5], "showticklabels": False, "fixedrange": True}
    size = {"size": theme.px(11.5), "color": theme.quiet}
    over = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 6, "font": size}
    layout["annotations"] = [note("less sure", 0, 1, xanchor="left", **over), note("more sure", 1, 1, xanchor="right", **over)]
    line = {"xref": "paper", "yanchor": "middle"}
    for i, name in enumerate(parts):
        layout["annotations"].append(note(plain(words[name], 70), 0, i, xanchor="right", xshift=-12, font={"size": theme.px(12.5), "color": theme.ink}, **line))
    bars = {
        "type": "bar", "orientation": "h", "x": values, "y": np.arange(len(parts), dtype=np.int32), "width": 0.55, "hoverinfo": "skip",
        "marker": {"color": [theme.forward if value >= 0 else theme.negative[0] for value in values], "line": {"width": 0}},
    }  # fmt: skip
    return spec([bars], layout)


@picture
def calibration_plot(groups: Sequence[tuple[float, float, int]], theme: Theme, *, height: float = 250) -> Spec:
    """How often answers of about the same confidence are right: on the diagonal confidence says the truth.

    Parameters
    ----------
    groups : sequence of (chance, share, number)
        Mean confidence, share that is right, and number of answers.
    """
    layout = canvas(theme, height * theme.scale, tuple(theme.scale * side for side in (58, 24, 14, 44)))
    axis = {"range": [-0.03, 1.05], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "fixedrange": True, "showline": True}
    title = {"font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}
    layout["xaxis"] = axis | {"title": title | {"text": "confidence"}}
    layout["yaxis"] = axis | {"title": title | {"text": "right"}}
    layout["shapes"] = [{"type": "line", "x0": 0, "y0": 0, "x1": 1, "y1": 1, "line": {"color": theme.faint, "dash": "dot", "width": 1.4}}]
    chances, shares, numbers = (np.array(column, dtype=np.float32) for column in (zip(*groups, strict=True) if groups else ((), (), ())))
    dots = {
        "type": "scatter", "mode": "lines+markers", "x": chances, "y": shares, "line": {"color": theme.forward, "width": 2}, "cliponaxis": False,
        "marker": {"color": theme.forward, "size": 6 + 2.2 * np.sqrt(numbers)},
        "hovertext": [f"{n:.0f} answers, {100 * c:.0f} % sure on average: {100 * s:.0f} % right" for c, s, n in groups], "hoverinfo": "text",
    }  # fmt: skip
    return spec([dots], layout)


def calibration_notice(chances: np.ndarray, right: np.ndarray, answerable: np.ndarray, enough: float) -> str:
    """What happens at the bound below which nothing counts as found.

    Parameters
    ----------
    chances : numpy.ndarray
        (Q,): leave-one-out.
    right, answerable : numpy.ndarray
        bool (Q,).
    """
    told = chances >= enough
    kept = f"{100 * right[told].mean():.0f} % are right" if told.any() else "none is right"
    nothing = ~answerable
    refused = f"of the {nothing.sum()} questions without an answer here {(nothing & ~told).sum()} are rightly refused" if nothing.any() else ""
    return f"Of the {told.sum()} answers that are given with at least {100 * enough:.0f} % {kept}; {refused}."
