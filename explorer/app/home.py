"""The home page's thumbnails and preset cards."""

from __future__ import annotations

import streamlit as st

from explorer.app import showcase
from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import live_plot
from explorer.app.notes import note
from explorer.app.pages import spec_of
from explorer.app.presets import CHAPTERS, PRESETS, Preset
from explorer.app.process import engine
from explorer.figures.moment import FLOOR
from explorer.figures.state_path import principal_plane
from explorer.figures.thumbnails import gradient_thumbnail, path_thumbnail, state_thumbnail
from explorer.runs.report import Report, TooManyRuns
from explorer.sequence.decay import decay_per_step

EVERY = 0.4
"""Seconds from one drawing to the next, while the thumbnails still move."""
HEIGHT = 190
DONE = frozenset({"finished", "failed"})


def thumbnails() -> None:
    """Three small live pictures; they stop asking once their runs are finished."""
    st.fragment(_thumbnails, run_every=None if _finished(_reports()) else EVERY)()


def _reports() -> list[Report] | None:
    """Of the rose and of the cells to compare; None where visitors need all the room."""
    try:
        return [showcase.shown(experiment) for experiment in (showcase.ROSE, *showcase.CELLS)]
    except TooManyRuns:
        return None


def _finished(reports: list[Report] | None) -> bool:
    return reports is not None and all(report.state in DONE for report in reports)


def _thumbnails() -> None:
    with engine().attention():
        reports = _reports()
        if reports is None:
            st.caption("The server is busy with visitors' runs; the live pictures come back when there is room.")
            return
        rose, *cells = reports
        with st.container(key="thumbnails"):
            left, middle, right = st.columns(3, gap="large")
            with left:
                _states(rose)
            with middle:
                _gradients(cells)
            with right:
                _path(rose)
    was_finished = st.session_state.get("home:finished", False)
    st.session_state["home:finished"] = _finished(reports)
    if _finished(reports) and not was_finished:
        st.rerun(scope="app")


def _states(report: Report) -> None:
    st.subheader("A memory forms", anchor=False)
    frame = _newest(report)
    if frame is None:
        _placeholder()
        return
    steps = _steps()
    live_plot(
        state_thumbnail.spec(frame.arrays["hidden"][-1, 0], steps, current_theme(), height=HEIGHT),
        key="home:states", alt="Hidden states of a small LSTM over the words of a phrase", name="states",
    )  # fmt: skip
    note("home_states", f"The hidden state of a small LSTM, word by word, after {frame.step:,} updates.")
    _open(PRESETS[0], "Watch it learn")


def _gradients(reports: list[Report]) -> None:
    st.subheader("A gradient fades", anchor=False)
    frames = [_newest(report) for report in reports]
    if any(frame is None for frame in frames):
        _placeholder()
        return
    profiles = {
        experiment.cell: frame.arrays["grad_hidden"][-1, 0]
        for experiment, frame in zip(showcase.CELLS, frames, strict=True)
    }
    live_plot(
        gradient_thumbnail.spec(profiles, current_theme(), height=HEIGHT),
        key="home:gradients", alt="Gradient at every time step of an RNN, an LSTM and a GRU", name="gradients",
    )  # fmt: skip
    factors = ", ".join(f"{cell.upper()} ×{decay_per_step(norms, 10.0**FLOOR):.2f}" for cell, norms in profiles.items())
    note(
        "home_gradients",
        f"What the last answer's loss sends back to each earlier step, and its factor per step: {factors}. "
        "The LSTM begins with open forget gates.",
    )
    _open(PRESETS[1], "See a memory fail")


def _path(report: Report) -> None:
    st.subheader("A sentence is a path", anchor=False)
    frame = _newest(report)
    if frame is None:
        _placeholder()
        return
    plane = principal_plane(frame.arrays["hidden"][-1, 0], st.session_state.get("home:plane"))
    st.session_state["home:plane"] = plane
    live_plot(
        path_thumbnail.spec(plane, _steps(), current_theme(), height=HEIGHT),
        key="home:path", alt="Path of the hidden state through its principal plane", name="path",
    )  # fmt: skip
    share = 100 * float(plane.explained.sum())
    note("home_path", f"The same states in the plane of their two main directions: {share:.0f} % of the movement.")
    with st.container(key="home_open_step"):
        st.page_link(spec_of("step_by_step.py").page(), label="Follow one step", icon=":material/arrow_forward:")


def _newest(report: Report):
    pictures = [frame for frame in report.frames if frame.arrays]
    return pictures[-1] if pictures else None


def _steps() -> list[str]:
    from explorer.sequence.tasks import make_task

    task = make_task(showcase.ROSE)
    return task.steps(task.watched())


def _placeholder() -> None:
    with st.container(height=HEIGHT + 80, border=False, vertical_alignment="center"):
        st.caption("Starting: the network appears here in a moment.")


def preset_cards() -> None:
    """A card for each preset, chapter by chapter: its name is the link, below it why it is worth seeing."""
    for number, (title, presets) in enumerate(CHAPTERS.items()):
        st.subheader(title, anchor=False)
        with st.container(key=f"presets_{number}"):
            for row in range(0, len(presets), 3):
                for column, preset in zip(st.columns(3, gap="large"), presets[row : row + 3], strict=False):
                    with column:
                        _open(preset, preset.title)
                        st.caption(preset.why)


def _open(preset: Preset, label: str) -> None:
    st.page_link(spec_of(preset.page).page(), label=label, icon=":material/arrow_forward:", query_params=preset.link())
