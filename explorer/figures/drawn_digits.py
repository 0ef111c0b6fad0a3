"""Digits that a network drew, one for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, blend
from explorer.figures.pixel_art import pixel_art, placed
from explorer.figures.rows import nothing

SIDE, TITLE = 84, 24
"""Pixels of a picture and of its name."""


@picture
def drawn_digits(pictures: np.ndarray, names: Sequence[str], theme: Theme, chosen: str = "") -> Spec:
    """Pictures side by side, each over what it is to be.

    Parameters
    ----------
    pictures : (n, h, w) array
        Brightness from 0 to 1.
    names : sequence of str
        n labels; the chosen one is bold.
    """
    side, title = SIDE * theme.scale, TITLE * theme.scale
    layout = canvas(theme, side + title + 8, (2, 2, 4, 4))
    layout["xaxis"] = {"range": [-0.5, len(pictures) - 0.5], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0, side + title], "fixedrange": True, "showticklabels": False}
    paper = blend(theme.background, theme.ink, 0.07)
    layout["images"] = [
        placed(pixel_art(one, paper, theme.ink), i, title + side / 2, 0.94, side)
        for i, one in enumerate(np.asarray(pictures))
    ]
    layout["annotations"] = [
        note(f"<b>{name}</b>" if name == chosen else name, i, title / 2, font={"size": theme.px(14), "color": theme.ink if name == chosen else theme.quiet})
        for i, name in enumerate(names)
    ]  # fmt: skip
    return spec([nothing(0.0)], layout)


def drawn_notice(pictures: np.ndarray, names: Sequence[str], means: np.ndarray) -> str:
    """Which of the drawings can be told, by the mean picture (n, h, w) of each class that they come nearest to."""
    flat = np.asarray(pictures, dtype=float).reshape(len(pictures), 1, -1)
    nearest = np.linalg.norm(flat - means.reshape(1, len(means), -1), axis=-1).argmin(axis=1)
    told = [name for k, name in enumerate(names) if nearest[k] == k]
    if len(told) == len(names):
        return "Every one of the drawings lies nearest to the mean picture of the digit that it is to show."
    which = f" ({', '.join(told)})" if told else ""
    return f"{len(told)} of {len(names)} drawings{which} lie nearest to the mean picture of the digit that they are to show."
