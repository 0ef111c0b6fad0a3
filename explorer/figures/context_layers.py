"""Layer by layer, on one axis: the occurrences of a word in the plane, how alike they are, the gap, and what it is good for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.context_groups import Groups, sign_of
from explorer.figures.context_notices import thousandths
from explorer.figures.palette import Theme, fade

MAPS, COSINES, GAPS, RIGHTS, BETWEEN = 112, 150, 84, 84, 34
"""Pixels of the four rows, and between them."""
TOP, FOOT, LEFT, RIGHT = 24, 40, 56, 148
HALF = 0.4
"""Half the width of a small map, in layers."""


@dataclass(frozen=True, eq=False)
class Layers:
    """What each of the layers 0..L says.

    Attributes
    ----------
    places : (L + 1, n, 2) array
        The occurrences in the plane.
    same, other : (L + 1,) array
        Mean cosines of two occurrences of the same sense, and of different senses. Where nobody told the senses `other` is
        NaN and `same` is the mean over all pairs; where each sense stands in one sentence only `same` is NaN.
    any_two : (L + 1,) array
        Mean cosine of two arbitrary words.
    right, low, high : (L + 1,) array
        Share of occurrences whose nearest other one has their sense, with its 95 % interval; NaN where nobody told them.
    chance : float
        That share if the nearest were any other one.
    """

    places: np.ndarray
    same: np.ndarray
    other: np.ndarray
    any_two: np.ndarray
    right: np.ndarray
    low: np.ndarray
    high: np.ndarray
    chance: float

    @property
    def is_told(self) -> bool:
        """Whether the senses are known."""
        return bool(np.isfinite(self.other).any())


@picture
def context_layers(layers: Layers, groups: Groups, chosen: int, theme: Theme) -> Spec:
    """Small maps, cosines, gaps and hits over the layers; the chosen one stands on a ground of its own.

    Each small map fills its place: distances can be compared within a layer, not between layers.
    """
    last, scale = len(layers.same) - 1, theme.scale
    rows = (MAPS, COSINES, GAPS, RIGHTS) if layers.is_told else (MAPS, COSINES)
    inner = sum(rows) + BETWEEN * (len(rows) - 1)
    layout = canvas(theme, (inner + TOP + FOOT) * scale, (LEFT * scale, RIGHT * scale, TOP * scale, FOOT * scale), barmode="overlay")
    layout["xaxis"] = {
        "range": [-0.5, last + 0.5], "fixedrange": True, "anchor": f"y{len(rows)}", "tickvals": list(range(last + 1)),
        "ticktext": [f"<b>layer {k}</b>" if k == chosen else f"layer {k}" for k in range(last + 1)], "tickfont": {"size": theme.px(12), "color": theme.ink},
    }  # fmt: skip
    domains = _domains(rows, inner)
    low, high = _cosine_range(layers)
    gap_low, gap_high = _gap_range(layers)
    axes = [
        {"range": [-0.5, 0.5], "showticklabels": False}, {"range": [low, high], "showgrid": True, "nticks": 5},
        {"range": [gap_low, gap_high], "showticklabels": False}, {"range": [0, 1.02], "tickformat": ".0%", "tickvals": [0, 0.5, 1], "showgrid": True},
    ]  # fmt: skip
    for k, domain in enumerate(domains):
        layout["yaxis" if k == 0 else f"yaxis{k + 1}"] = {"domain": domain, "anchor": "x", "fixedrange": True, **axes[k]}
    data = [*_maps(layers.places, groups, theme), *_cosines(layers, theme)]
    notes = [*_titles(layers, domains, theme), *_ends(layers, domains, (low, high), theme)]
    if layers.is_told:
        data += [*_gaps(layers, theme), *_rights(layers, theme)]
    layout["annotations"] = notes
    layout["shapes"] = [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": chosen - 0.5, "x1": chosen + 0.5, "y0": 0, "y1": 1, "layer": "below",
         "fillcolor": theme.surface, "line": {"width": 0}},
        *([_line("y4", layers.chance, theme), _line("y3", 0, theme)] if layers.is_told else []),
    ]  # fmt: skip
    return spec(data, layout)


def _domains(rows: tuple[int, ...], inner: float) -> list[list[float]]:
    found, top = [], 1.0
    for row in rows:
        found.append([max(top - row / inner, 0), top])
        top -= (row + BETWEEN) / inner
    return found


def _cosine_range(layers: Layers) -> tuple[float, float]:
    values = np.concatenate([layers.same, layers.other, layers.any_two])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return min(low - 0.06, 0.0), max(high + 0.06, 0.3)


def _gap_range(layers: Layers) -> tuple[float, float]:
    gap = np.nan_to_num(layers.same - layers.other)
    span = max(float(gap.max(initial=0) - min(gap.min(initial=0), 0)), 0.02)
    return min(float(gap.min(initial=0)), 0) - 0.12 * span, float(gap.max(initial=0)) + 0.34 * span


def _maps(places: np.ndarray, groups: Groups, theme: Theme) -> list[dict]:
    """All small maps, a trace for each group."""
    sizes = np.maximum(np.abs(places).max(axis=(1, 2), keepdims=True), 1e-9)
    shown = HALF * places / sizes
    x = shown[:, :, 0] + np.arange(len(places))[:, None]
    return [
        {
            "type": "scatter", "mode": "markers", "x": x[:, groups.members(k)].ravel().astype(np.float32), "xaxis": "x", "yaxis": "y",
            "y": shown[:, groups.members(k), 1].ravel().astype(np.float32), "hoverinfo": "none",
            "marker": {"size": theme.px(7), "color": theme.category(k), "symbol": sign_of(k), "opacity": 0.85},
        }
        for k in range(len(groups.names))
    ]  # fmt: skip


def _cosines(layers: Layers, theme: Theme) -> list[dict]:
    looks = [(layers.any_two, theme.quiet, "dot", "two arbitrary words")]
    if layers.is_told:
        looks += [(layers.other, theme.ink, "dash", "different senses"), (layers.same, theme.forward, "solid", "the same sense")]
    else:
        looks += [(layers.same, theme.forward, "solid", "two occurrences")]
    return [
        {
            "type": "scatter", "mode": "lines+markers", "x": np.arange(len(values)), "y": values.astype(np.float32), "xaxis": "x", "yaxis": "y2",
            "line": {"color": colour, "width": 2.2, "dash": dash}, "marker": {"size": 6, "color": colour},
            "hovertemplate": f"{name}, layer %{{x}}: mean cosine %{{y:.3f}}<extra></extra>",
        }
        for values, colour, dash, name in looks
        if np.isfinite(values).any()
    ]  # fmt: skip


def _ends(layers: Layers, domains: list, span: tuple[float, float], theme: Theme) -> list[dict]:
    ends = [(float(layers.any_two[-1]), "two arbitrary words", theme.quiet)] if np.isfinite(layers.any_two[-1]) else []
    if layers.is_told:
        ends += [(float(layers.other[-1]), "different senses", theme.ink)]
        ends += [(float(layers.same[-1]), "the same sense", theme.forward)] if np.isfinite(layers.same[-1]) else []
    else:
        ends += [(float(layers.same[-1]), "two occurrences", theme.forward)]
    return [one | {"yref": "y2"} for one in end_labels(ends, *span, COSINES * theme.scale, theme)]


def _gaps(layers: Layers, theme: Theme) -> list[dict]:
    gap = layers.same - layers.other
    return [
        {
            "type": "bar", "x": np.arange(len(gap)), "y": gap.astype(np.float32), "width": 0.5, "xaxis": "x", "yaxis": "y3",
            "marker": {"color": fade(theme.forward, 0.3), "line": {"color": theme.forward, "width": 1}},
            "text": [thousandths(one) if np.isfinite(one) else "" for one in gap], "textposition": "outside", "textfont": {"size": theme.px(12), "color": theme.ink}, "cliponaxis": False,
            "hovertemplate": "layer %{x}: gap %{text}<extra></extra>",
        }
    ]  # fmt: skip


def _rights(layers: Layers, theme: Theme) -> list[dict]:
    return [
        {
            "type": "scatter", "mode": "markers+lines", "x": np.arange(len(layers.right)), "y": layers.right.astype(np.float32), "xaxis": "x", "yaxis": "y4",
            "line": {"color": theme.forward, "width": 2}, "marker": {"size": 7, "color": theme.forward},
            "error_y": {
                "type": "data", "symmetric": False, "array": (layers.high - layers.right).astype(np.float32),
                "arrayminus": (layers.right - layers.low).astype(np.float32), "thickness": 1.1, "width": 4, "color": fade(theme.forward, 0.55),
            },
            "hovertemplate": "layer %{x}: %{y:.0%}<extra></extra>",
        }
    ]  # fmt: skip


def _line(axis: str, value: float, theme: Theme) -> dict:
    dash = "dot" if value else "solid"
    return {"type": "line", "xref": "paper", "yref": axis, "x0": 0, "x1": 1, "y0": value, "y1": value, "layer": "below",
            "line": {"color": theme.quiet if value else theme.line, "width": 1, "dash": dash}}  # fmt: skip


def _titles(layers: Layers, domains: list, theme: Theme) -> list[dict]:
    texts = ["the vectors in a plane, each layer in a scale of its own", "cosine of two vectors, on average"]
    if layers.is_told:
        texts += ["gap: the same sense minus different senses", "the nearest other occurrence has the same sense"]
    font = {"size": theme.px(12), "color": theme.quiet}
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "xshift": -LEFT * theme.scale + 4, "yshift": 6, "font": font}
    notes = [note(text, 0, top, **style) for text, (_, top) in zip(texts, domains, strict=True)]
    if layers.is_told:
        chance = {"xref": "paper", "yref": "y4", "xanchor": "left", "xshift": 10, "font": font}
        notes.append(note(f"by chance {100 * layers.chance:.0f} %", 1, layers.chance, **chance))
    return notes
