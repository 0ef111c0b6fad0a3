"""Keep a run as a file, and open one again: a reload or a new day loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.app.controls import set_controls
from explorer.app.following import Following, adopt
from explorer.app.links import safe_markdown
from explorer.app.process import engine
from explorer.app.visit import visit
from explorer.runs.history import light
from explorer.runs.report import TooManyRuns


@dataclass(frozen=True, slots=True)
class Keeping:
    """How runs of one kind of experiment are kept.

    Attributes
    ----------
    kind : str
        What the file says it holds.
    name : callable
        ``(experiment) -> str``: name of the file, without its suffix.
    open : callable
        ``(bytes) -> opened``, with `experiment`, `now`, `changes` and `frames`; raises ValueError with a remedy.
    shown : callable
        ``(experiment) -> settings`` that the page's controls show for it, where they are of another kind.
    """

    kind: str
    name: Callable[[Any], str]
    open: Callable[[bytes], Any]
    shown: Callable[[Any], Any] = lambda experiment: experiment


def _open_sequence(data: bytes) -> Any:
    from explorer.sequence.opening import open_run  # with it torch

    return open_run(data)


SEQUENCE = Keeping("sequence", lambda experiment: f"{experiment.task}-{experiment.cell}", _open_sequence)


def file_controls(page: str, run: Following, keeping: Keeping = SEQUENCE) -> None:
    """Draw the part of the sidebar that saves the page's run and opens another."""
    owner = visit()
    with st.sidebar:
        st.subheader("This run")
        st.download_button(
            "Save run", data=lambda: _saved(run, owner, keeping.kind), file_name=f"{keeping.name(run.base)}.safetensors", mime="application/octet-stream",
            icon=":material/download:", on_click="ignore", width="stretch", key=f"{page}:save",
            help="One file with the settings, the changes, the whole history and the weights.",
        )  # fmt: skip
        serial = st.session_state.setdefault(f"{page}:opened", 0)
        st.file_uploader(
            "Open a saved run",
            type=["safetensors"],
            max_upload_size=64,
            key=f"{page}:open:{serial}",
            on_change=_open,
            args=(page, serial, keeping),
        )
        problem = st.session_state.pop(f"{page}:open_problem", None)
        if problem:
            st.error(safe_markdown(problem), icon=":material/error:")


def _saved(run: Following, owner: str, kind: str) -> bytes:
    """The file; made only when asked for, outside of any script run, so without a look at the session.

    Of a run too large for a file, pictures between the first and the last are given up, evenly, until it fits.
    """
    from explorer.runs.archive import to_bytes

    report = engine().frames_since(run.name, owner)
    frames, spare = list(report.frames), [i for i, frame in enumerate(report.frames) if frame.arrays][1:-1]
    while True:
        try:
            return to_bytes(kind, run.base.model_dump_json(), report.changes, frames)
        except ValueError:
            if not spare:
                raise
        for i in spare[::2]:
            frames[i] = light(frames[i])
        spare = spare[1::2]


def _open(page: str, serial: int, keeping: Keeping) -> None:
    uploaded = st.session_state.get(f"{page}:open:{serial}")
    if uploaded is None:
        return
    st.session_state[f"{page}:opened"] = serial + 1
    try:
        opened = keeping.open(uploaded.getvalue())
        name = engine().start(opened.experiment, visit(), changes=opened.changes, frames=opened.frames)
    except (ValueError, TooManyRuns) as error:
        st.session_state[f"{page}:open_problem"] = str(error)
        return
    set_controls(page, keeping.shown(opened.now))
    adopt(page, name, opened.experiment, opened.now)
