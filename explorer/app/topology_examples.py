"""Which example runs through the graph: the task's own, another one it never learned from, or one that is typed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.example import Example
from explorer.app.links import safe_markdown
from explorer.app.topology_setting import Topology
from explorer.app.topology_tasks import PAGE, Training
from explorer.figures.topology_scene import Scene
from explorer.frame import Frame
from explorer.sequence import SequenceExperiment

MOST = 100


def task_of(experiment: Training) -> Any:
    """The task of either kind of experiment, which has been loaded by then."""
    if isinstance(experiment, SequenceExperiment):
        from explorer.sequence.tasks import make_task
    else:
        from explorer.sequence.encoder_decoder.tasks import make_task
    return make_task(experiment)


def watched_scene(experiment: Training, frame: Frame, example: Example) -> Scene:
    """An example in the model of a frame."""
    task = task_of(experiment)
    if isinstance(experiment, SequenceExperiment):
        from explorer.app.moments import example_batch
        from explorer.app.topology_sequences import sequence_scene

        return sequence_scene(experiment, task, frame, example_batch(task, example), example.is_own)
    from explorer.app.topology_writers import writer_scene

    return writer_scene(experiment, task, frame, example)


def choose_example(now: Topology, ready: bool) -> Example:
    """Draw the field that chooses the example; the task's own while its data is not loaded."""
    with st.container(key="aside_example", horizontal=True, vertical_alignment="center", width="stretch"):
        if not ready:
            st.text_input("Example", key=f"{PAGE}:example:waiting", disabled=True, label_visibility="collapsed")
            return Example()
        task = task_of(now.training())
        if getattr(task, "source_kind", "") == "class":
            return _of_class(now, task)
        return _typed(now, task) if takes_text(task) else _numbered(now)


def takes_text(task: Any) -> bool:
    """Whether examples of the task can be typed."""
    return task.source_kind == "letters" if hasattr(task, "source_kind") else task.accepts_text


def _of_class(now: Topology, task: Any) -> Example:
    """A held-out example of a class; the first one is what the network is watched on."""
    own = task.source_steps(task.watched())[0]
    chosen = st.segmented_control(
        "Begin with", task.source_symbols, default=own, required=True, key=f"{PAGE}:class:{now.task}", label_visibility="collapsed",
        help="What the network is told to make.",
    )  # fmt: skip
    return Example() if chosen == own else Example(text=chosen)


def _numbered(now: Topology) -> Example:
    number = st.number_input(
        "Example", 0, MOST, key=f"{PAGE}:example:{now.shape}:{now.task}", width=160,
        help="0 is the one the network is watched on; the others are held-out examples it never learns from.",
    )  # fmt: skip
    return Example(number=int(number or 0))


def _typed(now: Topology, task: Any) -> Example:
    text = st.text_input(
        "Your own example", key=f"{PAGE}:example:{now.shape}:{now.task}", max_chars=200, width="stretch",
        placeholder=f"Try your own: {task.example_hint}", label_visibility="collapsed",
        help="Type something and press Enter. Leave it empty to watch the task's own example.",
    )  # fmt: skip
    if not text or not text.strip():
        return Example()
    try:
        task.encode(text)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return Example()
    return Example(text=text)
