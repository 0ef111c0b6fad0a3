"""Take the vectors along: as a file of any format, or to the other pages of this visit."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.clicks import once
from explorer.app.following import Following
from explorer.app.links import safe_markdown
from explorer.app.pages import spec_of
from explorer.app.process import engine
from explorer.app.shelf import choose_source, keep_vectors
from explorer.app.visit import visit
from explorer.embedding.experiment import ALGORITHM_TITLES, BY_FACTORS, STEPS_PER_EPOCH, EmbeddingExperiment
from explorer.embedding.vectors import Vectors
from explorer.experiment import about
from explorer.runs.report import UnknownRun

FORMATS = {
    ".vec": "word2vec text (.vec)",
    ".txt": "GloVe text (.txt)",
    ".bin": "word2vec binary (.bin)",
    ".csv": "Table (.csv)",
    ".parquet": "Parquet (.parquet)",
    ".safetensors": "Safetensors (.safetensors)",
    ".zip": "Embedding Projector (.zip)",
}
LEADS_TO = {"map": ("word_map.py", "Open the word map"), "analogy": ("analogies.py", "Ask for analogies")}
"""Pages that vectors are sent to, by the prefix of their state: file, and label of the link."""


def keeping_view(page: str, run: Following[EmbeddingExperiment], ready: bool) -> None:
    """Draw the ways to take the newest vectors along."""
    with st.container(key="aside_keep"):
        st.subheader("Take the vectors along", anchor=False)
        st.caption("The vectors of all words as they are at the newest moment, whichever moment is shown.")
        owner, base = visit(), run.base
        with st.container(horizontal=True, vertical_alignment="bottom"):
            suffix = st.selectbox(
                "Format",
                list(FORMATS),
                format_func=FORMATS.get,
                key=f"{page}:format",
                width=260,
                label_visibility="collapsed",
            )
            st.download_button(
                "Download vectors", data=lambda: _file(run, owner, suffix), file_name=f"{base.algorithm}-{base.corpus}{suffix}",
                mime="application/octet-stream", icon=":material/download:", on_click="ignore", key=f"{page}:vectors", disabled=not ready,
            )  # fmt: skip
            st.button(
                "Send to the map", icon=":material/map:", key=f"{page}:send", on_click=once(_send), args=(page, run), disabled=not ready,
                help="Keeps these vectors for this visit; the pages Word map and Analogies offer them.",
            )  # fmt: skip
        _sent(page)


def name_of(experiment: EmbeddingExperiment, step: int) -> str:
    """What vectors of a moment are called."""
    text = about(EmbeddingExperiment, "corpus")["labels"][experiment.corpus]
    by_factors = experiment.algorithm in BY_FACTORS
    when = f"iteration {step}" if by_factors else f"epoch {step / STEPS_PER_EPOCH:g}"
    return f"{ALGORITHM_TITLES[experiment.algorithm]} on {text}, {experiment.dimensions} d, {when}"


def newest_vectors(run: Following[EmbeddingExperiment], owner: str) -> Vectors:
    """The vectors of the newest moment; without a look at the session, so that a download can ask for them.

    Raises
    ------
    UnknownRun
        When the run was dropped.
    """
    from explorer.embedding.training import open_weights

    frames = engine().frames_since(run.name, owner).frames
    newest = next(frame for frame in reversed(frames) if frame.weights is not None)
    found = open_weights(run.base, newest.weights).vectors
    return Vectors(found.words, found.matrix, found.counts, name_of(run.base, newest.step))


def _file(run: Following[EmbeddingExperiment], owner: str, suffix: str) -> bytes:
    from explorer.embedding.formats.writing import write_bytes

    vectors = newest_vectors(run, owner)
    # A word that every passage holds gets nothing but zeros from TF-IDF; no file may hold those.
    return write_bytes(vectors.take(np.flatnonzero(vectors.lengths)), f"vectors{suffix}")


def _send(page: str, run: Following[EmbeddingExperiment]) -> None:
    try:
        vectors = newest_vectors(run, visit())
        name = keep_vectors(vectors.name, vectors)
    except (UnknownRun, ValueError) as error:
        st.session_state[f"{page}:send_problem"] = str(error)
        return
    st.session_state[f"{page}:sent"] = name
    for other in LEADS_TO:
        choose_source(other, name)


def _sent(page: str) -> None:
    problem = st.session_state.pop(f"{page}:send_problem", None)
    if problem:
        st.error(safe_markdown(problem), icon=":material/error:")
    name = st.session_state.get(f"{page}:sent")
    if name is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Kept for this visit as {safe_markdown(name)}.")
        for file, label in LEADS_TO.values():
            st.page_link(spec_of(file).page(), label=label, icon=":material/arrow_forward:")
