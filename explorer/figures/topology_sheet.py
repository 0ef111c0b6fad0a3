"""Where everything stands in the graph of an unrolled network: pixels from the left and from the bottom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.figures.palette import Theme
from explorer.figures.topology_scene import Scene

WIDEST = 150.0
"""Pixels of a column at most: a graph of few steps stands in the middle."""
APART = 46.0
"""Pixels between the encoder and the decoder, at most."""
STANDING = 84.0
"""Pixels for words that stand on end because their columns are narrow."""
TABLE = 54.0
"""Pixels of a column from which on the likeliest answers are listed under one another."""
LISTED = 3
"""Answers in such a list."""
ALONE = 4
"""Answers where a graph puts out only one."""
LOOKING = 40.0
"""Pixels above the states for the lines of attention."""
BAR = 0.8
"""Lines that the bar of a likeliest answer is tall where it is certain."""


@dataclass(frozen=True)
class Sizes:
    """Pixels of the rows of a graph, from the top.

    Attributes
    ----------
    words : bool
        Whether there is room for words; without them a graph is a thumbnail.
    """

    loss: float
    line: float
    arrow: float
    strip: float
    read: float
    picture: float
    words: bool = True


LARGE = Sizes(loss=40, line=20, arrow=26, strip=118, read=30, picture=112)
COMPACT = Sizes(loss=30, line=17, arrow=17, strip=80, read=24, picture=84)
SMALL = Sizes(loss=14, line=8, arrow=9, strip=40, read=14, picture=38, words=False)


class Sheet:
    """The places of one graph.

    Parameters
    ----------
    left, width : float
        The strip of the picture that the graph may use, in pixels of its x axis.
    sizes : Sizes
        Heights are multiplied by the theme's scale.
    heights : tuple of float or None
        Room for what is read and for what is put out, where several graphs are to stand level.
    """

    def __init__(
        self,
        scene: Scene,
        theme: Theme,
        left: float,
        width: float,
        sizes: Sizes = LARGE,
        heights: tuple[float, float] | None = None,
    ) -> None:
        self.scene, self.theme, self.sizes = scene, theme, sizes
        self.widest = (WIDEST if sizes.words else 0.36 * width) * theme.scale
        parts = scene.length + (0.0 if self.gap_before == 0 else min(0.9, APART * scene.length / max(width, 1)))
        self.room = min(width / max(parts, 1), self.widest)
        self.gap = (parts - scene.length) * self.room
        self.edge = left + width
        self.left = left + (width - self.room * parts) / 2
        close = 0.45 if sizes.words else 0.36
        self.half = close * self.room if self.room < 26 else min(0.3 * self.room, 24 * theme.scale)
        self.read, self.output = heights or (self.reading(), self.answering())
        self.air = LOOKING * theme.scale if scene.attention is not None and sizes.words else 0.0
        self._stack()

    def _stack(self) -> None:
        sizes, scale = self.sizes, self.theme.scale
        both = self.scene.directions > 1
        self.strip = sizes.strip * scale * (0.66 if both else 1.0)
        self.between = 8 * scale if both else 0.0
        self.bottom = self.read + sizes.arrow * scale
        self.top = self.bottom + self.scene.directions * self.strip + (self.scene.directions - 1) * self.between
        self.answer = self.top + sizes.arrow * scale + self.air
        self.loss = self.answer + self.output
        self.height = self.loss + sizes.loss * scale

    @property
    def gap_before(self) -> int:
        """The step before which the decoder begins; 0 where there is no encoder."""
        return self.scene.encoder if 0 < self.scene.encoder < self.scene.length else 0

    def x(self, t: int | np.ndarray) -> np.ndarray | float:
        """The middle of a step's column."""
        return self.left + (np.asarray(t) + 0.5) * self.room + self.gap * (np.asarray(t) >= max(self.gap_before, 0.5))

    def within(self, middle: float, wide: float) -> float:
        """The left edge of something so wide around a middle, moved into the picture where it would stand out of it."""
        return min(middle - wide / 2, self.edge - wide)

    def base(self, direction: int) -> float:
        """The lower edge of a direction's states; the one that reads from left to right stands below."""
        return self.bottom + direction * (self.strip + self.between)

    def reading(self) -> float:
        """Pixels for what is read."""
        sizes, scale, columns = self.sizes, self.theme.scale, self.scene.columns
        tall = sizes.read * scale
        if any(one.pixels is not None and one.pixels.ndim == 2 for one in columns):
            tall = sizes.picture * scale
        if any(one.pixels is not None and one.pixels.ndim == 1 for one in columns) and sizes.words:
            drawing = any(one.draws is not None for one in columns)
            tall = (self.glance if self.framed and not drawing else self.pixel) + 28 * scale
        return max(tall, self.standing([one.reads for one in columns]))

    @property
    def framed(self) -> bool:
        """Whether a row of pixels is shown in its place in the whole picture, the other rows faded."""
        return self.scene.picture is not None and self.sizes.words and self.room >= 40

    @property
    def glance(self) -> float:
        """The side of a picture in which one row stands out."""
        return min(0.62 * self.room, 60.0 * self.theme.scale)

    @property
    def words(self) -> float:
        """The height at which words stand in the row of what is read."""
        pixels = {one.pixels.ndim for one in self.scene.columns if one.pixels is not None}
        if 1 in pixels:
            return 12 * self.theme.scale
        return self.read - 14 * self.theme.scale if 2 in pixels else self.read / 2

    @property
    def pixel(self) -> float:
        """The height of a row of pixels."""
        return max(min(0.105 * self.room, 11.0), 5.0)

    def answering(self) -> float:
        """Pixels for what is put out."""
        line, outputs = self.sizes.line * self.theme.scale, self.scene.answering()
        if self.listed:
            return (self.listed + 1.1) * line
        if any(self.scene.columns[t].draws is not None for t in outputs):
            return self.glance + 0.5 * line if self.framed else 1.5 * line
        tall, above = self.words_above()
        return BAR * line + tall + above

    def words_above(self) -> tuple[float, float]:
        """Pixels for the likeliest answer of each step, and above it for the right one."""
        line, columns = self.sizes.line * self.theme.scale, self.scene.columns
        said = self.standing([one.guesses[0][0] for one in columns if one.guesses])
        right = self.standing([one.right for one in columns])
        return max(said, 1.15 * line), max(right, 0.95 * line) if any(one.right for one in columns) else 0.0

    @property
    def listed(self) -> int:
        """How many answers are listed under one another; 0 where only the likeliest is shown."""
        outputs = [t for t in self.scene.answering() if self.scene.columns[t].guesses]
        if not self.sizes.words or not outputs:
            return 0
        if len(outputs) == 1:
            return ALONE
        return LISTED if self.room >= TABLE * self.theme.scale else 0

    def standing(self, labels: list[str]) -> float:
        """Pixels for words on end; 0 where they fit upright, or are single letters."""
        longest = max((len(label) for label in labels), default=0)
        if not self.sizes.words or longest <= 1 or self.upright(longest):
            return 0.0
        return min(STANDING, 12 + 6.4 * min(longest, 14)) * self.theme.scale

    def upright(self, letters: int) -> bool:
        """Whether words of so many letters fit a column side by side."""
        return min(letters, 12) * 6.2 * self.theme.scale <= self.room + 2
