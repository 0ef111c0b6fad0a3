"""While training: three networks learn one task, and what their loss sends back is watched as it changes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.controls import Sheet, experiment_controls, field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.ensemble import Ensemble, ensemble_of, together
from explorer.app.laboratory_cards import Card, cards, gradient_numbers
from explorer.app.laboratory_detail import Measured, cell_control, measured_view, place_of
from explorer.app.laboratory_live import GROUPS, end_of, live_part, scrub, shown_for_three, task_of
from explorer.app.laboratory_moment import Shown, shown_runs, steady_axis
from explorer.app.laboratory_runs import ThreeCells, Training
from explorer.app.laboratory_setting import PAGE, state_of
from explorer.app.own_data import own_text
from explorer.app.story import task_story
from explorer.app.transport import transport
from explorer.figures.canvas import number
from explorer.figures.gradient_histories import History, gradient_histories, histories_notice
from explorer.figures.gradient_profiles import ProfileLine, gradient_profiles
from explorer.figures.profile_notices import training_notice
from explorer.figures.several_curves import Curve, several_curves
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.decay import decay_per_step
from explorer.sequence.experiment import SequenceExperiment
from explorer.sequence.laboratory import LaboratoryExperiment
from explorer.sequence.laboratory.names import CELL_TITLES

STATE = state_of("training")
HEIGHT, PRESENTED = 350, 390


def training_controls() -> Training:
    """Draw the sidebar and return what it says."""
    return experiment_controls(STATE, SHEET, PAGE)


def training_view(now: Training) -> None:
    """Draw the three runs, live."""
    runs = ensemble_of(STATE, now.runs)
    joint = together(list(runs.reports().values()))
    task_story(next(iter(runs.members.values())).base, bool(joint.frames))
    with st.container(horizontal=True, vertical_alignment="center", key=f"bar_{STATE}"):
        transport(STATE, runs, joint, start="the untrained networks")
        with st.container(width=330):
            field_beside(STATE, "scale", label_visibility="collapsed")

    def draw(shown: Mapping[str, Shown], joint: Report) -> None:
        _profiles(now, runs, shown)
        cards(STATE, [_card(cell, one) for cell, one in shown.items()])
        scrub(STATE, joint, shown, now.steps)
        _curves(runs, shown, joint)
        _histories(now, runs, shown, joint)

    live_part(STATE, runs, CELL_TITLES, draw)
    if not presentation.is_on():
        _detail(now, runs)


def _profiles(now: ThreeCells, runs: Ensemble, shown: Mapping[str, Shown]) -> None:
    axis, present = steady_axis(STATE, runs, now.scale, shown), presentation.is_on()
    version = (runs.name, [one.frame.step for one in shown.values()], now.scale, axis, present)

    def draw() -> Drawing:
        task, share = task_of(runs), now.scale == "share"
        lines = [_profile(cell, one, share) for cell, one in shown.items()]
        figure = gradient_profiles.spec(
            lines, current_theme(), axis=axis, steps=task.steps(task.watched()), height=PRESENTED if present else HEIGHT,
            what=f"of {task.answer_sentence}" + (", as a share of the last step's" if share else ""),
        )  # fmt: skip
        return figure, [training_notice({line.name: (line.start, line.hidden) for line in lines}, task.answer_sentence)]

    drawn(STATE, "profiles", str(version), draw, "gradient-while-training")


def _profile(cell: str, one: Shown, share: bool) -> ProfileLine:
    start = one.gradient(one.start, share=share) if one.frame.step else None
    hidden, memory = one.gradient(one.frame, share=share), one.gradient(one.frame, "grad_cell", share)
    return ProfileLine(cell, CELL_TITLES[cell], hidden, memory, start=start)


def _card(cell: str, one: Shown) -> Card:
    from explorer.sequence.laboratory.profile import half_life

    norms = one.gradient(one.frame)
    factor = decay_per_step(norms)
    metrics = one.frame.metrics
    told = [f"Training loss {number(metrics['loss'])}"] if "loss" in metrics else []
    told += [f"held out {number(metrics['held_out'])}"] if "held_out" in metrics else []
    aside = f"training step {one.frame.step:,}" if one.frame.step else "untrained"
    numbers = gradient_numbers(factor, half_life(factor), float(norms[0]))
    return Card(CELL_TITLES[cell], current_theme().architecture(cell), numbers, ", ".join(told) + ".", aside)


def _curves(runs: Ensemble, shown: Mapping[str, Shown], joint: Report) -> None:
    theme, task = current_theme(), task_of(runs)
    moment = st.session_state.get(f"{STATE}:moment")
    version = (runs.name, [one.report.position for one in shown.values()], moment)

    def draw() -> Drawing:
        curves = [Curve(CELL_TITLES[cell], theme.architecture(cell), *one.metric("loss"), one.report.state == "failed")
                  for cell, one in shown.items()]  # fmt: skip
        baseline = task.baseline
        figure = several_curves.spec(
            curves, theme, name="training loss", baseline=baseline.loss, baseline_name=f"{baseline.name} {number(baseline.loss)}",
            end=end_of(joint), moment=moment, log=task.labels is None, height=180,
        )  # fmt: skip
        return figure, []

    drawn(STATE, "curves", str(version), draw, "losses")


def _histories(now: ThreeCells, runs: Ensemble, shown: Mapping[str, Shown], joint: Report) -> None:
    moment = st.session_state.get(f"{STATE}:moment")
    version = (runs.name, [len(one.pictures) // 2 for one in shown.values()], joint.state, moment, now.scale)

    def draw() -> Drawing:
        share, task = now.scale == "share", task_of(runs)
        found = [_history(cell, one, share) for cell, one in shown.items()]
        figure = gradient_histories.spec(
            found, current_theme(), end=end_of(joint), moment=moment, steps=task.steps(task.watched())
        )
        return figure, [histories_notice(found)]

    st.subheader("The gradient's history", anchor=False)
    drawn(STATE, "histories", str(version), draw, "gradient-histories")


def _history(cell: str, one: Shown, share: bool) -> History:
    training = np.array([frame.step for frame in one.pictures])
    return History(cell, CELL_TITLES[cell], training, np.stack([one.gradient(frame, share=share) for frame in one.pictures]))


def _detail(now: Training, runs: Ensemble) -> None:
    """Table and spectrum of one network at the moment that was shown when the button was pressed."""
    st.subheader("Inside one moment", anchor=False)
    st.markdown(
        "Which step's error reaches which state, and what the Jacobians of this moment do to it: measured on demand, for the moment "
        "that is shown above."
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"lab_measure_{STATE}"):
        cell_control("training", now)
        st.button("Measure the moment shown", key=f"{STATE}:measure", icon=":material/straighten:", on_click=once(_measure),
                  args=(runs, now.shown))  # fmt: skip
        kept = st.session_state.get(f"{STATE}:measured")
        if kept is not None:
            st.caption(f"{CELL_TITLES[kept[0].cell]}, training step {kept[1]:,}")
    if kept is not None:
        experiment, step, _ = kept
        measured_view(Measured("training", experiment, place_of(now), f"{experiment.cell}-step-{step}"))


def _measure(runs: Ensemble, cell: str) -> None:
    try:
        shown = shown_runs(STATE, runs.reports())
    except UnknownRun:
        return
    frame = shown[cell].weighted if shown else None
    if frame is not None:
        base = runs.members[cell].base
        plain = SequenceExperiment(**{name: getattr(base, name) for name in SequenceExperiment.model_fields})
        experiment = LaboratoryExperiment(given=(plain, frame.weights), cell=cell)
        st.session_state[f"{STATE}:measured"] = (experiment, frame.step, runs.name)


SHEET = Sheet(Training, GROUPS, shown=shown_for_three, own={"text": own_text})
