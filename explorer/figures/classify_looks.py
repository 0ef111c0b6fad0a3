"""How each way of reading is drawn, on every picture of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.figures.palette import Theme, blend

RECURRENT = ("rnn", "lstm", "gru")


def looks(theme: Theme) -> Mapping[str, tuple[str, str]]:
    """Colour and dash of each method; a network has the hue that its kind has everywhere."""
    return {
        "tfidf": (theme.ink, "dot"),
        "glove": (theme.category(2), "dash"),
        **{name: (theme.architecture(name), "solid") for name in RECURRENT},
        "minilm": (theme.architecture("transformer"), "longdash"),
    }


def shaded(value: float, theme: Theme, hue: str | None = None) -> tuple[str, str]:
    """Ground and ink of a cell that holds a share, from the background at 0 to a full hue at 1."""
    ground = blend(theme.background, hue or theme.forward, min(max(value, 0.0), 1.0) * 0.85)
    return ground, (theme.ink if theme.dark or value < 0.55 else theme.background)


def per_cent(value: float) -> str:
    """A share without decimals."""
    return f"{100 * value:.0f} %"


def series(names: Sequence[str]) -> str:
    """Names in a row: a, b and c."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def finite(values: np.ndarray) -> np.ndarray:
    """Where something is known."""
    return np.flatnonzero(np.isfinite(values))
