"""What the network expects after each step: words with their probabilities, or numbers against the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import end_labels, note, number
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.rows import Row, column_width, nothing
from explorer.figures.strips import strip, unit_axis

Guess = tuple[int, float]
"""A class and its probability."""


def expectation_rows(moment: Moment, theme: Theme, ranges: Ranges, width: float) -> list[Row]:
    """The row of predictions in the form that fits: a table, single words, a heat map, or a line of numbers."""
    if moment.labels is None:
        return _numbers(moment, theme, ranges) if "outputs" in moment.arrays else []
    guesses = top_guesses(moment, 3)
    if not guesses:
        return []
    rows = _classes(moment, guesses, theme, width)
    if moment.answers_once and len(guesses) > 1:
        rows[0].name, rows[0].remark = "would answer", f"if it stopped here;<br>{rows[0].remark}"
    return rows


def _classes(moment: Moment, guesses: list[list[Guess]], theme: Theme, width: float) -> list[Row]:
    if len(guesses) == 1 < moment.length:
        return [_verdict(moment, guesses[0], theme)]
    room = column_width(moment.length, theme, width)
    longest = max((len(moment.labels[k]) for step in guesses for k, _ in step), default=1)
    if room >= 58 * theme.scale:
        return [_table(moment, guesses, theme, room)]
    few = "outputs" in moment.arrays and len(moment.labels) <= 12
    if room >= (16 if few else 9 if longest == 1 else 13) * theme.scale:
        return [_words(moment, guesses, theme, room, longest)]
    return [_beliefs(moment, theme) if few else _confidence(moment, guesses, theme)]


def top_guesses(moment: Moment, n: int) -> list[list[Guess]]:
    """The n most probable classes after each step, most probable first; [] where there is no finite output."""
    arrays = moment.arrays
    if "top_index" in arrays:
        index, probability = arrays["top_index"][:, :n], arrays["top_probability"][:, :n]
    elif "outputs" in arrays:
        outputs = np.nan_to_num(arrays["outputs"], nan=-1.0)
        index = np.argsort(-outputs, axis=1, kind="stable")[:, :n]
        probability = np.take_along_axis(outputs, index, axis=1)
    else:
        return []
    return [
        [(int(k), float(p)) for k, p in zip(*step, strict=True) if p >= 0]
        for step in zip(index, probability, strict=True)
    ]


def _right(moment: Moment, i: int) -> str:
    return moment.expected[i] if i < len(moment.expected) else ""


def _percent(p: float) -> str:
    return "<1" if 0 < p < 0.005 else f"{100 * p:.0f}"


def _table(moment: Moment, guesses: list[list[Guess]], theme: Theme, room: float) -> Row:
    """Three guesses under each step on bars as long as they are probable; ✓ where the right one stands."""
    size = min(15.0, 9 + room / (24 * theme.scale)) * theme.scale
    letters = max(int((0.86 * room - 2.2 * size) / (0.46 * size)), 3)
    names, shares, ink, x, y, base = [], [], [], [], [], []
    for i, step in enumerate(guesses):
        for rank, (k, p) in enumerate(step):
            right = moment.labels[k] == _right(moment, i)
            name = plain(moment.labels[k], letters + (not right))
            names.append(f"<b>{name}</b>&#8201;✓" if right else name)
            shares.append(_percent(p))
            ink.append(fade(theme.ink, 0.5 + 0.5 * min(p * 1.6, 1)))
            x.append(0.9 * p)
            y.append(-rank)
            base.append(i + 0.55)
    start = np.array(base, dtype=np.float32)
    bars = {
        "type": "bar", "orientation": "h", "width": 0.8, "hoverinfo": "skip", "marker": {"color": fade(theme.forward, 0.16)},
        "base": start, "x": np.array(x, dtype=np.float32), "y": np.array(y, dtype=np.int32),
    }  # fmt: skip
    words = _texts(start + 0.02, y, names, ink, size, "middle right")
    percents = _texts(start + 0.9, y, shares, ink, size, "middle left")
    missed = [line for i, step in enumerate(guesses) for line in _missed(moment, i, step, theme, letters)]
    lines = 4 if moment.expected else 3
    scale = {"range": [0.6 - lines, 0.6], "showticklabels": False}
    return Row(
        "expects", lines * size * 1.45, [bars, words, percents], scale, "in per cent; ✓ is right", missed, 10, False
    )


def _texts(x: Sequence, y: Sequence, text: Sequence[str], ink: Sequence[str], size: float, side: str) -> dict:
    """Words as one trace: ten times cheaper than one annotation for each."""
    return {
        "type": "scatter", "mode": "text", "x": np.asarray(x, dtype=np.float32), "y": np.asarray(y, dtype=np.int32),
        "text": np.array(text, dtype=str), "textposition": side, "hoverinfo": "skip", "cliponaxis": False,
        "textfont": {"size": round(size, 1), "color": np.array(ink, dtype=str)},
    }  # fmt: skip


def _missed(moment: Moment, i: int, step: list[Guess], theme: Theme, letters: int) -> list[dict]:
    """A fourth line that names the right answer where it is not among the three."""
    right = _right(moment, i)
    if not right or right in (moment.labels[k] for k, _ in step):
        return []
    known = next((p for k, p in top_guesses(moment, len(moment.labels))[i] if moment.labels[k] == right), None)
    chance = "" if known is None else " " + _percent(known)
    style = {"font": {"size": theme.px(11), "color": theme.quiet}}
    return [note(f"right: {plain(right, letters)}{chance}", i + 0.58, -3, xanchor="left", **style)]


def _words(moment: Moment, guesses: list[list[Guess]], theme: Theme, room: float, longest: int) -> Row:
    """The likeliest word under each step, upright when it is one letter and standing on end when longer."""
    upright = longest * 8 * theme.scale <= room
    size = min(14 * theme.scale, room * 0.95)
    ranks = 3 if upright else 1
    x, y, names, ink = [], [], [], []
    for i, step in enumerate(guesses):
        for rank, (k, p) in enumerate(step[:ranks]):
            name = plain(moment.labels[k], 12)
            x.append(i + 1)
            y.append(-rank)
            names.append(f"<b>{name}</b>" if moment.labels[k] == _right(moment, i) else name)
            ink.append(fade(theme.ink, 0.3 + 0.7 * min(p * 1.3, 1)))
    scale = {"range": [0.5 - ranks, 0.5], "showticklabels": False}
    if upright:
        traces, notes, tall = [_texts(x, y, names, ink, size, "middle center")], [], ranks * size * 1.4
    else:
        notes = [
            note(name, at, 0, textangle=-90, font={"size": size, "color": colour})
            for at, name, colour in zip(x, names, ink, strict=True)
        ]
        traces, tall = [nothing(moment.length)], min(longest, 12) * size * 0.52 + 6
    return Row("expects", tall, traces, scale, "bold where right", notes, 10, False)


def _beliefs(moment: Moment, theme: Theme) -> Row:
    """Every class's probability after each step, as one strip."""
    labels = [plain(label, 10) for label in moment.labels]
    heat = strip(moment.arrays["outputs"].T, (0.0, 1.0), theme.shades(theme.forward), theme, "probability of class")
    right = _right(moment, moment.length - 1)
    remark = f"{len(labels)} classes" + (f", right is {plain(right, 8)}" if right else "")
    heat["showscale"] = False
    names = [f"<b>{label}</b> ✓" if label == plain(right, 10) else label for label in labels]
    ticks = {"showticklabels": True, "side": "right", "tickvals": heat["y"].tolist(), "ticktext": names}
    font = {"tickfont": {"size": theme.px(10), "color": theme.quiet}}
    return Row(
        "expects", 11.0 * theme.scale * len(labels), [heat], unit_axis(len(labels)) | ticks | font, remark, gap=10
    )


