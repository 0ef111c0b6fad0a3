"""A second run on the same text: chosen in a few settings, played together with the first, shown beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from pydantic import ValidationError

from explorer.app.embedding_beside import beside_view
from explorer.app.embedding_view import View, view_of
from explorer.app.following import Following, follow, restart
from explorer.app.links import safe_markdown
from explorer.app.widgets import field_widget
from explorer.embedding.experiment import ALGORITHM_TITLES, EmbeddingExperiment
from explorer.experiment import about, bounds, explain
from explorer.runs.report import Report, TooManyRuns

NONE = ""
FEW = ("dimensions", "window", "epochs", "iterations", "seed")
"""Settings of the second run that can be chosen; the text and its cleaning are the first one's."""
LAST_SEED = bounds(EmbeddingExperiment, "seed")[1]
ORDER = ("failed", "preparing", "playing", "catching up", "paused", "ready", "finished")
"""States of two runs: the first that one of them is in is that of both."""


@dataclass(slots=True)
class Pair:
    """The page's hold on its run, and on the one beside it if there is one; commands go to both."""

    first: Following[EmbeddingExperiment]
    second: Following[EmbeddingExperiment] | None = None

    def reports(self) -> tuple[Report, Report | None, Report]:
        """What the engine says of the first, of the second, and of both together; raises UnknownRun."""
        one = self.first.report()
        other = self.second.report() if self.second else None
        return one, other, together(one, other)

    def command(self, action: str, **details: Any) -> None:
        """Pass a command on to both runs."""
        self.first.command(action, **details)
        if self.second is not None:
            self.second.command(action, **details)


def together(one: Report, other: Report | None) -> Report:
    """The report of two runs that play together: what one of them does, both do."""
    if other is None:
        return one
    states = {one.state, other.state}
    state = next(state for state in ORDER if state in states)
    if state == "failed":  # the other one may still play
        state = other.state if one.state == "failed" else one.state
    return replace(one, state=state, pending=one.pending or other.pending, position=max(one.position, other.position))


def choose_second(page: str, first: EmbeddingExperiment) -> EmbeddingExperiment | None:
    """Draw the choice of a second algorithm, and return what it says; None for no second run."""
    with st.popover(
        "Compare", icon=":material/compare:", help="Train a second algorithm on the same text, beside the first."
    ):
        algorithm = st.selectbox(
            "Lay beside", [NONE, *ALGORITHM_TITLES], key=f"{page}:second", format_func=lambda one: ALGORITHM_TITLES.get(one, "nothing"),
            help="A second run on the same words. Choose the same algorithm with another seed to see how much is chance.",
        )  # fmt: skip
        if not algorithm:
            return None
        return _second(page, first, algorithm)


def _second(page: str, first: EmbeddingExperiment, algorithm: str) -> EmbeddingExperiment | None:
    cls = EmbeddingExperiment
    same = {name: value for name, value in first if about(cls, name)["group"] == "text"}
    usual = _usual(first, algorithm)
    chosen: dict[str, Any] = {}
    for name in FEW:
        if cls.applies(name, algorithm):
            value = usual.get(name, cls.model_fields[name].default)
            # The value is in the key: where the first run's settings change, the second's follow.
            key = f"{page}:second:{algorithm}:{name}:{value}"
            chosen[name] = field_widget(cls, name, value, key, slide=not about(cls, name).get("options"))
    try:
        return cls(**{**usual, **same, **chosen, "algorithm": algorithm})
    except ValidationError as error:
        st.error(safe_markdown(" ".join(explain(error))), icon=":material/block:")
        return None


def _usual(first: EmbeddingExperiment, algorithm: str) -> dict[str, Any]:
    """What the second run begins with: all that the first has, where only chance is to differ; else what suits it."""
    if algorithm == first.algorithm:
        return {**dict(first), "seed": first.seed + 1 if first.seed < LAST_SEED else 0}
    suited = type(first).suggestions({"algorithm": algorithm, "corpus": first.corpus})
    return {**suited, "dimensions": first.dimensions, "seed": first.seed}


def pair_of(page: str, first: Following[EmbeddingExperiment], wanted: EmbeddingExperiment | None) -> Pair:
    """The first run with the wanted one beside it, which starts anew whenever the first one does."""
    other = f"{page}.second"
    if wanted is None:
        restart(other)
        return Pair(first)
    if st.session_state.get(f"{other}:beside") != first.name:
        restart(other)
        st.session_state[f"{other}:beside"] = first.name
    try:
        before = st.session_state.get(f"{other}:run")
        second = follow(other, wanted)
        if second is not before and first.report().state in ("playing", "catching up"):
            second.command("play")
        return Pair(first, second)
    except TooManyRuns as error:
        st.warning(safe_markdown(str(error)), icon=":material/groups:")
        return Pair(first)


def pair_view(page: str, pair: Pair, view: View, report: Report, share: float | None) -> None:
    """The maps of both runs over the same words, at the same share of their trainings."""
    other = view_of(f"{page}.second", pair.second, report, view.look, share)
    beside_view(page, view, other)
