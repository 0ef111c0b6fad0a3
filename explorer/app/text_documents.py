"""Documents as vectors of their words: TF-IDF, and the words that mark a document."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import Selection
from explorer.app.controls import field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.notes import note
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE, go
from explorer.embedding.documents import DocumentTerms
from explorer.figures.canvas import Spec
from explorer.figures.marked_documents import marked_documents, marking_terms, terms_notice
from explorer.figures.naming import hundredths, quoted
from explorer.text.cleaning import Cleaned
from explorer.text.spreadsheets import write_csv

ROWS, EACH, TERMS = 10, 3, 12
"""Documents in the table, words that each of them brings, and words of the chosen one."""
LISTED = 200
"""In a text of more documents than this the list offers those with the most words."""


def documents_view(reading: Reading) -> None:
    """The table of documents by words, and the heaviest words of one document."""
    st.subheader("6 · The words that mark a document", anchor=False)
    st.caption(
        "A document can be a vector too: how often each word of the vocabulary stands in it. **TF-IDF** multiplies that count with ln(documents / documents "
        "that have the word), so that a word that stands everywhere weighs nothing. Click a document, or choose one."
    )
    terms = terms_of(reading.text)
    if len(reading.text.titles) < 2:
        st.info(
            "This text is a single document. Separate paragraphs by blank lines, and each becomes one.",
            icon=":material/article:",
        )
        return
    document = chosen_document(reading)
    _choose(reading, document)
    rows = rows_of(reading.text, document)
    clicked = drawn(
        PAGE,
        "documents",
        (reading.key, document),
        lambda: _table(reading, terms, rows, document),
        "tf-idf",
        select=True,
    )
    _take(clicked, rows)
    left, right = st.columns([2, 1], gap="large")
    with left:
        drawn(PAGE, "terms", (reading.key, document), lambda: (_bars(reading, terms, document), []), "marking-words")
    with right:
        note(
            f"{PAGE}_terms",
            terms_notice(reading.text.titles[document], terms.terms(document, 1), len(reading.text.titles)),
        )
        st.caption(safe_markdown(_alike(reading, terms, document)))
        _button(reading, terms, document)


@lru_cache(maxsize=4)
def terms_of(text: Cleaned) -> DocumentTerms:
    """Counts and weights of the words of all documents."""
    return DocumentTerms(text.documents, text.counts)


@lru_cache(maxsize=8)
def by_size(text: Cleaned) -> list[int]:
    """Documents, the longest first; those without any word left out."""
    sizes = [len(words) for words in text.documents]
    return sorted((d for d in range(len(sizes)) if sizes[d]), key=lambda d: -sizes[d])


def chosen_document(reading: Reading) -> int:
    """The document that is looked at, from 0: the one chosen, else the longest."""
    if 1 <= reading.view.document <= len(reading.text.titles):
        return reading.view.document - 1
    return by_size(reading.text)[0]


def rows_of(text: Cleaned, document: int) -> list[int]:
    """The documents of the table: the longest, and the chosen one among them."""
    rows = by_size(text)[:ROWS]
    return rows if document in rows else [document, *rows[: ROWS - 1]]


def _choose(reading: Reading, document: int) -> None:
    offered = sorted({*by_size(reading.text)[:LISTED], document})
    key = f"{field_key(PAGE, 'document')}:{hash((reading.key, document))}"
    st.selectbox(
        "Document", [d + 1 for d in offered], offered.index(document), format_func=lambda d: safe_title(reading.text.titles[d - 1]), key=key, width=420,
        on_change=take_value, args=(PAGE, "document", key),
    )  # fmt: skip


def safe_title(title: str) -> str:
    """A title in a list, on one line and not too long; lists show plain text."""
    return title if len(title) <= 70 else title[:69] + "…"


def _take(clicked: Selection | None, rows: list[int]) -> None:
    if (
        clicked is not None
        and clicked.kind == "click"
        and isinstance(clicked.y, int | float)
        and 0 <= round(clicked.y) < len(rows)
    ):
        go(document=rows[round(clicked.y)] + 1)
        st.rerun()


def _table(reading: Reading, terms: DocumentTerms, rows: list[int], document: int) -> Drawing:
    words = list(dict.fromkeys(term.word for d in rows for term in terms.terms(d, EACH)))
    columns = [reading.rank[word] for word in words]
    weights = terms.weights[rows][:, columns].toarray() if words else np.zeros((len(rows), 0))
    titles = [reading.text.titles[d] for d in rows]
    figure = marked_documents.spec(titles, words, weights, current_theme(), chosen=rows.index(document))
    return figure, [table_notice(weights, EACH)]


def table_notice(weights: np.ndarray, each: int) -> str:
    """How many words of the table weigh something in one of its documents only."""
    alone = int(((weights > 0).sum(axis=0) == 1).sum())
    documents, words = weights.shape
    return f"Each of these {documents} documents brings its {each} heaviest words. {alone} of the {words} words stand in one of them alone."


def _bars(reading: Reading, terms: DocumentTerms, document: int) -> Spec:
    return marking_terms.spec(terms.terms(document, TERMS), len(reading.text.titles), current_theme())


def _alike(reading: Reading, terms: DocumentTerms, document: int) -> str:
    """The documents most like it."""
    near = [(d, cosine) for d, cosine in terms.similar(document, 3) if cosine > 0]
    if not near:
        return "No other document shares a word with it that weighs anything."
    return (
        "Most like it, by cosine: "
        + ", ".join(f"{quoted(reading.text.titles[d], 40)} {hundredths(cosine)}" for d, cosine in near)
        + "."
    )


def _button(reading: Reading, terms: DocumentTerms, document: int) -> None:
    header = ["word", "count", "documents", "idf", "tf-idf"]
    st.download_button(
        "All its words (.csv)", data=lambda: write_csv(header, terms.terms(document, len(terms.words))), file_name="tf-idf.csv", mime="text/csv",
        on_click="ignore", key=f"{PAGE}:terms:file", icon=":material/download:", type="tertiary",
    )  # fmt: skip
