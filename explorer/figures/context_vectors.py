"""A word's one vector from a table beside the vectors that it has in its sentences, and how alike these are, pair by pair."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.context_groups import Groups
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, plain

ROW, SMALLEST_ROW, TALLEST = 25, 9, 420
"""Pixels of a row, and of all of them."""
TOP, FOOT, LEFT = 30, 26, 30
STATIC, CONTEXT, PAIRS = (0.0, 0.13), (0.16, 0.63), (0.685, 0.955)
"""Where the three tables stand, as shares of the width."""


@picture
def context_vectors(
    static: np.ndarray | None, vectors: np.ndarray, cosines: np.ndarray, groups: Groups, theme: Theme, *, name: str, layer: int
) -> Spec:
    """Each row is an occurrence, those of a sense together, numbered as in the sentences.

    Parameters
    ----------
    static : (e,) array or None
        The word's vector without context; None where there is none.
    vectors : (n, d) array
        In one layer, as they are.
    cosines : (n, n) array
    groups : Groups
    name : str
        Of the table of word vectors.
    """
    order, n = groups.order, len(vectors)
    row = min(ROW, max(SMALLEST_ROW, TALLEST / n)) * theme.scale
    layout = canvas(theme, n * row + (TOP + FOOT) * theme.scale, (LEFT * theme.scale, 4, TOP * theme.scale, FOOT * theme.scale))
    every = 1 if row >= 11 * theme.scale else 5
    ticks = [k for k in range(n) if k % every == 0]
    layout["yaxis"] = {
        "range": [n - 0.5, -0.5], "fixedrange": True, "tickvals": ticks, "ticktext": [_number(order[k], groups, theme) for k in ticks],
        "tickfont": {"size": theme.px(12)}, "ticklabelstandoff": 4,
    }  # fmt: skip
    hidden = {"showticklabels": False, "fixedrange": True, "anchor": "y"}
    layout["xaxis"] = {"domain": STATIC, **hidden, "range": [-0.5, (1 if static is None else len(static)) - 0.5]}
    layout["xaxis2"] = {"domain": CONTEXT, **hidden, "range": [-0.5, vectors.shape[1] - 0.5]}
    layout["xaxis3"] = {"domain": PAIRS, **hidden, "range": [-0.5, n - 0.5], "side": "bottom"}
    layout["annotations"] = _titles(static, vectors, name, layer, theme)
    layout["shapes"] = _partings(groups, theme)
    data = [_strips(vectors[order], "x2", "number %{x} of layer " + str(layer), theme), _pairs(cosines[np.ix_(order, order)], order, theme)]
    if static is not None:
        data.append(_strips(np.tile(static, (n, 1)), "x", f"number %{{x}} of {plain(name)}", theme))
    return spec(data, layout)


def _number(i: int, groups: Groups, theme: Theme) -> str:
    return f'<span style="color:{theme.category(groups.numbers[i])}"><b>{i + 1}</b></span>'


def _strips(vectors: np.ndarray, axis: str, what: str, theme: Theme) -> dict:
    bound = float(np.percentile(np.abs(vectors), 99)) or 1.0
    return {
        "type": "heatmap", "z": np.ascontiguousarray(vectors, dtype=np.float32), "zmin": -bound, "zmax": bound, "colorscale": theme.diverging,
        "showscale": False, "xaxis": axis, "yaxis": "y", "ygap": 2 if len(vectors) <= 24 else 0, "hovertemplate": what + ": %{z:.3f}<extra></extra>",
    }  # fmt: skip


def _pairs(cosines: np.ndarray, order: list[int], theme: Theme) -> dict:
    n = len(order)
    apart = cosines[~np.eye(n, dtype=bool)]
    low = float(apart.min()) if n > 1 else 0.0
    names = [str(i + 1) for i in order]
    told = [[f"{one} and {other}: cosine {hundredths(float(cosines[a, b]))}" for b, other in enumerate(names)] for a, one in enumerate(names)]
    return {
        "type": "heatmap", "z": np.ascontiguousarray(cosines, dtype=np.float32), "zmin": low, "zmax": 1, "colorscale": theme.shades(theme.forward),
        "xaxis": "x3", "yaxis": "y", "xgap": 1 if n <= 24 else 0, "ygap": 1 if n <= 24 else 0, "text": told, "hovertemplate": "%{text}<extra></extra>",
        "colorbar": {"x": PAIRS[1], "xanchor": "left", "xpad": 6, "tickvals": [low + 0.04 * (1 - low), 1 - 0.04 * (1 - low)],
                     "ticktext": [hundredths(low), "1"]},
    }  # fmt: skip


def _titles(static: np.ndarray | None, vectors: np.ndarray, name: str, layer: int, theme: Theme) -> list[dict]:
    font = {"size": theme.px(12), "color": theme.quiet}
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 8, "font": font}
    first = f"{plain(name)}: no vector" if static is None else f"{plain(name)}, {len(static)} numbers"
    return [
        note(first, STATIC[0], 1, **style), note(f"layer {layer}, {vectors.shape[1]} numbers", CONTEXT[0], 1, **style),
        note(f"cosines of all pairs in layer {layer}", PAIRS[0], 1, **style),
    ]  # fmt: skip


def _partings(groups: Groups, theme: Theme) -> list[dict]:
    """Lines between the groups, in each table."""
    edges = np.cumsum([len(groups.members(k)) for k in range(len(groups.names))])[:-1]
    return [
        {"type": "line", "xref": "paper", "yref": "y", "x0": start, "x1": end, "y0": edge - 0.5, "y1": edge - 0.5, "line": {"color": theme.ink, "width": 1}}
        for edge in edges.tolist()
        for start, end in (STATIC, CONTEXT, PAIRS)
    ]  # fmt: skip
