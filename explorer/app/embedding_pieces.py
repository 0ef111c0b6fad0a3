"""FastText's view of any word, also one that it never read: its n-grams, what each of them does, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.embedding_look import LONGEST, parsed
from explorer.app.embedding_neighbours import NEAREST
from explorer.app.embedding_view import View, trained_at
from explorer.embedding.pulls import Pull, pulls
from explorer.figures.neighbour_table import Column, neighbour_table
from explorer.figures.ngram_pulls import ngram_pulls, pull_notice, strongest

WHOLE = "whole word"
"""What the vector is called that a word of the vocabulary has beside those of its n-grams."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A word taken apart.

    Attributes
    ----------
    pulls : list of Pull
        What each n-gram does to the cosine with the nearest word.
    near : tuple of str
    cosines : (n,) array
    known : bool
        Whether the word was read in training.
    """

    word: str
    pulls: list[Pull]
    near: tuple[str, ...]
    cosines: np.ndarray
    known: bool


def pieces_view(page: str, view: View) -> None:
    """Draw the word that the visitor typed, in pieces. Nothing for other algorithms."""
    if view.run.base.algorithm != "fasttext":
        return
    st.subheader("A word in pieces", anchor=False)
    st.caption(
        "FastText gives a vector to every **n-gram**, a run of letters; “<” and “>” mark a word's ends. A word's "
        "vector is the mean "
        "of its n-grams' (and of one for the whole word, if it was read), so that a word never read, or misspelt, has "
        "one too. "
        "A bar shows by how much the cosine with the nearest word would fall if that part were left out."
    )
    typed = st.text_input(
        "A word", "kingdoom", key=f"{page}:piece", max_chars=LONGEST, width=300, label_visibility="collapsed",
        placeholder="Any word, also a misspelt one",
    )  # fmt: skip
    words, known = parsed(typed or "", view.run.base.lower), trained_at(page, view, view.shown)
    if not words or known is None:
        st.caption("Type a word, and it is taken apart here.")
        return
    word = words[0]
    step, trained = known
    version = (view.moment_key(step), word)
    kept = st.session_state.get(f"{page}:pieces")
    if kept is None or kept[0] != version:
        kept = st.session_state[f"{page}:pieces"] = (version, taken_apart(trained, word))
    _draw(page, kept[1], version)


def taken_apart(trained, word: str) -> Pieces:
    """The n-grams of a word, what each does, and the word's neighbours."""
    from explorer.embedding.fasttext import ngram_parts
    from explorer.embedding.neighbours import nearest

    parts, vectors = ngram_parts(trained, word), trained.vectors
    row = vectors.index.get(word)
    if row is not None:
        parts = [(WHOLE, trained.whole.matrix[row]), *parts]
    whole = np.sum([vector for _, vector in parts], axis=0) if parts else np.zeros(vectors.dimensions)
    found = nearest(vectors, whole, NEAREST, exclude=[[] if row is None else [row]])
    rows = found.rows[0][found.rows[0] >= 0]
    made = strongest(pulls(parts, vectors.matrix[rows[0]])) if len(rows) else []
    return Pieces(word, made, tuple(vectors.words[i] for i in rows), found.values[0][: len(rows)], row is not None)


def _draw(page: str, pieces: Pieces, version: tuple) -> None:
    left, right = st.columns([2, 1], gap="large")
    nearest = pieces.near[0] if pieces.near else ""
    with left:
        drawn(page, "pieces", version, lambda: _bars(pieces, nearest), f"pieces-{pieces.word}")
    with right:
        remark = "read in training" if pieces.known else "never read"
        column = Column(pieces.word, pieces.near, pieces.cosines, [False] * len(pieces.near), remark)
        drawn(page, "pieces-near", version, lambda: (neighbour_table.spec([column], current_theme()), []), "neighbours")


def _bars(pieces: Pieces, nearest: str) -> Drawing:
    cosine = float(pieces.cosines[0]) if len(pieces.cosines) else float("nan")
    notice = pull_notice(pieces.word, pieces.pulls, nearest, cosine, pieces.known)
    return ngram_pulls.spec(pieces.pulls, nearest, current_theme()), [notice]
