"""Who stands near whom in the text: the table of co-occurrences, and from each of its cells back to the sentences."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import numpy as np
import streamlit as st
from scipy.sparse import csr_matrix

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import Selection
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.text_meetings import sentences_behind
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE, go
from explorer.embedding.spelling import nearest_spellings
from explorer.figures.company import company, company_notice, height
from explorer.figures.naming import quoted
from explorer.text.cleaning import Cleaned
from explorer.text.spreadsheets import write_csv
from explorer.text.stop_words import stop_words

MOST = 60
"""Words in the table."""
SHORTEST = 440
"""Pixels of the list of sentences, at least; it is as tall as the table."""


_counting = Lock()


class Company(NamedTuple):
    """The words of the table and its cells, (n, n) float64."""

    words: tuple[str, ...]
    cells: np.ndarray


def company_view(reading: Reading) -> None:
    """The table and, beside it, the sentences behind one of its cells."""
    st.subheader("5 · Who stands near whom", anchor=False)
    st.caption(
        f"How often do two words stand within {reading.view.window} words of each other? Each meeting counts 1 / distance: neighbours 1, the word after next ½. "
        "**PPMI** asks how much more often than by chance they meet, on a logarithmic scale. Click a cell for the sentences behind it."
    )
    _controls(reading)
    made = company_of(reading)
    if len(made.words) < 2:
        st.info("A table needs at least two words of this text. Choose other words above.", icon=":material/grid_off:")
        return
    chosen = chosen_cell(reading, made)
    left, right = st.columns([2, 1], gap="large")
    with left:
        version = (reading.key, made.words, reading.view.window, reading.view.measure, chosen)
        _take(
            drawn(PAGE, "company", version, lambda: _drawing(reading, made, chosen), "co-occurrence", select=True),
            len(made.words),
        )
        _table_button(reading, made)
    tall = max(round(height(len(made.words), current_theme())), SHORTEST)
    with right, st.container(height=tall, border=False, key="behind_cell"):
        sentences_behind(reading.text, made.words[chosen[0]], made.words[chosen[1]], reading.view.window)


def _controls(reading: Reading) -> None:
    left, middle, right = st.columns([3, 2, 2], gap="medium", vertical_alignment="bottom")
    with left:
        field_beside(PAGE, "which")
    with middle:
        field_beside(PAGE, "measure")
    with right:
        if reading.view.which in ("content", "frequent"):
            field_beside(PAGE, "shown", slide=True)
    if reading.view.which == "typed":
        field_beside(PAGE, "words", placeholder="king queen war peace")
        _say_unknown(reading)


def _say_unknown(reading: Reading) -> None:
    counts = reading.text.counts
    for word in [word for word in typed(reading) if word not in counts][:3]:
        near = nearest_spellings(word, list(counts))
        hint = f" Did you mean {', '.join(map(quoted, near))}?" if near else ""
        st.caption(safe_markdown(f"{quoted(word)} is not among the {len(counts):,} words of this text.{hint}"))


def typed(reading: Reading) -> list[str]:
    """What the visitor typed, as the text's own words are written."""
    words = reading.view.words.replace(",", " ").split()
    return list(dict.fromkeys(word.lower() if reading.view.lower else word for word in words))


def words_of(reading: Reading) -> list[str]:
    """The words of the table, those with the smallest number in the vocabulary first, or in the order of the sentence."""
    view, counts = reading.view, reading.text.counts
    if view.which == "typed":
        return [word for word in typed(reading) if word in counts][:MOST]
    if view.which == "sentence":
        return list(dict.fromkeys(reading.words))[:MOST]
    common = stop_words() if view.which == "content" else frozenset()
    found = (word for word in counts if word.lower() not in common)
    return [word for word, _ in zip(found, range(view.shown), strict=False)]


def tables_of(text: Cleaned, window: int) -> tuple[csr_matrix, csr_matrix]:
    """Weighted counts and PPMI of the whole vocabulary; rows in the order of ``text.counts``.

    A class that asks at the same time waits for one counting.
    """
    with _counting:
        return _tables(text, window)


@lru_cache(maxsize=3)
def _tables(text: Cleaned, window: int) -> tuple[csr_matrix, csr_matrix]:
    from explorer.embedding.counts import cooccurrence, ppmi

    counts, _ = cooccurrence(text.sentences, window, min_count=1)
    return counts, ppmi(counts, smoothing=1.0)  # so that "as often as chance" means what it says


def company_of(reading: Reading) -> Company:
    """The table that the page shows."""
    words = words_of(reading)
    with st.spinner("Counting ..."):
        counts, association = tables_of(reading.text, reading.view.window)
    rows = [reading.rank[word] for word in words]
    table = counts if reading.view.measure == "counts" else association
    return Company(tuple(words), table[rows][:, rows].toarray())


def chosen_cell(reading: Reading, made: Company) -> tuple[int, int]:
    """The cell that is looked at: the one clicked, else the strongest pair."""
    view, n = reading.view, len(made.words)
    if 1 <= view.row <= n and 1 <= view.column <= n:
        return view.row - 1, view.column - 1
    return divmod(int(np.triu(made.cells, 1).argmax()), n)


def _take(clicked: Selection | None, n: int) -> None:
    if (
        clicked is None
        or clicked.kind != "click"
        or not isinstance(clicked.x, int | float)
        or not isinstance(clicked.y, int | float)
    ):
        return
    row, column = round(clicked.y), round(clicked.x)
    if 0 <= row < n and 0 <= column < n:
        go(row=row + 1, column=column + 1)
        st.rerun()


def _drawing(reading: Reading, made: Company, chosen: tuple[int, int]) -> Drawing:
    measure = reading.view.measure
    figure = company.spec(made.words, made.cells, measure, current_theme(), chosen=chosen)
    return figure, [company_notice(made.words, made.cells, measure)]


def _table_button(reading: Reading, made: Company) -> None:
    st.download_button(
        "This table (.csv)", data=lambda: write_csv(["", *made.words], ([word, *row] for word, row in zip(made.words, made.cells.tolist(), strict=True))),
        file_name=f"co-occurrence-{reading.view.measure}.csv", mime="text/csv", on_click="ignore", key=f"{PAGE}:table", icon=":material/download:", type="tertiary",
    )  # fmt: skip
