"""One knob turned from end to end: started by a button, measured beside everything else, drawn as it comes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import ACTIVE, Following, follow, restart
from explorer.app.generate_runs import PEN
from explorer.app.generate_setting import PAGE, UNITS, WRITING, Generation
from explorer.app.links import safe_markdown
from explorer.app.live import EVERY, KEPT_ALIVE
from explorer.app.process import engine
from explorer.figures.generate_sweep import Sweep, generate_sweep, sweep_notice
from explorer.runs.report import Report, TooManyRuns, UnknownRun
from explorer.sequence.generation.sweep import KNOBS, SweepExperiment

TURN = f"{PAGE}.sweep"


def turning_view(now: Generation) -> None:
    """Draw the section: what it would show, or what was measured so far."""
    st.subheader("Turn one knob from end to end", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="generate_turning"):
        field_beside(PAGE, "knob", buttons=3)
        st.button(
            "Measure", key=f"{TURN}:measure", icon=":material/query_stats:", on_click=once(_begin), args=(now,),
            disabled=f"{PEN}:run" not in st.session_state,
            help="The models shown above write three texts at each of seven settings. It takes a few seconds of computing.",
        )  # fmt: skip
    run: Following[SweepExperiment] | None = st.session_state.get(f"{TURN}:run")
    if run is None:
        st.markdown(
            "Press **Measure**: the models above write three texts at each of seven settings, and here appears how surprising, "
            "how repetitive and how inventive they get, beside real text."
        )
        return
    active = _report(run) is not None and _report(run).state in ACTIVE
    st.fragment(_draw, run_every=EVERY if active else KEPT_ALIVE)(now, run, active)


def _begin(now: Generation) -> None:
    """Measure the models whose texts are on the page."""
    models = st.session_state[f"{PEN}:run"].base.models
    rule = {name: getattr(now, name) for name in WRITING}
    try:
        restart(TURN)
        run = follow(TURN, SweepExperiment(models=models, knob=now.knob, **rule))
    except TooManyRuns as error:
        st.session_state[f"{TURN}:problem"] = str(error)
        return
    run.command("play")


def _report(run: Following[SweepExperiment]) -> Report | None:
    try:
        return run.report()
    except UnknownRun:
        return None


def _draw(now: Generation, run: Following[SweepExperiment], active: bool) -> None:
    with engine().attention():
        problem = st.session_state.pop(f"{TURN}:problem", "")
        if problem:
            st.error(safe_markdown(problem), icon=":material/groups:")
        report = _report(run)
        if report is None:
            st.session_state.pop(f"{TURN}:run", None)
            st.rerun(scope="app")
        if (report.state in ACTIVE) != active:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        if not report.frames:
            st.markdown("Reading ...")
            return
        done = report.frames[-1].metrics["done"]
        if done < 1:
            st.progress(min(done, 1.0), text=f"writing: {100 * done:.0f} %")
        _say_what_differs(now, run.base)
        full = [frame for frame in report.frames if frame.arrays]
        drawn(PAGE, "turning", (run.name, full[-1].step, done == 1), lambda: _picture(run.base, report), f"{run.base.knob}-turned")


def _say_what_differs(now: Generation, measured: SweepExperiment) -> None:
    held = st.session_state.get(f"{PEN}:run")
    rule = [name for name in WRITING if name not in (measured.knob, "draw") and getattr(measured, name) != getattr(now, name)]
    if rule or measured.knob != now.knob or (held is not None and held.base.models != measured.models):
        st.caption("Measured with earlier models or settings. Press Measure to do it again with those above.")


def _picture(base: SweepExperiment, report: Report) -> Drawing:
    arrays = [frame for frame in report.frames if frame.arrays][-1].arrays
    metrics, names = report.frames[-1].metrics, list(UNITS.values())
    sweep = Sweep(
        KNOBS[base.knob], arrays["values"], {name: arrays[name] for name in ("bits", "repeated", "unheard")},
        {
            "bits": arrays["real_bits"],
            "repeated": np.array([metrics["real_repeated"]]),
            "unheard": np.array([metrics["real_unheard"]]),
        },
        float(getattr(base, base.knob)),
    )  # fmt: skip
    return generate_sweep.spec(sweep, names, current_theme()), [sweep_notice(sweep, names)]
