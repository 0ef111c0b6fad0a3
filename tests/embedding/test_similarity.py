import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from scipy.stats import rankdata, spearmanr

from explorer.embedding import Vectors, pretrained
from explorer.embedding.similarity import FILES, Benchmark, evaluate_similarity, mean_ranks, read_judgements, spearman

GENERATOR = np.random.default_rng(0)


def gensim_vectors(vectors: Vectors) -> KeyedVectors:
    made = KeyedVectors(vectors.dimensions)
    made.add_vectors(list(vectors.words), np.array(vectors.matrix))
    return made


@pytest.mark.parametrize("name, rho, total", [("wordsim353", 0.5033, 353), ("simlex999", 0.2646, 999)])
def test_the_published_vectors_score_what_they_are_known_to_score(name, rho, total):
    score = evaluate_similarity(pretrained(), name)
    assert score.correlation == pytest.approx(rho, abs=5e-5)
    assert (score.pairs, score.total, score.missing) == (total, total, ())
    assert score.low < score.correlation < score.high


@pytest.mark.parametrize("name", FILES)
def test_a_part_of_the_vocabulary_scores_as_in_gensim(name):
    vectors = pretrained().head(3000)
    score = evaluate_similarity(vectors, name)
    _, (rho, _), missing = gensim_vectors(vectors).evaluate_word_pairs(datapath(FILES[name]))
    assert score.correlation == pytest.approx(rho, abs=1e-6)
    assert score.total - score.pairs == round(missing / 100 * score.total) > 0
    assert set(score.missing).isdisjoint(vectors.words) and len(set(score.missing)) == len(score.missing)


def test_words_are_found_in_any_case_and_the_first_counts():
    vectors = Vectors(["Tiger", "CAT", "tiger", "cat", "love", "sex"], GENERATOR.normal(size=(6, 4)))
    benchmark = Benchmark.on("wordsim353", vectors.words)
    rows = dict(zip(benchmark.pairs, benchmark.rows.tolist(), strict=True))
    assert rows[("tiger", "cat")] == [0, 1] and rows[("love", "sex")] == [4, 5]
    assert evaluate_similarity(vectors, "wordsim353").pairs == len(rows) == 3  # and tiger with itself


@pytest.mark.parametrize("n", [4, 20, 353])
def test_ties_share_their_rank(n):
    one, other = GENERATOR.integers(0, 6, n).astype(float), GENERATOR.integers(0, 4, n) / 3
    one[:2], other[:2] = (0, 5), (0, 1)
    assert spearman(one, other)[1] == pytest.approx(spearmanr(one, other).statistic, abs=1e-12)


def test_ranks_are_scipys():
    values = GENERATOR.integers(0, 9, 50) / 3
    np.testing.assert_array_equal(mean_ranks(values), rankdata(values))


def test_the_interval_covers_the_truth_as_often_as_it_says():
    """Of normal pairs with correlation r, Spearman's is 6/pi asin(r/2)."""
    truth, rng = 6 / np.pi * np.arcsin(0.5 / 2), np.random.default_rng(1)
    inside = 0
    for _ in range(400):
        x, noise = rng.normal(size=(2, 60))
        low, _, high = spearman(x, 0.5 * x + np.sqrt(0.75) * noise)
        inside += low <= truth <= high
    assert 0.92 <= inside / 400 <= 0.98


def test_the_interval_is_that_of_bonett_and_wright():
    x = np.arange(30.0)
    y = np.r_[x[10:], x[:10]] + GENERATOR.normal(size=30)
    low, rho, high = spearman(x, y)
    half = 1.959964 * np.sqrt((1 + rho**2 / 2) / 27)
    np.testing.assert_allclose([low, high], np.tanh(np.arctanh(rho) + np.array([-half, half])), atol=1e-6)


@pytest.mark.parametrize(
    "human, cosines",
    [
        ([1.0, 2.0], [0.1, 0.2]),
        ([1.0, 2.0, 3.0, 4.0], [0.9, 0.9, 0.9, 0.9]),
        ([1.0, 2.0, 3.0, 4.0], [0.5, np.nan, 0.1, 0.2]),
        ([], []),
    ],
)
def test_what_has_no_correlation_is_not_a_number(human, cosines):
    assert np.isnan(spearman(np.array(human), np.array(cosines))).all()


def test_three_pairs_and_a_perfect_order_narrow_nothing():
    assert spearman(np.array([1.0, 2, 3]), np.array([0.1, 0.3, 0.2])) == (-1.0, pytest.approx(0.5), 1.0)
    assert spearman(np.arange(9.0), np.linspace(0, 1, 9)) == (-1.0, 1.0, 1.0)


def test_constant_zero_and_unknown_vectors_raise_nothing():
    words = sorted({word for pair in read_judgements("wordsim353").pairs for word in pair})
    for matrix in (np.zeros((len(words), 5)), np.outer(GENERATOR.uniform(1, 2, len(words)), np.ones(5))):
        assert np.isnan(evaluate_similarity(Vectors(words, matrix), "wordsim353").correlation)
    score = evaluate_similarity(Vectors(["qqq"], np.ones((1, 5))), "simlex999")
    assert score.pairs == 0 and np.isnan(score.correlation) and "old" in score.missing


def test_another_name_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match="wordsim353, simlex999"):
        evaluate_similarity(pretrained(), "wordsim")
