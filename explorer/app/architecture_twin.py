"""The recurrent network beside the convolutional one: as many parameters, the same digits, but row after row."""

from __future__ import annotations

import streamlit as st

from explorer.app.embedding_pair import Pair
from explorer.app.following import ACTIVE, Following, follow, restart
from explorer.app.links import safe_markdown
from explorer.runs.report import TooManyRuns
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.parameters import count, with_parameters

TWIN = "gru"
SHARED = ("reading", "batch", "optimizer", "clip", "weight_decay", "dropout", "steps", "seed")
"""Settings that both have; sizes follow from the parameters, and the rate is the one that suits the architecture."""


def twin_of(experiment: ArchitectureExperiment) -> ArchitectureExperiment | None:
    """A GRU with about as many parameters that reads the same digits step by step; None beside other networks than the CNN."""
    if experiment.cell != "cnn":
        return None
    # At a glance there is nothing to read step by step.
    task = "digits" if experiment.task == "picture" else experiment.task
    shared = {name: getattr(experiment, name) for name in SHARED}
    return with_parameters(ArchitectureExperiment(task=task, cell=TWIN, **shared), count(experiment))


def pair_of(page: str, first: Following[ArchitectureExperiment]) -> Pair:
    """The page's run, and beside a CNN its twin, which starts anew whenever the first one does."""
    beside, wanted = f"{page}.twin", twin_of(first.base)
    if wanted is None:
        restart(beside)
        return Pair(first)
    if st.session_state.get(f"{beside}:beside") != first.name:
        restart(beside)
        st.session_state[f"{beside}:beside"] = first.name
    try:
        before = st.session_state.get(f"{beside}:run")
        second = follow(beside, wanted)
    except TooManyRuns as error:
        st.warning(safe_markdown(str(error)), icon=":material/groups:")
        return Pair(first)
    if second is not before and first.report().state in ACTIVE - {"preparing"}:
        second.command("play")
    return Pair(first, second)
