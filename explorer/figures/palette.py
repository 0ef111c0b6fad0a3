"""The colour language: one table, in light and in dark. The same thing has the same colour on every page.

Forward signals are blue, gradients orange, each architecture and each gate has a hue of its own; activations
diverge around the background. Contrasts and distances under colour blindness are held by tests.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace

FONT = '"Source Sans", "Source Sans 3", system-ui, -apple-system, "Segoe UI", sans-serif'
SYMBOLS = "Source Serif, Georgia, serif"
LIGHT_BACKGROUND = "#FCFCFA"
DARK_BACKGROUND = "#14161A"


@dataclass(frozen=True)
class Theme:
    """Every colour a picture may use. Text colours keep 4.5:1 against the background, line colours 3:1."""

    background: str
    surface: str
    ink: str
    quiet: str
    faint: str
    line: str
    forward: str
    gradient: str
    gradient_text: str
    warning: str
    negative: tuple[str, str]
    positive: tuple[str, str]
    architectures: Mapping[str, str]
    gates: Mapping[str, str]
    categories: tuple[str, ...]
    dark: bool = False
    scale: float = 1.0

    def px(self, size: float) -> float:
        """A type size, larger on a projector."""
        return round(size * self.scale, 1)

    @property
    def diverging(self) -> list[list]:
        """Colour scale around zero; zero is the background itself."""
        low, high = self.negative, self.positive
        return [[0.0, low[1]], [0.22, low[0]], [0.5, self.background], [0.78, high[0]], [1.0, high[1]]]

    @property
    def sequential(self) -> list[list]:
        """Colour scale for gradient magnitudes: background to deep orange."""
        return self.shades(blend(self.background, self.gradient, 0.45), self.gradient, self.gradient_text)

    @property
    def losses(self) -> list[list]:
        """Colour scale for the share that a map lost: blue for nothing, red for all; most of its hues lie near the red end,
        where most words of a map are."""
        pale = blend(self.background, self.forward, 0.55)
        return [[0.0, self.forward], [0.45, pale], [0.8, blend(pale, self.warning, 0.45)], [1.0, self.warning]]

    @property
    def ranks(self) -> list[list]:
        """Colour scale for points in an order of importance: the first in deep blue, the last still visible."""
        deep = blend(self.forward, self.ink, 0.45)
        return [[0.0, deep], [0.4, self.forward], [1.0, blend(self.background, self.forward, 0.5)]]

    def category(self, number: int) -> str:
        """The colour of a group without an order; they come round again after eight."""
        return self.categories[number % len(self.categories)]

    def shades(self, *hues: str) -> list[list]:
        """Colour scale from the background through the given hues."""
        return [[0.0, self.background], *([(i + 1) / len(hues), hue] for i, hue in enumerate(hues))]

    def architecture(self, name: str) -> str:
        """The hue of an architecture; ink for one that has none."""
        return self.architectures.get(name, self.ink)

    def gate(self, name: str) -> str:
        """The hue of a gate; forward blue for one that has none."""
        return self.gates.get(name, self.forward)


LIGHT = Theme(
    background=LIGHT_BACKGROUND, surface="#FFFFFF", ink="#22252B", quiet="#63676F", faint="#A4A8AF", line="#E3E3DE",
    forward="#2F62B3", gradient="#DB7206", gradient_text="#A44F00", warning="#B3261E",
    negative=("#D98A76", "#8E2318"), positive=("#7FA6DC", "#173F82"),
    architectures={
        "rnn": "#B5121B", "lstm": "#9461B5", "gru": "#3F7F72", "bidirectional": "#70036B", "feedforward": "#57595E",
        "cnn": "#8B682E", "tcn": "#055903", "transformer": "#4F80DE",
    },
    gates={"forget": "#6A4C93", "input": "#1F7A6B", "output": "#8A6A14", "reset": "#8C4A6E", "update": "#1F7A6B"},
    categories=("#203E9F", "#129EBF", "#99286F", "#03771F", "#7667C6", "#8D933F", "#683C13", "#BD798C"),
)  # fmt: skip
"""Dark ink on warm paper."""

DARK = Theme(
    background=DARK_BACKGROUND, surface="#1F2329", ink="#E9EAEC", quiet="#A0A5AD", faint="#666C76", line="#2C3038",
    forward="#7DB0EA", gradient="#F59A23", gradient_text="#FFB454", warning="#FF8A80",
    negative=("#A8503F", "#FFA08C"), positive=("#3F73B8", "#A9CDFF"),
    architectures={
        "rnn": "#F9638B", "lstm": "#C7AAFD", "gru": "#69D5B6", "bidirectional": "#FBB7FA", "feedforward": "#DBDDE8",
        "cnn": "#B89B56", "tcn": "#A1F7A3", "transformer": "#8A80F0",
    },
    gates={"forget": "#B79BE8", "input": "#5CC7B2", "output": "#D9B64E", "reset": "#DE94B9", "update": "#5CC7B2"},
    categories=("#5281CC", "#1ABCB2", "#B75F8E", "#9BDBF9", "#C89CF9", "#D3D15E", "#F18D66", "#838817"),
    dark=True,
)  # fmt: skip
"""Light ink on slate, for dark rooms."""


def theme(dark: bool = False, scale: float = 1.0) -> Theme:
    """The theme of a page; `scale` above 1 enlarges the type for a projector."""
    return replace(DARK if dark else LIGHT, scale=scale)


def fade(colour: str, opacity: float) -> str:
    """A colour made transparent: `#RRGGBB` to `rgba(...)`."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{min(max(opacity, 0.0), 1.0):.3g})"


def blend(one: str, other: str, share: float) -> str:
    """A colour between two: `share` of the other."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


VISIBLE = {" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "⏎"}


def plain(text: str, n: int = 24) -> str:
    """Words as Plotly shows them letter by letter: its pseudo-HTML escaped, shortened to n characters.

    White space that stands alone becomes visible (␣ ⏎), other control characters become "·".
    """
    text = VISIBLE.get(text, text) if len(text) == 1 else text
    text = "".join(VISIBLE.get(c, "·") if not c.isprintable() else c for c in text[: n + 1])
    text = text[: max(n - 1, 1)] + "…" if len(text) > n else text
    # Plotly knows no &quot;: it would be shown as it is.
    return html.escape(text, quote=False).replace('"', "&#34;").replace("%{", "%&#123;").replace("$", "&#36;") or "∅"


def symbol(letter: str, index: str = "") -> str:
    """A mathematical symbol with its index, in italics."""
    below = f"<sub>{index}</sub>" if index else ""
    return f'<span style="font-family:{SYMBOLS};font-style:italic">{letter}{below}</span>'
