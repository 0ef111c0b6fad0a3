"""The methods over the paragraphs that a page searches: those of Wikipedia, or a visitor's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from explorer.app.clicks import once
from explorer.app.contextual_loading import loaded_model
from explorer.app.following import Following, restart
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.process import engine
from explorer.app.retrieve_setting import PAGE, RetrievalView
from explorer.app.starting import ready_run
from explorer.applications.retrieval.collection import OWN_LIMIT, Collection, own_collection, wikipedia_collection
from explorer.applications.retrieval.experiment import IndexExperiment
from explorer.applications.retrieval.library import is_made, methods_for, wikipedia_methods
from explorer.applications.retrieval.ranking import Method
from explorer.runs.report import Report, UnknownRun

INDEX = f"{PAGE}.index"
"""Where the run that reads a visitor's own paragraphs is kept."""
EVERY = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """A collection, the four ways to search it, and a key that is equal as long as both are."""

    collection: Collection
    methods: Mapping[str, Method]
    key: tuple


def library_of(view: RetrievalView) -> Library:
    """What is searched. Until it is ready the page says what is being done, and ends there."""
    model = loaded_model()
    if view.corpus == "wikipedia":
        restart(INDEX)
        return Library(wikipedia_collection(), wikipedia_made(view.k1, view.b), ("wikipedia", view.k1, view.b))
    try:
        collection = remembered(f"{INDEX}:collection", view.text, lambda: own_collection(view.text), most=1)
    except ValueError as error:
        st.info(safe_markdown(str(error)) + " The field is in the sidebar.", icon=":material/article:")
        st.stop()
    run = ready_run(INDEX, IndexExperiment(text=view.text))
    report = run.report()
    vectors = next((frame.arrays["vectors"] for frame in reversed(report.frames) if "vectors" in frame.arrays), None)
    if vectors is None:
        _reading(run, report, len(collection))
        st.stop()
    key = ("own", run.name, view.k1, view.b)
    made = remembered(f"{INDEX}:methods", key, lambda: methods_for(collection, vectors, model, view.k1, view.b), most=2)
    return Library(collection, made, key)


def wikipedia_made(k1: float = 1.2, b: float = 0.75) -> Mapping[str, Method]:
    """The methods over the Wikipedia articles; the page ends with a clear word where they cannot be made."""
    try:
        if is_made():
            return wikipedia_methods(k1, b)
        with st.spinner("Counting the words of all paragraphs, once for everybody ..."):
            return wikipedia_methods(k1, b)
    except (FileNotFoundError, ValueError) as error:
        st.error(safe_markdown(str(error)), icon=":material/package_2:")
        st.stop()


def _reading(run: Following[IndexExperiment], report: Report, paragraphs: int) -> None:
    """The button that begins the reading, or how far it is."""
    if report.error:
        st.error(safe_markdown(report.error), icon=":material/error:")
        st.button("Try again", key=f"{INDEX}:again", on_click=once(restart), args=(INDEX,))
        return
    most = f" Only the first {OWN_LIMIT} are searched." if paragraphs == OWN_LIMIT else ""
    if report.state in ("ready", "paused") and not report.pending:
        st.info(f"Your text has {paragraphs:,} paragraphs.{most} MiniLM has to read them before they can be searched.", icon=":material/article:")
        label = "Read them" if report.position == 0 else "Go on reading"
        st.button(label, key=f"{INDEX}:read", type="primary", icon=":material/play_arrow:", on_click=once(run.command), args=("play",))
        return
    st.fragment(_progress, run_every=EVERY)(run, paragraphs)


def _progress(run: Following[IndexExperiment], paragraphs: int) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
    if report.error or not report.pending and report.state in ("finished", "failed", "ready", "paused"):
        st.rerun(scope="app")
    st.progress(report.position / max(paragraphs, 1), f"MiniLM reads paragraph {report.position:,} of {paragraphs:,} ...")
    st.button("Pause", key=f"{INDEX}:pause", icon=":material/pause:", on_click=run.command, args=("pause",))
