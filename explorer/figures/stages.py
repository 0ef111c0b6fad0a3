"""What each step of cleaning leaves of a text: its tokens, and how many of them are different."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade
from explorer.text.cleaning import Stage

ROW, HEAD = 30, 34
"""Pixels of a row and of the headings."""
NAMES, NUMBERS = 170, 132
"""Pixels for the names of the steps, and beside the bars for their numbers."""
TITLES = {
    "as written": "as written",
    "lower case": "in lower case",
    "punctuation": "without punctuation",
    "numbers": "without numbers",
    "marked numbers": "numbers marked",
    "stop words": "without stop words",
    "phrases": "phrases joined",
    "rare words": "without rare words",
}
PANELS = (
    ("tokens in the text", "tokens", (0.0, 0.38)),
    ("different words, the vocabulary", "vocabulary", (0.55, 0.93)),
)


@picture
def stages(steps: Sequence[Stage], theme: Theme) -> Spec:
    """Bars for each step of the cleaning, from top to bottom; what the step took away is drawn pale."""
    top, row = HEAD * theme.scale, ROW * theme.scale
    layout = canvas(
        theme, top + len(steps) * row + 6, (NAMES * theme.scale, 40, top, 6), barmode="overlay", bargap=0.36
    )
    layout["yaxis"] = {"range": [len(steps) - 0.5, -0.5], "fixedrange": True, "showticklabels": False}
    data, notes = [], [_name(stage, i, theme) for i, stage in enumerate(steps)]
    for k, (title, field, domain) in enumerate(PANELS):
        axis = f"x{k + 1 if k else ''}"
        values = np.array([getattr(stage, field) for stage in steps], dtype=float)
        most = max(values.max(initial=0.0), 1.0)
        layout[f"xaxis{k + 1 if k else ''}"] = {
            "range": [0, most],
            "domain": domain,
            "fixedrange": True,
            "showticklabels": False,
        }
        data += _bars(values, axis, title, theme)
        notes += [_number(values, i, axis, theme) for i in range(len(values))]
        style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 8}
        notes.append(note(title, domain[0], 1, font={"size": theme.px(12), "color": theme.quiet}, **style))
    layout["annotations"] = notes
    return spec(data, layout)


def _bars(values: np.ndarray, axis: str, title: str, theme: Theme) -> list[dict]:
    before = np.concatenate([values[:1], values[:-1]])
    rows = np.arange(len(values), dtype=np.int32)
    bar = {"type": "bar", "orientation": "h", "y": rows, "xaxis": axis, "yaxis": "y"}
    pale = {"color": fade(theme.forward, 0.22), "line": {"width": 0}}
    full = {"color": theme.forward, "line": {"width": 0}}
    return [
        {**bar, "x": before, "marker": pale, "hoverinfo": "skip"},
        {**bar, "x": values, "marker": full, "hovertemplate": f"{title}: %{{x:,d}}<extra></extra>"},
    ]


def _name(stage: Stage, row: int, theme: Theme) -> dict:
    style = {"xref": "paper", "xanchor": "right", "xshift": -12, "yanchor": "middle"}
    return note(TITLES.get(stage.name, stage.name), 0, row, font={"size": theme.px(14), "color": theme.ink}, **style)


def _number(values: np.ndarray, row: int, axis: str, theme: Theme) -> dict:
    """The number at the end of the longer bar, and by how much it fell or rose."""
    before = values[max(row - 1, 0)]
    text = f"{int(values[row]):,}"
    if values[row] != before and before:
        change = share_of(abs(values[row] - before) / before)
        text += f'  <span style="color:{theme.quiet}">{"−" if values[row] < before else "+"}{change}</span>'
    style = {"xref": axis, "xanchor": "left", "xshift": 8, "yanchor": "middle"}
    return note(text, max(values[row], before), row, font={"size": theme.px(13), "color": theme.ink}, **style)


def stages_notice(steps: Sequence[Stage]) -> str:
    """What all of the cleaning left, and which step took most of the different words."""
    first, last = steps[0], steps[-1]
    if not last.tokens:
        return f"Nothing is left of {first.tokens:,} tokens."
    if len(steps) == 1:
        return f"{first.tokens:,} tokens, {first.vocabulary:,} of them different. No cleaning is switched on."
    said = (
        f"{last.tokens:,} of {first.tokens:,} tokens are left ({share_of(last.tokens / first.tokens)}), "
        f"and {last.vocabulary:,} of {first.vocabulary:,} different ones ({share_of(last.vocabulary / first.vocabulary)})."
    )
    falls = [before.vocabulary - after.vocabulary for before, after in zip(steps, steps[1:], strict=False)]
    if max(falls) <= 0:
        return said
    at = falls.index(max(falls))
    taken, gone = steps[at].tokens - steps[at + 1].tokens, falls[at]
    if steps[at + 1].name == "rare words":
        share = share_of(taken / max(steps[at].tokens, 1))
        return f"{said} Leaving out rare words takes {gone:,} different words, but only {share} of the text."
    return f"{said} Most of the vocabulary goes with the step “{TITLES.get(steps[at + 1].name, steps[at + 1].name)}”: {gone:,}."
