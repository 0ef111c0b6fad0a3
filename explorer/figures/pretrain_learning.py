"""One text while a language model learns: below each piece how likely the model held it to be, moment after moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, note, number, picture, spec
from explorer.figures.headings import column_width, columns
from explorer.figures.naming import quoted, share_of
from explorer.figures.palette import Theme, blend, fade, plain
from explorer.figures.rows import Row, stack
from explorer.figures.strips import numbered

TALL, COMPACT = (230, 90), (134, 58)
"""Pixels of the history and of the surprise, and on a projector."""
BEST = 3
"""Guesses under each piece."""
TURNS = 3
"""Lines on which guesses wider than their columns take turns."""
SURE, LOST = 0.5, 0.05
"""From which probability on a piece counts as known, and below which as a surprise."""


@dataclass(frozen=True, eq=False)
class Learning:
    """What a model held of one text, over its training.

    Attributes
    ----------
    pieces : sequence of str
        The T pieces of the text.
    steps : numpy.ndarray
        (M,) training steps of the moments, ascending.
    shares : numpy.ndarray
        (M, T) probability that each moment's model gave to the piece that stands there; NaN where it was not asked, or does not
        know the piece.
    guesses : sequence of sequence of str
        For each piece the likeliest ones at the moment shown, the likeliest first.
    chances : numpy.ndarray
        (T, k) their probabilities.
    shown : int
        Which of the moments is shown in detail.
    blind : float
        Probability of each piece when all are held for equally likely.
    hidden : bool
        Whether each piece was hidden in turn (both sides known), not predicted from what comes before.
    """

    pieces: Sequence[str]
    steps: np.ndarray
    shares: np.ndarray
    guesses: Sequence[Sequence[str]]
    chances: np.ndarray
    shown: int
    blind: float
    hidden: bool = False

    @property
    def now(self) -> np.ndarray:
        """(T,) probabilities at the moment shown."""
        return self.shares[self.shown]

    @property
    def asked(self) -> np.ndarray:
        """Places that the model was asked about."""
        return np.flatnonzero(np.isfinite(self.now))

    @property
    def right(self) -> np.ndarray:
        """(T,) bool: where the likeliest piece is the one that stands there."""
        first = [bool(best) and best[0] == piece for best, piece in zip(self.guesses, self.pieces, strict=True)]
        return np.array(first, dtype=bool) & np.isfinite(self.now)

    @property
    def unknown(self) -> np.ndarray:
        """Places where it has guesses, but does not know what stands there."""
        return np.flatnonzero(np.isnan(self.now) & np.array([len(best) > 0 for best in self.guesses], dtype=bool))

    @property
    def surprise(self) -> np.ndarray:
        """(T,) bits: -log2 of the probabilities."""
        with np.errstate(divide="ignore"):
            return -np.log2(np.maximum(self.now, 1e-12))


@picture
def learning_picture(learning: Learning, theme: Theme, *, width: float = 900, compact: bool = False) -> Spec:
    """Rows on one axis of pieces: the history of what was expected, the surprise now, and the guesses now.

    Parameters
    ----------
    width : float
        Expected pixels; decides which labels fit.
    compact : bool
        For a small screen: lower rows.
    """
    axis, top = columns([piece or " " for piece in learning.pieces], theme, width)
    room = column_width(len(learning.pieces), theme, width)
    tall = COMPACT if compact else TALL
    rows = [_history(learning, theme, tall[0]), _surprise(learning, theme, tall[1]), _guesses(learning, theme, room)]
    return spec(*stack(rows, axis, theme, top))


def _history(learning: Learning, theme: Theme, tall: float) -> Row:
    """Moments from the untrained model at the top to the newest at the bottom, each a line of shares."""
    moments = len(learning.steps)
    heat = {
        "type": "heatmap", "x": numbered(len(learning.pieces)), "y": np.arange(moments, dtype=np.int32),
        "z": np.rint(100 * learning.shares).astype(np.float32), "zmin": 0, "zmax": 100, "xgap": 1 if len(learning.pieces) <= 90 else 0,
        "colorscale": theme.shades(blend(theme.background, theme.forward, 0.6), theme.forward, blend(theme.forward, theme.ink, 0.35)),
        "hovertemplate": "%{x}<br>given %{z} % at the moment in line %{y}<extra></extra>", "colorbar": {"ticktext": ["0", "100 %"]},
    }  # fmt: skip
    places = [0, moments - 1] if moments > 1 else []  # one step alone would stand on the remark
    scale = {
        "range": [moments - 0.5, -0.5], "showticklabels": True, "tickvals": places, "ticktext": [f"step {learning.steps[i]:,}" for i in places],
        "ticklabelstandoff": 4, "hoverformat": "d",
    }  # fmt: skip
    marks = [] if learning.shown == moments - 1 else [_shown(learning, theme)]
    remark = "what stands there,<br>from step to step"
    return Row("found" if learning.hidden else "expected", tall * theme.scale, [heat], scale, remark, marks, 8)


def _shown(learning: Learning, theme: Theme) -> dict:
    return note("◂", len(learning.pieces) + 0.5, learning.shown, xanchor="left", yanchor="middle", font={"size": theme.px(15), "color": theme.ink})


def _surprise(learning: Learning, theme: Theme, tall: float) -> Row:
    """Bars of bits; the line is what blind guessing would cost."""
    bits = np.where(np.isfinite(learning.now), learning.surprise, np.nan)
    blind = -np.log2(learning.blind)
    top = float(np.ceil(max(np.nanmax(bits, initial=0.0), blind) * 1.05))
    bars = {
        "type": "bar", "x": numbered(len(bits)), "y": np.nan_to_num(bits).astype(np.float32), "width": 0.78,
        "marker": {"color": [theme.forward if good else fade(theme.ink, 0.42) for good in learning.right], "line": {"width": 0}},
        "hovertemplate": "%{x}<br>%{y:.2f} bits<extra></extra>",
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines", "x": np.array([0.5, len(bits) + 0.5], dtype=np.float32), "y": np.full(2, blind, dtype=np.float32),
        "line": {"color": theme.quiet, "width": 1.2, "dash": "dot"}, "hoverinfo": "skip",
    }  # fmt: skip
    label = note(f"blind {number(blind)}", len(bits) + 0.5, blind, xanchor="left", xshift=8, yanchor="middle", font={"size": theme.px(11), "color": theme.quiet})
    scale = {"range": [0, top], "showticklabels": False}
    return Row("surprise", tall * theme.scale, [bars, line], scale, "bits; blue where the<br>first guess is right", [label], 16)


def _guesses(learning: Learning, theme: Theme, room: float) -> Row:
    longest = max((len(one) for best in learning.guesses for one in best), default=1)
    table = longest * 8 * theme.scale <= room
    size = min(14.0 * theme.scale, room * 0.95) if table else 12 * theme.scale
    ranks = range(BEST if table else 1)
    letters = 12 if table else max(int((TURNS * room - 4) / (0.54 * size)), 3)
    x, y, names, ink = [], [], [], []
    for i, (piece, best) in enumerate(zip(learning.pieces, learning.guesses, strict=True)):
        for rank in ranks[: len(best)]:
            chance = float(learning.chances[i, rank])
            name, good = plain(best[rank], letters), best[rank] == piece and bool(np.isfinite(learning.now[i]))
            x.append(i + 1)
            y.append(-rank if table else -(i % TURNS))
            names.append(f"<b>{name}</b>" if good else name)
            ink.append(theme.forward if good else fade(theme.ink, 0.5 + 0.5 * min(1.3 * chance, 1)))
    texts = {
        "type": "scatter", "mode": "text", "x": np.asarray(x, dtype=np.float32), "y": np.asarray(y, dtype=np.float32),
        "text": np.array(names, dtype=str), "textposition": "middle center", "hoverinfo": "skip", "cliponaxis": False,
        "textfont": {"size": round(size, 1), "color": np.array(ink, dtype=str)},
    }  # fmt: skip
    remark = "likeliest first;<br>bold where right" if table else "likeliest;<br>bold where right"
    return Row("its guesses", 3 * size * 1.45, [texts], {"range": [-2.6, 0.6], "showticklabels": False}, remark, [], 12, False)


def learning_notice(learning: Learning, unit: str) -> str:
    """How much of the text the model of this moment would have known, and what surprised it most.

    Parameters
    ----------
    unit : str
        What a piece is, in the singular: "character", "word", "piece".
    """
    places = learning.asked
    if not places.size:
        return f"It knows none of these {unit}s: to it they are all one and the same." if learning.unknown.size else ""
    right = int(learning.right.sum())
    bits = float(learning.surprise[places].mean())
    told = (
        f"At step {learning.steps[learning.shown]:,} its first guess is right for {right} of {places.size} {unit}s, and a {unit} costs {number(bits)} bits on "
        f"average; blind guessing costs {number(-np.log2(learning.blind))}."
    )
    if learning.unknown.size:
        count = learning.unknown.size
        told += f" {count} {unit}{'s that it does' if count > 1 else ' that it does'} not know {'are' if count > 1 else 'is'} left out."
    worst, best = places[int(np.argmin(learning.now[places]))], places[int(np.argmax(learning.now[places]))]
    if learning.now[best] < SURE or learning.now[worst] > LOST:
        return told
    return (
        f"{told} It is surest of {quoted(learning.pieces[best])} {_after(learning, best)} ({share_of(float(learning.now[best]))}) "
        f"and most surprised by {quoted(learning.pieces[worst])} {_after(learning, worst)} ({share_of(float(learning.now[worst]))})."
    )


def _after(learning: Learning, i: int) -> str:
    before = "".join(learning.pieces[max(i - 12, 0) : i])
    return f"after {quoted('…' + before[-12:])}" if before else "at the beginning"