def _confidence(moment: Moment, guesses: list[list[Guess]], theme: Theme) -> Row:
    """How sure the likeliest guess is at each step: filled where it is right, pale where it is wrong."""
    first = [step[0] if step else (0, 0.0) for step in guesses]
    right = np.array([moment.labels[k] == _right(moment, i) for i, (k, _) in enumerate(first)])
    names = np.array([plain(moment.labels[k]) for k, _ in first])
    bars = {
        "type": "bar", "x": np.arange(1, len(first) + 1, dtype=np.int32), "y": np.array([p for _, p in first], dtype=np.float32),
        "width": 0.8, "customdata": names, "hovertemplate": "%{x}<br>expects %{customdata} %{y:.0%}<extra></extra>",
        "marker": {"color": np.where(right, theme.forward, fade(theme.forward, 0.25)), "line": {"width": 0}},
    }  # fmt: skip
    share = f"{100 * right.mean():.0f} % right (dark)" if len(right) else ""
    return Row(
        "expects",
        56,
        [bars],
        {"range": [0, 1], "tickvals": [0, 1], "ticktext": ["0", "100 %"], "side": "right"},
        share,
        gap=10,
    )


def _verdict(moment: Moment, guess: Sequence[Guess], theme: Theme) -> Row:
    """One answer for the whole sequence, at its end."""
    right = _right(moment, moment.length - 1) or (moment.expected[0] if moment.expected else "")
    words = []
    for k, p in guess:
        name = plain(moment.labels[k])
        words.append(f"<b>{name}</b> ✓ {_percent(p)} %" if moment.labels[k] == right else f"{name} {_percent(p)} %")
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


def _numbers(moment: Moment, theme: Theme, ranges: Ranges) -> list[Row]:
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
    notes = end_labels(ends, low - room, high + room, 84, theme, 11)
    scale = {"range": [low - room, high + room], "showticklabels": False}
    return [Row("predicts", 84, [predicted, truth], scale, "○ is right", notes, 10)]
