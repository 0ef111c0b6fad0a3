"""Explosion and clipping: one training twice, with its gradients clipped and without."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.controls import Sheet, experiment_controls
from explorer.app.drawn import Drawing, drawn
from explorer.app.ensemble import Ensemble, ensemble_of, together
from explorer.app.laboratory_cards import Card, cards
from explorer.app.laboratory_live import GROUPS, end_of, live_part, scrub, shown_for_one, task_of
from explorer.app.laboratory_moment import Shown
from explorer.app.laboratory_runs import Explosion
from explorer.app.laboratory_setting import PAGE, state_of
from explorer.app.laboratory_tries import EXPLOSION, tries
from explorer.app.own_data import own_text
from explorer.app.transport import transport
from explorer.figures.canvas import number
from explorer.figures.clipping import Lengths, clipping, clipping_notice
from explorer.figures.gradient_profiles import ProfileLine, gradient_profiles
from explorer.figures.profile_notices import backward_notice
from explorer.runs.report import Report

STATE = state_of("explosion")
NAMES = {"clipped": "with clipping", "free": "without clipping"}
HEIGHT, PRESENTED = 480, 450


def explosion_controls() -> Explosion:
    """Draw the sidebar and return what it says."""
    return experiment_controls(STATE, SHEET, PAGE)


def explosion_view(now: Explosion) -> None:
    """Draw both runs, live."""
    runs = ensemble_of(STATE, now.runs)
    joint = together(list(runs.reports().values()))
    with st.container(key="aside_explosion"):
        st.markdown(
            "Where the way back multiplies by more than 1, the gradient grows enormous, and one update throws the weights away. **Clipping** "
            "shortens such a gradient to a fixed length and keeps its direction. The same training, twice: same weights, same examples."
        )
    tries("explosion", now, EXPLOSION)
    transport(STATE, runs, joint, start="the untrained networks")

    def draw(shown: Mapping[str, Shown], joint: Report) -> None:
        measured = {key: lengths_of(runs, key, one) for key, one in shown.items()}
        _lengths(now, runs, shown, measured, end_of(joint))
        cards(STATE, [_card(key, one, measured[key]) for key, one in shown.items()])
        scrub(STATE, joint, shown, now.steps)
        if not presentation.is_on():
            _profiles(runs, shown)

    live_part(STATE, runs, NAMES, draw, tell=False)


def lengths_of(runs: Ensemble, key: str, one: Shown) -> Lengths:
    """What is drawn of one of the two runs."""
    from explorer.sequence.laboratory.clipping import clipping as measure

    found = measure(one.report.frames, runs.members[key].base, one.report.changes)
    losses = {frame.step: frame.metrics.get("loss", np.nan) for frame in one.report.frames}
    loss = np.array([losses[step] for step in found.steps.tolist()])
    return Lengths(found.steps, found.before, found.after, loss, found.clipped, one.report.state == "failed")


def _lengths(now: Explosion, runs: Ensemble, shown: Mapping[str, Shown], measured: Mapping[str, Lengths], end: float) -> None:
    moment, present = st.session_state.get(f"{STATE}:moment"), presentation.is_on()
    version = (runs.name, [one.report.position for one in shown.values()], [one.report.state for one in shown.values()], moment, present, now.clip)

    def draw() -> Drawing:
        baseline = task_of(runs).baseline
        figure = clipping.spec(
            measured["clipped"], measured["free"], current_theme(), threshold=now.clip, baseline=baseline.loss,
            baseline_name=f"{baseline.name} {number(baseline.loss)}", end=end, moment=moment,
            height=PRESENTED if present else HEIGHT,
        )  # fmt: skip
        return figure, [clipping_notice(measured["clipped"], measured["free"], now.clip, baseline.loss)]

    drawn(STATE, "lengths", str(version), draw, "clipping")


def _card(key: str, one: Shown, measured: Lengths) -> Card:
    theme = current_theme()
    made = len(measured.steps) > 0
    longest = number(float(np.nanmax(measured.before))) if made else "–"
    recent = measured.loss[-20:] if made and not measured.apart else np.array([one.report.frames[-1].metrics["loss"]])
    loss = number(float(np.mean(recent)))
    share = f"{100 * float(np.mean(measured.clipped)):.0f} %" if made else "–"
    numbers = ((loss, "training loss"), (longest, "longest gradient"), (share, "of updates clipped"))
    held = "It held to the end." if one.report.state == "finished" else "It holds so far."
    sentence = one.report.error or (held if made else "Not begun.")
    colour = theme.gradient_text if key == "clipped" else theme.warning
    return Card(NAMES[key].capitalize(), colour, numbers, sentence, f"training step {one.report.position:,}")


def _profiles(runs: Ensemble, shown: Mapping[str, Shown]) -> None:
    version = (runs.name, [one.frame.step for one in shown.values()])

    def draw() -> Drawing:
        theme, task = current_theme(), task_of(runs)
        colours = {"clipped": theme.gradient_text, "free": theme.warning}
        short = {"clipped": "clipped", "free": "not clipped"}
        lines = [ProfileLine("", short[key], one.gradient(one.frame, share=False), colour=colours[key]) for key, one in shown.items()]
        figure = gradient_profiles.spec(
            lines, theme, steps=task.steps(task.watched()), height=310, what=f"of {task.answer_sentence}, at the moment shown"
        )
        return figure, [backward_notice({line.name: line.hidden for line in lines})]

    st.subheader("What arrives at the states", anchor=False)
    drawn(STATE, "profiles", str(version), draw, "gradient-before-explosion")


SHEET = Sheet(Explosion, GROUPS, shown=shown_for_one, own={"text": own_text})
