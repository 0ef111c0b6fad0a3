"""The same training with its gradients clipped and without: their lengths, how many were shortened, and the losses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, number, picture, power, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

LEFT, RIGHT, ABOVE, BELOW = 60, 170, 30, 40
NORMS, SHARE, LOSS = (0.47, 1.0), (0.3, 0.4), (0.0, 0.22)
"""Parts of the height, from the bottom, that the three rows take."""
WINDOW = 20
"""Updates over which the share of clipped ones is told."""
ABOVE_ALL = 3.0
"""Decades that the axis goes beyond the training that holds: what explodes leaves the picture at its top."""


@dataclass(frozen=True, eq=False)
class Lengths:
    """One training's gradients.

    Attributes
    ----------
    steps, before, after, loss : numpy.ndarray
        (N,): updates, gradient norms before and after clipping, and losses.
    clipped : numpy.ndarray
        bool (N,).
    apart : bool
        Whether the last of them is where it came apart.
    """

    steps: np.ndarray
    before: np.ndarray
    after: np.ndarray
    loss: np.ndarray
    clipped: np.ndarray
    apart: bool = False


@picture
def clipping(
    held: Lengths,
    free: Lengths,
    theme: Theme,
    *,
    threshold: float,
    baseline: float | None = None,
    baseline_name: str = "",
    end: float = 10.0,
    moment: int | None = None,
    height: float = 480,
) -> Spec:
    """Three rows over the same training steps: gradient norms, the share that was clipped, and losses.

    Parameters
    ----------
    held, free : Lengths
        With clipping, and the same training without.
    threshold : float
        What is clipped at now.
    end : float
        Where the axis of training steps ends.
    """
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, BELOW)), hovermode="x")
    title = {"text": "training step", "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
    layout["xaxis"] = {"range": [0, end], "nticks": 7, "tickformat": ",d", "hoverformat": ",d", "title": title, "anchor": "y3"}
    norms, losses = _span([held.before, held.after], [free.before]), _span([held.loss], [free.loss], baseline)
    layout["yaxis"] = {"domain": list(NORMS), **_log_axis(norms)}
    layout["yaxis2"] = {"domain": list(SHARE), "range": [0, 1.05], "tickvals": [0, 1], "ticktext": ["0", "100 %"], "fixedrange": True,
                        "showgrid": True}  # fmt: skip
    layout["yaxis3"] = {"domain": list(LOSS), **_log_axis(losses)}
    data = [*_norm_lines(held, free, norms, theme), _share_line(held, theme), *_loss_lines(held, free, losses, theme)]
    layout["shapes"] = [*_levels(threshold, norms, baseline, losses, theme), *_at(moment, theme)]
    layout["annotations"] = [
        *_rows(theme), *_ends(held, free, norms, losses, baseline, baseline_name, height, theme), *_limit(threshold, norms, theme),
        *_exit(free, norms, theme),
    ]  # fmt: skip
    return spec(data, layout)


def _span(held: list[np.ndarray], free: list[np.ndarray], more: float | None = None) -> tuple[float, float]:
    """Decades for what holds, and a few more for what does not."""
    low, high = _decades([*held, np.array([np.nan if more is None else more])])
    other = _decades(free)
    return np.floor(min(low, other[0])), np.ceil(min(max(high, other[1]), high + ABOVE_ALL))


def _decades(values: list[np.ndarray]) -> tuple[float, float]:
    known = np.concatenate([np.ravel(one) for one in values]).astype(float)
    known = known[np.isfinite(known) & (known > 0)]
    if not known.size:
        return -1.0, 1.0
    return float(np.log10(known.min())), float(max(np.log10(known.max()), np.log10(known.min()) + 1e-9))


def _log_axis(span: tuple[float, float]) -> dict:
    low, high = (int(end) for end in span)
    high = max(high, low + 1)
    ticks = list(range(low, high + 1, max(1, -(-(high - low) // 4))))
    return {"range": [low, high], "tickvals": ticks, "ticktext": [power(tick) for tick in ticks], "showgrid": True, "fixedrange": True}


def _place(values: np.ndarray, span: tuple[float, float]) -> np.ndarray:
    """Log10 within the axis; what is infinite stands at its top, what is no number nowhere."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.clip(np.log10(np.asarray(values, dtype=float)), *span).astype(np.float32)


