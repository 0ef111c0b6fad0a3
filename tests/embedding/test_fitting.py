"""GloVe as a training in steps: the same as fitting its cells by hand."""

import numpy as np
import pytest

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.counts import cooccurrence
from explorer.embedding.fitting import GloVeLearner
from explorer.embedding.glove import GloVe
from explorer.embedding.reading import read_text
from explorer.embedding.slicing import run_through

LEE = EmbeddingExperiment(algorithm="glove", corpus="lee", dimensions=8, window=5, epochs=2, seed=4, x_max=5.0)


@pytest.fixture(scope="module")
def text():
    return read_text(LEE)


@pytest.fixture(scope="module")
def by_hand(text):
    counts, words = cooccurrence(text.sentences, 5, min_count=1)
    assert list(words) == list(text.counts)
    return GloVe(counts, 8, 5.0, 0.75, 0.05, seed=4)


def test_steps_are_epochs_cut_in_ten(text, by_hand, monkeypatch):
    learner, model = GloVeLearner(LEE, text), by_hand.copy()
    monkeypatch.setattr(learner, "_piece", 777)
    assert run_through(learner.start())["cost"] == pytest.approx(model.cost_of(), rel=1e-9)
    for epoch in range(2):
        model.shuffle(epoch)
        model.train(0, model.cells)
        numbers = [run_through(learner.step(10 * epoch + tenth, 0.05)) for tenth in range(1, 11)]
        assert [one["epoch"] for one in numbers] == pytest.approx([epoch + tenth / 10 for tenth in range(1, 11)])
        assert np.mean([one["cost"] for one in numbers]) == pytest.approx(model.cost, rel=1e-3)
    assert np.array_equal(learner.matrix(), model.vectors())
    assert np.array_equal(learner.tensors()["output"], model.contexts)
    assert numbers[-1]["cost"] < 0.6 * by_hand.cost_of()


def test_the_learning_rate_is_the_steps_own(text):
    slow, fast = GloVeLearner(LEE, text), GloVeLearner(LEE, text)
    costs = [
        [run_through(one.step(step, rate))["cost"] for step in range(1, 6)] for one, rate in ((slow, 1e-4), (fast, 0.1))
    ]
    assert costs[1][-1] < costs[0][-1] and not np.array_equal(slow.matrix(), fast.matrix())


def test_some_cells_are_shown_with_what_the_model_makes_of_them(text, by_hand):
    learner = GloVeLearner(LEE, text)
    before = learner.arrays()["cells"]
    assert before.shape == (2000, 3) and before.dtype == np.float32
    counts, _ = cooccurrence(text.sentences, 5, min_count=1)
    assert np.isin(before[:, 0], np.log(counts.data).astype(np.float32)).all()
    assert np.allclose(before[:, 2], by_hand.weight(np.exp(before[:, 0].astype(np.float64))), rtol=1e-5)
    for step in range(1, 11):
        run_through(learner.step(step, 0.05))
    after = learner.arrays()["cells"]
    assert np.array_equal(after[:, [0, 2]], before[:, [0, 2]])
    error = [np.average((cells[:, 1] - cells[:, 0]) ** 2, weights=cells[:, 2]) for cells in (before, after)]
    assert error[1] < 0.65 * error[0]
