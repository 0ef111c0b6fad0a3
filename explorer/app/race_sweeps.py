"""The three sweeps of the page "Race": further to remember, what an update costs, and a grid of settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.race_standing import Measure, measures
from explorer.app.race_sweep import Sweep, sweep_view
from explorer.figures.length_scores import length_notice, length_scores
from explorer.figures.setting_grid import Grid, grid_notice, setting_grid
from explorer.figures.step_costs import cost_notice, step_costs
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.race import Race
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.race.costs import StepCost
from explorer.sequence.race.entries import ENTRIES, entry_of
from explorer.sequence.race.grid import SweepExperiment
from explorer.sequence.race.lengths import LengthSweep, lengths_of

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task

UPDATES = {"length": (100, 200, 500, 1000, 2000), "grid": (50, 100, 200, 300, 500, 1000)}
NO_LENGTHS = "The sequences of this task are as long as they are. Choose one with a **Length**, such as the adding problem, to see this."


def sweeps_view(page: str, race: Race, contestants: Mapping[str, Contestant]) -> None:
    """Draw all three."""
    st.subheader("Further to remember", anchor=False)
    st.markdown(
        "The same architectures, each made and trained anew at several lengths. Who still finds the answer when it lies far back?"
    )
    _lengths(page, race) if lengths_of(race.task) else st.caption(NO_LENGTHS)
    st.subheader("What one update costs", anchor=False)
    st.markdown(
        "A recurrent network reads step after step; convolutions and attention take all steps at once, and attention compares each with each. "
        "The clock tells what that means here: **measured** on this server, so no two measurements agree exactly."
    )
    _costs(page, race) if lengths_of(race.task) else st.caption(NO_LENGTHS)
    st.subheader("Was it only the setting?", anchor=False)
    st.markdown(
        "An architecture that loses may only have had the wrong **learning rate** (how far one update goes). The grid trains one of them with many."
    )
    _grid(page, contestants)


def _updates(page: str, name: str, usual: int) -> int:
    return st.select_slider("Updates of each training", UPDATES[name], usual, key=f"{page}:{name}:updates")


def _lengths(page: str, race: Race) -> None:
    left, _ = st.columns([1, 3])
    with left:
        updates = _updates(page, "length", 500)
    wanted = LengthSweep(race=race, updates=updates)
    count = len(wanted.lengths) * len(race.names)
    promise = f"{count} trainings, one after the other; each leaves a point in a picture of the result over the length."
    sweep_view(page, Sweep("lengths", wanted, "Train at all lengths", promise, partial(_draw_lengths, page)))


def _draw_lengths(page: str, sweep: LengthSweep, frame: Frame, report: Report) -> None:
    drawn(page, "lengths", (sweep, frame.step), lambda: _length_drawing(sweep, frame), "scores-by-length")


def _length_drawing(sweep: LengthSweep, frame: Frame) -> Drawing:
    from explorer.sequence.tasks import make_task

    tasks = [make_task(sweep.race.replace(length=length)) for length in sweep.lengths]
    measure, titles = _usual(tasks[0]), [ENTRIES[name].title for name in sweep.race.names]
    values, done = frame.arrays["scores"], frame.arrays["done"]
    bar = [task.baseline.score for task in tasks]
    names = list(zip(sweep.race.names, titles, strict=True))
    figure = length_scores.spec(
        names, sweep.lengths, values, done, current_theme(), measure=f"{measure.name} after {sweep.updates:,} updates",
        share=measure.share, log=measure.log, baseline=bar, baseline_name=tasks[0].baseline.name,
    )  # fmt: skip
    return figure, [length_notice(titles, sweep.lengths, values, done, measure.lower, bar)]


def _costs(page: str, race: Race) -> None:
    promise = "Two curves for each architecture: milliseconds of the way forward and of the way back, over the length."
    sweep_view(page, Sweep("costs", StepCost(race=race), "Measure", promise, partial(_draw_costs, page), again=True))


def _draw_costs(page: str, cost: StepCost, frame: Frame, report: Report) -> None:
    titles = [ENTRIES[name].title for name in cost.race.names]
    forward, backward = frame.arrays["forward"], frame.arrays["backward"]
    names = list(zip(cost.race.names, titles, strict=True))
    drawn(
        page, "costs", (cost, frame.step, report.state),
        lambda: (step_costs.spec(names, cost.lengths, forward, backward, current_theme()), [cost_notice(titles, cost.lengths, forward, backward)]), "milliseconds-by-length",
    )  # fmt: skip


def _grid(page: str, contestants: Mapping[str, Contestant]) -> None:
    left, right = st.columns([3, 1])
    with left:
        name = st.segmented_control("Architecture", list(contestants), default=next(iter(contestants)), required=True, key=f"{page}:grid:{','.join(contestants)}",
                                    format_func=lambda one: ENTRIES[one].title)  # fmt: skip
    with right:
        updates = _updates(page, "grid", 200)
    wanted = SweepExperiment(contestant=contestants[name], updates=updates)
    promise = f"{len(wanted.rates) * len(wanted.widths)} short trainings; each leaves a number in a grid of learning rate and hidden units."
    sweep_view(
        page, Sweep("grid", wanted, f"Train the grid for {ENTRIES[name].title}", promise, partial(_draw_grid, page))
    )


def _draw_grid(page: str, sweep: SweepExperiment, frame: Frame, report: Report) -> None:
    drawn(page, "grid", (sweep, frame.step), lambda: _grid_drawing(sweep, frame), "settings")


def _grid_drawing(sweep: SweepExperiment, frame: Frame) -> Drawing:
    from explorer.sequence.tasks import make_task

    measure, arrays = _usual(make_task(sweep.contestant)), frame.arrays
    grid = Grid(
        sweep.rates, sweep.widths, arrays["scores"], arrays["done"], arrays["came_apart"], measure.lower, measure.share, measure.log,
        measure.baseline,
    )  # fmt: skip
    title = entry_of(sweep.contestant.cell, sweep.contestant.bidirectional).title
    said = f"{title}: {measure.name} after {sweep.updates:,} updates"
    return setting_grid.spec(grid, current_theme(), measure=said), [grid_notice(grid)]


def _usual(task: Task) -> Measure:
    return next(iter(measures(task).values()))
