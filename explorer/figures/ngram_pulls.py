"""A word in pieces: which of its n-grams pull it towards its nearest neighbour, and which push it away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.embedding.pulls import Pull
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.naming import hundredths, quoted, share_of
from explorer.figures.palette import Theme, plain

MOST, ROW = 16, 25
"""Pieces shown, the strongest; and the pixels of each."""


def strongest(pulls: Sequence[Pull], most: int = MOST) -> list[Pull]:
    """The pieces with the largest pull in either direction, from pulling to pushing."""
    kept = sorted(pulls, key=lambda pull: -abs(pull.towards))[:most]
    return sorted(kept, key=lambda pull: -pull.towards)


@picture
def ngram_pulls(pulls: Sequence[Pull], neighbour: str, theme: Theme) -> Spec:
    """A bar for each n-gram: the change of the cosine with the neighbour that it makes.

    Parameters
    ----------
    pulls : sequence of Pull
        Drawn in the given order.
    neighbour : str
        The word whose cosine it is.
    """
    values = np.array([pull.towards for pull in pulls], dtype=np.float32)
    far = round_up(1.12 * float(np.abs(values).max(initial=0.0))) or 1.0
    top, bottom = 30 * theme.scale, 10
    row = ROW * theme.scale
    layout = canvas(
        theme, top + bottom + row * max(len(pulls), 1), (120 * theme.scale, 56 * theme.scale, top, bottom), bargap=0.24
    )
    names = [plain(pull.part, 14) for pull in pulls]
    layout["xaxis"] = {
        "range": [-far, far],
        "zeroline": True,
        "zerolinecolor": theme.quiet,
        "showticklabels": False,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [len(pulls) - 0.5, -0.5], "tickvals": list(range(len(pulls))), "ticktext": names, "fixedrange": True,
                       "tickfont": {"size": theme.px(14), "color": theme.ink, "family": "Source Code Pro, monospace"}}  # fmt: skip
    font = {"size": theme.px(12), "color": theme.quiet}
    ends = (("← pushes away from", 0.25), ("pulls towards →", 0.75))
    layout["annotations"] = [
        note(f"{text} {plain(neighbour)}" if x < 0.5 else text.replace(" →", f" {plain(neighbour)} →"), x, 1, xref="paper",
             yref="paper", xanchor="center", yanchor="bottom", yshift=6, font=font)
        for text, x in ends
    ]  # fmt: skip
    bars = {
        "type": "bar", "orientation": "h", "x": values, "y": np.arange(len(pulls), dtype=np.float32),
        "marker": {"color": [theme.positive[0] if value >= 0 else theme.negative[0] for value in values]},
        "text": [f"{round(float(value), 3) + 0.0:+.3f}".replace("-", "−") for value in values], "textposition": "outside", "cliponaxis": False,
        "textfont": {"size": theme.px(11.5), "color": theme.quiet},
        "customdata": np.array([100 * pull.share for pull in pulls], dtype=np.float32),
        "hovertemplate": "%{y}: cosine %{x:+.3f}, %{customdata:.0f} % of the vector<extra></extra>",
    }  # fmt: skip
    return spec([bars], layout)


def pull_notice(word: str, pulls: Sequence[Pull], neighbour: str, cosine: float, known: bool) -> str:
    """Which n-gram pulls most, and whether the word was ever read."""
    seen = "" if known else f"{quoted(word)} never occurs in this text: its vector is made of its n-grams alone. "
    if not pulls:
        return f"{seen}None of its n-grams was read, so it has no place."
    best, worst = (choose(pulls, key=lambda pull: pull.towards) for choose in (max, min))
    without = [hundredths(cosine - pull.towards) for pull in (best, worst)]
    text = f"{seen}Its nearest word is {quoted(neighbour)}, cosine {hundredths(cosine)}. Without {quoted(best.part)} "
    text += f"that would be {without[0]}; {quoted(best.part)} is {share_of(best.share)} of the vector."
    if worst.towards < 0 and worst is not best:
        text += f" {quoted(worst.part)} pulls elsewhere: without it, {without[1]}."
    return text
