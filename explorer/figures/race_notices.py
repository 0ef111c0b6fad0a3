"""What to notice about a race: who leads after equally many updates, and who after equal time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.lanes import Lane

Say = Callable[[float], str]
MANY = 1.05
"""A best value at least so many times better than the next is a lead."""


def race_notice(
    lanes: Sequence[Lane],
    *,
    measure: str,
    lower: bool,
    share: bool = False,
    baseline: float | None = None,
    baseline_name: str = "always guessing",
) -> str:
    """The order at the last update that all have made, and at the last second that all have computed."""
    able = [lane for lane in lanes if np.isfinite(lane.last)]
    if len(able) < 2:
        return "The lines begin as soon as the networks are made."
    say: Say = (lambda value: f"{100 * value:.1f} %") if share else number
    guess = f"; {baseline_name} gives {say(baseline)}" if baseline is not None and np.isfinite(baseline) else ""
    step = int(min(lane.steps[-1] for lane in able))
    if step == 0:
        return f"Nobody has learned anything yet{guess}. Press Play."
    sentences = [_by_updates(able, step, measure, lower, say, guess)]
    seconds = min((float(lane.seconds[-1]) for lane in able), default=np.nan)
    if np.isfinite(seconds) and seconds > 0:
        sentences.append(_by_time(able, seconds, lower, say))
    return " ".join([*sentences, _lost(lanes)]).strip()


def _ranked(values: Sequence[tuple[float, str]], lower: bool) -> list[tuple[float, str]]:
    known = [one for one in values if np.isfinite(one[0])]
    return sorted(known, key=lambda one: one[0] if lower else -one[0])


def _by_updates(lanes: Sequence[Lane], step: int, measure: str, lower: bool, say: Say, guess: str) -> str:
    order = _ranked([(lane.value_at(step), lane.title) for lane in lanes], lower)
    if len(order) < 2:
        return "The first values are being measured."
    (best, first), (worst, last) = order[0], order[-1]
    what = "lowest" if lower else "highest"
    return f"After {step:,} updates of each, {first} has the {what} {measure} with {say(best)} and {last} the {'highest' if lower else 'lowest'} with {say(worst)}{guess}."


def _by_time(lanes: Sequence[Lane], seconds: float, lower: bool, say: Say) -> str:
    order = _ranked([(lane.value_after(seconds), lane.title) for lane in lanes], lower)
    if len(order) < 2:
        return ""
    made = {lane.title: int((lane.steps[lane.seconds <= seconds]).max(initial=0)) for lane in lanes}
    (best, first) = order[0]
    slow, quick = min(made, key=made.get), max(made, key=made.get)
    pace = (
        f"in that time {quick} made {made[quick]:,} updates and {slow} {made[slow]:,}"
        if made[slow]
        else f"{slow} had made no update by then"
    )
    return f"After {number(seconds)} seconds of computing of each, it is {first} with {say(best)}: {pace}."


def _lost(lanes: Sequence[Lane]) -> str:
    lost = [lane for lane in lanes if lane.came_apart]
    if not lost:
        return ""
    told = ", ".join(
        f"{lane.title} (at update {int(lane.steps[-1]):,})" if len(lane.steps) else lane.title for lane in lost
    )
    return f"Out of the race, because the numbers grew beyond all bounds (✕): {told}."
