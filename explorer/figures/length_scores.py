"""What each architecture achieves when there is further to remember: one line over the length of the sequences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.lanes import hue, pen
from explorer.figures.palette import Theme, plain
from explorer.figures.value_axes import scale_of

MARGIN = (58, 138, 40, 44)


@picture
def length_scores(
    names: Sequence[tuple[str, str]], lengths: Sequence[int], values: np.ndarray, done: np.ndarray, theme: Theme, *,
    measure: str = "held-out loss", share: bool = False, log: bool = False, baseline: Sequence[float] | None = None, baseline_name: str = "always guessing", height: float = 340,
) -> Spec:  # fmt: skip
    """Lines over length, both axes from the data.

    Parameters
    ----------
    names : sequence of (name, title)
        Of the architectures, one for each row.
    lengths : sequence of int
    values, done : (rows, lengths) arrays
        What is compared, NaN where it is not known; and how much of that training is made: points of unfinished ones are hollow.
    baseline : sequence of float, optional
        For each length.
    """
    values, rule = np.asarray(values, dtype=float), np.asarray([] if baseline is None else baseline, dtype=float)
    scale = scale_of([values, rule], share, log)
    layout = canvas(theme, height, tuple(theme.scale * side for side in MARGIN), hovermode="closest")
    layout["xaxis"], layout["yaxis"] = length_axis(lengths, theme), scale.axis
    rows = list(zip(names, values, np.asarray(done, dtype=float), strict=True))
    data = [_line(name, title, lengths, row, made, share, theme) for (name, title), row, made in rows]
    ends = []
    for (name, title), row, _ in rows:
        known = row[np.isfinite(row)]
        if known.size:
            ends.append(
                (scale.place(float(known[-1])), f"{plain(title)} {scale.said(float(known[-1]))}", hue(name, theme))
            )
    if rule.size:
        data.append(_baseline(lengths, rule, theme))
        ends.append((scale.place(float(rule[-1])), plain(baseline_name, 22), theme.quiet))
    pixels = height - (MARGIN[2] + MARGIN[3]) * theme.scale
    layout["annotations"] = [
        *end_labels(ends, *scale.ends, pixels, theme),
        heading(measure + (" (log)" if log else ""), theme),
    ]
    return spec(data, layout)


def length_axis(lengths: Sequence[int], theme: Theme) -> dict:
    """A log axis whose ticks are the lengths themselves."""
    title = {
        "text": "length of the sequences, in steps",
        "font": {"size": theme.px(12), "color": theme.quiet},
        "standoff": 4,
    }
    ends = np.log10([min(lengths), max(lengths)])
    pad = 0.04 * max(float(ends[1] - ends[0]), 0.1)
    ticks = {"tickvals": [float(one) for one in lengths], "ticktext": [f"{one:,}" for one in lengths]}
    return {
        "type": "log",
        "range": [float(ends[0] - pad), float(ends[1] + pad)],
        "showline": True,
        "title": title,
        "fixedrange": True,
        **ticks,
    }


def heading(text: str, theme: Theme, x: float = 0.0) -> dict:
    """What a panel shows, above its left end."""
    font = {"size": theme.px(13), "color": theme.quiet}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 12}
    return note(plain(text, 60), x, 1, font=font, **place)


def _line(
    name: str, title: str, lengths: Sequence[int], row: np.ndarray, made: np.ndarray, share: bool, theme: Theme
) -> dict:
    known = np.isfinite(row)
    symbols = np.where(made[known] >= 1, "circle", "circle-open")
    return {
        "type": "scatter", "mode": "lines+markers", "x": np.asarray(lengths, dtype=np.float32)[known], "y": row[known].astype(np.float32), "line": pen(name, theme),
        "marker": {"color": hue(name, theme), "size": 8, "symbol": symbols, "line": {"width": 1.8, "color": hue(name, theme)}}, "cliponaxis": False,
        "hovertemplate": f"{plain(title)}, length %{{x:,.0f}}<br>%{{y:{'.1%' if share else '.4g'}}}<extra></extra>",
    }  # fmt: skip


def _baseline(lengths: Sequence[int], values: Sequence[float], theme: Theme) -> dict:
    line = {"color": theme.quiet, "width": 1.4, "dash": "dot"}
    x, y = (np.asarray(one, dtype=np.float32) for one in (lengths, values))
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def length_notice(
    titles: Sequence[str],
    lengths: Sequence[int],
    values: np.ndarray,
    done: np.ndarray,
    lower: bool,
    bar: Sequence[float],
) -> str:
    """Up to which length each architecture did better than the baseline `bar`, and who got furthest."""
    finished = np.asarray(done) >= 1
    if not finished.any():
        return "The first point appears when the first training is done."
    better = (values < 0.5 * np.asarray(bar)) if lower else (values > 0.5 * (1 + np.asarray(bar)))
    said = []
    for title, good, made in zip(titles, better, finished, strict=True):
        reached = [length for length, one, known in zip(lengths, good, made, strict=True) if one and known]
        tried = [length for length, known in zip(lengths, made, strict=True) if known]
        if tried:
            said.append((max(reached, default=0), max(tried), title))
    said.sort(key=lambda one: -one[0])
    parts = [f"{title} up to {far}" if far else f"{title} at none of them" for far, _, title in said]
    rule = "halve the baseline's error" if lower else "get more than half of the way from the baseline to no errors"
    return f"With so many updates, these lengths are learned well enough to {rule}: {'; '.join(parts)}."
