"""A text from its first sentence to its last, with how central each sentence is in several spaces, one lane below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, fade, plain

LANE, GAP, TOP, FOOT, LEFT = 106, 12, 22, 46, 132
"""Pixels of a lane, between two, above and below all, and for their names."""
LINKS = 5
"""Links of the chosen sentence that are drawn in each lane."""
POINTS = 24
ARC = 0.42
"""Part of a lane that the arcs may take, above the bars."""


@dataclass(frozen=True, eq=False)
class Lane:
    """One space.

    Attributes
    ----------
    name : str
    space : str
        Picks the hue.
    scores : (n,) array
        Centrality; 1 / n is average. NaN where no two sentences are linked: nothing is ranked.
    chosen : sequence of int
        The sentences of the summary, the most central first; none where nothing is ranked.
    links : (n, n) array
        Cosines of the sentences that are linked; 0 for others.
    """

    name: str
    space: str
    scores: np.ndarray
    chosen: Sequence[int]
    links: np.ndarray

    @property
    def is_ranked(self) -> bool:
        """Whether any two sentences are linked."""
        return bool(np.isfinite(self.scores).any())


def hue(space: str, theme: Theme) -> str:
    """The colour of a way to summarise; the first sentences are quiet."""
    return {"tfidf": theme.ink, "glove": theme.category(2), "minilm": theme.architecture("transformer")}.get(
        space, theme.quiet
    )


@picture
def summary_lanes(
    lanes: Sequence[Lane], sentences: Sequence[str], paragraphs: Sequence[int], theme: Theme, *, lead: int, chosen: int | None = None,
    compact: bool = False,
) -> Spec:  # fmt: skip
    """Bars as high as the scores, against the average of the text; those of the summary are full and numbered.

    Parameters
    ----------
    sentences : sequence of str
        For the hover.
    paragraphs : sequence of int
        Of each sentence; where a new one begins stands a tick below.
    lead : int
        How many first sentences are shaded: the summary to beat.
    chosen : int or None
        A sentence whose strongest links are drawn in every lane, from 0.
    """
    scale, n = theme.scale, len(sentences)
    lane = 1.22 * LANE if compact else LANE * scale
    height = (TOP + FOOT) * scale + len(lanes) * lane + (len(lanes) - 1) * GAP
    layout = canvas(theme, height, (LEFT * scale, 14, TOP * scale, FOOT * scale), barmode="overlay", bargap=0.25)
    starts = [i + 1 for i in range(n) if i == 0 or paragraphs[i] != paragraphs[i - 1]]
    layout["xaxis"] = {
        "range": [0.3, n + 0.7], "fixedrange": True, "showline": True, "anchor": f"y{len(lanes)}" if len(lanes) > 1 else "y",
        "tickvals": starts, "ticktext": _numbers(starts, n), "ticks": "outside", "ticklen": 5, "tickcolor": theme.faint, "tickangle": 0,
    }  # fmt: skip
    data, notes = [], []
    whole = len(lanes) * lane + (len(lanes) - 1) * GAP
    for k, one in enumerate(lanes):
        suffix = "" if k == 0 else str(k + 1)
        top = 1 - k * (lane + GAP) / whole
        relative = np.nan_to_num(one.scores * n)
        most = max(float(relative.max()), 1.5)
        roof = most / (1 - ARC) if chosen is not None else most * 1.22
        layout[f"yaxis{suffix}"] = {"domain": [max(top - lane / whole, 0), min(top, 1)], "range": [0, roof], "fixedrange": True,
                                    "showticklabels": False}  # fmt: skip
        data += [_bars(one, relative, sentences, suffix, theme, chosen), _average(n, suffix, theme)]
        if chosen is not None:
            data += _arcs(one, chosen, most, roof, suffix, theme)
        notes += [_name(one.name, one.space, suffix, theme), *_places(one, relative, suffix, theme)]
        notes += [] if one.is_ranked else [_unranked(n, suffix, theme)]
    layout["shapes"] = [_lead(lead, theme), *([_line(chosen, theme)] if chosen is not None else [])]
    layout["annotations"] = [
        *notes,
        note(f"first {lead}", 0.5, 1, yref="paper", xanchor="left", yanchor="bottom", yshift=3, font={"size": theme.px(12), "color": theme.quiet}),
        note("sentences, from the first to the last; a tick where a paragraph begins", 0, 0, xref="paper", yref="paper", xanchor="left", yanchor="top",
             yshift=-24 * scale, font={"size": theme.px(12), "color": theme.quiet}),
    ]  # fmt: skip
    return spec(data, layout)


def _numbers(starts: Sequence[int], n: int) -> list[str]:
    """Numbers at ticks, as many as have room."""
    apart, last, found = max(n / 24, 1), -np.inf, []
    for start in starts:
        shown = start - last >= apart
        found.append(str(start) if shown else "")
        last = start if shown else last
    return found


def _bars(
    lane: Lane, relative: np.ndarray, sentences: Sequence[str], suffix: str, theme: Theme, chosen: int | None
) -> dict:
    colour, taken = hue(lane.space, theme), set(lane.chosen)
    shades = [
        colour if i in taken else theme.gradient if i == chosen else fade(colour, 0.28) for i in range(len(relative))
    ]
    told = [
        f"sentence {i + 1}, {f'{value:.2f} times the average' if lane.is_ranked else 'not ranked'}{' · chosen' if i in taken else ''}<br>{_wrapped(text)}"
        for i, (text, value) in enumerate(zip(sentences, relative, strict=True))
    ]
    return {
        "type": "bar", "x": np.arange(1, len(relative) + 1, dtype=np.int32), "y": relative.astype(np.float32), "xaxis": "x", "yaxis": f"y{suffix}",
        "marker": {"color": shades, "line": {"width": 0}}, "hovertext": told, "hoverinfo": "text",
    }  # fmt: skip


def _wrapped(text: str, wide: int = 80, lines: int = 4) -> str:
    """A sentence over several lines, escaped."""
    words, found = text.split(), [""]
    for word in words:
        if len(found[-1]) + len(word) > wide and found[-1]:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    shown = found[:lines]
    return "<br>".join(plain(line, wide + 40) for line in shown) + (" …" if len(found) > lines else "")


def _average(n: int, suffix: str, theme: Theme) -> dict:
    return {"type": "scatter", "mode": "lines", "x": np.array([0.3, n + 0.7]), "y": np.array([1.0, 1.0]), "xaxis": "x", "yaxis": f"y{suffix}",
            "hoverinfo": "skip", "line": {"color": theme.quiet, "width": 1, "dash": "dot"}}  # fmt: skip


def _arcs(lane: Lane, chosen: int, most: float, roof: float, suffix: str, theme: Theme) -> list[dict]:
    """The strongest links of a sentence, as arcs above the bars: the farther, the higher."""
    weights = lane.links[chosen].copy()
    weights[chosen] = 0.0
    others = [i for i in np.argsort(-weights, kind="stable")[:LINKS] if weights[i] > 0]
    way, found = np.linspace(0, 1, POINTS), []
    for i in others:
        share = float(weights[i] / weights.max())
        high = (roof - most) * (0.35 + 0.6 * abs(i - chosen) / max(len(weights) - 1, 1))
        x = (chosen + 1) + (i - chosen) * way
        y = most * 1.02 + 4 * high * way * (1 - way) * 0.95
        found.append({
            "type": "scatter", "mode": "lines", "x": x.astype(np.float32), "y": y.astype(np.float32), "xaxis": "x", "yaxis": f"y{suffix}",
            "hoverinfo": "skip", "line": {"color": fade(hue(lane.space, theme), 0.3 + 0.6 * share), "width": 1 + 1.5 * share},
        })  # fmt: skip
    return found


def _name(text: str, space: str, suffix: str, theme: Theme) -> dict:
    return note(f"<b>{plain(text)}</b>", 0, 0, xref="paper", yref=f"y{suffix} domain", xanchor="right", yanchor="bottom", xshift=-14, yshift=4,
                font={"size": theme.px(14), "color": hue(space, theme)})  # fmt: skip


def _unranked(n: int, suffix: str, theme: Theme) -> dict:
    return note("no two sentences are linked: nothing is ranked", (n + 1) / 2, 0.5, yref=f"y{suffix}", yanchor="middle",
                font={"size": theme.px(12), "color": theme.quiet})  # fmt: skip


def _places(lane: Lane, relative: np.ndarray, suffix: str, theme: Theme) -> list[dict]:
    """The place of each chosen sentence over its bar."""
    return [
        note(str(place), i + 1, float(relative[i]), yref=f"y{suffix}", yanchor="bottom", yshift=1,
             font={"size": theme.px(11), "color": hue(lane.space, theme)})
        for place, i in enumerate(lane.chosen, 1)
    ]  # fmt: skip


def _lead(lead: int, theme: Theme) -> dict:
    return {"type": "rect", "x0": 0.5, "x1": lead + 0.5, "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0},
            "fillcolor": fade(theme.quiet, 0.13)}  # fmt: skip


def _line(chosen: int, theme: Theme) -> dict:
    return {
        "type": "line",
        "x0": chosen + 1,
        "x1": chosen + 1,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.gradient, "width": 1},
    }


def lanes_notice(lanes: Sequence[Lane], lead: int, words: Sequence[int], threshold: float = 0.0) -> str:
    """Where the chosen sentences stand, how far the spaces agree, and how long the sentences are that they like.

    Parameters
    ----------
    words : sequence of int
        Of each sentence.
    threshold : float
        Cosine above which two sentences are linked.
    """
    idle = [lane.name for lane in lanes if not lane.is_ranked]
    none = f"No two sentences have a cosine above {threshold:g} by {' or '.join(idle)}: {'it ranks' if len(idle) == 1 else 'they rank'} nothing. " if idle else ""
    lanes = [lane for lane in lanes if lane.is_ranked]
    if not lanes:
        return f"{none}Choose a lower cosine to link from, and they are ranked." if threshold else none.strip()
    return none + _chosen_notice(lanes, lead, words, alone=bool(idle))


def _chosen_notice(lanes: Sequence[Lane], lead: int, words: Sequence[int], alone: bool) -> str:
    """The same of spaces that rank; `alone`: others do not."""
    sets, total = [set(lane.chosen) for lane in lanes], len(words)
    shared = len(set.intersection(*sets)) if sets else 0
    first = [f"{lane.name} {len(chosen & set(range(lead)))}" for lane, chosen in zip(lanes, sets, strict=True)]
    long = [f"{lane.name} {np.mean([words[i] for i in lane.chosen]):.0f}" for lane in lanes]
    every = "Each other space" if alone else "Each space"
    said = f"{every} chooses {len(lanes[0].chosen)} of {total} sentences; {_all(shared, len(lanes))}"
    return (
        f"{said} Of the first {lead} they take: {', '.join(first)}. Words in a chosen sentence, on average: {', '.join(long)}; "
        f"in all sentences {np.mean(words):.0f}."
    )


def _all(shared: int, spaces: int) -> str:
    if spaces < 2:
        return "the others come as they are read."
    return {0: "they agree on none.", 1: "they agree on one."}.get(shared, f"they agree on {shared}.")


def shared_words(one: Sequence[str], other: Sequence[str], common: Mapping[str, object] | frozenset[str]) -> list[str]:
    """Words that two sentences share and that carry a subject, in the order of the first."""
    return [word for word in dict.fromkeys(one) if word in set(other) and word not in common]
