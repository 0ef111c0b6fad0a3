import numpy as np
import pytest

from explorer.embedding.documents import DocumentTerms, count_terms
from explorer.text.cleaning import Cleaning, cleaned


@pytest.fixture(scope="module")
def news():
    return cleaned("lee", "", Cleaning(min_count=2))


@pytest.fixture(scope="module")
def terms(news):
    return DocumentTerms(news.documents, news.counts)


def test_counts_are_those_of_scikit_learn(news, terms):
    from sklearn.feature_extraction.text import CountVectorizer

    theirs = CountVectorizer(analyzer=list, vocabulary=list(news.counts)).fit_transform(news.documents)
    assert (terms.counts != theirs).nnz == 0
    assert terms.counts.sum() == sum(news.counts.values())


def test_weights_are_those_of_scikit_learn_less_its_constant(terms):
    from sklearn.feature_extraction.text import TfidfTransformer

    transformer = TfidfTransformer(smooth_idf=False).fit(terms.counts)
    np.testing.assert_allclose(terms.idf, transformer.idf_ - 1, atol=1e-12)
    transformer.idf_ = transformer.idf_ - 1
    np.testing.assert_allclose(terms.weights.toarray(), transformer.transform(terms.counts).toarray(), atol=1e-12)


def test_terms_are_the_heaviest_of_a_document(news, terms):
    first = terms.terms(0, 5)
    row = terms.weights[0].toarray().ravel()
    np.testing.assert_allclose([term.weight for term in first], np.sort(row)[::-1][:5])
    for term in first:
        assert term.count == news.documents[0].count(term.word)
        assert term.documents == sum(term.word in document for document in news.documents)
        assert term.idf == pytest.approx(np.log(300 / term.documents))
    assert {"fire", "hill", "rain"} & {term.word for term in first}


def test_articles_are_marked_by_their_subject():
    text = cleaned("wikipedia")
    terms = DocumentTerms(text.documents, text.counts)
    marked = {title: terms.terms(i, 5)[0].word for i, title in enumerate(text.titles)}
    found = {title: word for title, word in marked.items() if word in title.lower() or title.lower() in word}
    assert len(found) > 0.5 * len(marked), "for more than half of the articles"
    assert terms.terms(text.titles.index("Abraham Lincoln"))[0].word == "lincoln"


def test_similar_documents_by_cosine(terms):
    cosines = (terms.weights @ terms.weights.T).toarray()
    np.fill_diagonal(cosines, -1)
    (first, value), *rest = terms.similar(7, 3)
    assert first == cosines[7].argmax() and value == pytest.approx(cosines[7].max()) and len(rest) == 2


def test_empty_documents_and_no_documents():
    terms = DocumentTerms([["a", "b"], [], ["x"]], {"a": 1, "b": 1})
    assert terms.terms(1) == [] and terms.weights[2].nnz == 0
    assert np.isfinite(terms.weights.toarray()).all()
    assert DocumentTerms([["a", "b"]], {"a": 1, "b": 1}).terms(0) == [], "what stands in every document marks none"
    assert terms.similar(1, 9) == [(0, 0.0), (2, 0.0)]
    assert DocumentTerms([], {"a": 1}).counts.shape == (0, 1) and count_terms([["a"]], []).shape == (1, 0)
