"""What each way of reading answers to one text: the probability of every label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.classify_looks import looks, per_cent, series, shaded
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, plain

ROW, LETTERS = 30, 108
"""Height of a row in pixels; letters of all labels together that have room side by side."""


@picture
def classify_answers(
    names: Sequence[str], titles: Sequence[str], labels: Sequence[str], table: np.ndarray, theme: Theme, *, right: int | None = None
) -> Spec:
    """Methods as rows, labels as columns; the right label has a check mark.

    Parameters
    ----------
    table : (methods, labels) array
        Probabilities; rows have sum 1.
    right : int, optional
        Number of the right label, where it is known.
    """
    scale = theme.scale
    layout = canvas(theme, ROW * scale * len(names) + 40 * scale, (206 * scale, 12, 32 * scale, 8))
    ticks = [plain(label, min(max(LETTERS // len(labels), 7), 24)) + ("&#8201;✓" if number == right else "") for number, label in enumerate(labels)]
    layout["xaxis"] = {"range": [-0.5, len(labels) - 0.5], "side": "top", "tickvals": list(range(len(labels))), "ticktext": ticks,
                       "fixedrange": True, "tickfont": {"size": theme.px(11 if len(labels) > 8 else 12), "color": theme.quiet}}  # fmt: skip
    layout["yaxis"] = {"range": [len(names) - 0.5, -0.5], "fixedrange": True, "showticklabels": False}
    hover = [[f"{plain(title, 20)}: {plain(label, 30)} {100 * p:.1f} %" for label, p in zip(labels, row, strict=True)] for title, row in zip(titles, table, strict=True)]
    heat = {"type": "heatmap", "z": table.astype(np.float32), "zmin": 0, "zmax": 1, "showscale": False, "xgap": 2, "ygap": 4, "text": hover, "hoverinfo": "text",
            "colorscale": [[0, theme.surface], [1, shaded(1.0, theme)[0]]]}  # fmt: skip
    layout["annotations"] = [*_names(names, titles, theme), *_shares(table, theme)]
    return spec([heat], layout)


def _names(names: Sequence[str], titles: Sequence[str], theme: Theme) -> list[dict]:
    return [
        note(plain(title, 16), 0, row, xref="paper", xanchor="left", yanchor="middle", xshift=-200 * theme.scale,
             font={"size": theme.px(13), "color": looks(theme)[name][0]})
        for row, (name, title) in enumerate(zip(names, titles, strict=True))
    ]  # fmt: skip


def _shares(table: np.ndarray, theme: Theme) -> list[dict]:
    """The number in each cell that has one worth reading."""
    return [
        note(per_cent(value), column, row, font={"size": theme.px(12), "color": shaded(float(value), theme)[1]})
        for row, line in enumerate(table) for column, value in enumerate(line) if value >= 0.05
    ]  # fmt: skip


def answers_notice(titles: Sequence[str], labels: Sequence[str], table: np.ndarray, right: int | None) -> str:
    """Who is right, or what they say; and who is surest."""
    answers, sure = table.argmax(axis=1), table.max(axis=1)
    surest = int(sure.argmax())
    end = f" {titles[surest]} is surest: {per_cent(sure[surest])} for {quoted(labels[answers[surest]])}." if len(titles) > 1 else ""
    if right is None:
        return end.strip()
    good = [title for title, answer in zip(titles, answers, strict=True) if answer == right]
    if not good:
        return f"None of them finds {quoted(labels[right])}.{end}"
    return f"{'All of them are' if len(good) == len(titles) else series(good) + (' is' if len(good) == 1 else ' are')} right.{end}"
