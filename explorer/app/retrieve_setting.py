"""What the page "Retrieval" shows, as one value, and its controls."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal

import streamlit as st

from explorer.app.controls import Sheet, Values, experiment_controls, set_controls
from explorer.app.own_data import own_text
from explorer.applications.retrieval.collection import QUESTION_LIMIT
from explorer.applications.retrieval.experiment import TEXT_LIMIT, RetrievalExperiment
from explorer.applications.retrieval.ranking import METHODS
from explorer.experiment import setting

PAGE = "retrieve"
GROUPS = {"text": "What is searched", "search": "Search", "bm25": "BM25"}
"""What stands in the sidebar; all other groups stand beside their pictures."""
FIRST = "When did the United States buy Alaska from Russia?"
"""The question that stands there at the beginning."""


class RetrievalView(RetrievalExperiment):
    """One search, and what of it is looked at."""

    leading: ClassVar[str] = "corpus"

    corpus: Literal["wikipedia", "own"] = setting(
        "wikipedia", "Paragraphs", "Those of the Wikipedia articles that come with gensim, or those of your own text.", "text",
        labels={"wikipedia": "Wikipedia", "own": "My own text"},
    )  # fmt: skip
    text: str = setting(
        "", "Your text", "Each line is a paragraph. It stays in memory and is never part of a link.", "text", max_length=TEXT_LIMIT, private=True
    )
    question: str = setting(FIRST, "Question", "What is searched for.", "question", max_length=QUESTION_LIMIT)
    shown: int = setting(6, "Paragraphs shown", "How many each method shows.", "search", ge=3, le=10)
    method: Literal["tfidf", "bm25", "glove", "minilm"] = setting(
        "minilm", "Explain", "Whose reasons are marked in the paragraph.", "reasons", labels=METHODS
    )
    looked: int = setting(0, "Paragraph", "The one that is looked at, by its number; 0 looks at the first of the method.", "reasons", ge=0, le=100_000)

    def evaluation(self) -> RetrievalExperiment:
        """The measuring of all methods alone."""
        return RetrievalExperiment(asked=self.asked, k1=self.k1, b=self.b)


def retrieval_controls() -> RetrievalView:
    """Draw the sidebar of the page and return what the page shows."""
    return experiment_controls(PAGE, SHEET)


def go(**changes: object) -> None:
    """Show something else from the next run on."""
    shown: RetrievalView = st.session_state[f"{PAGE}:past"][-1]  # what the widgets say may have been refused
    set_controls(PAGE, shown.replace(**changes))


def _shown(name: str, values: Values) -> bool:
    return name != "text" or values["corpus"] == "own"


def _unlinked(values: Values) -> tuple[str, ...]:
    """What is asked of a visitor's own text stays with the visitor."""
    return ("question",) if values["corpus"] == "own" else ()


def _elsewhere(values: Values) -> Values:
    """A question and a place of the old text mean nothing in the new one."""
    return {"looked": 0, "question": FIRST if values["corpus"] == "wikipedia" else ""}


SHEET = Sheet(RetrievalView, GROUPS, shown=_shown, own={"text": partial(own_text, most=TEXT_LIMIT)}, adjust=_elsewhere, unlinked=_unlinked)
