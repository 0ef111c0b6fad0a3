"""The visit's shelf of word vectors: what comes with the app, what was trained here, and what a visitor opened."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakValueDictionary

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.embedding import Vectors, pretrained

GLOVE = "GloVe 6B"
OPEN = "Open a file ..."
LARGEST_UPLOAD = 200
"""Megabytes."""
MOST, MOST_BYTES = 8, 600_000_000
"""Vectors that a visit may keep; the oldest make room."""
SERVER_BYTES = 3_000_000_000
"""What all visits together may keep."""
_kept: WeakValueDictionary[int, Vectors] = WeakValueDictionary()
"""All that any visit keeps, as long as it keeps it."""
LONGEST_NAME = 60
SUFFIXES = ["txt", "vec", "bin", "tsv", "csv", "npy", "parquet", "safetensors", "gz", "zip", "w2v"]


def choose_vectors(page: str, key: str = "source", label: str = "Vectors") -> Vectors | None:
    """Draw the choice of vectors where this is called and return what is chosen.

    None while a file is asked for and none is there yet, or when what is chosen cannot be had; why is said on the page.
    """
    names, name = [*source_names(), OPEN], _chosen(page, key)
    editions = st.session_state.setdefault(f"{page}:{key}:edition", 0)
    name = st.selectbox(
        label, names, names.index(name) if name in names else 0, key=f"{page}:{key}:{editions}",
        format_func=lambda one: one, help="GloVe 6B was trained by others on six billion words; what you train here or open is kept for this visit.",
    )  # fmt: skip
    st.session_state[f"{page}:{key}"] = name
    return _upload(page, key) if name == OPEN else vectors_named(name)


def choose_source(page: str, name: str, key: str = "source") -> None:
    """Let the next `choose_vectors` of a page show this source."""
    st.session_state[f"{page}:{key}"] = name
    st.session_state[f"{page}:{key}:edition"] = st.session_state.get(f"{page}:{key}:edition", 0) + 1


def source_names() -> list[str]:
    """What can be chosen, the app's own first, then the newest of the visit."""
    return [GLOVE, *reversed(_shelf())]


def vectors_named(name: str) -> Vectors | None:
    """The vectors of a source; None, with the reason on the page, when they cannot be had."""
    if name != GLOVE:
        return _shelf().get(name)
    try:
        return pretrained()
    except (FileNotFoundError, ValueError) as error:
        st.error(safe_markdown(str(error)), icon=":material/error:")
        return None


def keep_vectors(name: str, vectors: Vectors) -> str:
    """Put vectors on the visit's shelf; those of the same name are replaced. Returns the name they are found under.

    Raises
    ------
    ValueError
        When they are larger than a visit may keep, or the server has no room for them.
    """
    if vectors.matrix.nbytes > MOST_BYTES:
        raise ValueError(
            f"These vectors take {vectors.matrix.nbytes / 1e6:,.0f} MB; a visit may keep {MOST_BYTES / 1e6:,.0f} MB. "
            "Keep fewer words."
        )
    others = sum(one.matrix.nbytes for one in list(_kept.values()) if one is not vectors)
    if others + vectors.matrix.nbytes > SERVER_BYTES:
        raise ValueError(
            f"The server keeps {others / 1e9:.1f} GB of visitors' vectors, and there is no room for "
            f"{vectors.matrix.nbytes / 1e6:,.0f} MB more. Keep fewer words, or try again later."
        )
    _kept[id(vectors)] = vectors
    name = _free_of_ours(" ".join(name.split())[:LONGEST_NAME] or "My vectors")
    shelf = _shelf()
    shelf.pop(name, None)
    shelf[name] = vectors
    while len(shelf) > MOST or sum(one.matrix.nbytes for one in shelf.values()) > MOST_BYTES:
        del shelf[next(iter(shelf))]
    return name


def _free_of_ours(name: str) -> str:
    return f"{name} (mine)" if name in (GLOVE, OPEN) else name


def _shelf() -> dict[str, Vectors]:
    return st.session_state.setdefault("shelf", {})


def _chosen(page: str, key: str) -> str:
    return st.session_state.get(f"{page}:{key}", GLOVE)


def _upload(page: str, key: str) -> Vectors | None:
    uploaded = st.file_uploader(
        "A file with word vectors", type=SUFFIXES, max_upload_size=LARGEST_UPLOAD, key=f"{page}:{key}:file:{st.session_state[f'{page}:{key}:edition']}",
        help="GloVe or word2vec text, word2vec or fastText binary, Projector TSV, CSV, parquet, safetensors; a pair of files as one zip.",
    )  # fmt: skip
    if uploaded is None:
        st.info("Open a file with word vectors, and they appear here. It stays in memory, for this visit.")
        return None
    vectors, problem = _read_once(f"{page}:{key}:read", uploaded.file_id, uploaded.getvalue, uploaded.name)
    if problem:
        st.error(safe_markdown(problem), icon=":material/error:")
    elif vectors is not None:
        try:
            choose_source(page, keep_vectors(uploaded.name, vectors), key)
        except ValueError as error:
            st.error(safe_markdown(str(error)), icon=":material/error:")
            return None
        st.rerun()
    return None


def _read_once(state: str, serial: str, data: Callable[[], bytes], name: str) -> tuple[Vectors | None, str]:
    """The vectors of an upload, or why there are none; read when it is new and not at every rerun."""
    kept = st.session_state.get(state)
    if kept is not None and kept[0] == serial:
        return None, kept[1]
    from explorer.embedding import VectorFormatError, read_bytes

    with st.spinner("Reading the vectors ..."):
        try:
            vectors, problem = read_bytes(data(), name), ""
        except VectorFormatError as error:
            vectors, problem = None, str(error)
    st.session_state[state] = (serial, problem)
    return vectors, problem
