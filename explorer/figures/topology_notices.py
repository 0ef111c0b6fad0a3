"""What to notice in the graph of a shape: its answer, where its gradient goes, and what it looks back at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.gradient_notices import gradient_notice
from explorer.figures.moment import FLOOR
from explorer.figures.naming import at_step, quoted, share_of
from explorer.figures.topology_scene import Column, Scene

END = "■"
"""The sign for the end of an answer."""
MOST_SAID = 8
"""Answers that are told one by one."""


def answer_notice(scene: Scene) -> str:
    """What the network says about the example, and whether it is right."""
    said = [column for column in scene.columns if column.guesses]
    if not said:
        return ""
    if len(said) == 1:
        name, share = said[0].guesses[0]
        return f"It answers {quoted(name)} with {share_of(share)}{_judged(name, said[0].right)}."
    if scene.encoder:
        return _written(said)
    judged = [column for column in said if column.right]
    if not judged:
        answers = ", ".join(quoted(column.guesses[0][0]) for column in said[:MOST_SAID])
        return f"It answers {answers}{' and so on' if len(said) > MOST_SAID else ''}."
    right = sum(column.guesses[0][0] == column.right for column in judged)
    unsure = min(judged, key=lambda column: column.guesses[0][1])
    where = at_step(_labels(scene), next(t for t, column in enumerate(scene.columns) if column is unsure))
    return f"Of its {len(judged)} answers {right} are right; it is least sure at {where} ({share_of(unsure.guesses[0][1])})."


def _judged(name: str, right: str) -> str:
    if not right:
        return ""
    return ", which is right" if name == right else f"; right is {quoted(right)}"


def _written(said: list[Column]) -> str:
    """An answer of several letters: its own as a whole, or what it would put in place of each right one."""
    text, right = (_until_end(words) for words in ([one.guesses[0][0] for one in said], [one.right for one in said]))
    if not any(one.right for one in said):
        chance = float(np.prod([one.guesses[0][1] for one in said]))
        return f"It writes {quoted(text, 80)}; all its letters together have a chance of {share_of(chance)}."
    missed = sum(one.guesses[0][0] != one.right for one in said)
    if not missed:
        return f"Given the right letters before, each letter of {quoted(right, 80)} is the one it holds likeliest."
    count = "one letter" if missed == 1 else f"{missed} letters"
    return f"Given the right letters before, it would get {count} of {quoted(right, 80)} wrong (counting its end)."


def _until_end(words: list[str]) -> str:
    kept = words[: words.index(END)] if END in words else words
    return "".join(kept).strip()


def profile_notice(scene: Scene) -> str:
    """What the shape does to the gradient."""
    norms = scene.gradient
    if norms is None:
        untold = scene.states is not None and not scene.losses()
        return "Nobody said what is right here, so there is no loss and no gradient." if untold else ""
    if not np.isfinite(norms).all():
        return "The gradient is no longer a finite number: the last update was too large."
    if scene.directions > 1 and len(scene.gradients) > 1:
        return _both_ways(scene)
    if scene.encoder:
        return _through_the_gap(scene, np.asarray(norms, dtype=float))
    if len(scene.losses()) > 1 and len(scene.gradients) > 1:
        return _in_step(scene)
    return gradient_notice(norms, _labels(scene))


def _labels(scene: Scene) -> list[str]:
    return [column.reads or f"step {t + 1}" for t, column in enumerate(scene.columns)]


def _in_step(scene: Scene) -> str:
    """All answers together, and the last one alone."""
    whole, one = (np.asarray(norms, dtype=float) for norms in list(scene.gradients.values())[:2])
    labels, alive = _labels(scene), np.flatnonzero(one > 10.0**FLOOR)
    if whole.max() <= 10.0**FLOOR:
        return "The loss sends back nothing that can be measured."
    start = "Every answer has a loss of its own, so no step is far from one."
    if not alive.size:
        return start
    end = int(alive[-1])  # the step of that answer: later states have no part in it
    name = list(scene.gradients)[1].removeprefix("of ")
    return (
        f"{start} Against {at_step(labels, end)}, {at_step(labels, 0)} gets {share_of(whole[0] / whole[end])} from all answers "
        f"together, and {share_of(one[0] / one[end])} from {name}."
    )


def _both_ways(scene: Scene) -> str:
    """Two chains that run against each other."""
    rightwards, leftwards = (np.asarray(one, dtype=float) for one in list(scene.gradients.values())[:2])
    if rightwards.max() <= 10.0**FLOOR or leftwards.max() <= 10.0**FLOOR:
        return ""
    more = rightwards.sum() >= leftwards.sum()
    larger, smaller = (rightwards, leftwards) if more else (leftwards, rightwards)
    way = "from the left" if more else "from the right"
    return f"The loss cares {_times(larger.sum() / smaller.sum())} as much for the states that read {way} as for the others."


def _through_the_gap(scene: Scene, norms: np.ndarray) -> str:
    """From the decoder to what was read."""
    first, read = norms[scene.encoder], norms[: scene.encoder]
    if first <= 10.0**FLOOR:
        return "The loss sends back nothing that can be measured."
    if scene.encoder == 1:
        last = norms[-1]
        times = f", {_times(first / last)} that of the last" if last > 10.0**FLOOR else ""
        return (
            f"All errors meet where the input came in: the gradient at the first step of the answer is {number(first)}{times}; "
            f"against it, {share_of(read[0] / first)} arrives at the state made from the input."
        )
    labels = _labels(scene)
    way = (
        "Attention leads each error straight back to every state that was read"
        if scene.attention is not None
        else "All that is read must pass through one state, and all errors come back through it"
    )
    return (
        f"{way}: of the gradient at the first step of the answer, {share_of(read[-1] / first)} arrives at the last step that was "
        f"read and {share_of(read[0] / first)} at the first ({at_step(labels, 0)})."
    )


def row_notice(scenes: Sequence[Scene], titles: Sequence[str], steps: Sequence[int]) -> str:
    """What each shape leaves of its gradient at its first step, against its last; `steps` are those of its training."""
    parts, trained = [], False
    for scene, title, made in zip(scenes, titles, steps, strict=True):
        norms = scene.gradient
        if scene.length < 2 or norms is None or not np.isfinite(norms).all() or norms[-1] <= 10.0**FLOOR:
            continue
        ratio = float(norms[0] / norms[-1])
        after = f" (after {made:,} updates)" if made else ""
        trained = trained or made > 0
        parts.append(f"{title.lower()} {share_of(ratio)}{after}")
    if not parts:
        return "Each graph comes from a network of its own, which is being built."
    others = "the others are untrained" if trained else "all are untrained"
    return f"The first step's gradient against the last step's: {'; '.join(parts)}; {others}. Click a graph to look into it."


def _times(ratio: float) -> str:
    return f"{number(float(f'{ratio:.2g}'))} times"


def look_notice(scene: Scene, chosen: int | None = None) -> str:
    """What a step of the decoder looks at, or how sharply all of them look."""
    weights = scene.attention
    if weights is None or not np.isfinite(weights).all() or not len(weights):
        return ""
    if chosen is None or not scene.encoder <= chosen < scene.length:
        evenly = 1 / weights.shape[1]
        return f"On average {share_of(float(weights.max(axis=1).mean()))} of a step's attention lies on one step that was read (evenly spread: {share_of(evenly)})."
    row = weights[chosen - scene.encoder]
    best = np.argsort(-row, kind="stable")[:2]
    said = scene.columns[chosen].guesses
    what = f"Writing {quoted(said[0][0])}" if said else f"At step {chosen + 1}"
    looks = " and ".join(f"{quoted(scene.columns[int(i)].reads)} ({share_of(float(row[i]))})" for i in best)
    return f"{what} it looks most at {looks}."
