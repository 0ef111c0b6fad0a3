"""Two sentences: what differs early, how long three memories tell it apart, and how much the loss asks about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.controls import Sheet, Values, experiment_controls, field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.ensemble import Ensemble, ensemble_of, together
from explorer.app.keepsake import remembered
from explorer.app.laboratory_cards import Card, cards
from explorer.app.laboratory_live import GROUPS, live_part, scrub, shown_for_three, task_of
from explorer.app.laboratory_moment import Shown
from explorer.app.laboratory_runs import Sentences
from explorer.app.laboratory_setting import PAGE, state_of
from explorer.app.links import safe_markdown
from explorer.app.own_data import own_text
from explorer.app.transport import transport
from explorer.figures.naming import share_of
from explorer.figures.palette import VISIBLE
from explorer.figures.two_readings import TwoReadings, readings_notice, two_readings
from explorer.runs.report import Report
from explorer.sequence.laboratory.names import CELL_TITLES

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task

STATE = state_of("sentences")
HEIGHT = 460
DEFAULTS = {
    "rose": ("the tomato on the old kitchen table is", "the banana on the old kitchen table is"),
    "characters": ("(a part of the old city", ",a part of the old city"),
}
"""Sentences that differ in one early word or character."""
KEPT = 48
"""Readings that are kept for a visit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one network makes of both sentences: the two rows, the share that survives, and its two guesses."""

    lines: TwoReadings
    survives: float
    guesses: tuple[tuple[str, float], tuple[str, float]]


def sentences_controls() -> Sentences:
    """Draw the sidebar and return what it says."""
    return experiment_controls(STATE, SHEET, PAGE)


def sentences_view(now: Sentences) -> None:
    """Draw the two sentences and the three runs, live."""
    runs = ensemble_of(STATE, now.runs)
    joint = together(list(runs.reports().values()))
    with st.container(key="aside_two_sentences"):
        st.markdown(
            "Two sentences that differ in **one early word**. Forward, the difference enters the memory there and has to live until the answer. "
            "Backward, the answer's loss has to reach that word. Press **Play**: both grow together, or neither does."
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"bar_{STATE}"):
        transport(STATE, runs, joint, start="the untrained networks")
    ready = all(report.frames for report in runs.reports().values())
    words = _sentences(now, runs, ready)

    def draw(shown: Mapping[str, Shown], joint: Report) -> None:
        found = {cell: _reading(runs, cell, one, words) for cell, one in shown.items()}
        _picture(runs, shown, words, found)
        cards(STATE, [_card(cell, one, shown[cell]) for cell, one in found.items()])
        scrub(STATE, joint, shown, now.steps)

    live_part(STATE, runs, CELL_TITLES, draw)


def _sentences(now: Sentences, runs: Ensemble, ready: bool) -> tuple[str, str]:
    """Draw the fields for the sentences and return what is to be read."""
    defaults = DEFAULTS[now.task]
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"lab_words_{STATE}"):
        for name, example in zip(("one", "other"), defaults, strict=True):
            field_beside(STATE, name, placeholder=example, disabled=not ready)
    typed = (now.one.strip() or defaults[0], now.other.strip() or defaults[1])
    if not ready or not (now.one or now.other):
        return typed
    try:
        _checked(task_of(runs), *typed)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return defaults
    return typed


def _checked(task: Task, one: str, other: str) -> None:
    """Raise ValueError, with a remedy, for sentences that cannot be compared."""
    first, second = (task.steps(task.encode(text)) for text in (one, other))
    length = min(len(first), len(second))
    if first[:length] == second[:length]:
        raise ValueError("Both sentences read the same: change one early word in one of them.")
    if length < 2:
        raise ValueError("One of the sentences has a single step: type at least two words.")


def _reading(runs: Ensemble, cell: str, one: Shown, words: tuple[str, str]) -> Reading:
    """Of the moment shown; read again only when the model or the sentences have changed."""
    frame = one.weighted
    key = (runs.members[cell].name, frame.step, words)
    return remembered(f"{STATE}:readings", key, lambda: _read(runs, cell, frame.weights, words), KEPT)


def _read(runs: Ensemble, cell: str, weights: bytes, words: tuple[str, str]) -> Reading:
    from explorer.sequence.laboratory.difference import difference
    from explorer.sequence.model import load_model
    from explorer.sequence.prediction import predict

    base = runs.members[cell].base
    model = load_model(base, weights)
    found = difference(model, *(model.task.encode(text) for text in words))
    lines = TwoReadings(cell, CELL_TITLES[cell], found.forward[-1], found.backward[-1])
    guesses = tuple(next(iter(predict(model, base, text).items())) for text in words)
    return Reading(lines, found.survives, guesses)


def _picture(runs: Ensemble, shown: Mapping[str, Shown], words: tuple[str, str], found: Mapping[str, Reading]) -> None:
    version = (runs.name, [one.weighted.step for one in shown.values()], words)

    def draw() -> Drawing:
        task = task_of(runs)
        read = [task.steps(task.encode(text)) for text in words]
        lines = [one.lines for one in found.values()]
        return two_readings.spec(*read, lines, current_theme(), height=HEIGHT), [readings_notice(*read, lines)]

    drawn(STATE, "readings", str(version), draw, "two-sentences")


def _card(cell: str, one: Reading, shown: Shown) -> Card:
    (first, sure), (second, other) = one.guesses
    numbers = ((f"{_said(first)} {100 * sure:.0f} %", "expected after the first"), (f"{_said(second)} {100 * other:.0f} %", "after the second"))
    left = f"Of the difference {share_of(one.survives)} is left at the end. " if np.isfinite(one.survives) else ""
    same = first == second
    verdict = "It gives both the same answer: the early word makes no difference." if same else "It answers them differently."
    aside = f"training step {shown.weighted.step:,}" if shown.weighted.step else "untrained"
    return Card(CELL_TITLES[cell], current_theme().architecture(cell), numbers, left + verdict, aside)


def _said(word: str) -> str:
    return VISIBLE.get(word, word[:12])


def _unlinked(values: Values) -> tuple[str, ...]:
    """Sentences stay out of the address unless they consist of the classroom's own words."""
    if values["task"] != "rose":
        return ("one", "other")
    return tuple(name for name in ("one", "other") if values[name] and not _of_the_classroom(values[name]))


def _of_the_classroom(text: str) -> bool:
    from explorer.sequence.experiment import SequenceExperiment
    from explorer.sequence.tasks import make_task

    try:
        make_task(SequenceExperiment(task="rose")).encode(text)
    except ValueError:
        return False
    return True


SHEET = Sheet(Sentences, GROUPS, shown=shown_for_three, own={"text": own_text}, unlinked=_unlinked)
