"""The learning curves as a training: frames, their numbers, their bits, and a file that holds them."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from explorer.applications.classification import ClassificationExperiment, scores
from explorer.applications.classification.course import sizes_of
from explorer.applications.classification.opening import KIND, open_run
from explorer.applications.classification.scores import confusion, range_of
from explorer.applications.classification.texts import labelled_texts
from explorer.experiment import from_link, to_link
from explorer.frame import same_bits
from explorer.runs.archive import to_bytes
from explorer.sequence.interval import wilson

SMALL = ClassificationExperiment(texts="films", methods="glove,lstm", most=32, draws=2, updates=20, hidden=4)


@pytest.fixture(scope="module")
def frames():
    return list(SMALL.frames())


def test_every_point_is_the_share_of_its_answers(frames):
    data, last = labelled_texts(SMALL), frames[-1]
    assert [frame.step for frame in frames] == sorted({frame.step for frame in frames}) and last.step == SMALL.steps
    assert last.arrays["sizes"].tolist() == [16, 32] and (last.arrays["draws"] == 2).all()
    truth, answers = data.classes[data.tests], last.arrays["predicted"]
    asked = answers >= 0
    assert (asked.sum(axis=-1) == 100).all(), "two draws ask about a fourth each"
    shares = ((answers == truth) & asked).sum(axis=-1) / asked.sum(axis=-1)
    np.testing.assert_allclose(last.arrays["accuracy"], shares)
    assert (last.arrays["low"] < shares).all() and (shares < last.arrays["high"]).all()
    assert np.isnan(frames[0].arrays["accuracy"]).all() and frames[0].weights is not None


def test_equal_experiments_give_equal_bits(frames):
    assert all(same_bits(one, other) for one, other in zip(frames, SMALL.frames(), strict=True))
    other = list(SMALL.replace(seed=1, methods="glove").frames())[-1]
    assert other.arrays["accuracy"][0].tolist() != frames[-1].arrays["accuracy"][0].tolist()


def test_a_saved_run_opens_and_a_tampered_one_does_not(frames):
    data = to_bytes(KIND, SMALL.model_dump_json(), (), frames)
    opened = open_run(data)
    assert opened.experiment == SMALL and same_bits(opened.frames[-1], frames[-1])
    with pytest.raises(ValueError, match="does not fit its settings"):
        open_run(to_bytes(KIND, SMALL.replace(most=64).model_dump_json(), (), frames))


def test_where_there_are_too_few_texts_all_of_them_are_the_last_size():
    reviews = tuple((f"text number {i}", "ab"[i % 2]) for i in range(60))
    few = ClassificationExperiment(texts="own", reviews=reviews, methods="tfidf", draws=1)
    assert few.sizes == (16, 32, 64, 128, 256, 512) and ClassificationExperiment(texts="films").sizes == (16, 32, 64, 150)
    assert sizes_of(few, labelled_texts(few)) == (16, 32, 44)
    *_, last = few.frames()
    assert last.step == few.steps and last.arrays["sizes"].tolist() == [16, 32, 44, 0, 0, 0] and last.weights


def test_ranges_hold_what_they_promise():
    generator = np.random.default_rng(0)
    right = (generator.random((3, 200)) < 0.7).astype(float)
    share, low, high = range_of(right, generator)
    assert share == pytest.approx(right.mean()) and low < share < high
    assert low <= wilson(share, 200)[0] and high >= wilson(share, 200)[1]
    right[1, 100:] = np.nan
    assert range_of(right, generator)[0] == pytest.approx(np.nanmean(right))
    assert range_of(np.ones((2, 50)), generator)[1] == pytest.approx(wilson(1.0, 50)[0]), "no certainty out of 50 right answers"


def test_ranges_of_few_draws_hold_what_more_draws_would_give(monkeypatch):
    monkeypatch.setattr(scores, "TIMES", 100)
    generator, held = np.random.default_rng(0), 0
    for _ in range(100):
        chances = np.clip(generator.normal(0.5, 0.1, size=(2, 1)), 0, 1)  # of an answer to be right, after each draw
        _, low, high = range_of((generator.random((2, 200)) < chances).astype(float), generator)
        held += low <= 0.5 <= high
    assert held >= 86, "with the ends of the bootstrap as they are it is 82"


def test_a_confusion_table_counts_pairs():
    table = confusion(np.array([0, 0, 1, 2]), np.array([0, 1, 1, -1]), 3)
    assert table.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_settings_are_checked_and_linked():
    with pytest.raises(ValidationError, match="there is no 'bert'"):
        ClassificationExperiment(methods="tfidf,bert")
    with pytest.raises(ValidationError, match="at least one"):
        ClassificationExperiment(methods="")
    given = ClassificationExperiment(methods="minilm, tfidf", seed=3)
    assert given.names == ("tfidf", "minilm") and from_link(ClassificationExperiment, to_link(given)) == (given, [])
    private = ClassificationExperiment(texts="own", reviews=(("a text", "a label"),))
    assert "reviews" not in to_link(private) and private.replace(texts="films").reviews == ()


def test_the_largest_networks_make_smaller_updates():
    largest = ClassificationExperiment(methods="rnn,lstm,gru", hidden=64, bidirectional=True)
    assert ClassificationExperiment().network("lstm").batch == 32
    assert [largest.network(cell).batch for cell in largest.names] == [32, 32, 8]
