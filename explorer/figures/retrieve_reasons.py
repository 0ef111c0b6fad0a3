"""Why a paragraph was found: the words from which each method's score comes, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.applications.retrieval.ranking import Reason
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import quoted, share_of
from explorer.figures.palette import Theme, fade, plain
from explorer.text.stop_words import stop_words

ROW, HEAD = 26, 50
"""Pixels of a word, and of the headings above."""
GAP = 0.045
"""Between two panels, as a share of the width."""
NAMES = 0.45
"""Share of a panel that its words take."""


SMALL = "small words, signs"
"""What words of grammar, punctuation marks and separators are called together."""


def by_form(reasons: Sequence[Reason]) -> dict[str, float]:
    """What each word adds, all its occurrences together, the heaviest first; words of grammar and signs are one, the last."""
    sums: dict[str, float] = {}
    for reason in reasons:
        form = reason.word.lower()
        small = form in stop_words() or not any(map(str.isalnum, form)) or reason.end == 0
        form = SMALL if small else form
        sums[form] = sums.get(form, 0.0) + reason.share
    return dict(sorted(sums.items(), key=lambda item: (item[0] == SMALL, -item[1])))


@picture
def retrieve_reasons(panels: Mapping[str, Sequence[Reason]], theme: Theme, *, words: int = 7, bold: str = "") -> Spec:
    """A panel for each method: the heaviest words, as shares of the whole score.

    Parameters
    ----------
    panels : mapping of str to sequence of Reason
        Title of the method to its reasons; none where it did not find the paragraph.
    bold : str
        Title that is set off.
    """
    row, head = ROW * theme.scale, HEAD * theme.scale
    layout = canvas(theme, row * words + head + 6, (0, 0, head, 6))
    layout["annotations"], traces = [], []
    width = (1 - GAP * (len(panels) - 1)) / max(len(panels), 1)
    for i, (title, reasons) in enumerate(panels.items()):
        left, axis = i * (width + GAP), "" if i == 0 else str(i + 1)
        total = sum(reason.share for reason in reasons)
        forms = _heaviest(reasons, words)
        # Of a negative score as well a word that speaks for the paragraph stands to the right.
        shares = np.array([share / abs(total) if total else 0.0 for _, share in forms], dtype=np.float32)
        # Small words have no bar: it would dwarf all others.
        bars = np.array([0.0 if form == SMALL else share for (form, _), share in zip(forms, shares, strict=True)], dtype=np.float32)
        layout[f"xaxis{axis}"] = {
            "domain": [left + NAMES * width, left + width * 0.84], "range": [0, max(float(bars.max(initial=0.0)), 1e-6)], "showticklabels": False,
            "fixedrange": True, "anchor": f"y{axis}",
        }  # fmt: skip
        layout[f"yaxis{axis}"] = {"range": [words - 0.5, -0.5], "showticklabels": False, "fixedrange": True, "anchor": f"x{axis}"}
        traces.append(_bars(bars, axis, title == bold, theme))
        layout["annotations"] += _words(title, total, forms, shares, (left, width, axis), title == bold, theme)
    return spec(traces, layout)


def _heaviest(reasons: Sequence[Reason], words: int) -> list[tuple[str, float]]:
    """The heaviest words, and after them what the small ones add together."""
    sums = by_form(reasons)
    small = [(SMALL, sums.pop(SMALL))] if SMALL in sums else []
    return [*list(sums.items())[: words - len(small)], *small]


def _bars(shares: np.ndarray, axis: str, bold: bool, theme: Theme) -> dict:
    return {
        "type": "bar", "orientation": "h", "x": np.maximum(shares, 0), "y": np.arange(len(shares), dtype=np.int32), "width": 0.6, "hoverinfo": "skip",
        "xaxis": f"x{axis}", "yaxis": f"y{axis}", "marker": {"color": theme.forward if bold else fade(theme.forward, 0.55), "line": {"width": 0}},
    }  # fmt: skip


def _words(
    title: str, total: float, forms: list[tuple[str, float]], shares: np.ndarray, place: tuple[float, float, str], bold: bool, theme: Theme
) -> list[dict]:
    left, width, axis = place
    name = f"<b>{plain(title)}</b>" if bold else plain(title)
    score = f"score {total:.3g}".replace("-", "−") if forms else "shares nothing with it"
    over = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    found = [
        note(name, left, 1, yshift=24 * theme.scale, font={"size": theme.px(15), "color": theme.ink}, **over),
        note(score, left, 1, yshift=7 * theme.scale, font={"size": theme.px(12), "color": theme.quiet}, **over),
    ]
    for i, (form, _) in enumerate(forms):
        line = {"xref": "paper", "yref": f"y{axis}", "yanchor": "middle"}
        size = theme.px(13)
        found += [
            note(plain(form, 18), left + (NAMES - 0.03) * width, i, xanchor="right", font={"size": size, "color": theme.ink}, **line),
            note(f"{100 * shares[i]:.0f} %".replace("-", "−"), left + width, i, xanchor="right", font={"size": theme.px(12), "color": theme.quiet}, **line),
        ]
    return found


def reasons_notice(title: str, reasons: Sequence[Reason], question: Sequence[str]) -> str:
    """How much of a score comes from words of the question, and which other word adds most.

    Parameters
    ----------
    title : str
        Of the method.
    question : sequence of str
        The content words that were asked for, in lower case.
    """
    total = sum(reason.share for reason in reasons)
    if not reasons or total <= 0:
        return f"{title} finds nothing of the question in this paragraph."
    forms = by_form(reasons)
    own = sum(share for form, share in forms.items() if form in question)
    other = next((form for form, share in forms.items() if form not in question and form != SMALL and share > 0), None)
    said = f"{share_of(max(own / total, 0.0))} of {title}'s score comes from words of the question itself"
    if own > total * (1 + 1e-6):
        said = f"Words of the question itself add more than the whole of {title}'s score, and others take some of it away"
    if other is None:
        return f"{said}: it sees no other."
    return f"{said}; of all others {quoted(other)} adds most ({share_of(forms[other] / total)})."