def _norm_lines(held: Lengths, free: Lengths, span: tuple[float, float], theme: Theme) -> list[dict]:
    pale = fade(theme.gradient, 0.2)
    after = _curve(held.steps, held.after, span, "y", theme.gradient_text, 2.2, "after clipping")
    before = _curve(held.steps, held.before, span, "y", theme.gradient, 1.2, "before clipping")
    loose = _curve(free.steps, free.before, span, "y", theme.warning, 1.6, "without clipping")
    return [after, before | {"fill": "tonexty", "fillcolor": pale}, loose, *_cross(free, free.before, span, "y", theme)]


def _loss_lines(held: Lengths, free: Lengths, span: tuple[float, float], theme: Theme) -> list[dict]:
    return [
        _curve(free.steps, free.loss, span, "y3", theme.warning, 1.4, "loss without clipping"),
        _curve(held.steps, held.loss, span, "y3", theme.forward, 1.6, "loss with clipping"),
        *_cross(free, free.loss, span, "y3", theme),
    ]


def _curve(steps: np.ndarray, values: np.ndarray, span: tuple, y: str, colour: str, width: float, name: str) -> dict:
    return {
        "type": "scatter", "mode": "lines" if len(steps) > 40 else "lines+markers", "x": np.asarray(steps, dtype=np.float32),
        "y": _place(values, span), "customdata": np.asarray(values, dtype=float), "yaxis": y, "marker": {"size": 4},
        "line": {"color": colour, "width": width}, "hovertemplate": f"{name}: %{{customdata:.3g}}<extra></extra>",
    }  # fmt: skip


def _cross(free: Lengths, values: np.ndarray, span: tuple, y: str, theme: Theme) -> list[dict]:
    """Where the training without clipping came apart."""
    if not free.apart or not len(free.steps):
        return []
    top = np.nan_to_num(_place(values[-1:], span), nan=span[1])
    cross = {"symbol": "x-thin", "size": 13, "line": {"width": 3, "color": theme.warning}}
    at = {"x": np.asarray(free.steps[-1:], dtype=np.float32), "y": top.astype(np.float32), "yaxis": y}
    return [{"type": "scatter", "mode": "markers", **at, "marker": cross, "cliponaxis": False, "hoverinfo": "skip"}]


def running_share(clipped: np.ndarray, window: int = WINDOW) -> np.ndarray:
    """Share of clipped updates among the last `window` of those kept, at each, (N,)."""
    total = np.concatenate([[0.0], np.cumsum(np.asarray(clipped, dtype=float))])
    ends = np.arange(1, len(total))
    begins = np.maximum(ends - window, 0)
    return (total[ends] - total[begins]) / (ends - begins)


def _share_line(held: Lengths, theme: Theme) -> dict:
    return {
        "type": "scatter", "mode": "lines", "x": np.asarray(held.steps, dtype=np.float32), "yaxis": "y2",
        "y": running_share(held.clipped).astype(np.float32), "fill": "tozeroy", "fillcolor": fade(theme.gradient, 0.2),
        "line": {"color": theme.gradient, "width": 1.4}, "hovertemplate": "%{y:.0%} clipped<extra></extra>",
    }  # fmt: skip


def _levels(threshold: float, norms: tuple, baseline: float | None, losses: tuple, theme: Theme) -> list[dict]:
    line = {"color": theme.quiet, "width": 1.2, "dash": "dot"}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": line}
    found = [("y", threshold, norms), ("y3", baseline, losses)]
    return [
        {**across, "yref": y, "y0": float(np.log10(level)), "y1": float(np.log10(level))}
        for y, level, span in found
        if level and span[0] <= np.log10(level) <= span[1]
    ]


