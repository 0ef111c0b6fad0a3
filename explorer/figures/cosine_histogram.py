"""Cosines of random pairs of words, and where a certain pair stands among them."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import quoted, share_of
from explorer.figures.palette import Theme, fade, plain

BINS = 60


@picture
def cosine_histogram(cosines: np.ndarray, value: float, names: tuple[str, str], theme: Theme, *, height: float = 230) -> Spec:
    """How often each cosine occurs, those below the pair's in the stronger shade.

    Parameters
    ----------
    cosines : numpy.ndarray, (n,)
        Of random pairs.
    value : float
        Cosine of the pair.
    names : (str, str)
        Its words.
    """
    low, high = min(-0.4, value, float(cosines.min(initial=0.0))), 1.0
    counts, edges = np.histogram(cosines, BINS, (low, high))
    share = counts / max(counts.sum(), 1)
    layout = canvas(theme, height, (16, 16, 58 * theme.scale, 44 * theme.scale), bargap=0.08)
    title = {"text": "cosine", "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
    room = 0.02 * (high - low)
    layout["xaxis"] = {"range": [low - room, high + room], "showline": True, "dtick": 0.2, "title": title, "fixedrange": True}
    layout["yaxis"] = {"range": [0, 1.05 * max(float(share.max()), 1e-9)], "visible": False, "fixedrange": True}
    below = edges[1:] <= value
    bars = {
        "type": "bar", "x": (edges[:-1] + edges[1:]) / 2, "y": share.astype(np.float32),
        "marker": {"color": [fade(theme.quiet, 0.42 if under else 0.2) for under in below], "line": {"width": 0}},
        "customdata": 100 * share, "hovertemplate": "about %{x:.2f}: %{customdata:.1f} % of random pairs<extra></extra>",
    }  # fmt: skip
    layout["shapes"] = [
        {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": theme.forward, "width": 2.4}}
    ]
    side = "right" if value > 0.7 else "left" if value < 0 else "center"
    font = {"size": theme.px(15), "color": theme.forward}
    pair = f"<b>{plain(names[0], 18)} · {plain(names[1], 18)}</b>  {value:.2f}".replace("-", "−")
    layout["annotations"] = [note(pair, value, 1, yref="paper", xanchor=side, yanchor="bottom", yshift=8, font=font)]
    return spec([bars], layout)


def pair_notice(names: tuple[str, str], above: int, drawn: int, ranks: tuple[int, int], among: int) -> str:
    """Whether two words are near, as random pairs go, and as their neighbours go.

    Parameters
    ----------
    above, drawn : int
        Random pairs that are nearer, of how many.
    ranks : (int, int)
        Place of the second word among the neighbours of the first, and the other way round.
    among : int
        Words the random pairs were drawn from.
    """
    if not ranks[0]:
        return f"{quoted(names[0])} is compared with itself."
    one, other = map(quoted, names)
    said = _as_pairs_go(above, drawn, among)
    if ranks[0] == ranks[1]:
        return f"{said}Each comes at rank {ranks[0]:,} among the other's neighbours."
    return (
        f"{said}{other} comes at rank {ranks[0]:,} among the neighbours of {one}, but {one} at rank {ranks[1]:,} among those of "
        f"{other}: a cosine has no direction, a rank has."
    )


def _as_pairs_go(above: int, drawn: int, among: int) -> str:
    if not drawn:
        return ""
    if above > drawn / 2:
        return f"{share_of(above / drawn)} of {drawn:,} random pairs, from the {among:,} most frequent words, are nearer. "
    nearer = {0: "all", 1: "all but one"}.get(above, f"all but {above:,}")
    return f"They are nearer than {nearer} of {drawn:,} random pairs, from the {among:,} most frequent words. "
