"""The view "Similarity": two words compared, and a list of words together."""

from __future__ import annotations

import streamlit as st

from explorer.app.analogy_state import MOST_WORDS, PAGE, Asking, complain, field, listed, remembered, spelled
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.embedding import UnknownWord, Vectors, neighbours_of
from explorer.embedding.pairs import DRAWN, Nearness, compare, nearer, random_cosines
from explorer.embedding.word_sets import cosine_table as all_cosines
from explorer.embedding.word_sets import nearest_to_average, odd_one_out
from explorer.figures.answer_lists import AnswerList, answer_lists, answers_of
from explorer.figures.canvas import Spec
from explorer.figures.cosine_table import cosine_table, odd_notice, table_notice, vector_strips
from explorer.figures.marked_histogram import marked_histogram
from explorer.figures.pair_notices import pair_notice
from explorer.figures.palette import plain
from explorer.figures.word_plane import unit_rows

NEIGHBOURS = 10


def words_view(now: Asking, vectors: Vectors) -> None:
    """Draw both parts."""
    _pair(now, vectors)
    st.subheader("A list of words", anchor=False)
    _list(now, vectors)


def _pair(now: Asking, vectors: Vectors) -> None:
    with st.container(key="analogy_pair", horizontal=True, vertical_alignment="center", gap="small"):
        field("one", now, width=200, label_visibility="collapsed")
        st.markdown("and", width="content")
        field("other", now, width=200, label_visibility="collapsed")
    if not (now.one and now.other):
        st.info("Fill in two words to compare.", icon=":material/edit:")
        return
    try:
        one, other = spelled(vectors, now.one), spelled(vectors, now.other)
    except UnknownWord as error:
        complain(error)
        return
    found = remembered("pair", (vectors, one, other), lambda: compare(vectors, one, other))
    left, right = st.columns([0.55, 0.45], gap="large")
    with left:
        _numbers(found)
        drawn(PAGE, "random", (vectors, one, other), lambda: _histogram(vectors, (one, other), found), "random-pairs")
    with right:
        words = tuple(dict.fromkeys((one, other)))
        drawn(PAGE, "neighbours", (vectors, words), lambda: (_neighbours(vectors, words), []), "neighbours")


def _numbers(found: Nearness) -> None:
    shown = {
        "Cosine": f"{found.cosine:.3f}",
        "Angle": f"{found.angle:.0f}°",
        "Euclidean distance": f"{found.distance:.2f}",
    }
    with st.container(horizontal=True, gap="large"):
        for name, value in shown.items():
            st.metric(name, value.replace("-", "−"), width="content")


def _histogram(vectors: Vectors, words: tuple[str, str], found: Nearness) -> Drawing:
    cosines = remembered("random", (vectors,), lambda: random_cosines(vectors))
    said = pair_notice(
        words, nearer(found.cosine, cosines), len(cosines), (found.rank, found.back), min(DRAWN, len(vectors))
    )
    label = f"<b>{plain(words[0], 18)} · {plain(words[1], 18)}</b>  {found.cosine:.2f}".replace("-", "−")
    figure = marked_histogram.spec(
        cosines, found.cosine, label, current_theme(), axis="cosine", ends=(-0.4, 1.0), what="random pairs"
    )
    return figure, [said]


def _neighbours(vectors: Vectors, words: tuple[str, ...]) -> Spec:
    near = neighbours_of(vectors, words, NEIGHBOURS)
    lists = [
        AnswerList(
            word,
            f"word {vectors.number(word) + 1:,} of {len(vectors):,}",
            answers_of(
                [vectors.words[row] for row in rows if row >= 0], values[rows >= 0], (), _other(words, word), False
            ),
        )
        for word, rows, values in zip(words, near.rows, near.values, strict=True)
    ]
    return answer_lists.spec(lists, current_theme())


def _other(words: tuple[str, ...], word: str) -> str:
    return next((other for other in words if other != word), "")


def _list(now: Asking, vectors: Vectors) -> None:
    field("words", now, label_visibility="collapsed")
    try:
        words = list(dict.fromkeys(spelled(vectors, word) for word in listed(now.words)))
    except UnknownWord as error:
        complain(error)
        return
    if not 2 <= len(words) <= MOST_WORDS:
        st.info(f"Type between 2 and {MOST_WORDS} different words.", icon=":material/edit:")
        return
    left, right = st.columns(2, gap="large")
    version = (vectors, tuple(words))
    with left:
        drawn(PAGE, "table", version, lambda: _table(vectors, words), "cosines")
    with right:
        drawn(PAGE, "strips", version, lambda: _strips(vectors, words), "vectors")


def _table(vectors: Vectors, words: list[str]) -> Drawing:
    table = all_cosines(vectors, words)
    return cosine_table.spec(table, words, current_theme()), [table_notice(table, words)]


def _strips(vectors: Vectors, words: list[str]) -> Drawing:
    figure = vector_strips.spec(unit_rows(vectors.matrix[vectors.numbers(words)]), words, current_theme())
    if len(words) < 3:
        return figure, []
    odd, near = odd_one_out(vectors, words), nearest_to_average(vectors, words, 6)
    nearby = [vectors.words[row] for row in near.rows[0] if row >= 0]
    return figure, [odd_notice(words, odd.at, odd.agreement, nearby)]
