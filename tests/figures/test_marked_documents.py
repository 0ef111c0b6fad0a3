import numpy as np
import plotly.graph_objects as go

from explorer.embedding.documents import DocumentTerms
from explorer.figures.marked_documents import marked_documents, marking_terms, terms_notice
from explorer.figures.palette import DARK, LIGHT
from tests.figures.examples import texts

TERMS = DocumentTerms(
    [["<b>fire</b>", "<b>fire</b>", "the", "hill"], ["the", "hill"], ["the"]], {"the": 1, "<b>fire</b>": 1, "hill": 1}
)


def test_bars_are_the_weights_of_the_heaviest_words():
    terms = TERMS.terms(0)
    figure = marking_terms(terms, 3, LIGHT)
    np.testing.assert_allclose(figure.data[0].x, [term.weight for term in terms])
    shown = " ".join(texts(figure))
    assert "1 of 3" in shown and "2 ×" in shown and "&lt;b&gt;fire" in shown and "<b>fire" not in shown
    go.Figure(figure.to_dict())


def test_the_table_holds_the_weights_and_sets_the_chosen_document_off():
    weights = TERMS.weights.toarray()
    figure = marked_documents(["one", "<i>two", "three"], TERMS.words, weights, DARK, chosen=1)
    np.testing.assert_allclose(np.nan_to_num(figure.data[0].z), weights, rtol=1e-6)
    assert (figure.layout.shapes[0].y0, figure.layout.shapes[0].y1) == (0.5, 1.5)
    assert figure.layout.yaxis.ticktext[1] == "<b>&lt;i&gt;two</b>"
    go.Figure(figure.to_dict())


def test_the_notice_says_why_a_word_marks_a_document():
    assert terms_notice("one", TERMS.terms(0), 3) == (
        "“one” is marked most by “<b>fire</b>”: it stands there 2 times, and in no other document."
    )
    assert "once, and in 1 of the other 2 documents" in terms_notice("two", TERMS.terms(1), 3)
    assert "No word marks “three”" in terms_notice("three", TERMS.terms(2), 3)
    assert marking_terms([], 3, LIGHT).layout.height > 0
