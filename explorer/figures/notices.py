"""One computed sentence for each chart: what to notice. Plain text; whoever shows it escapes it for the place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.gradient_notices import gradient_notice, history_notice, reach
from explorer.figures.guesses import top_guesses
from explorer.figures.moment import Moment
from explorer.figures.naming import at_step, quoted, share_of
from explorer.figures.state_path import Plane
from explorer.figures.strips import GATE_NAMES

__all__ = [
    "expectation_notice", "gate_notice", "gradient_notice", "history_notice", "loss_notice", "path_notice", "reach",
]  # fmt: skip

History = tuple[Sequence[float] | np.ndarray, Sequence[float] | np.ndarray]
"""Training steps and the losses measured there, both (n,)."""
RISEN = 1.1
"""A held-out loss this many times its lowest has risen."""


def loss_notice(
    loss: float,
    baseline: float | None,
    name: str = "always guessing",
    what: str = "loss",
    history: History | None = None,
) -> str:
    """A loss against its baseline, and whether it was lower before.

    Parameters
    ----------
    history : (steps, values) or None
        Held-out losses; those measured after the present one, when an earlier moment is looked at, do not count.
    """
    if not np.isfinite(loss):
        return f"The {what} is no longer a number. The frames before it are kept."
    risen = _risen(loss, history) if history is not None else ""
    if baseline is None or not np.isfinite(baseline) or baseline <= 0:
        return f"The {what} is {number(loss)}.{risen}"
    ratio = loss / baseline
    start = f"The {what} is {number(loss)}; {name} gives {number(baseline)}."
    if ratio > 1.02:
        return f"{start} The network {'is worse than that now' if risen else 'does not reach that yet'}.{risen}"
    if ratio > 0.9:
        return f"{start} {'The' if risen else 'So far the'} network does little better.{risen}"
    return f"{start} The network is {100 * (1 - ratio):.0f} % below it: that part had to be learned.{risen}"


def _risen(loss: float, history: History) -> str:
    steps, values = np.asarray(history[0]), np.asarray(history[1], dtype=float)
    now = np.flatnonzero(values == loss)
    values = values[: now[-1] + 1] if now.size else values
    if not np.isfinite(values).any():
        return ""
    best = int(np.nanargmin(np.where(np.isfinite(values), values, np.nan)))
    if best == len(values) - 1 or values[best] < 0 or loss <= RISEN * values[best]:
        return ""
    return (
        f" It was lowest at step {int(steps[best]):,} with {number(values[best])} and has risen since: "
        "the network is learning its training data by heart."
    )


def gate_notice(moment: Moment, gate: str | None = None, layer: int = -1) -> str:
    """How far a gate is open on average, and at which step most. Default: the gate that keeps the memory.

    The GRU's update gate says how much is kept, h_t = (1 - z) n + z h_{t-1}, as PyTorch writes it.
    """
    gate = gate or {"lstm": "forget", "gru": "update"}.get(moment.cell, "")
    values = moment.arrays.get(f"gate/{gate}")
    if values is None:
        return "A plain RNN has no gates: every step overwrites the whole state."
    per_step = np.asarray(values[layer], dtype=float).mean(axis=(0, 2))
    if not np.isfinite(per_step).all():
        return "The gates are no longer finite numbers."
    mean, widest = float(per_step.mean()), int(per_step.argmax())
    where = at_step(moment.steps, widest)
    if gate == "update":
        most = f", most at {where} with {100 * per_step[widest]:.0f} %" if len(per_step) > 1 else ""
        return f"The update gate keeps {100 * mean:.0f} % of the old state on average{most}."
    most = f", widest at {where} with {per_step[widest]:.2f}" if len(per_step) > 1 else ""
    return f"The {GATE_NAMES[gate]} {_openness(mean)}: {mean:.2f} on average{most}."


def _openness(mean: float) -> str:
    if mean > 0.8:
        return "stays open"
    if mean < 0.2:
        return "stays nearly closed"
    return "is half open" if 0.4 < mean < 0.6 else "is partly open"


def expectation_notice(moment: Moment, at: int | None = None) -> str:
    """What the network expects at the last scored step, or at step `at` (counted from 0), and how sure it is."""
    if moment.labels is None:
        return _number_notice(moment)
    guesses = top_guesses(moment, 1)
    if not guesses or not guesses[-1]:
        return "The network's answers are not finite numbers."
    if len(guesses) == 1 < moment.length or moment.answers_once:
        k, p = guesses[-1][0]
        return f"At the end it answers {quoted(moment.labels[k])} with {share_of(p)}{_judged(moment, moment.length - 1, k)}."
    at = _telling(moment, guesses) if at is None else min(at, len(guesses) - 1)
    k, p = guesses[at][0]
    return (
        f"After {_said(moment, at)} it expects {quoted(moment.labels[k])} with {share_of(p)}{_judged(moment, at, k)}."
    )


def _telling(moment: Moment, guesses: list) -> int:
    """The last scored step whose answer is a word rather than the end of the sequence."""
    scored = [i for i, right in enumerate(moment.expected[: len(guesses)]) if right]
    words = [i for i in scored if not moment.expected[i].startswith("<")]
    return (words or scored or [len(guesses) - 1])[-1]


def _said(moment: Moment, at: int) -> str:
    read = [step for step in moment.steps[: at + 1] if not step.startswith("<start")]
    if read and all(len(step) == 1 for step in read):
        return quoted("".join(read[-12:]), 14)
    return quoted(" ".join(read[-4:]) or moment.steps[at], 40)


def _judged(moment: Moment, at: int, k: int) -> str:
    right = moment.expected[at] if at < len(moment.expected) else ""
    if not right:
        return ""
    return ", which is right" if moment.labels[k] == right else f"; right is {quoted(right)}"


def _number_notice(moment: Moment) -> str:
    outputs, target = moment.arrays.get("outputs"), moment.targets()
    if outputs is None or not np.isfinite(outputs[-1, 0]):
        return "The network's answers are not finite numbers."
    text = f"At the end it predicts {number(float(outputs[-1, 0]))}"
    return f"{text}; right is {number(float(target[-1]))}." if np.isfinite(target[-1]) else f"{text}."


def path_notice(plane: Plane, steps: Sequence[str]) -> str:
    """How much of the movement the plane shows, and which word moved the state furthest."""
    path = np.vstack([plane.origin, plane.points])
    moves = np.linalg.norm(np.diff(path, axis=0), axis=1)
    if not moves.size or moves.max() < 1e-9:
        return "The state does not move: every step leaves the memory as it was."
    shown = (
        f"The plane shows {share_of(float(plane.explained.sum()))} of the movement. "
        if plane.explained.sum() > 0
        else ""
    )
    return f"{shown}The largest jump comes {_cause(steps, int(moves.argmax()))}."


def _cause(steps: Sequence[str], i: int) -> str:
    name = at_step(steps, i)
    return f"from reading {name}" if name.startswith("“") else f"at {name}"
