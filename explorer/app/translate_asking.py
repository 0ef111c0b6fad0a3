"""What the network of a moment is asked, and all it answers: the search, the greedy answer, and where it looked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from explorer.app.controls import field_beside
from explorer.app.following import Following
from explorer.app.links import safe_markdown
from explorer.app.moments import frame_at
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.encoder_decoder.beam_tree import BeamTree, grow

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.tasks import Batch, Task

AGAIN = 1.5
"""Seconds after which a network that is still learning is asked anew; a search takes up to a tenth of one."""


@dataclass(frozen=True, slots=True)
class View:
    """A run at the moment that is looked at.

    Attributes
    ----------
    now : TranslateView
    run : Following
    report : Report
    task : Task
    pictures : sequence of Frame
        The frames with arrays.
    shown : Frame
        The one that is looked at; it has weights.
    """

    now: TranslateView
    run: Following
    report: Report
    task: Any
    pictures: Sequence[Frame]
    shown: Frame

    @property
    def last_step(self) -> int:
        """Where the training ends."""
        return self.report.last_step or self.run.base.steps

    @property
    def looks_back(self) -> bool:
        """Whether the moment shown is not the newest picture."""
        return self.shown.step != self.pictures[-1].step

    @property
    def moves(self) -> bool:
        """Whether the moment shown is about to be followed by another."""
        return self.report.state in ("playing", "catching up") and not self.looks_back


@dataclass(frozen=True, slots=True)
class Answered:
    """The network of a step, asked: the tree of its search, what it read, the right answer ("" where unknown), and when."""

    tree: BeamTree
    read: tuple[str, ...]
    right: str
    step: int
    when: float


def view_of(now: TranslateView, run: Following, report: Report) -> View | None:
    """The run at the moment that is looked at; None before there is anything to draw."""
    from explorer.sequence.encoder_decoder.tasks import make_task

    pictures = [frame for frame in report.frames if frame.arrays]
    weighted = [frame for frame in pictures if frame.weights]
    if not weighted:
        return None
    shown = frame_at(weighted, st.session_state.get(f"{PAGE}:moment"))
    return View(now, run, report, make_task(run.base), tuple(pictures), shown)


def choose_question(now: TranslateView, task: Task | None) -> None:
    """Draw the fields that say what is asked; waiting as long as the task's data is not loaded."""
    with st.container(key="aside_question", horizontal=True, vertical_alignment="bottom", width="stretch"):
        field_beside(
            PAGE, "typed", label="Type your own", width="stretch", disabled=task is None, max_chars=200,
            placeholder=f"such as {hint(now, task)}" if task is not None else "",
        )  # fmt: skip
        field_beside(PAGE, "example", width=150, disabled=task is None or bool(now.typed))


def hint(now: TranslateView, task: Task) -> str:
    """What may be typed."""
    return (
        f"{task.limit * 3 // 7}, or {task.example_hint}"
        if now.view == "numbers" and now.source != "digits"
        else task.example_hint
    )


def question(task: Task, now: TranslateView) -> Batch:
    """One pair: what is typed, the watched one, or a held-out one. A typed number in digits comes with its right answer.

    Raises
    ------
    ValueError
        When what is typed cannot be read; the text says what can.
    """
    if now.typed.strip():
        return _typed(task, now.typed)
    if not now.example:
        return task.watched().pick(slice(0, 1))
    held_out = task.held_out()
    i = (now.example - 1) % len(held_out)
    return held_out.pick(slice(i, i + 1))


def _typed(task: Task, text: str) -> Batch:
    batch = task.encode(text)
    number = "".join(text.replace(",", "").split())
    if task.name != "numbers" or not (number.isascii() and number.isdigit()) or int(number) >= task.limit:
        return batch
    import torch

    return task.pairs(torch.tensor([int(number)]))


def right_answer(task: Task, batch: Batch) -> str:
    """What is right, or "" where nobody said."""
    return task.write(batch.targets[0].tolist()) if batch.targets.shape[1] else ""


def answered(view: View) -> Answered | None:
    """The answers of the moment shown; while it moves on, those of a moment ago. None when the question cannot be read."""
    now = view.now
    owner = (view.run.name, now.typed, now.example, now.width)
    kept = st.session_state.get(f"{PAGE}:answered")
    if kept is not None and kept[0] == owner:
        fresh = kept[1].step == view.shown.step or view.moves and time.monotonic() - kept[1].when < AGAIN
        if fresh:
            return kept[1]
    try:
        found = ask(view)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return None
    st.session_state[f"{PAGE}:answered"] = (owner, found)
    return found


def ask(view: View) -> Answered:
    """Search for the likeliest answers of the model of the moment shown; raises as `question`."""
    from explorer.sequence.encoder_decoder.model import load_model

    batch = question(view.task, view.now)
    model = load_model(view.run.base, view.shown.weights)
    tree = grow(model, batch, view.now.width)
    return Answered(
        tree, tuple(view.task.source_steps(batch)), right_answer(view.task, batch), view.shown.step, time.monotonic()
    )
