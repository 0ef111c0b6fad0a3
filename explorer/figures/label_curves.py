"""How much a classifier gets right, by the number of labelled examples it saw: one line for each kind of vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.embedding.comparison import Score
from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

HEIGHT = 330
NAMES = {"one-hot": "one-hot", "learned here": "learned from this text", "GloVe 6B": "GloVe 6B"}


@picture
def label_curves(scores: Sequence[Score], labelled: Sequence[int], documents: int, theme: Theme) -> Spec:
    """Accuracy with its interval over the number of labelled sentences, and what guessing gets.

    Parameters
    ----------
    scores : sequence of Score
        Those that are known so far.
    labelled : sequence of int
        All numbers of labelled sentences that there will be.
    documents : int
        Classes; guessing gets 1 / documents.
    """
    scale = theme.scale
    layout = canvas(theme, HEIGHT * scale, (46 * scale, 196 * scale, 28 * scale, 46 * scale))
    low, high = float(np.log10(min(labelled, default=1))), float(np.log10(max(labelled, default=10)))
    layout["xaxis"] = {
        "type": "log", "range": [low - 0.06, max(high, low + 0.3) + 0.02], "showline": True, "tickvals": list(labelled), "ticktext": [f"{n:,}" for n in labelled],
    }  # fmt: skip
    layout["yaxis"] = {"range": [0, 1], "showgrid": True, "dtick": 0.25, "tickformat": ".0%", "fixedrange": True}
    guess = 1 / max(documents, 1)
    data, ends = [], [(guess, f"guessing {share_of(guess)}", theme.quiet)]
    for kind, (colour, dash) in looks(theme).items():
        line = [score for score in scores if score.kind == kind]
        if line:
            data += _line(line, colour, dash)
            ends.append((line[-1].accuracy, f"{NAMES[kind]} {share_of(line[-1].accuracy)}", colour))
    font = {"size": theme.px(12), "color": theme.quiet}
    layout["annotations"] = [
        *end_labels(ends, 0, 1, (HEIGHT - 74) * scale, theme),
        note("held-out sentences told right", 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-40 * scale, yshift=6, font=font),
        note("labelled sentences of each document", 1, 0, xref="paper", yref="paper", xanchor="right", yanchor="top", yshift=-25 * scale, font=font),
    ]  # fmt: skip
    layout["shapes"] = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": guess, "y1": guess, "layer": "below",
                         "line": {"color": theme.quiet, "width": 1, "dash": "dot"}}]  # fmt: skip
    return spec(data, layout)


def looks(theme: Theme) -> dict[str, tuple[str, str]]:
    """Colour and dash of each kind of vector."""
    return {
        "one-hot": (theme.ink, "dot"),
        "learned here": (theme.forward, "solid"),
        "GloVe 6B": (theme.category(2), "dash"),
    }


def _line(line: Sequence[Score], colour: str, dash: str) -> list[dict]:
    x = np.array([score.labelled for score in line], dtype=float)
    low, value, high = (
        np.array([getattr(score, name) for score in line], dtype=float) for name in ("low", "accuracy", "high")
    )
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": x}
    hover = [
        f"{plain(NAMES[score.kind], 30)}, {score.labelled:,} labelled: {100 * score.accuracy:.1f} % "
        f"(95 %: {100 * score.low:.1f} to {100 * score.high:.1f} %)"
        for score in line
    ]
    return [
        {**edge, "y": low},
        {**edge, "y": high, "fill": "tonexty", "fillcolor": fade(colour, 0.12)},
        {"type": "scatter", "mode": "lines+markers", "x": x, "y": value, "line": {"color": colour, "width": 2.4, "dash": dash},
         "marker": {"size": 7, "color": colour}, "hovertext": hover, "hoverinfo": "text"},
    ]  # fmt: skip


def label_notice(scores: Sequence[Score], tested: int) -> str:
    """What learned vectors gain with few labels and with many, as far as it is more than chance."""
    known = sorted({score.labelled for score in scores if score.kind == "learned here"})
    if not known:
        return ""
    told = [_compared(scores, n) for n in dict.fromkeys([known[0], known[-1]])]
    return f"{' '.join(told)} Tested on {tested:,} held-out sentences; the bands are 95 % intervals."


def _compared(scores: Sequence[Score], labelled: int) -> str:
    plain_score, learned = (
        next(score for score in scores if score.kind == kind and score.labelled == labelled)
        for kind in ("one-hot", "learned here")
    )
    labels = "one labelled sentence" if labelled == 1 else f"{labelled} labelled sentences"
    said = f"With {labels} of each document, learned vectors tell {share_of(learned.accuracy)} right and one-hot vectors {share_of(plain_score.accuracy)}"
    if learned.lead_low > 0:
        return f"{said}: the classifier has never seen most of the words, but it knows what they are like."
    if learned.lead_high < 0:
        return f"{said}: now single words say more than a few dozen numbers can keep."
    return f"{said}, which is no clear difference."
