"""How well a network answers over its training: which scores a task has, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing
from explorer.app.topology_state import View
from explorer.figures.canvas import number
from explorer.figures.naming import share_of
from explorer.figures.score_lines import ScoreLine, score_lines
from explorer.frame import Frame

HEIGHT = 190
SCORES = {
    "score": "right", "exact": "answered exactly", "recognised": "recognised", "real": "real names", "unseen": "real and new",
    "symbols": "step by step",
}  # fmt: skip
"""Metrics that are scores, and how their lines are called."""
QUIET = frozenset({"symbols", "unseen"})
"""Those of them that do not lead, drawn in ink."""


def line_of(frames: Sequence[Frame], metric: str) -> tuple[np.ndarray, np.ndarray]:
    """Steps at which a metric was measured, and its values."""
    found = [(frame.step, frame.metrics[metric]) for frame in frames if metric in frame.metrics]
    steps, values = zip(*found, strict=True) if found else ((), ())
    return np.array(steps), np.array(values, dtype=float)


def both(view: View, twin: View) -> list[tuple[View, str]]:
    """Two networks and how they are called."""
    return [(view, "one way"), (twin, "both ways")]


def score_line(view: View, metric: str, name: str) -> ScoreLine:
    """A metric over the training, in the hue of the network."""
    architecture = (
        "bidirectional"
        if getattr(view.run.base, "bidirectional", False) and not view.now.writes
        else view.run.base.cell
    )
    return ScoreLine(name, "" if metric in QUIET else architecture, *line_of(view.report.frames, metric))


def at(line: ScoreLine, step: int) -> float:
    """The value measured last up to a step; NaN before the first."""
    known = np.flatnonzero(np.asarray(line.steps) <= step)
    return float(line.values[known[-1]]) if known.size else float("nan")


def scores(view: View, twin: View | None) -> Drawing:
    """The chart of the scores of one network, or of two, and a sentence as of the moment that is shown."""
    lines = (
        {name: score_line(one, "score", name) for one, name in both(view, twin)}
        if twin is not None
        else {metric: score_line(view, metric, called(view, metric)) for metric in SCORES if _has(view, metric)}
    )
    baseline, share = view.task.baseline, is_share(view)
    figure = score_lines.spec(
        list(lines.values()), current_theme(), name="right, held out" if share else f"{view.task.metric}, held out",
        baseline=(baseline.name, baseline.score), end=view.last_step, share=share,
        moment=view.shown.step if view.looks_back else None, height=HEIGHT,
    )  # fmt: skip
    now = {key: at(line, view.shown.step) for key, line in lines.items()}
    return figure, [_both_notice(now, baseline) if twin is not None else score_notice(view, now)]


def is_share(view: View) -> bool:
    """Whether the task's score is the share of right answers."""
    return getattr(view.task, "metric", "accuracy") == "accuracy"


def called(view: View, metric: str) -> str:
    """The name of a score's line."""
    return SCORES[metric] if metric != "score" or is_share(view) else "network"


def told(view: View, metric: str, value: float) -> str:
    """A score as one says it: a share in per cent, else the number with its unit."""
    if metric == "score" and not is_share(view):
        return f"{number(value)} {view.task.metric}"
    return f"{share_of(value)} {SCORES[metric]}{_range(view, metric)}"


def _range(view: View, metric: str) -> str:
    """Where a score that was counted on few examples lies in 95 of 100 cases."""
    if metric != "score" or "score_low" not in view.shown.metrics:
        return ""
    low, high = (100 * view.shown.metrics[name] for name in ("score_low", "score_high"))
    return f" (95 % range {low:.0f}–{high:.0f} %)"


def _has(view: View, metric: str) -> bool:
    return any(metric in frame.metrics for frame in view.report.frames)


def score_notice(view: View, now: dict[str, float]) -> str:
    """What the scores say, each in the words of its task."""
    baseline, share = view.task.baseline, is_share(view)
    guessed = f"{baseline.name} gives {share_of(baseline.score) if share else number(baseline.score)}"
    if "score" in now and not share:
        return f"On held-out text the network needs {told(view, 'score', now['score'])}; {guessed}."
    known = {metric: share_of(value) for metric, value in now.items() if np.isfinite(value)}
    if "score" in known:
        return f"{known['score']} of the held-out examples are answered right{_range(view, 'score')}; {guessed}."
    steps = f"Given what is right before, {known.get('symbols', 'an unknown share')} of the held-out steps are right; {guessed}."
    if "exact" in known:
        return f"Left to itself, the network answers {known['exact']} of the held-out examples exactly. {steps}"
    if "recognised" in known:
        return f"Of its own drawings, {known['recognised']} lie nearest to the mean picture of the digit they are to show. {steps}"
    if "real" in known:
        return f"Of the names it invents, {known['real']} are real, and {known['unseen']} real and never trained on. {steps}"
    return steps


def _both_notice(now: dict[str, float], ceiling: Any) -> str:
    """Where the two networks stand against what reading one way can reach at best."""
    one, other = now.values()
    said = f"One way {share_of(one)}, both ways {share_of(other)}; at best {share_of(ceiling.score)} can be right from the left alone"
    return f"{said}: the twin has passed it." if other > ceiling.score else f"{said}."