def _at(moment: int | None, theme: Theme) -> list[dict]:
    if moment is None:
        return []
    line = {"color": theme.ink, "width": 1.4}
    return [{"type": "line", "x0": moment, "x1": moment, "yref": "paper", "y0": 0, "y1": 1, "line": line}]


def _rows(theme: Theme) -> list[dict]:
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 5}
    font = {"size": theme.px(12), "color": theme.quiet}
    names = ("length of the whole gradient", f"share of the last {WINDOW} updates that were clipped", "training loss")
    return [note(name, 0, row[1], font=font, **style) for name, row in zip(names, (NORMS, SHARE, LOSS), strict=True)]


def _ends(
    held: Lengths, free: Lengths, norms: tuple, losses: tuple, baseline: float | None, name: str, height: float, theme: Theme
) -> list[dict]:
    pixels = height - (ABOVE + BELOW) * theme.scale
    upper = [(held.before, "before clipping", theme.gradient_text), (held.after, "after", theme.gradient_text)]
    lower = [(held.loss, "with clipping", theme.forward)]
    if not free.apart:
        upper.append((free.before, "without clipping", theme.warning))
        lower.append((free.loss, "without", theme.warning))
    found = []
    for row, y, span, lines in ((NORMS, "y", norms, upper), (LOSS, "y3", losses, lower)):
        ends = [(float(_place(values[-1:], span)[0]), f"{label} {number(float(values[-1]))}", colour)
                for values, label, colour in lines if len(values) and np.isfinite(values[-1])]  # fmt: skip
        if y == "y3" and baseline is not None:
            ends.append((float(np.log10(baseline)), plain(name, 30), theme.quiet))
        found += [one | {"yref": y} for one in end_labels(ends, *span, pixels * (row[1] - row[0]), theme, 11.5)]
    return found


def _limit(threshold: float, span: tuple, theme: Theme) -> list[dict]:
    at = float(np.log10(threshold))
    if not span[0] <= at <= span[1]:
        return []
    font = {"size": theme.px(11), "color": theme.quiet}
    style = {"xref": "paper", "xanchor": "left", "yanchor": "top", "xshift": 6, "bgcolor": fade(theme.background, 0.8)}
    return [note(f"clipped at {number(threshold)}", 0, at, font=font, **style)]


def _exit(free: Lengths, span: tuple, theme: Theme) -> list[dict]:
    """The words beside the cross."""
    if not free.apart or not len(free.steps):
        return []
    font = {"size": theme.px(12), "color": theme.warning}
    text = f"without clipping it came apart at step {int(free.steps[-1]):,}: {number(float(free.before[-1]))}"
    return [note(text, int(free.steps[-1]), span[1], xanchor="left", yanchor="top", xshift=12, font=font, bgcolor=fade(theme.background, 0.8))]


def clipping_notice(held: Lengths, free: Lengths, threshold: float, baseline: float | None) -> str:
    """What clipping changed."""
    if not len(held.steps):
        return "Press Play: both trainings begin with the same weights and read the same examples."
    longest, shortened = float(np.nanmax(held.before)), float(np.mean(held.clipped))
    told = (
        f"With clipping, {share_of(shortened)} of the updates were shortened to {number(threshold)}; the longest gradient was {number(longest)}."
    )
    if free.apart:
        told += f" Without it, the training came apart at step {int(free.steps[-1]):,}, with a gradient of length {number(float(free.before[-1]))}."
    elif len(free.steps):
        told += f" Without it, the longest was {number(float(np.nanmax(free.before)))}."
    recent = float(np.nanmean(held.loss[-20:]))
    if baseline is not None and np.isfinite(recent):
        told += f" The clipped training's loss is {number(recent)} now, {'below' if recent < baseline else 'not below'} the {number(baseline)} of guessing."
    return told
