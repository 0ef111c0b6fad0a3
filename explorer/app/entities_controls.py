"""The sidebar of the page, and the files that visitors bring."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.controls import Sheet, Values, experiment_controls, set_controls
from explorer.app.entities_setting import PAGE, EntityView
from explorer.app.keeping import Keeping
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown

GROUPS = {"task": "Sentences", "network": "Tagger", "training": "Training"}
ENDINGS = ["conll", "txt", "tsv", "bio", "iob", "iob2", "bioes"]
LARGEST = 5
"""Megabytes."""


def entity_controls() -> EntityView:
    """Draw the sidebar of the page and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def look_at(**changes: int) -> None:
    """Look at another sentence or word; the page follows with its next run."""
    set_controls(PAGE, EntityView(**{**st.session_state[f"{PAGE}:values"], **changes}))


def has_no_file(now: EntityView) -> bool:
    """Whether a visitor's file is to be learned from, and none is there; then what to do is said on the page."""
    if now.data != "own" or now.own_train:
        return False
    with st.container(height=360, border=False, vertical_alignment="center", horizontal_alignment="center"):
        st.markdown("**Open a CoNLL file in the sidebar**, and a tagger learns from it.")
        st.caption(
            "One word a line, its tag last (O, B-PER, I-PER …), a blank line between sentences. Every fifth sentence is held out, "
            "unless you open a second file to be judged on."
        )
    return True


def _own_train(key: str, current: str) -> str:
    return _own_file("Sentences to learn from", key, current)


def _own_test(key: str, current: str) -> str:
    return _own_file("Held-out sentences (may be left out)", key, current)


def _own_file(label: str, key: str, current: str) -> str:
    """A widget for a CoNLL file; returns its sentences in two columns, or what was there before if it cannot be read.

    A file that is taken out of the widget is gone. One that was there before the widget was (from a saved run, or from before
    another page was looked at) has a button to the same end.
    """
    uploaded = st.file_uploader(
        label, type=ENDINGS, key=f"{key}:file", max_upload_size=LARGEST, on_change=_notice_removal, args=(key,)
    )
    if uploaded is None:
        return "" if st.session_state.pop(f"{key}:removed", False) or (current and _is_removed(key)) else current
    with st.spinner("Reading the file ..."):
        text, told, problem = remembered(f"{PAGE}:files", uploaded.file_id, lambda: _read(uploaded.getvalue()), most=4)
    st.session_state[f"{key}:used"] = not problem
    if problem:
        st.error(safe_markdown(problem))
        return current
    st.caption(told)
    return text


def _notice_removal(key: str) -> None:
    """A callback: called when a visitor changes the widget, not when it is drawn anew without a file.

    Taking out a file that could not be read leaves the one before it in use.
    """
    st.session_state[f"{key}:removed"] = st.session_state[f"{key}:file"] is None and st.session_state.get(f"{key}:used", False)


def _is_removed(key: str) -> bool:
    """Draw the button that removes a file opened earlier; whether it was pressed."""
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        st.caption("A file opened earlier is in use.")
        pressed = st.button("Remove it", key=f"{key}:remove", type="tertiary")
    if pressed:
        place.empty()
    return pressed


def _read(data: bytes) -> tuple[str, str, str]:
    """The file in two columns, what is in it, and what is wrong with it."""
    from explorer.applications.entities.conll import read_conll, write_conll
    from explorer.applications.entities.tags import entities, kinds_of

    try:
        sentences = read_conll(data)
    except ValueError as error:
        return "", "", str(error)
    names = sum(len(entities(tags)) for _, tags in sentences)
    kinds = ", ".join(safe_markdown(kind) for kind in kinds_of(sentences))
    told = f"{len(sentences):,} sentences, {names:,} names ({kinds}), kept in memory only."
    return write_conll(sentences).decode(), told, ""


def _is_shown(name: str, values: Values) -> bool:
    return values["data"] == "own" or name not in ("own_train", "own_test")


def _more(name: str, values: Values) -> Values:
    return {"buttons": 1} if name == "beside" else {}


def _adjust(values: Values) -> Values:
    return {"sentence": 0, "word": 0}


def _open(data: bytes) -> Any:
    from explorer.applications.entities.opening import open_run  # with it torch

    return open_run(data)


def _shown(experiment: Any) -> EntityView:
    # A file holds one tagger: a twin beside it would begin untrained, and the page would say so of both.
    return EntityView(**dict(experiment), beside="nothing")


SHEET = Sheet(
    EntityView, GROUPS, shown=_is_shown, own={"own_train": _own_train, "own_test": _own_test}, more=_more, adjust=_adjust
)
KEEPING = Keeping("entities", lambda experiment: f"entities-{experiment.data}-{experiment.cell}", _open, _shown)
