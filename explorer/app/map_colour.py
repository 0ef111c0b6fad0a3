"""What the points' colours say: clusters, what the map kept, the order of the source, or a visitor's own values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import streamlit as st

from explorer.app.links import safe_markdown
from explorer.app.map_setting import PAGE, MapSetting
from explorer.app.map_truth import Truth
from explorer.app.map_words import Words
from explorer.embedding import Vectors
from explorer.figures.map_colours import Colouring, by_group, by_loss, by_number, by_rank
from explorer.text.word_values import WordValues, read_word_values

CLUSTERED = 4000
"""Words among which clusters are looked for; later ones go to the nearest centre."""
TYPICAL = 6


@dataclass(frozen=True, eq=False)
class Groups:
    """Clusters of the words on a map.

    Attributes
    ----------
    labels : numpy.ndarray, (n,) int
    typical : tuple of tuple of str
        The words nearest to each centre.
    sizes : numpy.ndarray, (k,) int
    names : tuple of str
        Short names: the most typical words, no two alike.
    """

    labels: np.ndarray
    typical: tuple[tuple[str, ...], ...]
    sizes: np.ndarray
    names: tuple[str, ...] = field(default=())


@lru_cache(maxsize=8)
def groups_of(vectors: Vectors, k: int) -> Groups:
    """Clusters among directions, found once for all who look at the same words."""
    from explorer.embedding.projection.clusters import cluster

    head = vectors.unit[:CLUSTERED]
    found = cluster(head, min(k, len(head)), seed=0)
    labels = found.labels
    if len(vectors) > CLUSTERED:
        rest = vectors.unit[CLUSTERED:]
        distances = (found.centres**2).sum(axis=1) - 2 * rest @ found.centres.T
        labels = np.concatenate([labels, distances.argmin(axis=1).astype(labels.dtype)])
    typical = tuple(found.typical(vectors.words[: len(head)], TYPICAL))
    sizes = np.bincount(labels, minlength=len(found.sizes))
    return Groups(labels, typical, sizes, tuple(words[0] for words in typical))


def colouring_of(words: Words, now: MapSetting, truth: Truth) -> Colouring:
    """The colouring that the page asks for, of all words of the map."""
    if now.colour == "kept" and truth.neighbours:
        return by_loss(truth.kept, truth.neighbours)
    if now.colour == "own" and own_values() is not None:
        return _own(words, own_values())
    if now.colour == "cluster":
        groups = groups_of(words.vectors, now.clusters)
        return by_group("cluster", groups.labels, groups.names)
    return by_rank(
        len(words.rows), words.rows, len(words.source) if len(words.rows) == 0 else int(words.rows.max()) + 1
    )


def _own(words: Words, given: WordValues) -> Colouring:
    if given.groups:
        number = {name: i for i, name in enumerate(given.names)}
        labels = np.array([number.get(given.groups.get(word, ""), -1) for word in words.vectors.words])
        return by_group(given.title, labels, given.names)
    values = np.array([given.numbers.get(word, np.nan) for word in words.vectors.words], dtype=np.float32)
    return by_number(given.title, values)


def own_values() -> WordValues | None:
    """The visitor's table; None before there is one."""
    return st.session_state.get(f"{PAGE}:own")


def own_serial() -> str:
    """Another for every table that a visitor opens."""
    return st.session_state.get(f"{PAGE}:own:read", ("", ""))[0]


def own_values_control(words: Words) -> None:
    """Draw the uploader for a table of words and values, and say how many of the words it covers."""
    uploaded = st.file_uploader(
        "A table: word, value", type=["csv", "tsv", "txt"], max_upload_size=5, key=f"{PAGE}:own:file",
        help="One word and one number, or one name of a group, in each line. It stays in memory, for this visit.",
    )  # fmt: skip
    if uploaded is not None and st.session_state.get(f"{PAGE}:own:read", ("",))[0] != uploaded.file_id:
        try:
            st.session_state[f"{PAGE}:own"], problem = read_word_values(uploaded.getvalue()), ""
        except ValueError as error:
            problem = str(error)
        st.session_state[f"{PAGE}:own:read"] = (uploaded.file_id, problem)
    _, problem = st.session_state.get(f"{PAGE}:own:read", ("", "")) if uploaded is not None else ("", "")
    if problem:
        st.error(safe_markdown(problem), icon=":material/error:")
    given = own_values()
    if given is None:
        st.caption("Open a table, and it colours the words. Until then: their place in the source.")
        return
    covered = sum(word in given.numbers or word in given.groups for word in words.vectors.words)
    st.caption(f"{covered:,} of the {len(words.rows):,} words on the map have a value.")
