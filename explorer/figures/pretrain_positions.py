"""Position vectors: how alike any two of them are, and how fast the likeness falls with the distance."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, fade

HEIGHT = 320
LEFT, RIGHT = (0.0, 0.33), (0.47, 0.86)
MARGIN = (44, 16, 34, 40)


def likeness(vectors: np.ndarray, centre: bool = True) -> np.ndarray:
    """Cosines (T, T) between position vectors (T, n); with `centre` their mean is taken off: what all share says no place."""
    centred = vectors - vectors.mean(axis=0) if centre else vectors
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    unit = centred / np.where(lengths > 0, lengths, 1)
    return unit @ unit.T


def by_distance(cosines: np.ndarray) -> np.ndarray:
    """Mean cosine of two places 0, 1, ... T - 1 apart."""
    return np.array([np.diagonal(cosines, offset).mean() for offset in range(len(cosines))])


@picture
def position_likeness(now: np.ndarray, start: np.ndarray | None, theme: Theme) -> Spec:
    """At the left the cosines now, at the right their mean by distance, now and untrained.

    Parameters
    ----------
    now, start : (T, n) array
        Position vectors at the moment shown and before training; `start` is None where they are given, not learned.
    """
    length, learned = len(now), start is not None
    layout = canvas(theme, HEIGHT * theme.scale, tuple(side * theme.scale for side in MARGIN))
    layout["xaxis"] = {"domain": list(LEFT), "range": [0.5, length + 0.5], "nticks": 4, "fixedrange": True}
    layout["yaxis"] = {"range": [length + 0.5, 0.5], "nticks": 4, "fixedrange": True, "ticklabelstandoff": 3}
    layout["xaxis2"] = {"domain": list(RIGHT), "anchor": "y2", "range": [0, length - 1], "nticks": 5, "showline": True}
    layout["yaxis2"] = {"anchor": "x2", "range": [-1, 1.02], "dtick": 0.5, "showgrid": True, "fixedrange": True}
    places = np.arange(1, length + 1, dtype=np.int32)
    cosines = likeness(now, learned).astype(np.float32)
    heat = {
        "type": "heatmap", "z": cosines, "x": places, "y": places, "zmin": -1, "zmax": 1, "colorscale": theme.diverging, "showscale": False,
        "hovertemplate": "places %{x} and %{y}: cosine %{z:.2f}<extra></extra>",
    }  # fmt: skip
    lines = [("now" if learned else "given", by_distance(cosines), theme.forward)]
    if learned:
        lines.insert(0, ("untrained", by_distance(likeness(start)), theme.quiet))
    data = [heat, *(_line(values, colour, name) for name, values, colour in lines)]
    middle = max(length // 2, 1)
    ends = [(float(values[middle:].mean()), f"{name}: {hundredths(float(values[1]))} side by side", colour) for name, values, colour in lines]
    pixels = (HEIGHT - MARGIN[2] - MARGIN[3]) * theme.scale
    named = [one | {"x": RIGHT[1]} for one in end_labels(ends, -1, 1.02, pixels, theme)]
    layout["annotations"] = [
        *named, _heading("place against place (cosine)", LEFT[0], theme), _heading("mean cosine by distance", RIGHT[0], theme),
    ]  # fmt: skip
    return spec(data, layout)


def _line(values: np.ndarray, colour: str, name: str) -> dict:
    return {
        "type": "scatter", "mode": "lines", "x": np.arange(len(values), dtype=np.float32), "y": values.astype(np.float32), "xaxis": "x2", "yaxis": "y2",
        "line": {"color": colour if name != "untrained" else fade(colour, 0.8), "width": 1.4 if name == "untrained" else 2.4},
        "hovertemplate": f"{name}, %{{x}} apart: %{{y:.2f}}<extra></extra>",
    }  # fmt: skip


def _heading(text: str, x: float, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=10, font=font)


def position_notice(now: np.ndarray, start: np.ndarray) -> str:
    """Whether neighbouring places have become alike."""
    near, before = (float(by_distance(likeness(vectors))[1]) for vectors in (now, start))
    told = f"Two neighbouring places have a cosine of {hundredths(near)}; untrained it was {hundredths(before)}."
    if near > before + 0.1:
        return f"{told} Nobody told it that place 7 lies beside place 8: it found the order in the text."
    return f"{told} Not yet, or no longer, is nearness in the text to be seen in the vectors."


def given_notice(vectors: np.ndarray) -> str:
    """How alike neighbours are where places are given: the same for every pair that is equally far apart."""
    cosines = likeness(vectors, centre=False)
    means = by_distance(cosines)
    apart = max(float(np.ptp(np.diagonal(cosines, offset))) for offset in range(len(cosines)))
    same = "the same wherever in the text they stand" if apart < 1e-3 else "depending on where they stand, too"
    far = min(10, len(means) - 1)
    return (
        f"These vectors never change. Neighbours have a cosine of {hundredths(float(means[1]))}, places {far} apart {hundredths(float(means[far]))}, {same}; "
        "many wavelengths together let a head find any distance."
    )
