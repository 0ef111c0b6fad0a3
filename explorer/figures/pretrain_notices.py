"""What to notice about a small language model: how many bits it saves, and what a head of its attention does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.curves import Line
from explorer.figures.naming import share_of

UNIT = {"characters": "character", "subwords": "piece", "words": "word"}
"""What a piece is called in a sentence."""
NAMED = 0.4
"""From this share of attention on, a head is called after what it looks at."""


def bits_notice(held_out: Line, baseline: float, masked: bool, training: Line) -> str:
    """What the held-out text costs by now, against frequencies alone, and whether it gets worse again, alone or with what is learned."""
    steps, values = (np.asarray(part) for part in held_out)
    known = np.isfinite(values)
    if not known.any():
        return ""
    steps, values = steps[known], values[known]
    now, unit = float(values[-1]), "hidden piece" if masked else "character"
    told = f"Text it has never read costs {number(now)} bits for each {unit}; knowing only how frequent the pieces are, {number(baseline)}."
    best = int(np.argmin(values))
    if values[best] < 0.98 * now and best < len(values) - 1:
        return f"{told} At step {steps[best]:,} it was {number(float(values[best]))}: {_why_worse(training, int(steps[best]), int(steps[-1]))}."
    if now < baseline:
        return f"{told} So it has to be told {share_of(1 - now / baseline)} less."
    return f"{told} So far it knows less than that."


def _why_worse(training: Line, best: int, last: int) -> str:
    """Whether what is learned from went on to get better since the best step: means up to then and by now, for each step has texts of its own."""
    steps, values = (np.asarray(part) for part in training)
    apart = (last - best) / 4
    known = np.isfinite(values)
    then, now = values[known & (steps >= best - apart) & (steps <= best)], values[known & (steps >= last - apart)]
    if then.size and now.size and now.mean() < then.mean():
        return "it has begun to learn its text by heart"
    return "since then it has become worse on both: the learning rate may be too high"


def head_habits(weights: np.ndarray) -> dict[str, float]:
    """Mean share of attention that one head (T, T) gives to certain places, over the places that have them.

    Returns
    -------
    dict
        "the piece just before", "the piece itself", "the very first piece", "the piece just after".
    """
    length = len(weights)
    if length < 2:
        return {"the piece itself": float(weights[0, 0])}
    return {
        "the piece just before": float(np.diagonal(weights, -1).mean()),
        "the piece itself": float(np.diagonal(weights)[1:].mean()),
        "the very first piece": float(weights[2:, 0].mean()) if length > 2 else 0.0,
        "the piece just after": float(np.diagonal(weights, 1).mean()),
    }


def same_piece(weights: np.ndarray, pieces: Sequence[str], after: bool = False) -> float:
    """Mean share that goes to other places where the same piece stands, over the places that have such; NaN if none has.

    With `after` to the places just behind those: where an induction head looks.
    """
    same = np.array([[one == other for other in pieces] for one in pieces]) & ~np.eye(len(pieces), dtype=bool)
    if after:
        same = np.roll(same, 1, axis=1)
        same[:, 0] = False
    has = (same & (weights > 0)).any(axis=1)
    return float((weights * same).sum(axis=1)[has].mean()) if has.any() else float("nan")


def head_notice(maps: np.ndarray, layer: int, head: int, pieces: Sequence[str]) -> str:
    """What one head does with this text, measured."""
    weights = np.asarray(maps[layer, head], dtype=float)
    habits = head_habits(weights)
    elsewhere = {"the same piece elsewhere": same_piece(weights, pieces), "what followed the same piece elsewhere": same_piece(weights, pieces, after=True)}
    habits |= {name: share for name, share in elsewhere.items() if np.isfinite(share)}
    favourite = max(habits, key=habits.__getitem__)
    rest = sorted((name for name in habits if name != favourite), key=habits.__getitem__, reverse=True)
    others = ", ".join(f"{name} {share_of(habits[name])}" for name in rest[:2])
    where = f"Layer {layer + 1}, head {head + 1}"
    if habits[favourite] >= NAMED:
        return f"{where} looks mostly at {favourite} ({share_of(habits[favourite])} of its attention; {others})."
    return f"{where} has no simple habit here: {favourite} gets {share_of(habits[favourite])}, {others}."
