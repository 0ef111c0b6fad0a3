"""Topologies: one in, many out, and every other shape of a recurrent network, with a real example running through it."""

import streamlit as st

from explorer.app.ensemble import together
from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.topology_controls import topology_controls
from explorer.app.topology_examples import choose_example
from explorer.app.topology_keeping import keeping_of
from explorer.app.topology_live import choose_side, side_shown, training_view
from explorer.app.topology_overview import overview
from explorer.app.topology_runs import BOTH_WAYS, ONE_WAY, runs_of
from explorer.app.topology_story import story_above, topology_terms
from explorer.app.topology_tasks import PAGE
from explorer.app.transport import transport

now = topology_controls()
header(
    "Topologies",
    "The same cell can be wired into many shapes: what is read when, what is put out when, and where the **loss**, the measure of "
    "error, enters. The shape decides how far the **gradient** has to travel.",
)
runs = runs_of(now)
first = runs.members[ONE_WAY]
file_controls(PAGE, first, keeping_of(first.base))
reports = runs.reports()
joint, ready = together(list(reports.values())), all(report.frames for report in reports.values())
overview(now, joint)
story_above(now, BOTH_WAYS in runs.members and side_shown() == BOTH_WAYS)
with st.container(horizontal=True, vertical_alignment="bottom", key="bar"):
    transport(PAGE, runs, joint)
    side = choose_side() if BOTH_WAYS in runs.members else ""
    example = choose_example(now, ready)
training_view(now, runs, example, side, joint)
topology_terms(now)
