"""What is drawn of a moment: true neighbours, true scores."""

import numpy as np
import pytest

from explorer.embedding import Vectors, evaluate_similarity, neighbours_of
from explorer.embedding.collapse import mean_cosine
from explorer.embedding.moment import Moment, head_neighbours
from explorer.embedding.similarity import read_judgements
from explorer.embedding.slicing import run_through


def test_neighbours_are_exact_whatever_the_blocks(monkeypatch):
    matrix = np.random.default_rng(0).normal(size=(90, 5)).astype(np.float32)
    words = tuple(f"w{i}" for i in range(90))
    expected = neighbours_of(Vectors(words, matrix), words[:33], 7)
    for most in (90 * 4, 10**9):
        monkeypatch.setattr("explorer.embedding.moment.MOST_COMPARED", most)
        rows, cosines = run_through(head_neighbours(words, matrix, 33, 7))
        assert np.array_equal(rows, expected.rows) and np.allclose(cosines, expected.values, atol=1e-6)
    assert not (rows == np.arange(33)[:, None]).any()
    rows, _ = run_through(head_neighbours(words[:4], matrix[:4]))
    assert rows.shape == (4, 3)


class Still:
    """A learner that has learned something already."""

    def __init__(self, words, matrix, output=None):
        self.words, self._matrix, self._output = words, matrix, output

    def matrix(self):
        return self._matrix

    def output(self):
        return self._output

    def arrays(self):
        return {"mine": np.ones(2)}


@pytest.fixture
def learner():
    words = tuple(dict.fromkeys(word.lower() for pair in read_judgements("wordsim353").pairs for word in pair))
    return Still(words, np.random.default_rng(1).normal(size=(len(words), 8)).astype(np.float32))


def test_scores_are_those_of_the_benchmarks(learner):
    scores, arrays = run_through(Moment(learner).slices())
    expected = evaluate_similarity(Vectors(learner.words, learner.matrix()), "wordsim353")
    assert scores["wordsim"] == expected.correlation and scores["wordsim_pairs"] == expected.pairs == expected.total
    assert (scores["wordsim_low"], scores["wordsim_high"]) == (expected.low, expected.high)
    assert scores["collapse"] == mean_cosine(learner.matrix()) and scores["simlex_pairs"] > 0
    assert arrays.keys() == {"input", "neighbours", "similarities", "mine"}


def test_pictures_keep_what_they_show(learner):
    learner._output = learner.matrix() + 1
    _, arrays = run_through(Moment(learner).slices())
    before = arrays["input"].copy(), arrays["output"].copy()
    learner.matrix()[:] = 0
    learner.output()[:] = 0
    assert np.array_equal(arrays["input"], before[0]) and np.array_equal(arrays["output"], before[1])
