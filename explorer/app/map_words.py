"""The words of the map: the first of the source, or those that a visitor has isolated."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

import numpy as np
import streamlit as st

from explorer.app.map_setting import PAGE, MapSetting, go
from explorer.embedding import Vectors

PAST = 20
"""Isolations that can be taken back."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words that are laid out.

    Attributes
    ----------
    source : Vectors
        All words there are.
    rows : numpy.ndarray, (n,) int64
        Rows of those on the map, in the source.
    vectors : Vectors
        Those words alone.
    shown : numpy.ndarray of int
        Which of the n are drawn: all, or those that were isolated.
    told : str
        Which words these are, for the caption.
    serial : int
        Another for every choice of words, so that pictures know whether they are still right.
    """

    source: Vectors
    rows: np.ndarray
    vectors: Vectors
    shown: np.ndarray
    told: str
    serial: int = field(default_factory=count().__next__)

    @property
    def numbers(self) -> np.ndarray:
        """Place of each word in the source, from 1."""
        return (self.rows + 1).astype(np.int32)

    @cached_property
    def plain_first(self) -> np.ndarray:
        """Rows of the map in the order in which names find room: function words and signs come last."""
        from explorer.text.stop_words import stop_words

        last = stop_words()
        late = np.array([word.lower() in last or not _speaks(word) for word in self.vectors.words], dtype=bool)
        return np.argsort(late, kind="stable")

    def row(self, word: str) -> int | None:
        """Row of a word on the map."""
        return self.vectors.index.get(word)

    def shown_row(self, row: int | None) -> int | None:
        """Place of a row among those drawn."""
        if row is None:
            return None
        at = int(np.searchsorted(self.shown, row))
        return at if at < len(self.shown) and self.shown[at] == row else None


def words_of(source: Vectors, now: MapSetting) -> Words:
    """The words of the map as it is set; the same object as long as nothing about them changes."""
    _let_go_of_another(source)
    isolated, alone = isolation()
    key = (id(source), now.words, now.function_words, id(isolated), alone)
    kept = st.session_state.get(f"{PAGE}:words")
    if kept is None or kept[0] != key or kept[1].source is not source:
        kept = (key, _words(source, now, isolated, alone))
        st.session_state[f"{PAGE}:words"] = kept
    return kept[1]


def _let_go_of_another(source: Vectors) -> None:
    """Rows that were chosen in another source mean other words here, and its words may not exist."""
    last = st.session_state.get(f"{PAGE}:last_source")
    st.session_state[f"{PAGE}:last_source"] = source
    if last is None or last is source:
        return
    for name in ("isolated", "selected", "labelled"):
        st.session_state.pop(f"{PAGE}:{name}", None)
    now: MapSetting = st.session_state[f"{PAGE}:now"]
    if now.word and now.word not in source:
        go(word="")


def _words(source: Vectors, now: MapSetting, isolated: np.ndarray | None, alone: bool) -> Words:
    whole = now.function_words
    rows = np.arange(min(now.words, len(source))) if whole else _speaking(source, now.words)
    if isolated is not None and alone:
        return Words(
            source, isolated, source.take(isolated), np.arange(len(isolated)), f"{len(isolated):,} chosen words"
        )
    vectors = source.take(rows)  # a copy: a part that shared the matrix would keep a visitor's whole file in the caches
    told = f"{'all' if len(rows) < now.words or len(rows) == len(source) else 'first'} {len(rows):,} words" + (
        "" if whole else " without function words and signs"
    )
    if isolated is None:
        return Words(source, rows, vectors, np.arange(len(rows)), told)
    shown = np.flatnonzero(np.isin(rows, isolated))
    return Words(source, rows, vectors, shown, f"{told}, {len(shown):,} of them shown")


def _speaking(source: Vectors, n: int) -> np.ndarray:
    """Rows of the first n words that carry a subject; of all, if there are none."""
    from explorer.text.stop_words import stop_words

    hidden, rows = stop_words(), []
    for row, word in enumerate(source.words):
        if word.lower() not in hidden and _speaks(word):
            rows.append(row)
            if len(rows) == n:
                break
    return np.array(rows or range(min(n, len(source))), dtype=np.int64)


def _speaks(word: str) -> bool:
    return any(letter.isalnum() for letter in word)


def isolations() -> list[tuple[np.ndarray, bool]]:
    """What was isolated, one after the other: rows of the source, and whether they were laid out by themselves."""
    return st.session_state.setdefault(f"{PAGE}:isolated", [])


def isolation() -> tuple[np.ndarray | None, bool]:
    """The rows that are isolated now, and whether they are laid out by themselves."""
    past = isolations()
    return past[-1] if past else (None, False)


def isolate(rows: np.ndarray, alone: bool = False) -> None:
    """Show these rows of the source and no others."""
    past = isolations()
    past.append((np.unique(rows), alone))
    del past[:-PAST]


def undo_isolation() -> None:
    """Back to what was shown before."""
    if isolations():
        isolations().pop()


def selected() -> np.ndarray:
    """Rows of the source that the visitor has drawn around, sorted."""
    return st.session_state.get(f"{PAGE}:selected", np.empty(0, dtype=np.int64))


def select(numbers: tuple[str | float, ...], source: Vectors) -> None:
    """Take over what was drawn around: places in the source, from 1, as a browser told them."""
    rows = {int(one) - 1 for one in numbers if isinstance(one, (int, float)) and 1 <= one <= len(source)}
    st.session_state[f"{PAGE}:selected"] = np.array(sorted(rows), dtype=np.int64)
    st.session_state[f"{PAGE}:labelled"] = False
