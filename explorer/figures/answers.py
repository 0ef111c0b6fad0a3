"""Answers that are not a table of words: a belief over few classes, a degree of certainty, one verdict, a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import end_labels, note, number
from explorer.figures.guesses import Guess, percent, right_answer
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.rows import Row, nothing
from explorer.figures.strips import strip, unit_axis


def beliefs(moment: Moment, theme: Theme) -> Row:
    """Every class's probability after each step, as one strip."""
    labels = [plain(label, 10) for label in moment.labels]
    heat = strip(moment.arrays["outputs"].T, (0.0, 1.0), theme.shades(theme.forward), theme, "probability of class")
    right = right_answer(moment, moment.length - 1)
    remark = f"{len(labels)} classes" + (f", right is {plain(right, 8)}" if right else "")
    heat["showscale"] = False
    names = [f"<b>{label}</b> ✓" if label == plain(right, 10) else label for label in labels]
    ticks = {"showticklabels": True, "side": "right", "tickvals": heat["y"].tolist(), "ticktext": names}
    font = {"tickfont": {"size": theme.px(10), "color": theme.quiet}}
    return Row(
        "expects",
        11.0 * theme.scale * len(labels),
        [heat],
        unit_axis(len(labels)) | ticks | font,
        remark,
        gap=10,
        stretch=False,
    )


def confidence(moment: Moment, guesses: list[list[Guess]], theme: Theme) -> Row:
    """How sure the likeliest guess is at each step: filled where it is right, pale where it is wrong."""
    first = [step[0] if step else (0, 0.0) for step in guesses]
    right = np.array([moment.labels[k] == right_answer(moment, i) for i, (k, _) in enumerate(first)])
    names = np.array([plain(moment.labels[k]) for k, _ in first])
    bars = {
        "type": "bar", "x": np.arange(1, len(first) + 1, dtype=np.int32), "y": np.array([p for _, p in first], dtype=np.float32),
        "width": 0.8, "customdata": names, "hovertemplate": "%{x}<br>expects %{customdata} %{y:.0%}<extra></extra>",
        "marker": {"color": np.where(right, theme.forward, fade(theme.forward, 0.25)), "line": {"width": 0}},
    }  # fmt: skip
    share = f"{100 * right.mean():.0f} % right (strong)" if len(right) else ""
    return Row(
        "expects",
        56,
        [bars],
        {"range": [0, 1], "tickvals": [0, 1], "ticktext": ["0", "100 %"], "side": "right"},
        share,
        gap=10,
    )


def verdict(moment: Moment, guess: Sequence[Guess], theme: Theme) -> Row:
    """One answer for the whole sequence, at its end."""
    right = right_answer(moment, moment.length - 1) or (moment.expected[0] if moment.expected else "")
    words = []
    for k, p in guess:
        name = plain(moment.labels[k])
        words.append(f"<b>{name}</b> ✓ {percent(p)} %" if moment.labels[k] == right else f"{name} {percent(p)} %")
    font = {"size": theme.px(16), "color": theme.ink}
    notes = [note("     ".join(words), moment.length + 0.5, 0, xanchor="right", font=font)]
    return Row(
        "answers",
        30 * theme.scale,
        [nothing(moment.length)],
        {"range": [-1, 1], "showticklabels": False},
        "✓ is right",
        notes,
        10,
        False,
    )


def numbers(moment: Moment, theme: Theme, ranges: Ranges) -> list[Row]:
    """Predicted numbers in blue against the true ones as rings."""
    outputs = np.asarray(moment.arrays["outputs"], dtype=float)[:, 0]
    target = moment.targets()
    at = np.arange(moment.length - len(outputs) + 1, moment.length + 1, dtype=np.int32)
    aim = np.arange(moment.length - len(target) + 1, moment.length + 1, dtype=np.int32)
    known = np.concatenate([outputs, target, ranges.outputs or ()])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    room = (high - low or 1.0) * 0.15
    predicted = {
        "type": "scatter", "mode": "lines" if len(outputs) > 1 else "markers", "x": at, "y": outputs.astype(np.float32),
        "line": {"color": theme.forward, "width": 2}, "hovertemplate": "%{x}<br>predicts %{y:.3f}<extra></extra>",
        "marker": {"color": theme.forward, "size": 7},
    }  # fmt: skip
    truth = {
        "type": "scatter", "mode": "markers", "x": aim, "y": target.astype(np.float32),
        "marker": {"symbol": "circle-open", "size": 9 if moment.length <= 60 else 5, "color": theme.ink, "line": {"width": 1.4}},
        "hovertemplate": "%{x}<br>right is %{y:.3f}<extra></extra>",
    }  # fmt: skip
    ends = [(outputs[-1], "predicts", theme.forward), (target[-1], "right", theme.ink)]
    ends = [(float(y), f"{word} {number(y)}", colour) for y, word, colour in ends if np.isfinite(y)]
    tall = (
        84.0 if theme.scale == 1 else 64.0
    )  # on a projector it keeps room for the names at its end, one over the other
    notes = end_labels(ends, low - room, high + room, tall, theme, 11)
    scale = {"range": [low - room, high + room], "showticklabels": False}
    return [Row("predicts", tall, [predicted, truth], scale, "○ is right", notes, 10, theme.scale == 1)]
