"""PPMI and TF-IDF factorised: U S^p of tables that others compute the same."""

import numpy as np
import pytest
from scipy.sparse.linalg import svds
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.counts import cooccurrence, ppmi
from explorer.embedding.factorisation import passages, term_passages, turned
from explorer.embedding.reading import read_text

PPMI = EmbeddingExperiment(algorithm="ppmi", corpus="lee", dimensions=20, window=4, iterations=40)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def last(experiment):
    return [*experiment.frames(wanted=lambda step: False)][-1]


@pytest.fixture(scope="module")
def decomposed():
    """The singular value decomposition of SciPy."""
    table = ppmi(cooccurrence(read_text(PPMI).sentences, 4, min_count=1)[0], 0.75, 1.0)
    left, values, _ = svds(table, 20, random_state=0)
    return left[:, ::-1], values[::-1], (table.data**2).sum()


def test_vectors_are_scipys_but_for_the_sign(decomposed):
    left, values, total = decomposed
    frame, matrix = last(PPMI), PPMI.vectors().matrix
    assert frame.arrays["singular"] == pytest.approx(values, rel=1e-3)
    assert frame.metrics["captured"] == pytest.approx((values**2).sum() / total, rel=1e-3)
    cosines = np.sum(matrix * left, axis=0) / np.linalg.norm(matrix, axis=0)
    assert np.abs(cosines[:10]) == pytest.approx(np.ones(10), abs=2e-3)


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0])
def test_the_exponent_weighs_the_directions(decomposed, exponent):
    matrix = PPMI.replace(eigenvalue_exponent=exponent).vectors().matrix
    assert np.linalg.norm(matrix, axis=0) == pytest.approx(decomposed[1] ** exponent, rel=1e-3)


def test_it_settles():
    numbers = [frame.metrics for frame in PPMI.frames(wanted=lambda step: False)]
    assert [one["iteration"] for one in numbers] == list(range(41)) and np.isnan(numbers[0]["change"])
    assert numbers[-1]["change"] < 0.2 * numbers[2]["change"] < 0.2
    assert np.diff([one["captured"] for one in numbers]).min() > -1e-12


def test_how_far_a_subspace_turns():
    one = np.eye(5)[:, :2]
    tilted = np.array([[1, 0], [0, np.cos(0.3)], [0, np.sin(0.3)], [0, 0], [0, 0]])
    assert turned(one, one) == 0 and turned(one, np.eye(5)[:, 2:4]) == 1
    assert turned(one, tilted) == pytest.approx(np.sin(0.3) / np.sqrt(2))
    empty = np.column_stack([one, np.zeros(5)])
    assert turned(empty, empty) == 0


def test_words_by_passages_weighted_as_scikit_learn_does():
    experiment = EmbeddingExperiment(algorithm="tfidf", corpus="phrases", passage=1)
    text = read_text(experiment)
    made = term_passages(text, 1)
    counts = np.array([[words.count(word) for word in text.counts] for words in text.sentences])
    theirs = TfidfTransformer(smooth_idf=False).fit(counts)
    weights = counts * (theirs.idf_ - 1)  # theirs adds 1, which leaves words of every document their weight
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    assert np.allclose(made.toarray(), weights.T)


def test_passages_end_with_their_document():
    text = read_text(EmbeddingExperiment(corpus="lee"))
    made = list(passages(text, 4))
    assert [word for words in made for word in words] == [word for sentence in text.sentences for word in sentence]
    documents = np.bincount(text.document_of)
    assert len(made) == int(np.ceil(documents / 4).sum())
    assert made[0] == [word for sentence in text.sentences[:4] for word in sentence]


def test_a_table_that_is_too_small_is_refused_with_what_fits():
    few = EmbeddingExperiment(algorithm="tfidf", corpus="phrases", dimensions=70)
    with pytest.raises(ValueError, match="68 passages has no 70 directions. Choose at most 68 dimensions"):
        few.prepare()
    few.replace(dimensions=68).prepare()
    with pytest.raises(ValueError, match="80 different words has no 100 directions"):
        EmbeddingExperiment(algorithm="ppmi", corpus="phrases", dimensions=100).prepare()


def test_the_wikipedia_articles_with_the_suggested_settings():
    frame = last(EmbeddingExperiment(algorithm="ppmi", iterations=8))
    assert frame.metrics["wordsim"] > 0.45 and frame.metrics["wordsim_pairs"] > 200
    assert frame.metrics["collapse"] < 0.2
