"""Table and spectrum of one network's gradient: measured by the engine, drawn as soon as each part is there."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, follow, restart
from explorer.app.laboratory_setting import ProbeView, put, state_of
from explorer.app.links import safe_markdown
from explorer.app.process import engine
from explorer.experiment import about
from explorer.figures.error_matrix import chosen_cell, error_matrix, error_rows, matrix_notice
from explorer.figures.spectrum import spectrum, spectrum_notice
from explorer.frame import Frame
from explorer.runs.report import Report, TooManyRuns, UnknownRun
from explorer.sequence.laboratory import LaboratoryExperiment
from explorer.sequence.laboratory.names import CELL_TITLES
from explorer.sequence.laboratory.probe import Probe

EVERY = 0.25
"""Seconds between two looks at a measurement under way."""
HEIGHT = 500
PARTS = ("matrix", "lyapunov")
"""The arrays without which a measurement is not complete."""


@dataclass(frozen=True)
class Measured:
    """A measurement under way or complete, and what is looked at in it.

    Attributes
    ----------
    view : str
        The page's view that it belongs to.
    experiment : LaboratoryExperiment
    place : (int, int) or None
        Row and column of the table, counted from 0.
    name : str
        What is measured, for titles and files.
    """

    view: str
    experiment: LaboratoryExperiment
    place: tuple[int, int] | None
    name: str

    @property
    def page(self) -> str:
        return f"{state_of(self.view)}.detail"


def probe_detail(view: str, now: ProbeView) -> None:
    """The choice of a cell, and the details of it before training."""
    with st.container(key=f"lab_detail_{view}"):
        st.subheader("One error, all errors", anchor=False)
        st.markdown(
            "The picture above follows one error. The table follows the error of **every** step (down) to **every** state before "
            "it (across); click a cell to see that way below it. At its right, what the matrices that carry it do: the **Jacobian** of a step says "
            "how a small change of $h_{t-1}$ changes $h_t$, its **singular values** by how much it stretches or shrinks the directions."
        )
        cell_control(view, now)
        measured_view(Measured(view, _measurement(now), place_of(now), CELL_TITLES[now.shown]))


def make_way(view: str, now: ProbeView) -> None:
    """Let go of a measurement that these settings make obsolete: it would take time from the picture they change."""
    page = f"{state_of(view)}.detail"
    held: Following | None = st.session_state.get(f"{page}:run")
    if held is not None and held.now != _measurement(now):
        restart(page)


def _measurement(now: ProbeView) -> LaboratoryExperiment:
    """Of the cell that is shown; a setting of other cells makes no difference to it."""
    others = [name for name in Probe.model_fields if now.shown not in about(Probe, name).get("cells", (now.shown,))]
    plain = {name: Probe.model_fields[name].default for name in others}
    return LaboratoryExperiment(given=now.probe.replace(**plain), cell=now.shown)


def cell_control(view: str, now) -> None:
    """Draw the choice of the cell whose details are shown."""
    key = f"{state_of(view)}:shown:{now.shown}"
    st.segmented_control(
        "Network", list(CELL_TITLES), default=now.shown, format_func=CELL_TITLES.get, key=key, required=True,
        label_visibility="collapsed", on_change=lambda: put(view, shown=st.session_state[key]),
    )  # fmt: skip


def place_of(now) -> tuple[int, int] | None:
    """The cell of the table that was chosen, counted from 0."""
    return (now.row - 1, max(now.column, 1) - 1) if now.row else None


def measured_view(measured: Measured) -> None:
    """Draw what is known of a measurement, again and again until it is complete."""
    try:
        run = follow(measured.page, measured.experiment)
    except TooManyRuns as error:
        st.warning(safe_markdown(str(error)), icon=":material/groups:")
        return
    report = _set_going(run)
    every = EVERY if report is None or report.pending else None
    st.fragment(_draw, run_every=every)(measured, run, every is None)


def _set_going(run: Following) -> Report | None:
    try:
        report = run.report()
    except UnknownRun:
        return None
    if report.state in ("preparing", "ready", "paused"):
        run.command("play")
        report = run.report()
    return report


def _draw(measured: Measured, run: Following, complete: bool) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        if not complete and not report.pending:
            st.rerun(scope="app")  # once more without the clock
        known: dict = {}
        for frame in report.frames:
            known |= _parts(frame)
        left, right = st.columns(2, gap="large")
        with left:
            _matrix(measured, run.name, known)
        with right:
            _spectrum(measured, run.name, known)


def _parts(frame: Frame) -> dict:
    return dict(frame.arrays or {})


def _matrix(measured: Measured, run: str, known: dict) -> None:
    matrix = known.get("matrix")
    s, t = chosen_cell(matrix, measured.place) if matrix is not None else (0, 0)

    def draw() -> Drawing:
        colour = current_theme().architecture(measured.experiment.cell)
        figure = error_matrix.spec(matrix, current_theme(), chosen=(s, t), colour=colour, height=HEIGHT)
        return figure, [matrix_notice(matrix, s, t)]

    pointed = _kept(measured, "matrix", (run, s, t), draw, matrix is not None, select=True)
    if pointed is not None and pointed.kind == "click" and isinstance(pointed.x, int | float) and isinstance(pointed.y, int | float):
        put(measured.view, row=int(error_rows(matrix)[int(pointed.y) - 1]) + 1, column=int(pointed.x))
        st.rerun(scope="app")


def _spectrum(measured: Measured, run: str, known: dict) -> None:
    ready = "lyapunov" in known

    def draw() -> Drawing:
        arrays = (known["singular_values"], known["product_singular"], known["lyapunov"])
        colour = current_theme().architecture(measured.experiment.cell)
        return spectrum.spec(*arrays, current_theme(), colour=colour, height=HEIGHT), [spectrum_notice(*arrays)]

    if not measured.experiment.decomposes:
        with st.container(height=HEIGHT, border=False, vertical_alignment="center", horizontal_alignment="center"):
            st.caption(f"No spectrum of {measured.experiment.state} numbers of state: choose fewer hidden units.")
        return
    _kept(measured, "spectrum", run, draw, ready)


def _kept(measured: Measured, name: str, version: Hashable, draw: Callable[[], Drawing], ready: bool, select: bool = False):
    """The picture; as long as it is not ready the one before, with a word that it is of other settings."""
    key = f"{measured.page}:version:{name}"
    if ready:
        st.session_state[key] = (version, draw)
        return drawn(measured.page, name, version, draw, f"{name}-{measured.name}", select=select)
    before = st.session_state.get(key)
    if before is None:
        with st.container(height=HEIGHT + 60, border=False, vertical_alignment="center", horizontal_alignment="center"):
            st.caption("Being measured: it appears here in a moment.")
        return None
    drawn(measured.page, name, before[0], before[1], f"{name}-{measured.name}", select=select)
    st.caption(":material/hourglass_top: Of the settings before; the new ones are being measured.")
    return None


