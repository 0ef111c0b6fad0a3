"""The sidebar of the page: shape, task, cell and a few numbers; the rest is folded away."""

from __future__ import annotations

from explorer.app.controls import Sheet, Values, experiment_controls
from explorer.app.topology_setting import Topology, is_shown
from explorer.app.topology_tasks import PAGE, SHAPES

GROUPS = {"task": "Shape", "architecture": "Network", "training": "Training"}


def topology_controls() -> Topology:
    """Draw the sidebar and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def _more(name: str, values: Values) -> Values:
    return {"options": SHAPES[values["shape"]], "buttons": 1} if name == "task" else {}


SHEET = Sheet(Topology, GROUPS, shown=is_shown, more=_more)
