"""The page's runs: one, or two that learn the same, of which the second also reads from the end."""

from __future__ import annotations

from explorer.app.ensemble import Ensemble, ensemble_of
from explorer.app.following import restart
from explorer.app.topology_setting import Topology
from explorer.app.topology_tasks import PAGE

ONE_WAY, BOTH_WAYS = "one way", "both ways"


def runs_of(now: Topology) -> Ensemble:
    """The runs that belong to what the controls say; a twin that comes later plays as the first one does."""
    other = now.other_way()
    if other is None:
        restart(f"{PAGE}.{BOTH_WAYS}")
        return ensemble_of(PAGE, {ONE_WAY: now.training()})
    runs = ensemble_of(PAGE, {ONE_WAY: now.training(), BOTH_WAYS: other})
    first, second = (member.report() for member in runs.members.values())
    if first.state in ("playing", "catching up") and second.state == "ready":
        runs.members[BOTH_WAYS].command("play")
    return runs
