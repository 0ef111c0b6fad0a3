"""What three models expect next, as bars: what the temperature made of it, and where the rule cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, fade, plain

ROW, HEAD, FOOT = 22, 58, 36
"""Pixels of a bar, of the headings above, and of the line about the rest below."""
ROWS = 12
LABEL = 0.34
"""Share of a panel's width for the names of the pieces."""
GAP = 0.045
SHORTEST_TOP = 0.05


@dataclass(frozen=True, eq=False)
class Chances:
    """What one model expected before it drew a piece.

    Attributes
    ----------
    title, before : str
        Kind of pieces, and the end of what was read.
    pieces : tuple of str
        The likeliest first.
    expected, tempered : numpy.ndarray, (n,)
        Probabilities of these, as the model says and at the temperature.
    kept : int
        How many of all pieces may be drawn, from the first.
    kept_mass : float
        Their share at the temperature.
    known : int
        How many pieces can be written.
    drawn : str
        The piece that was drawn.
    drawn_of : float
        Its chance in the draw.
    """

    title: str
    before: str
    pieces: tuple[str, ...]
    expected: np.ndarray
    tempered: np.ndarray
    kept: int
    kept_mass: float
    known: int
    drawn: str
    drawn_of: float

    @property
    def place(self) -> int | None:
        """Where the drawn piece stands among those listed."""
        return self.pieces.index(self.drawn) if self.drawn in self.pieces else None


def visible(piece: str, n: int = 16) -> str:
    """A piece as it stands in a list, escaped: the blank before a word is shown."""
    return plain(f"␣{piece[1:]}" if piece.startswith(" ") and len(piece) > 1 else piece, n)


@picture
def generate_chances(models: Sequence[Chances], theme: Theme, *, rows: int = ROWS) -> Spec:
    """Bars of the likeliest pieces of each model, side by side on one scale.

    Blue bars may be drawn, grey ones were cut; a tick on each bar's row tells what the model said before the temperature.

    Parameters
    ----------
    models : sequence of Chances
    rows : int
        Pieces listed at most.
    """
    scale = theme.scale
    sides = (4, 4, HEAD * scale, FOOT * scale)
    layout = canvas(theme, rows * ROW * scale + sides[2] + sides[3], sides)
    top = max([SHORTEST_TOP, *(float(max(one.tempered.max(), one.expected.max())) for one in models)])
    data, notes, shapes = [], [], []
    for i, one in enumerate(models):
        left, right = _panel(i, len(models))
        name = "" if i == 0 else str(i + 1)
        layout[f"xaxis{name}"] = {
            "domain": [left + LABEL * (right - left), right], "range": [0, top * 1.16], "fixedrange": True,
            "showticklabels": False, "anchor": f"y{name}",
        }  # fmt: skip
        layout[f"yaxis{name}"] = {
            "range": [rows - 0.5, -0.5], "fixedrange": True, "showticklabels": False, "anchor": f"x{name}",
        }  # fmt: skip
        listed = min(rows, len(one.pieces))
        data += [_bars(one, listed, name, theme), _said(one, listed, name, theme)]
        notes += [*_heads(one, left, theme), *_names(one, listed, name, theme), _rest(one, listed, left, theme)]
        shapes += _cut(one, listed, name, theme)
    layout["annotations"], layout["shapes"] = notes, shapes
    return spec(data, layout)


def _panel(i: int, panels: int) -> tuple[float, float]:
    width = (1 - GAP * (panels - 1)) / panels
    return i * (width + GAP), i * (width + GAP) + width


def _bars(one: Chances, listed: int, axis: str, theme: Theme) -> dict:
    kept = [theme.forward if row < one.kept else fade(theme.faint, 0.55) for row in range(listed)]
    edge = [2.0 if row == one.place else 0.0 for row in range(listed)]
    hover = [
        f"{visible(piece, 40)}: the model says {_percent(said)}, at this temperature {_percent(warm)}"
        + ("" if row < one.kept else "; cut")
        for row, (piece, said, warm) in enumerate(zip(one.pieces, one.expected, one.tempered, strict=False))
    ][:listed]
    return {
        "type": "bar", "orientation": "h", "x": one.tempered[:listed].astype(np.float32), "y": np.arange(listed, dtype=np.int32),
        "width": 0.64, "xaxis": f"x{axis}", "yaxis": f"y{axis}", "hovertext": hover, "hoverinfo": "text",
        "marker": {"color": kept, "line": {"width": edge, "color": theme.ink}},
    }  # fmt: skip


