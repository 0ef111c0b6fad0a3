"""The question, and what the four methods find: the leading picture of the page."""

from __future__ import annotations

import time

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.controls import field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.retrieve_library import Library
from explorer.app.retrieve_setting import PAGE, RetrievalView, go
from explorer.applications.retrieval.collection import QUESTION_LIMIT
from explorer.applications.retrieval.questions import Question, questions, right_rows
from explorer.applications.retrieval.ranking import METHODS, rank_of, ranked
from explorer.figures.retrieve_ranks import Hit, Lane, ranks_notice, retrieve_ranks
from explorer.text.passages import Passage


class Search:
    """What the methods say of a question.

    Attributes
    ----------
    library : Library
    question : str
    scores : dict of str to numpy.ndarray
        (N,) of each method.
    milliseconds : dict of str to float
        What each took.
    right : tuple of int or None
        Paragraphs that are known to answer; None where nothing is known.
    """

    def __init__(self, library: Library, question: str) -> None:
        self.library, self.question = library, question
        self.scores, self.milliseconds = {}, {}
        for name, method in library.methods.items():
            begin = time.perf_counter()
            self.scores[name] = method.scores(question)
            self.milliseconds[name] = 1000 * (time.perf_counter() - begin)
        asked = known_question(question) if library.key[0] == "wikipedia" else None
        self.right = None if asked is None or not asked.is_answerable else right_rows(asked)

    def lanes(self, shown: int) -> tuple[Lane, ...]:
        """What each method found."""
        return tuple(Lane(name, METHODS[name], self._hits(name, shown)) for name in METHODS)

    def first_of(self, method: str) -> int | None:
        """The best paragraph of a method; of another where that found none."""
        found = [ranked(self.scores[name], 1) for name in (method, *METHODS)]
        return next((hits[0].row for hits in found if hits), None)

    def ranks(self) -> dict[str, int] | None:
        """Where the first right paragraph stands in each method."""
        return None if self.right is None else {name: rank_of(scores, self.right) for name, scores in self.scores.items()}

    def _hits(self, name: str, shown: int) -> tuple[Hit, ...]:
        passages, right = self.library.collection.passages, set(self.right or ())
        found = ranked(self.scores[name], shown)
        return tuple(_hit(passages[one.row], one.row, one.score, one.row in right) for one in found)


def _hit(passage: Passage, row: int, score: float, right: bool) -> Hit:
    return Hit(row, passage.title, f"¶ {passage.number + 1}", passage.text[:400], score, right)


def known_question(text: str) -> Question | None:
    """The question of ours that reads so, if there is one."""
    wanted = text.strip().rstrip("?").casefold()
    return next((question for question in questions() if question.text.rstrip("?").casefold() == wanted), None)


def ask(view: RetrievalView) -> None:
    """Draw the field of the question and the list of ours."""
    key = field_key(PAGE, "question")
    with st.container(horizontal=True, vertical_alignment="bottom", key="retrieve_bar"):
        st.text_input(
            "Question", view.question, key=key, max_chars=QUESTION_LIMIT, on_change=take_value, args=(PAGE, "question", key),
            placeholder="Type a question, or a few words ...",
        )  # fmt: skip
        if view.corpus == "wikipedia":
            ours = [question.text for question in questions() if question.is_answerable]
            chosen = ours.index(view.question) if view.question in ours else None
            pick = f"{key}:ours"
            st.selectbox(
                f"or one of {len(ours)} whose answers are known", ours, chosen, key=pick, on_change=_pick, args=(pick,), width=430,
                placeholder="Choose a question",
            )  # fmt: skip


def _pick(key: str) -> None:
    if st.session_state[key]:
        go(question=st.session_state[key], looked=0)


def search_of(library: Library, view: RetrievalView) -> Search | None:
    """What was found; None where nothing is asked."""
    question = view.question.strip()
    if not any(map(str.isalnum, question)):
        st.info("Type a question, and every method shows its best paragraphs here.", icon=":material/search:")
        return None
    return remembered(f"{PAGE}:search", (library.key, question), lambda: Search(library, question), most=3)


def looked_at(search: Search, view: RetrievalView) -> int | None:
    """The paragraph that is looked at, counted from 0."""
    if 1 <= view.looked <= len(search.library.collection):
        return view.looked - 1
    return search.first_of(view.method)


def ranks_view(search: Search, view: RetrievalView) -> None:
    """The lanes; a click on a box looks at that paragraph with the eyes of that method."""
    row, shown = looked_at(search, view), min(view.shown, 8) if presentation.is_on() else view.shown
    version = (search.library.key, search.question, shown, row, view.method)
    picked = drawn(PAGE, "ranks", version, lambda: _drawing(search, shown, row, view.method), "found", select=True)
    if picked is not None and picked.kind == "click" and picked.ids and isinstance(picked.x, int | float):
        lane = min(max(round(_lane(picked.x)), 0), len(METHODS) - 1)
        go(looked=int(picked.ids[0]) + 1, method=list(METHODS)[lane])
        st.rerun()
    took = ", ".join(f"{METHODS[name]} {ms:.0f}" for name, ms in search.milliseconds.items())
    with st.container(key=f"status_line_quiet_{PAGE}"):
        st.caption(f"Milliseconds for {len(search.library.collection):,} paragraphs: {took}; together {sum(search.milliseconds.values()):.0f}.")


def _lane(x: float) -> float:
    """Of a bar a click tells the right end."""
    from explorer.figures.retrieve_ranks import HALF

    return x - HALF


def _drawing(search: Search, shown: int, row: int | None, method: str) -> Drawing:
    lanes = search.lanes(shown)
    figure = retrieve_ranks.spec(lanes, current_theme(), ranks=shown, chosen=row, method=method)
    return figure, [ranks_notice(lanes, search.ranks())]
