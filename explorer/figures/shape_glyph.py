"""A sequence model as a sign: what is read below, the states in the middle, what is put out above. SVG of our own, without text."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.figures.palette import Theme

PITCH, RADIUS, SQUARE = 26.0, 5.5, 11.0
BELOW, MIDDLE, ABOVE, HEIGHT = 60.0, 36.0, 12.0, 72.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """Which steps of a sequence read and which write.

    Attributes
    ----------
    reads, writes : str
        One letter for each step: "x" where something is read or put out, "." where nothing is.
    backward : bool
        Whether a second chain reads from the end.
    chained : bool
        Whether the states hand on anything; False for vectors that are only compared with one another.
    """

    reads: str
    writes: str
    backward: bool = False
    chained: bool = True

    @property
    def width(self) -> float:
        """Of the drawing, in pixels."""
        return PITCH * len(self.reads)


SHAPES: dict[str, Glyph] = {
    "one-to-many": Glyph("x...", "xxxx"),
    "many-to-one": Glyph("xxxx", "...x"),
    "both-ways": Glyph("xxxx", "xxxx", backward=True),
    "in-step": Glyph("xxxx", "xxxx"),
    "encoder-decoder": Glyph("xxx...", "...xxx"),
    "compared": Glyph("xxxx", "xxxx", chained=False),
}
"""The shapes of what sequence models and word vectors are used for."""


def drawing(shape: str, theme: Theme) -> str:
    """The sign of a shape as an SVG element.

    Parameters
    ----------
    shape : str
        One of `SHAPES`.
    theme : Theme
    """
    glyph = SHAPES[shape]
    steps = range(len(glyph.reads))
    parts = [
        *(_arrow(_x(t), BELOW - SQUARE / 2, _x(t), MIDDLE + RADIUS, theme.faint) for t in steps if glyph.reads[t] == "x"),
        *(_arrow(_x(t), MIDDLE - RADIUS, _x(t), ABOVE + SQUARE / 2, theme.faint) for t in steps if glyph.writes[t] == "x"),
        *_chains(glyph, theme),
        *(_square(_x(t), BELOW, theme.quiet, filled=False) for t in steps if glyph.reads[t] == "x"),
        *(f'<circle cx="{_x(t)}" cy="{MIDDLE}" r="{RADIUS}" fill="{theme.forward}"/>' for t in steps),
        *(_square(_x(t), ABOVE, theme.ink, filled=True) for t in steps if glyph.writes[t] == "x"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {glyph.width} {HEIGHT}" width="{glyph.width}"'
        f' height="{HEIGHT}">{"".join(parts)}</svg>'
    )


def _chains(glyph: Glyph, theme: Theme) -> list[str]:
    if not glyph.chained:
        first = _x(0)
        bows = (f"M{first} {MIDDLE} Q{(first + _x(t)) / 2} {MIDDLE - 10 - 5 * t} {_x(t)} {MIDDLE}" for t in range(1, len(glyph.reads)))
        return [f'<path d="{bow}" fill="none" stroke="{theme.forward}" stroke-width="1.4" stroke-dasharray="2 2.5"/>' for bow in bows]
    low, high = (MIDDLE + 2.5, MIDDLE - 2.5) if glyph.backward else (MIDDLE, MIDDLE)
    pairs = [(_x(t), _x(t + 1)) for t in range(len(glyph.reads) - 1)]
    chains = [_arrow(a + RADIUS, high, b - RADIUS, high, theme.forward) for a, b in pairs]
    if glyph.backward:
        chains += [_arrow(b - RADIUS, low, a + RADIUS, low, theme.architecture("bidirectional")) for a, b in pairs]
    return chains


def _x(step: int) -> float:
    return PITCH * (step + 0.5)


def _arrow(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    """A line whose last pixels are a small head."""
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    bx, by = x1 - 3.5 * ux, y1 - 3.5 * uy
    head = f"{x1},{y1} {bx - 2 * uy},{by + 2 * ux} {bx + 2 * uy},{by - 2 * ux}"
    return (
        f'<line x1="{x0}" y1="{y0}" x2="{bx}" y2="{by}" stroke="{colour}" stroke-width="1.4"/><polygon points="{head}" fill="{colour}"/>'
    )


def _square(x: float, y: float, colour: str, filled: bool) -> str:
    fill = colour if filled else "none"
    side = SQUARE
    return (
        f'<rect x="{x - side / 2}" y="{y - side / 2}" width="{side}" height="{side}" rx="2" fill="{fill}" '
        f'stroke="{colour}" stroke-width="1.3"/>'
    )
