"""What a network makes by itself, under the graph: whole answers and what it looked at, invented names, drawn digits."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.topology_state import View, chosen_column, scene_at
from explorer.app.topology_tasks import PAGE
from explorer.figures.attention_table import attention_table
from explorer.figures.candidates import candidates, candidates_notice
from explorer.figures.drawn_digits import drawn_digits, drawn_notice
from explorer.figures.topology_notices import look_notice
from explorer.figures.topology_scene import Scene

WIDTH = 5
"""Answers that the search follows at once."""
AGAIN = 1.5
"""Seconds after which a network that is still learning is asked anew; a search takes up to a tenth of one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A network's whole answers to one question, likeliest first, and the greedy one; when it was asked and at which step."""

    answers: tuple[str, ...]
    shares: tuple[float, ...]
    greedy: str
    right: str
    step: int
    when: float


def answers_view(view: View) -> None:
    """Draw what belongs to the task; nothing for tasks that put out one class at a time."""
    if not view.now.writes:
        return
    if view.task.target_symbols is None:
        _drawings(view)
        return
    scene = scene_at(view)
    if view.task.determined and scene.attention is None:
        _candidates(view)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        if not view.task.determined:
            _names(view)
        if scene.attention is not None:
            _attention(view, scene)
    with right:
        _candidates(view)


def _drawings(view: View) -> None:
    st.subheader("What it draws by itself", anchor=False)
    pictures, names = view.shown.arrays["drawn"], view.task.source_symbols
    chosen = view.example.text or view.task.source_steps(view.task.watched())[0]
    drawn(
        PAGE,
        "drawings",
        (view.run.name, view.shown.step, chosen),
        lambda: _draw_digits(pictures, names, view.task, chosen),
        "digits",
    )


def _draw_digits(pictures: np.ndarray, names, task, chosen: str) -> Drawing:
    return drawn_digits.spec(pictures, names, current_theme(), chosen), [
        drawn_notice(pictures, names, task.means.numpy())
    ]


def _names(view: View) -> None:
    """Names that were drawn letter by letter, under what they began with."""
    st.subheader("Names it invents", anchor=False)
    kinds, rows = invented(view.task, view.shown.arrays["invented"])
    with st.container(key=f"invented_{PAGE}"):
        for kind, names in zip(kinds, rows, strict=True):
            told = "  ·  ".join(_named(name, view.task) for name in names)
            st.markdown(f":gray[{safe_markdown(kind)}]  {told}")
        st.caption(
            "**Bold** names are real. Each letter was drawn by the chance that the network gives it; see *Temperature*."
        )


def _named(name: str, task) -> str:
    text = safe_markdown(name) or "∅"
    return f"**{text}**" if name in task.real else text


def invented(task, rows: np.ndarray) -> tuple[list[str], list[list[str]]]:
    """What the invented names began with, and the names, as many for each."""
    from explorer.sequence.encoder_decoder.picture import INVENTED, invented_from

    asked = invented_from(task)
    names = [task.write(row) for row in rows.tolist()]
    starts = range(0, len(names), INVENTED)
    return ["".join(task.source_steps(asked, i)) for i in starts], [names[i : i + INVENTED] for i in starts]


def _attention(view: View, scene: Scene) -> None:
    st.subheader("What it looks at", anchor=False)
    chosen = chosen_column(view, scene)
    drawn(PAGE, "attention", (*view.key, chosen), lambda: _look(scene, chosen), "attention")


def _look(scene: Scene, chosen: int | None) -> Drawing:
    read = [column.reads for column in scene.columns[: scene.encoder]]
    written = [column.right or column.guesses[0][0] for column in scene.columns[scene.encoder :]]
    row = None if chosen is None or chosen < scene.encoder else chosen - scene.encoder
    return attention_table.spec(scene.attention, read, written, current_theme(), chosen=row), [look_notice(scene)]


def _candidates(view: View) -> None:
    st.subheader("Its whole answers, left to itself", anchor=False)
    if view.shown.weights is None:
        st.caption("The weights of this moment were not kept; move the scrubber a little.")
        return
    asked = _asked(view)
    version = (view.run.name, asked.step, view.example)
    drawn(PAGE, "candidates", version, lambda: _list(asked), "answers")
    if asked.step != view.shown.step:
        st.caption(f"As of step {asked.step:,}; asked anew every few seconds.")


def _asked(view: View) -> Asked:
    """The answers of the moment shown; while it moves on, those of a moment ago."""
    owner = (view.run.name, view.example)
    kept = st.session_state.get(f"{PAGE}:asked")
    moving = view.report.state == "playing" and not view.looks_back
    if kept is not None and kept[0] == owner:
        fresh = kept[1].step == view.shown.step or moving and time.monotonic() - kept[1].when < AGAIN
        if fresh:
            return kept[1]
    found = ask(view)
    st.session_state[f"{PAGE}:asked"] = (owner, found)
    return found


def ask(view: View) -> Asked:
    """Search for the likeliest whole answers of the model of the moment shown."""
    from explorer.app.topology_writers import question
    from explorer.sequence.encoder_decoder.answering import answer_pair
    from explorer.sequence.encoder_decoder.beam import beam_pair
    from explorer.sequence.encoder_decoder.model import load_model

    model = load_model(view.run.base, view.shown.weights)
    batch = question(view.task, view.example)
    found = beam_pair(model, batch, WIDTH)
    known = view.task.determined and bool(batch.targets.shape[1])
    return Asked(
        tuple(one.text for one in found), tuple(float(np.exp(one.log_probability)) for one in found),
        answer_pair(model, batch).text, view.task.write(batch.targets[0].tolist()) if known else "", view.shown.step, time.monotonic(),
    )  # fmt: skip


def _list(asked: Asked) -> Drawing:
    figure = candidates.spec(asked.answers, asked.shares, current_theme(), right=asked.right)
    return figure, [candidates_notice(asked.answers, asked.shares, asked.greedy)]
