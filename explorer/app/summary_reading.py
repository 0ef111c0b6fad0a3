"""The text that is summarised, and its summary in each space: computed once for what the controls say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.summary_setting import PAGE, SummaryView
from explorer.applications.summary.centrality import centrality, graph, ranked
from explorer.applications.summary.document import MOST, Document
from explorer.applications.summary.overlap import measured, random_overlaps
from explorer.applications.summary.spaces import SPACES
from explorer.figures.summary_lanes import Lane
from explorer.figures.summary_overlaps import Said
from explorer.frame import Frame

MEASURES = {1: "words without stop words in common", 2: "pairs of words in common"}
"""By the length of what is counted."""


@dataclass(frozen=True, eq=False)
class Summaries:
    """A text with its summaries.

    Attributes
    ----------
    document : Document
    lanes : tuple of Lane
        One for each space that is known by now.
    orders : dict of str to list of int
        All sentences from the most to the least central, by space, none where no two are linked; "lead" has them as they come.
    lead : int
        Sentences of a summary.
    """

    document: Document
    lanes: tuple[Lane, ...]
    orders: dict[str, list[int]]
    lead: int


def document_of(now: SummaryView) -> Document | None:
    """The text; None, with the reason on the page, where there is none to summarise."""
    if now.source == "own" and not now.text.strip():
        st.info(
            "Paste or open a text in the sidebar, and its sentences appear here, each as high as it is central. A line break ends a paragraph.",
            icon=":material/edit:",
        )  # fmt: skip
        return None
    wanted = now.comparison()
    try:
        with st.spinner("Reading the text ..."):
            document = remembered(f"{PAGE}:document", wanted, wanted.document, most=2)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/short_text:")
        return None
    if document.left:
        st.info(
            f"This text is long: its first {MOST} sentences are summarised, {document.left:,} more are not read.",
            icon=":material/content_cut:",
        )
    return document


def summaries(document: Document, frame: Frame, now: SummaryView) -> Summaries:
    """The summaries that a frame allows."""
    known = [space for space in SPACES if space in frame.arrays]
    lanes, orders = [], {"lead": list(range(len(document.sentences)))}
    for space in known:
        cosines = frame.arrays[space]
        scores = centrality(cosines, now.method, now.threshold, now.damping)
        orders[space] = ranked(scores).tolist()
        lanes.append(Lane(SPACES[space], space, scores, orders[space][: now.sentences], _links(cosines, now.threshold)))
    return Summaries(document, tuple(lanes), orders, min(now.sentences, len(document.sentences)))


def _links(cosines: np.ndarray, threshold: float) -> np.ndarray:
    """The cosines of sentences that are linked, also where every link counts the same."""
    return np.where(graph(cosines, threshold) > 0, cosines, 0.0)


def overlaps(found: Summaries, n: int) -> tuple[list[Said], tuple[float, float]]:
    """What each summary shares with the first paragraph, and between which two values 95 of 100 random ones lie."""
    names = {"lead": "First sentences", **SPACES}
    values = {way: measured(found.document, order, n) for way, order in found.orders.items()}
    # No setting changes what random orders of a text score.
    low, high = remembered(
        f"{PAGE}:random", (found.document, n), lambda: np.percentile(random_overlaps(found.document, n), (2.5, 97.5)), most=4
    )
    return [Said(names[way], way, value, value, value) for way, value in values.items()], (float(low), float(high))
