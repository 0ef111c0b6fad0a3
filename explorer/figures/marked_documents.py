"""Documents and the words that mark them: TF-IDF as a heat map, and the heaviest words of one document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.embedding.documents import Term
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.company import shades
from explorer.figures.ledger import tabular
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, fade, plain

ROW, HEAD = 26, 30
"""Pixels of a row of bars, and of the headings above them."""
WORD, REMARK, NUMBER = 130, 170, 54
"""Pixels for the words, for how often they occur, and for the numbers."""
CELL_HEIGHT, TITLES, ABOVE = 25, 210, 104


@picture
def marking_terms(terms: Sequence[Term], documents: int, theme: Theme) -> Spec:
    """The heaviest words of a document as bars, with the counts that make them heavy.

    Parameters
    ----------
    terms : sequence of Term
        The heaviest first.
    documents : int
        How many there are.
    """
    row, scale = ROW * theme.scale, theme.scale
    sides = ((WORD + REMARK) * scale, NUMBER * scale, HEAD * scale, 4)
    layout = canvas(theme, row * len(terms) + sides[2] + sides[3], sides)
    layout["xaxis"] = {
        "range": [0, max([term.weight for term in terms], default=1.0)],
        "fixedrange": True,
        "showticklabels": False,
    }
    layout["yaxis"] = {"range": [len(terms) - 0.5, -0.5], "fixedrange": True, "showticklabels": False}
    heads = (
        ("word", 0, "left", -sides[0]),
        ("here", 0, "right", -(REMARK - 60) * scale),
        ("in documents", 0, "right", -14),
        ("TF-IDF", 0, "left", 0),
    )
    style = {
        "xref": "paper",
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 6,
        "font": {"size": theme.px(11.5), "color": theme.quiet},
    }
    layout["annotations"] = [
        *(note(text, x, 1, xanchor=anchor, xshift=shift, **style) for text, x, anchor, shift in heads),
        *(one for i, term in enumerate(terms) for one in _line(term, i, documents, sides[0], theme)),
    ]
    return spec([_bars(terms, theme)], layout)


def _bars(terms: Sequence[Term], theme: Theme) -> dict:
    hover = [f"{plain(term.word)}: {term.count} × {term.idf:.3f}, scaled to {term.weight:.4f}" for term in terms]
    return {
        "type": "bar", "orientation": "h", "x": np.array([term.weight for term in terms], dtype=float),
        "y": np.arange(len(terms), dtype=np.int32), "width": 0.62, "hovertext": hover, "hoverinfo": "text",
        "marker": {"color": [theme.forward if i == 0 else fade(theme.forward, 0.6) for i in range(len(terms))], "line": {"width": 0}},
    }  # fmt: skip


def _line(term: Term, row: int, documents: int, left: float, theme: Theme) -> list[dict]:
    style, size = {"xref": "paper", "yanchor": "middle"}, theme.px(13)
    quiet = {"size": theme.px(12.5), "color": theme.quiet}
    return [
        note(
            plain(term.word, 17),
            0,
            row,
            xanchor="left",
            xshift=-left,
            font={"size": theme.px(14), "color": theme.ink},
            **style,
        ),
        note(
            tabular(f"{term.count:,} ×"),
            0,
            row,
            xanchor="right",
            xshift=-(REMARK - 60) * theme.scale,
            font=quiet,
            **style,
        ),
        note(tabular(f"{term.documents:,} of {documents:,}"), 0, row, xanchor="right", xshift=-14, font=quiet, **style),
        note(
            tabular(f"{term.weight:.3f}"),
            1,
            row,
            xanchor="left",
            xshift=8,
            font={"size": size, "color": theme.ink},
            **style,
        ),
    ]


@picture
def marked_documents(
    titles: Sequence[str], words: Sequence[str], weights: np.ndarray, theme: Theme, *, chosen: int | None = None
) -> Spec:
    """TF-IDF of words in documents.

    Parameters
    ----------
    titles : sequence of str, D
    words : sequence of str, W
    weights : numpy.ndarray, (D, W)
        Between 0 and 1.
    chosen : int or None
        Row that is set off.
    """
    rows, columns = max(len(titles), 1), max(len(words), 1)
    sides = (TITLES * theme.scale, 54 * theme.scale, ABOVE * theme.scale, 8)
    layout = canvas(theme, rows * CELL_HEIGHT * theme.scale + sides[2] + sides[3], sides)
    ticks = {"tickmode": "array", "hoverformat": "d"}
    layout["xaxis"] = {
        "range": [-0.5, columns - 0.5],
        "side": "top",
        "tickangle": -60,
        **ticks,
        **_names(words, 14, theme.px(12), theme),
    }
    layout["yaxis"] = {"range": [rows - 0.5, -0.5], **ticks, **_names(titles, 28, theme.px(13), theme, chosen)}
    layout["shapes"] = [] if chosen is None else [
        {"type": "rect", "x0": -0.5, "x1": columns - 0.5, "y0": chosen - 0.5, "y1": chosen + 0.5, "line": {"color": theme.ink, "width": 1.5}}
    ]  # fmt: skip
    high = max(float(np.max(weights, initial=0.0)), 1e-6)
    heat = {
        "type": "heatmap", "z": np.where(weights > 0, weights, np.nan).astype(np.float32), "x": np.arange(columns), "y": np.arange(rows),
        "zmin": 0.0, "zmax": high, "colorscale": shades(theme), "xgap": 1, "ygap": 1, "hoverongaps": False,
        "hovertemplate": "%{y}<br>%{x}: TF-IDF %{z:.3f}<br>click to see this document<extra></extra>",
        "colorbar": {"tickvals": [0, high], "ticktext": ["0", f"{high:.2f}"]},
    }  # fmt: skip
    return spec([heat], layout)


def _names(names: Sequence[str], letters: int, size: float, theme: Theme, chosen: int | None = None) -> dict:
    text = [plain(name, letters) for name in names]
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [f"<b>{one}</b>" if i == chosen else one for i, one in enumerate(text)],
        "labelalias": {str(i): plain(name, 60) for i, name in enumerate(names)},
        "tickfont": {"size": size, "color": theme.ink},
    }


def terms_notice(title: str, terms: Sequence[Term], documents: int) -> str:
    """Which word marks a document most, and why."""
    if not terms:
        return f"No word marks {quoted(title, 50)}: all of its words stand in every document, or none is left."
    first = terms[0]
    others = (
        "in no other document"
        if first.documents == 1
        else f"in {first.documents - 1:,} of the other {documents - 1:,} documents"
    )
    times = "once" if first.count == 1 else f"{first.count:,} times"
    return f"{quoted(title, 50)} is marked most by {quoted(first.word)}: it stands there {times}, and {others}."
