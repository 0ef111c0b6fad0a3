"""What the network expects after each step: words with their probabilities, or numbers against the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.answers import beliefs, confidence, numbers, verdict
from explorer.figures.canvas import note
from explorer.figures.guesses import Guess, percent, right_answer, top_guesses
from explorer.figures.headings import column_width
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.rows import Row, nothing


def expectation_rows(moment: Moment, theme: Theme, ranges: Ranges, width: float) -> list[Row]:
    """The row of predictions in the form that fits: a table, single words, a heat map, or a line of numbers."""
    if moment.labels is None:
        return numbers(moment, theme, ranges) if "outputs" in moment.arrays else []
    guesses = top_guesses(moment, 3)
    if not guesses:
        return []
    rows = _classes(moment, guesses, theme, width)
    if moment.answers_once and len(guesses) > 1:
        rows[0].name, rows[0].remark = "would answer", f"if it stopped here;<br>{rows[0].remark}"
    return rows


def _classes(moment: Moment, guesses: list[list[Guess]], theme: Theme, width: float) -> list[Row]:
    if len(guesses) == 1 < moment.length:
        return [verdict(moment, guesses[0], theme)]
    room = column_width(moment.length, theme, width)
    longest = max((len(moment.labels[k]) for step in guesses for k, _ in step), default=1)
    if room >= 58 * theme.scale:
        return [_table(moment, guesses, theme, room)]
    few = "outputs" in moment.arrays and len(moment.labels) <= 12
    if room >= (16 if few else 9 if longest == 1 else 13) * theme.scale:
        return [_words(moment, guesses, theme, room, longest)]
    return [beliefs(moment, theme) if few else confidence(moment, guesses, theme)]


def _table(moment: Moment, guesses: list[list[Guess]], theme: Theme, room: float) -> Row:
    """Three guesses under each step on bars as long as they are probable; ✓ where the right one stands."""
    size = min(15.0, 9 + room / (24 * theme.scale)) * theme.scale
    letters = max(int((0.86 * room - 2.2 * size) / (0.46 * size)), 3)
    names, shares, ink, x, y, base = [], [], [], [], [], []
    for i, step in enumerate(guesses):
        for rank, (k, p) in enumerate(step):
            right = moment.labels[k] == right_answer(moment, i)
            name = plain(moment.labels[k], letters + (not right))
            names.append(f"<b>{name}</b>&#8201;✓" if right else name)
            shares.append(percent(p))
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
    right = right_answer(moment, i)
    if not right or right in (moment.labels[k] for k, _ in step):
        return []
    known = next((p for k, p in top_guesses(moment, len(moment.labels))[i] if moment.labels[k] == right), None)
    chance = "" if known is None else " " + percent(known)
    style = {"font": {"size": theme.px(11), "color": theme.quiet}}
    return [note(f"right: {plain(right, letters)}{chance}", i + 0.58, -3, xanchor="left", **style)]


def _words(moment: Moment, guesses: list[list[Guess]], theme: Theme, room: float, longest: int) -> Row:
    """Three one-letter guesses under each step; longer words take turns on lines of their own."""
    if longest * 8 * theme.scale > room:
        return _staggered(moment, guesses, theme, room)
    size = min(14 * theme.scale, room * 0.95)
    x, y, names, ink = [], [], [], []
    for i, step in enumerate(guesses):
        for rank, (k, p) in enumerate(step):
            name = plain(moment.labels[k], 12)
            x.append(i + 1)
            y.append(-rank)
            names.append(f"<b>{name}</b>" if moment.labels[k] == right_answer(moment, i) else name)
            ink.append(fade(theme.ink, 0.3 + 0.7 * min(p * 1.3, 1)))
    scale = {"range": [-2.5, 0.5], "showticklabels": False}
    traces = [_texts(x, y, names, ink, size, "middle center")]
    return Row("expects", 3 * size * 1.4, traces, scale, "bold where right", [], 10, False)


TURNS = 3
"""Lines on which words wider than their columns take turns."""


def _staggered(moment: Moment, guesses: list[list[Guess]], theme: Theme, room: float) -> Row:
    """The likeliest word of each step, level in the page; under it a bar as high as it is probable."""
    size = 12 * theme.scale
    letters = max(int((TURNS * room - 4) / (0.54 * size)), 4)
    first = [(i, *step[0]) for i, step in enumerate(guesses) if step]
    right = [moment.labels[k] == right_answer(moment, i) for i, k, _ in first]
    words = [plain(moment.labels[k], letters) for _, k, _ in first]
    names = [f"<b>{word}</b>" if good else word for word, good in zip(words, right, strict=True)]
    x, p = [i + 1 for i, _, _ in first], np.array([p for _, _, p in first], dtype=np.float32)
    ink = [theme.forward if good else theme.quiet for good in right]
    texts = _texts(x, [-(i % TURNS) for i, _, _ in first], names, ink, size, "middle center")
    bars = {
        "type": "bar", "x": np.array(x, dtype=np.int32), "y": 2 * p, "base": -TURNS - 1.6, "width": 0.8,
        "customdata": np.array([[plain(moment.labels[k]), percent(share)] for _, k, share in first], dtype=str),
        "hovertemplate": "%{x}<br>expects %{customdata[0]} with %{customdata[1]} %<extra></extra>",
        "marker": {"color": [theme.forward if good else fade(theme.forward, 0.3) for good in right], "line": {"width": 0}},
    }  # fmt: skip
    scale = {"range": [-TURNS - 1.6, 0.6], "showticklabels": False}
    floor = nothing(moment.length)
    remark = "bars: how sure;<br>strong where right"
    return Row("expects", (TURNS + 2.2) * size * 1.3, [floor, bars, texts], scale, remark, [], 10, False)
