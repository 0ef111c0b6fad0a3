"""The contestants side by side: sizes, scores, speed and memory, to sort, to take along and to open."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from explorer.app.race_standing import Measure, Standing, lane_of
from explorer.experiment import to_link
from explorer.figures.canvas import number
from explorer.figures.input_reach import heard
from explorer.runs.report import Report
from explorer.sequence import SequenceExperiment
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.race.entries import ENTRIES

Row = dict[str, Any]
KILOBYTE = 1024.0
WIDTHS = {
    "parameters": 86,
    "hidden": 62,
    "updates": 70,
    "updates/s": 78,
    "ms/update": 82,
    "seconds": 70,
    "memory kB": 84,
    "hears": 58,
}
USUAL = 74
"""Pixels of columns of numbers: all of them are to be seen without scrolling."""


def rows(standing: Standing, measure: Measure) -> list[Row]:
    """One row for each contestant that has begun; numbers as numbers, NaN where nothing is known."""
    return [
        _row(standing, name, report, measure) for name, report in standing.reports.items() if report.frames
    ]  # fmt: skip


def _row(standing: Standing, name: str, report: Report, measure: Measure) -> Row:
    contestant = standing.starters.members[name].now
    lane = lane_of(name, report, measure.metric)
    known = np.isfinite(lane.values)
    best = (np.nanmin if measure.lower else np.nanmax)(lane.values) if known.any() else np.nan
    first, newest = report.frames[0].metrics, standing.newest(name)
    made, spent = report.frames[-1].step, float(lane.seconds[-1])
    timed = made > 0 and np.isfinite(spent) and spent > 0
    length = len(newest.arrays["grad_input"]) if newest is not None else 0
    return {
        "architecture": ENTRIES[name].title,
        "open": link_of(contestant),
        "now": lane.last,
        "best": float(best),
        "seeds differ by": newest.metrics.get("spread", np.nan)
        if contestant.seeds > 1 and newest is not None
        else np.nan,
        "parameters": int(first.get("parameters", 0)),
        "hidden": contestant.hidden,
        "updates": made,
        "updates/s": made / spent if timed else np.nan,
        "ms/update": 1000 * spent / made if timed else np.nan,
        "seconds": spent,
        "memory kB": round(first.get("activation_bytes", 0) / KILOBYTE),
        "hears": 100.0 * heard(newest.arrays["grad_input"]) / length if length else np.nan,
        "came apart": report.state == "failed",
    }


@lru_cache(maxsize=64)
def link_of(contestant: Contestant) -> str:
    """The address, relative to this page's, at which the training of a contestant's first seed is opened by itself."""
    alone = contestant.members()[0]
    if ENTRIES_BY_CELL[contestant.cell]:
        cls, page = SequenceExperiment, "train_live"
    else:
        cls, page = ArchitectureExperiment, "architectures"
    settings = cls(**{name: getattr(alone, name) for name in cls.model_fields})
    return f"{page}?{urlencode(to_link(settings))}"


ENTRIES_BY_CELL = {entry.cell: entry.recurrent for entry in ENTRIES.values()}
"""Whether the network of that cell can be looked into on the page Train live."""


def table_view(page: str, standing: Standing, measure: Measure) -> None:
    """Draw the table and its download."""
    found = rows(standing, measure)
    several = any(run.base.seeds > 1 for run in standing.starters.members.values())
    st.subheader("Side by side", anchor=False)
    import pandas as pd

    shown = pd.DataFrame(found).drop(columns=["came apart", *([] if several else ["seeds differ by"])])
    st.dataframe(shown, hide_index=True, column_config=_columns(measure), key=f"{page}:table", width="stretch")
    st.download_button(
        "Table as CSV", data=lambda: as_csv(found), file_name="race.csv", mime="text/csv", icon=":material/download:", on_click="ignore", key=f"{page}:csv",
    )  # fmt: skip
    st.caption(_said(found, standing.race.budget))


def as_csv(found: list[Row]) -> bytes:
    """The table for a spreadsheet."""
    from explorer.text.spreadsheets import write_csv

    return write_csv(list(found[0]), [list(row.values()) for row in found])


def _columns(measure: Measure) -> dict[str, Any]:
    score = "percent" if measure.share else "%.3g"
    column = st.column_config
    numbers = {
        "now": (score, f"The {measure.name} of now."),
        "best": (score, f"The best {measure.name} so far."),
        "seeds differ by": ("%.3g", "Standard deviation over the seeds."),
        "parameters": ("localized", "Adjustable numbers, embeddings and readout included."),
        "hidden": (None, "Hidden units: the width that comes nearest to the parameters asked for."),
        "updates": ("localized", "Looks at a batch, each followed by a change of all parameters."),
        "updates/s": ("%.1f", "Updates in a second of computing, pictures included."),
        "ms/update": ("%.1f", "Milliseconds of computing for each update, pictures included."),
        "seconds": ("%.1f", "Of computing, since the untrained network."),
        "memory kB": ("localized", "Activations: what one batch leaves in memory for the way back, in kilobytes."),
        "hears": ("%.0f %%", "At so many of the inputs the gradient is at least 1 % of its strongest."),
    }
    return {
        "architecture": column.TextColumn("architecture", pinned=True, width=110),
        "open": column.LinkColumn("open", display_text="open", width=56, help="This training by itself, in a new tab."),
        **{
            name: column.NumberColumn(name, format=form, help=text, width=WIDTHS.get(name, USUAL))
            for name, (form, text) in numbers.items()
        },
    }


def _said(found: list[Row], budget: int) -> str:
    counts = [row["parameters"] for row in found]
    furthest = max((abs(count - budget) / budget for count in counts), default=0.0)
    memory = sorted(found, key=lambda row: row["memory kB"])
    small, large = memory[0], memory[-1]
    said = f"All have {number(budget)} parameters, to within {100 * furthest:.1f} %."
    if large["memory kB"] > 0 and len(found) > 1:
        said += (
            f" For the way back {large['architecture']} keeps {number(large['memory kB'])} kB of one batch, "
            f"{small['architecture']} {number(small['memory kB'])} kB."
        )
    return said
