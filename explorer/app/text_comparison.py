"""The comparison of one-hot and learned vectors, made on demand, once for all who look at the same text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE
from explorer.embedding.comparison import DRAWS, Question, Score, compare, pose
from explorer.figures.label_curves import label_curves, label_notice
from explorer.text.cleaning import Cleaned

WORK, EVERY = 0.2, 0.3
"""Seconds of work at a time, and from one time to the next."""
PREPARATION, LEARNING = 0.25, 100
"""Share of the work before the first classifier, and the pieces it has, roughly: only the progress bar needs them."""


class Comparison:
    """A comparison under way; whoever looks at it moves it on."""

    def __init__(self, text: Cleaned) -> None:
        self.question: Question = pose(text)
        self.scores: list[Score] = []
        self.pieces = 0
        self.finished = False
        self._slices: Iterator[Score | None] = compare(text, self.question)
        self._lock = Lock()

    def advance(self, seconds: float) -> None:
        """Work for so long, unless another visitor's page is at it already."""
        if self.finished or not self._lock.acquire(blocking=False):
            return
        try:
            end = time.monotonic() + seconds
            while time.monotonic() < end and not self.finished:
                self._piece()
        finally:
            self._lock.release()

    def _piece(self) -> None:
        try:
            score = next(self._slices)
        except StopIteration:
            self.finished = True
            return
        self.pieces += 1
        if score:
            self.scores.append(score)

    @property
    def progress(self) -> float:
        """Share of the work that is done, roughly."""
        if not self.scores:
            return PREPARATION * min(self.pieces / LEARNING, 1.0)
        kinds = len({score.kind for score in self.scores}) if self.scores[-1].labelled > 1 else 3
        return PREPARATION + (1 - PREPARATION) * min(len(self.scores) / (kinds * len(self.question.labelled)), 1.0)


@lru_cache(maxsize=4)
def comparison_of(text: Cleaned) -> Comparison:
    """The one comparison of a text; raises ValueError where its documents are too short."""
    return Comparison(text)


def comparison_view(reading: Reading) -> None:
    """What the classifier does with one-hot and with learned vectors, or the button that begins it."""
    st.markdown("**Does it matter?** The same classifier, once on one-hot and once on learned vectors")
    try:
        question = pose_once(reading.text)
    except ValueError as error:
        st.caption(safe_markdown(str(error)))
        return
    st.caption(
        f"It is to say from which of the {len(question.titles)} longest documents a sentence comes. A sentence is the sum of its words' vectors, "
        f"scaled to length 1; the classifier is a logistic regression; {question.tested:,} sentences are held out. Each number of labelled "
        f"sentences is drawn {DRAWS} times. The vectors “learned from this text” (PPMI and its main directions) never saw the held-out sentences."
    )
    kept = st.session_state.get(f"{PAGE}:compared")
    if kept is None or kept[0] != reading.key:
        st.button(
            "Compare them",
            key=f"{PAGE}:compare",
            icon=":material/balance:",
            on_click=once(_begin),
            args=(reading,),
        )
        return
    made = kept[1]
    st.fragment(_draw, run_every=None if made.finished else EVERY)(made, reading)


@lru_cache(maxsize=8)
def pose_once(text: Cleaned) -> Question:
    """The documents that would be told apart."""
    return pose(text)


def _begin(reading: Reading) -> None:
    st.session_state[f"{PAGE}:compared"] = (reading.key, comparison_of(reading.text))


def _draw(made: Comparison, reading: Reading) -> None:
    running = not made.finished
    made.advance(WORK)
    if running:
        st.progress(made.progress, "Comparing ..." if made.scores else "Learning vectors from this text ...")
    drawn(PAGE, "comparison", (reading.key, len(made.scores)), lambda: _curves(made), "one-hot-against-learned")
    if running and made.finished:
        st.rerun(scope="app")


def _curves(made: Comparison) -> Drawing:
    question = made.question
    figure = label_curves.spec(made.scores, question.labelled, len(question.titles), current_theme())
    return figure, [label_notice(made.scores, question.tested) if made.finished else ""]
