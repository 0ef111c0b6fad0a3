"""How long one update takes when sequences get longer: the way forward and the way back, on two log axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, number, picture, spec
from explorer.figures.lanes import hue, pen
from explorer.figures.length_scores import heading, length_axis
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, plain
from explorer.figures.value_axes import scale_of
from explorer.sequence.race.costs import slope

LEFT, RIGHT = (0.0, 0.41), (0.59, 1.0)
MARGIN = (58, 150, 40, 44)


@picture
def step_costs(
    names: Sequence[tuple[str, str]], lengths: Sequence[int], forward: np.ndarray, backward: np.ndarray, theme: Theme, *, height: float = 360,
) -> Spec:  # fmt: skip
    """Two panels with one axis of milliseconds; beside each name the power with which the cost grows.

    Parameters
    ----------
    names : sequence of (name, title)
    lengths : sequence of int
    forward, backward : (architectures, lengths) arrays
        Milliseconds; NaN where nothing was measured.
    """
    scale = scale_of([np.asarray(forward), np.asarray(backward)], share=False, log=True)
    layout = canvas(theme, height, tuple(theme.scale * side for side in MARGIN), hovermode="closest")
    layout["xaxis"], layout["xaxis2"] = (
        {**length_axis(lengths, theme), "domain": list(domain)} for domain in (LEFT, RIGHT)
    )
    layout["yaxis"] = scale.axis
    pixels = height - (MARGIN[2] + MARGIN[3]) * theme.scale
    data, notes = (
        [],
        [heading("ms forward, one batch (log)", theme, LEFT[0]), heading("ms backward (log)", theme, RIGHT[0])],
    )
    for axis, end, table in (("x", LEFT[1], forward), ("x2", RIGHT[1], backward)):
        data += [_line(name, title, lengths, row, axis, theme) for (name, title), row in zip(names, table, strict=True)]
        ends = [
            _end(name, title, lengths, row, theme)
            for (name, title), row in zip(names, table, strict=True)
            if np.isfinite(row).any()
        ]
        notes += [{**label, "x": end} for label in end_labels(ends, *scale.ends, pixels, theme)]
    layout["annotations"] = notes
    return spec(data, layout)


def _line(name: str, title: str, lengths: Sequence[int], row: np.ndarray, axis: str, theme: Theme) -> dict:
    known = np.isfinite(row)
    return {
        "type": "scatter", "mode": "lines+markers", "x": np.asarray(lengths, dtype=np.float32)[known], "y": np.asarray(row)[known].astype(np.float32),
        "xaxis": axis, "yaxis": "y", "line": pen(name, theme), "marker": {"color": hue(name, theme), "size": 6}, "cliponaxis": False,
        "hovertemplate": f"{plain(title)}, length %{{x:,.0f}}<br>%{{y:.3g}} ms<extra></extra>",
    }  # fmt: skip


def _end(name: str, title: str, lengths: Sequence[int], row: np.ndarray, theme: Theme) -> tuple[float, str, str]:
    known = np.asarray(row)[np.isfinite(row)]
    power_ = slope(np.asarray(lengths), row)
    said = f" T<sup>{hundredths(power_)}</sup>" if np.isfinite(power_) else ""
    return float(np.log10(known[-1])), plain(title) + said, hue(name, theme)


def cost_notice(titles: Sequence[str], lengths: Sequence[int], forward: np.ndarray, backward: np.ndarray) -> str:
    """Whose cost grows fastest and slowest with the length, and how the way back compares with the way forward."""
    total = np.asarray(forward) + np.asarray(backward)
    powers = [(slope(np.asarray(lengths), row), title, row) for title, row in zip(titles, total, strict=True)]
    powers = sorted(((p, title, row) for p, title, row in powers if np.isfinite(p)), key=lambda one: one[0])
    if not powers:
        return "The first round of measurements is under way."
    slow, fast = powers[0], powers[-1]
    longest = int(np.flatnonzero(np.isfinite(total).any(axis=0))[-1])
    ratio = np.nanmedian(np.asarray(backward)[:, longest] / np.asarray(forward)[:, longest])
    said = (
        f"Over the longest sequences the cost of an update grows as T to the power of {hundredths(fast[0])} for {fast[1]} and "
        f"{hundredths(slow[0])} for {slow[1]} (1 would be in proportion, 2 with the square)."
    )
    column = total[:, longest]
    order = np.argsort(np.where(np.isfinite(column), column, np.inf))
    first, last = order[0], order[np.isfinite(column).sum() - 1]
    return (
        f"{said} At {lengths[longest]:,} steps {titles[first]} takes {number(float(column[first]))} ms and {titles[last]} "
        f"{number(float(column[last]))} ms. The way back takes {number(float(ratio))} times as long as the way forward."
    )