def _said(one: Chances, listed: int, axis: str, theme: Theme) -> dict:
    return {
        "type": "scatter", "mode": "markers", "x": one.expected[:listed].astype(np.float32),
        "y": np.arange(listed, dtype=np.int32), "xaxis": f"x{axis}", "yaxis": f"y{axis}", "hoverinfo": "skip",
        "marker": {"symbol": "line-ns", "size": theme.px(13), "line": {"width": 2, "color": theme.gradient}},
    }  # fmt: skip


def _heads(one: Chances, left: float, theme: Theme) -> list[dict]:
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "x": left, "y": 1}
    before = plain(f"…{one.before}" if one.before else "the beginning", 46)
    return [
        {"text": f"<b>{plain(one.title)}</b>", "font": {"size": theme.px(14), "color": theme.ink}, "yshift": 28 * theme.scale, **style},
        {"text": f"after {before}", "font": {"size": theme.px(12), "color": theme.quiet}, "yshift": 8 * theme.scale, **style},
    ]  # fmt: skip


def _names(one: Chances, listed: int, axis: str, theme: Theme) -> list[dict]:
    notes = []
    for row, piece in enumerate(one.pieces[:listed]):
        drawn, kept = row == one.place, row < one.kept
        colour = theme.ink if kept else theme.faint
        text = f"<b>▸ {visible(piece)}</b>" if drawn else visible(piece)
        style = {"xref": f"x{axis}", "yref": f"y{axis}", "yanchor": "middle"}
        notes.append(note(text, 0, row, xanchor="right", xshift=-7, font={"size": theme.px(13), "color": colour}, **style))
        at = float(max(one.tempered[row], one.expected[row]))
        quiet = {"size": theme.px(11), "color": theme.quiet if kept else theme.faint}
        notes.append(note(_percent(one.tempered[row]), at, row, xanchor="left", xshift=9, font=quiet, **style))
    return notes


def _rest(one: Chances, listed: int, left: float, theme: Theme) -> dict:
    more, mass = one.known - listed, 1 - float(one.tempered[:listed].sum())
    kept = one.kept - listed
    which = "all cut" if kept <= 0 else "none cut" if kept >= more else f"{kept:,} kept"
    text = f"{more:,} more pieces hold {_percent(max(mass, 0.0))}: {which}" if more > 0 else ""
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    return note(text, left, 0, yshift=-8 * theme.scale, font={"size": theme.px(12), "color": theme.quiet}, **style)


def _cut(one: Chances, listed: int, axis: str, theme: Theme) -> list[dict]:
    """The line below the last piece that may be drawn."""
    if not 0 < one.kept < listed:
        return []
    line = {"color": theme.warning, "width": 1.5, "dash": "dot"}
    at = one.kept - 0.5
    return [{"type": "line", "xref": f"x{axis} domain", "x0": 0, "x1": 1, "yref": f"y{axis}", "y0": at, "y1": at, "line": line}]


def _percent(share: float) -> str:
    share = float(share)
    if share >= 0.0995:
        return f"{100 * share:.0f} %"
    return f"{100 * share:.1f} %" if share >= 0.0005 else "< 0.1 %"


def chances_notice(models: Sequence[Chances]) -> str:
    """How many pieces each model may draw, and what share was cut."""
    warm = "Orange ticks: what the model says; bars: what the temperature makes of those that can be written."
    cut = [one for one in models if one.kept < one.known]
    if not cut:
        counts = ", ".join(f"{one.title.lower()} {one.known:,}" for one in models)
        return f"{warm} Nothing is cut: any piece may be drawn ({counts}). Turn down top-k or top-p, and the tail turns grey."
    parts = [
        f"{one.title.lower()} {'only the likeliest' if one.kept == 1 else f'{one.kept:,}'} of {one.known:,} pieces, "
        f"{_percent(max(1 - one.kept_mass, 0.0))} cut off"
        for one in models
    ]
    return f"{warm} What may be drawn here: {'; '.join(parts)}. What the grey bars held goes to the blue ones, in proportion."
