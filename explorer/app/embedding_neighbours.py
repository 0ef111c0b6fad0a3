"""The neighbours of the watched words: out of the frame where it has them, else out of the newest kept model."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.embedding_view import View, trained_at
from explorer.embedding.vectors import UnknownWord, Vectors
from explorer.figures.neighbour_table import Column, neighbour_notice, neighbour_table
from explorer.frame import Frame

NEAREST, PRESENTED = 10, 5
Near = tuple[tuple[str, ...], np.ndarray]
"""The nearest words, and the cosine with each."""


def neighbours_view(page: str, view: View) -> None:
    """Draw the table; it changes as the training goes on."""
    if not view.look.watched:
        st.caption("Type words to watch, and their nearest neighbours appear here.")
        return
    version = (view.run.name, view.shown.step, view.before and view.before.step, view.look, presentation.is_on())
    drawn(page, "neighbours", version, lambda: _table(page, view), f"neighbours-{view.shown.step}")


def _table(page: str, view: View) -> Drawing:
    columns = [column_of(page, view, word) for word in view.look.watched]
    rows = PRESENTED if presentation.is_on() else NEAREST
    rare = [word for word in view.look.watched if view.vocabulary.index.get(word, 0) >= _in_frame(view)]
    notice = neighbour_notice(columns, view.before.step if view.before else None)
    return neighbour_table.spec(columns, current_theme(), rows=rows), [notice, _age(page, view, rare)]


def _age(page: str, view: View, rare: list[str]) -> str:
    """Said where neighbours are older than the moment shown."""
    known = trained_at(page, view, view.shown) if rare else None
    if known is None or known[0] == view.shown.step:
        return ""
    return (
        f"Rare words are shown as they were at step {known[0]:,}, the last whole model that is kept before this moment."
    )


def column_of(page: str, view: View, word: str) -> Column:
    """A watched word with its nearest, those that are new marked."""
    row = view.vocabulary.index.get(word)
    if row is None:
        return Column(word, remark=_unknown(word, view))
    now = near(page, view, view.shown, row)
    if now is None:
        return Column(word, remark="its neighbours come with the next kept model")
    if not now[0]:
        return Column(word, remark="its vector is zero: nothing is learned of it yet")
    earlier = near(page, view, view.before, row) if _can_compare(page, view, row) else None
    old = now[0] if earlier is None else earlier[0]
    return Column(
        word, now[0], now[1], [one not in old for one in now[0]], f"{view.vocabulary.counts[row]:,} times in the text"
    )


def _can_compare(page: str, view: View, row: int) -> bool:
    """Whether the neighbours of the moment before are known: those of rare words only while its whole model is kept."""
    if view.before is None or row < _in_frame(view):
        return view.before is not None
    known = trained_at(page, view, view.before)
    return known is not None and known[0] == view.before.step


def _unknown(word: str, view: View) -> str:
    nearest = UnknownWord(word, view.vocabulary.words).nearest
    hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
    return f"is not among the {len(view.vocabulary.words):,} words learned from this text.{hint}"


def _in_frame(view: View) -> int:
    """How many of the most frequent words have their neighbours in the frame itself."""
    found = view.shown.arrays.get("neighbours")
    return len(found) if found is not None and view.side == "input" else 0


def near(page: str, view: View, frame: Frame, row: int, n: int = NEAREST) -> Near | None:
    """The words nearest to the word of a row at a frame's moment.

    None where no model of that time is kept; no words where its vector is zero.
    """
    if row < _in_frame(view) and "neighbours" in frame.arrays:
        vector = frame.arrays["input"][row]
        rows, values = frame.arrays["neighbours"][row, :n], frame.arrays["similarities"][row, :n]
    else:
        known = trained_at(page, view, frame)
        if known is None:
            return None
        vectors = known[1].output if view.side == "output" else known[1].vectors
        vector = vectors.matrix[row]
        rows, values = _searched(vectors, row, n)
    kept = (rows >= 0) & bool(np.any(vector))
    return tuple(view.vocabulary.words[i] for i in rows[kept]), np.asarray(values)[kept]


def _searched(vectors: Vectors, row: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    from explorer.embedding.neighbours import nearest

    found = nearest(vectors, vectors.matrix[row], n, exclude=[[row]])
    return found.rows[0], found.values[0]
