"""The page's runs: three trainings that play together, and the writing of the models of one moment."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.app.ensemble import Ensemble, ensemble_of
from explorer.app.following import ACTIVE, Following, follow, restart
from explorer.app.generate_setting import PAGE, UNITS, WRITING, Generation
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.moments import frame_at
from explorer.frame import Frame
from explorer.runs.report import Report, TooManyRuns
from explorer.sequence.generation.writing import WritingExperiment

PEN = f"{PAGE}.writing"
"""Where the state of the writing is kept."""
AGAIN = 4.0
"""Seconds after which models that go on learning write anew; they finish what they write first."""


def trainings_of(now: Generation) -> Ensemble:
    """The three trainings that belong to what the controls say, paused where they are new."""
    return ensemble_of(PAGE, now.trainings())


def frames_shown(reports: Mapping[str, Report]) -> dict[str, Frame] | None:
    """For each kind of pieces the frame with weights that is looked at; None as long as one has none."""
    moment = st.session_state.get(f"{PAGE}:moment")
    weighted = {unit: [frame for frame in reports[unit].frames if frame.weights] for unit in UNITS}
    if not all(weighted.values()):
        return None
    return {unit: frame_at(frames, moment) for unit, frames in weighted.items()}


def writing_of(now: Generation, runs: Ensemble, shown: Mapping[str, Frame], learning: bool) -> Following[WritingExperiment] | None:
    """The writing of the models looked at, under way; None where there is no room for it.

    While the models go on `learning`, a writing stays until it is complete and a few seconds old.
    """
    held: Following[WritingExperiment] | None = st.session_state.get(f"{PEN}:run")
    if learning and held is not None and _same_rule(held.base, now) and not _is_old(held):
        return held
    wanted = _wanted(now, runs, shown)
    if held is not None and held.base == wanted:
        return held
    return _started(wanted, shown)


def steps_written(shown: Mapping[str, Frame]) -> Sequence[int]:
    """The steps of the models whose writing is on the page."""
    return st.session_state.get(f"{PEN}:steps", [frame.step for frame in shown.values()])


def write_anew() -> None:
    """Let go of the writing: it begins again."""
    restart(PEN)


def _wanted(now: Generation, runs: Ensemble, shown: Mapping[str, Frame]) -> WritingExperiment:
    """Made once for these models and this rule: an own text in it is megabytes."""
    models = {unit: (runs.members[unit].base, shown[unit].weights) for unit in UNITS}
    key = (runs.name, *(weights for _, weights in models.values()), *(getattr(now, name) for name in WRITING))
    return remembered(f"{PEN}:wanted", key, lambda: now.writing(models), 1)


def _started(wanted: WritingExperiment, shown: Mapping[str, Frame]) -> Following[WritingExperiment] | None:
    try:
        run = follow(PEN, wanted)
    except TooManyRuns as error:
        st.warning(safe_markdown(str(error)), icon=":material/groups:")
        return None
    st.session_state[f"{PEN}:since"] = time.monotonic()
    st.session_state[f"{PEN}:steps"] = [frame.step for frame in shown.values()]
    st.session_state[f"{PAGE}:picked"] = {}
    run.command("play")
    return run


def _same_rule(one: WritingExperiment, now: Generation) -> bool:
    return all(getattr(one, name) == getattr(now, name) for name in WRITING)


def _is_old(held: Following[WritingExperiment]) -> bool:
    report = held.report()
    return report.state not in ACTIVE and time.monotonic() - st.session_state.get(f"{PEN}:since", 0.0) > AGAIN
