"""Whole answers that a search found, likeliest first: each on a bar as long as it is probable."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.naming import quoted, share_of
from explorer.figures.palette import Theme, fade, plain

LINE, MORE, BAR = 40, 17, 8
"""Pixels of an answer and its bar, of each further line of it, and of the bar's middle from below."""
LETTERS, MOST_LINES = 34, 4
"""Letters in a line, and lines of an answer that are shown."""


@picture
def candidates(answers: Sequence[str], shares: Sequence[float], theme: Theme, *, right: str = "", below: Sequence[str] = ()) -> Spec:
    """Answers under one another, each over its bar, with its probability; unlikely ones on a finer scale.

    Parameters
    ----------
    answers, shares : sequence
        Whole answers and the probability of each, likeliest first.
    right : str
        The one that is right has a check mark; "" where that is not known.
    below : sequence of str
        What stands under each probability, e.g. its logarithm.
    """
    lines = [textwrap.wrap(text, LETTERS, drop_whitespace=False)[:MOST_LINES] or [""] for text in answers]
    tall = ((LINE if not below else LINE + 6) + MORE * (max((len(one) for one in lines), default=1) - 1)) * theme.scale
    layout = canvas(theme, tall * max(len(answers), 1) + 8, (4, 74 * theme.scale, 4, 4))
    most = max((float(share) for share in shares), default=1.0)
    layout["xaxis"] = {
        "range": [0, 1.0 if most > 0.2 else round_up(most) or 1.0],
        "fixedrange": True,
        "showticklabels": False,
    }
    layout["yaxis"] = {"range": [-len(answers), 0], "fixedrange": True, "showticklabels": False}
    y = -np.arange(1, len(answers) + 1, dtype=np.float32) + BAR / tall
    good = [bool(right) and text == right for text in answers]
    layout["annotations"] = [
        word for i, one in enumerate(lines) for word in _words(i, one, float(y[i]), shares[i], good[i], theme)
    ]
    style = {"xref": "paper", "xanchor": "left", "xshift": 8, "yanchor": "top", "yshift": -7}
    font = {"size": theme.px(11), "color": theme.quiet}
    layout["annotations"] += [note(text, 1, float(at), font=font, **style) for text, at in zip(below, y, strict=False)]
    bars = {
        "type": "bar", "orientation": "h", "width": 5 / tall, "x": np.asarray(shares, dtype=np.float32), "y": y,
        "marker": {"color": [theme.forward if one else fade(theme.forward, 0.6) for one in good], "line": {"width": 0}},
        "hovertext": [f"{plain(text, 120)}: {share:.6f}" for text, share in zip(answers, shares, strict=True)], "hoverinfo": "text",
    }  # fmt: skip
    return spec([bars], layout)


def _words(i: int, lines: Sequence[str], y: float, share: float, good: bool, theme: Theme) -> list[dict]:
    """An answer over its bar, and its probability at the bar's right."""
    text = "<br>".join(plain(line, LETTERS) for line in lines)
    ink = theme.ink if i == 0 or good else theme.quiet
    told = f"{100 * share:.1f} %" if share >= 0.0095 else share_of(share).replace("less than ", "&lt;")
    size = theme.px(15 if len(lines) == 1 else 13)
    return [
        note(f"<b>{text}</b>&#8201;✓" if good else text, 0, y, xref="paper", xanchor="left", yanchor="bottom", yshift=4,
             align="left", font={"size": size, "color": ink}),
        note(told, 1, y, xref="paper", xanchor="left", xshift=8, yanchor="middle", font={"size": theme.px(13), "color": ink}),
    ]  # fmt: skip


def candidates_notice(answers: Sequence[str], shares: Sequence[float], greedy: str) -> str:
    """How sure the search is, and whether taking the single best letter each time finds the same."""
    if not answers:
        return ""
    same = (
        "Taking the likeliest letter each time (greedy) finds the same."
        if greedy == answers[0]
        else (f"Taking the likeliest letter each time (greedy) ends elsewhere: {quoted(greedy, 60)}.")
    )
    if len(answers) == 1:
        return f"The search finds one answer, with a chance of {share_of(float(shares[0]))}. {same}"
    total = float(np.sum(shares))
    return f"The best of {len(answers)} answers has a chance of {share_of(float(shares[0]))}, all of them together {share_of(total)}. {same}"
