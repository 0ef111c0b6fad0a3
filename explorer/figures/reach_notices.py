"""What to notice about how inputs reach an answer: how many are seen, how far away they are, which of them count."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.gradient_notices import gradient_notice
from explorer.figures.naming import at_step, share_of
from explorer.figures.reach_picture import Reach

EQUAL, ALIKE = 1.001, 1.3
"""A gradient this many times the median of the others is the same, or does not stand out."""


def wiring_notice(reach: Reach) -> str:
    """How many inputs the answer sees, and how far away the chosen one is."""
    seen, steps = reach.wiring.seen, reach.moment.steps
    before = int(reach.wiring.answer) + 1
    total, visible = len(seen), int(seen.sum())
    if total == 1:
        return f"There is a single input, {int(reach.wiring.lengths[0])} connections from the answer."
    if visible == total:
        start = f"The answer sees all {total} inputs"
    else:
        start = f"The answer sees {visible} of {total} inputs"
        start += _unseen(seen, before)
    if reach.chosen is None:
        return f"{start}."
    name, length = at_step(steps, reach.chosen), reach.wiring.lengths[reach.chosen]
    if not np.isfinite(length):
        return f"{start}; from {name} no way leads to it, so its gradient is exactly 0: cut off, not faded."
    return f"{start}; from {name} there are {int(length)} connections on the way (the bold line)."


def _unseen(seen: np.ndarray, before: int) -> str:
    """Whether what is not seen comes too early, or only after the answer was given."""
    early, late = int((~seen[:before]).sum()), int((~seen[before:]).sum())
    parts = [f"{early} came too early"] if early else []
    parts += [f"{late} {'comes' if late == 1 else 'come'} only after it"] if late else []
    return f" ({' and '.join(parts)})" if parts else ""


def input_gradient_notice(reach: Reach, one_after_the_other: bool) -> str:
    """Which input the loss cares about most; of a recurrent network, how fast the gradient fades.

    Parameters
    ----------
    one_after_the_other : bool
        Whether the inputs are read one after the other, so that a factor per step means something.
    """
    norms, steps = reach.gradient, reach.moment.steps
    seen = np.flatnonzero(np.isfinite(norms))
    if not seen.size:
        return "The gradient is no longer a finite number, or no input reaches the answer."
    if not (norms[seen] > 0).any():
        return "The loss sends nothing back to the inputs: at this moment the gradient is exactly 0 everywhere."
    best = int(seen[np.argmax(norms[seen])])
    told = _standing_out(norms, best, seen, steps)
    if one_after_the_other and len(seen) > 2:
        return f"{told} {gradient_notice(norms[seen], [steps[i] for i in seen])}"
    return told


def _standing_out(norms: np.ndarray, best: int, seen: np.ndarray, steps: Sequence[str]) -> str:
    name, others = at_step(steps, best), norms[seen[seen != best]]
    if not others.size:
        return f"The loss hears of {name} alone."
    usual = float(np.median(others))
    if usual <= 0:
        return f"The loss depends most on {name}; on half of the others not at all."
    ratio = norms[best] / usual
    if ratio < EQUAL:
        return "The loss depends on all inputs equally, wherever they stand."
    if ratio < ALIKE:
        return f"The loss depends on all inputs about equally; on {name} most, {number(ratio)} times the median of the others."
    return f"The loss depends most on {name}: {number(ratio)} times as much as on the median of the others."


def attention_notice(maps: np.ndarray, layer: int, head: int, reach: Reach) -> str:
    """Where the large head looks for the answer, and whether the loss cares about the same input.

    Parameters
    ----------
    maps : (L, h, T, T) array
        Attention weights.
    """
    steps, answer = reach.moment.steps, reach.wiring.answer
    row = np.asarray(maps[layer, head, answer], dtype=float)
    favourite = int(row.argmax())
    told = f"For the answer, head {head + 1} of layer {layer + 1} looks most at {at_step(steps, favourite)} ({share_of(float(row[favourite]))})"
    even = 1 / max(int((row > 0).sum()), 1)
    told += f"; looking evenly would be {share_of(even)}." if favourite_is_weak(row[favourite], even) else "."
    norms = reach.gradient
    if not np.isfinite(norms).any():
        return told
    heard = int(np.nanargmax(norms))
    if heard == favourite:
        return f"{told} The loss, too, depends most on it: here the two agree."
    ratio = norms[heard] / norms[favourite] if norms[favourite] > 0 else np.inf
    times = f"{number(ratio)} times as much" if np.isfinite(ratio) else "while it does not depend on the other at all"
    return f"{told} Yet the loss depends most on {at_step(steps, heard)}, {times}: attention is not an explanation."


def favourite_is_weak(weight: float, even: float) -> bool:
    """Whether the largest weight is little more than an even look."""
    return bool(weight < 2 * even)


def twin_notice(names: tuple[str, str], scores: tuple[float, float], counts: tuple[int, int], metric: str) -> str:
    """Two networks' scores and sizes beside each other."""
    said = [f"{name} {share_of(score) if metric == 'accuracy' else number(score)}" for name, score in zip(names, scores, strict=True)]
    apart = abs(counts[0] - counts[1]) / max(*counts, 1)
    size = f"with {counts[0]:,} and {counts[1]:,} parameters" + (", about equally many" if apart < 0.1 else "")
    return f"{metric.capitalize()} on held-out pictures: {said[0]}, {said[1]}, {size}."


def score_notice(metric: str, value: float, name: str, guessed: float, better: str) -> str:
    """A score against that of a simple rule.

    Parameters
    ----------
    name : str
        Which rule.
    better : {"higher", "lower"}
    """
    if not np.isfinite(value):
        return ""
    share = metric == "accuracy"
    one, other = (share_of(score) if share else number(score) for score in (value, guessed))
    ahead = value > guessed if better == "higher" else value < guessed
    verdict = "ahead of" if ahead else "no better than"
    return f"The {metric} is {one}, {verdict} {name} ({other})."
