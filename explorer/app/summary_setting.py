"""What the page "Summary" shows, as one value: which text, how its middle is found, how long the summary is."""

from __future__ import annotations

from typing import ClassVar, Literal

import streamlit as st

from explorer.app.controls import Sheet, Values, experiment_controls
from explorer.applications.summary.experiment import SummaryExperiment
from explorer.experiment import Experiment, setting

PAGE = "summary"
LARGEST = 1_000_000
"""Characters of an own text."""
GROUPS = {"text": "Text", "ranking": "Ranking"}


class SummaryView(Experiment):
    """One look at one text. Sentences are counted from 1, as they are shown."""

    leading: ClassVar[str] = "source"

    source: Literal["article", "own"] = setting(
        "article", "Summarise", "A Wikipedia article, or your own text.", "text", labels={"article": "An article", "own": "My own text"}
    )  # fmt: skip
    title: str = setting(
        "Apollo 11", "Article", "One of the Wikipedia articles that come with the app.", "text", max_length=200
    )
    text: str = setting(
        "", "Your text", "Plain text. It stays in memory and is never part of a link.", "text", max_length=LARGEST, private=True
    )  # fmt: skip
    left_out: bool = setting(
        True, "Leave out the first paragraph", "It cannot be chosen, and every summary is held against it.", "text"
    )  # fmt: skip
    sentences: int = setting(5, "Sentences", "How many the summary has.", "ranking", ge=1, le=12)
    method: Literal["eigenvector", "degree"] = setting(
        "eigenvector", "Central is", "Like many (degree), or like many that are central themselves (eigenvector: LexRank, TextRank).", "ranking",
        labels={"eigenvector": "Eigenvector", "degree": "Degree"},
    )  # fmt: skip
    threshold: float = setting(
        0.0, "Link from a cosine of", "Two sentences are linked when their cosine is larger; off: every cosine is a link of its weight.", "ranking",
        ge=0.0, le=0.9, options=(0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6),
    )  # fmt: skip
    damping: float = setting(
        0.85, "Damping", "How often the walk follows a link, in place of jumping anywhere.", "ranking", ge=0.0, le=0.99, folded=True
    )  # fmt: skip
    sentence: int = setting(0, "Sentence", "Whose links are drawn; 0 for none.", "place", ge=0, le=300)

    def comparison(self) -> SummaryExperiment:
        """The sentences to compare."""
        own = self.text if self.source == "own" else ""
        return SummaryExperiment(title=self.title, text=own, left_out=self.left_out)

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside these values of the others."""
        return _shown(field, dict(self))


def summary_controls() -> SummaryView:
    """Draw the sidebar of the page and return what it says."""
    return experiment_controls(PAGE, SHEET)


def choose_sentence(number: int) -> None:
    """Look at a sentence, from 1, or at none when it is looked at already."""
    values = st.session_state[f"{PAGE}:values"]
    values["sentence"] = 0 if values["sentence"] == number else number


def _shown(name: str, values: Values) -> bool:
    if name == "damping":
        return values["method"] == "eigenvector"
    return values["source"] == {"title": "article", "text": "own"}.get(name, values["source"])


def _article(key: str, value: str) -> str:
    """The choice among the articles; read from the corpus when first drawn."""
    from explorer.applications.summary.document import titles

    with st.spinner("Reading the articles ..."):
        names = titles()
    return st.selectbox(
        "Article", names, names.index(value) if value in names else 0, key=key, help="Type to search among the titles."
    )


def _own(key: str, value: str) -> str:
    from explorer.app.own_data import own_text

    text = own_text(key, value)
    if len(text) > LARGEST:
        st.info(f"Of this text the first {LARGEST:,} characters are read.", icon=":material/content_cut:")
    return text[:LARGEST]


SHEET = Sheet(
    SummaryView, GROUPS, shown=_shown, own={"title": _article, "text": _own}, adjust=lambda values: {"sentence": 0}
)
