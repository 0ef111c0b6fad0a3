"""One computed sentence for each chart: what to notice. Plain text; whoever shows it escapes it for the place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.guesses import top_guesses
from explorer.figures.moment import FLOOR, Moment
from explorer.figures.state_path import Plane
from explorer.figures.strips import GATE_NAMES


def gradient_notice(norms: np.ndarray, steps: Sequence[str]) -> str:
    """How the gradient (T,) changes per step back, and what of it arrives at the first step."""
    norms = np.asarray(norms, dtype=float)
    if norms.size == 0 or not np.isfinite(norms).all():
        return "The gradient is no longer a finite number: the last update was too large."
    alive = np.flatnonzero(norms > 10.0**FLOOR)
    if not alive.size:
        return "The loss sends back nothing that can be measured: the gradient is at the floor at every step."
    first, last = int(alive[0]), int(alive[-1])
    if len(norms) == 1:
        return f"With a single step there is no way back: the gradient is {number(norms[0])}."
    source = _quoted(steps[last])
    if first == last:
        return f"All of the gradient stays at {source}: nothing measurable arrives at any other step."
    factor = decay(norms[first : last + 1])
    verb = "Falls" if factor < 0.97 else "Grows" if factor > 1.03 else "Keeps its size, close to"
    speed = f"{verb} {'by ' if 'size' not in verb else ''}×{factor:.2f} per step back"
    if first > 0:
        return f"{speed}: of what the loss says at {source}, nothing measurable arrives before {_quoted(steps[first])}, {_count(last - first)} back."
    return (
        f"{speed}: of what the loss says at {source}, {_share(norms[0] / norms[last])} arrives at {_quoted(steps[0])}."
    )


def decay(norms: np.ndarray) -> float:
    """The factor per step back, by least squares on the logarithm; 0 and NaN left out. 1 for fewer than two."""
    norms = np.asarray(norms, dtype=float)
    at = np.flatnonzero(np.isfinite(norms) & (norms > 10.0**FLOOR))
    return float(np.exp(-np.polyfit(at, np.log(norms[at]), 1)[0])) if len(at) > 1 else 1.0


def loss_notice(loss: float, baseline: float | None, name: str = "always guessing", what: str = "loss") -> str:
    """A loss against its baseline."""
    if not np.isfinite(loss):
        return f"The {what} is no longer a number. The frames before it are kept."
    if baseline is None or not np.isfinite(baseline) or baseline <= 0:
        return f"The {what} is {number(loss)}."
    ratio = loss / baseline
    start = f"The {what} is {number(loss)}; {name} gives {number(baseline)}."
    if ratio > 1.02:
        return f"{start} The network does not reach that yet."
    if ratio > 0.9:
        return f"{start} So far the network does little better."
    return f"{start} The network is {100 * (1 - ratio):.0f} % below it: that part had to be learned."


def gate_notice(moment: Moment, gate: str | None = None, layer: int = -1) -> str:
    """How far a gate is open on average, and at which step most. Default: the gate that keeps the memory."""
    gate = gate or {"lstm": "forget", "gru": "update"}.get(moment.cell, "")
    values = moment.arrays.get(f"gate/{gate}")
    if values is None:
        return "A plain RNN has no gates: every step overwrites the whole state."
    per_step = np.asarray(values[layer], dtype=float).mean(axis=(0, 2))
    if not np.isfinite(per_step).all():
        return "The gates are no longer finite numbers."
    mean, widest = float(per_step.mean()), int(per_step.argmax())
    state = (
        "mostly keeps the old state"
        if gate == "update" and mean > 0.8
        else "mostly takes the new content"
        if gate == "update" and mean < 0.2
        else "stays open"
        if mean > 0.8
        else "stays nearly closed"
        if mean < 0.2
        else "is half open"
        if 0.4 < mean < 0.6
        else "is partly open"
    )
    text = f"The {GATE_NAMES[gate]} {state}: {mean:.2f} on average"
    return text + (
        f", widest at {_quoted(moment.steps[widest])} with {per_step[widest]:.2f}." if len(per_step) > 1 else "."
    )


def expectation_notice(moment: Moment) -> str:
    """What the network expects at the last scored step, and how sure it is."""
    if moment.labels is None:
        return _number_notice(moment)
    guesses = top_guesses(moment, 1)
    if not guesses or not guesses[-1]:
        return "The network's answers are not finite numbers."
    if len(guesses) == 1 < moment.length or moment.answers_once:
        k, p = guesses[-1][0]
        return f"At the end it answers {_quoted(moment.labels[k])} with {_share(p)}{_judged(moment, moment.length - 1, k)}."
    at = _telling(moment, guesses)
    k, p = guesses[at][0]
    before = _said(moment, at)
    return f"After {before} it expects {_quoted(moment.labels[k])} with {_share(p)}{_judged(moment, at, k)}."


def _telling(moment: Moment, guesses: list) -> int:
    """The last scored step whose answer is a word rather than the end of the sequence."""
    scored = [i for i, right in enumerate(moment.expected[: len(guesses)]) if right]
    words = [i for i in scored if not moment.expected[i].startswith("<")]
    return (words or scored or [len(guesses) - 1])[-1]


def _said(moment: Moment, at: int) -> str:
    read = [step for step in moment.steps[: at + 1] if not step.startswith("<start")]
    if read and all(len(step) == 1 for step in read):
        return _quoted("".join(read[-12:]), 14)
    return _quoted(" ".join(read[-4:]) or moment.steps[at], 40)


def _judged(moment: Moment, at: int, k: int) -> str:
    right = moment.expected[at] if at < len(moment.expected) else ""
    if not right:
        return ""
    return ", which is right" if moment.labels[k] == right else f"; right is {_quoted(right)}"


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
        f"The plane shows {_share(float(plane.explained.sum()))} of the movement. " if plane.explained.sum() > 0 else ""
    )
    return f"{shown}The largest jump comes from reading {_quoted(steps[int(moves.argmax())])}."


def reach(norms: np.ndarray, share: float = 0.01) -> int:
    """How many steps back from its source a gradient (T,) keeps at least `share` of its size."""
    norms = np.nan_to_num(np.asarray(norms, dtype=float), nan=0.0, posinf=0.0)
    alive = np.flatnonzero(norms > 10.0**FLOOR)
    if not alive.size:
        return 0
    last = int(alive[-1])
    below = np.flatnonzero(norms[: last + 1] < share * norms[last])
    return last - (int(below[-1]) + 1 if below.size else 0)


def history_notice(norms: np.ndarray) -> str:
    """How the reach of the gradient changed over training, norms (N, T)."""
    if len(norms) == 0:
        return "The history fills in as the training goes on."
    first, last, whole = reach(norms[0]), reach(norms[-1]), norms.shape[1] - 1
    measure = "(how far back at least 1 % of the gradient arrives)"
    if len(norms) == 1:
        return f"Before training the gradient reaches {_count(first)} back {measure}."
    if first == last:
        kept = f"all {_count(whole)}" if last == whole else _count(last)
        return f"The gradient's reach is {kept} back, as before training {measure}."
    return f"The gradient's reach {'grew' if last > first else 'fell'} from {first} to {_count(last)} back during training {measure}."


def _count(n: int) -> str:
    return f"{n} step" if n == 1 else f"{n} steps"


def _share(value: float) -> str:
    if value > 2:
        return f"{number(value)} times as much"
    percent = 100 * value
    if 0 < percent < 0.001:
        return "less than 0.001 %"
    return f"{percent:.0f} %" if percent >= 1 or percent == 0 else f"{percent:.2g} %"


def _quoted(word: str, n: int = 24) -> str:
    word = {" ": "␣", "\n": "⏎"}.get(word, word)
    word = "".join(c if c.isprintable() else "⏎" if c == "\n" else "·" for c in word)
    return f"“{word[: n - 1] + '…' if len(word) > n else word}”"
