"""Every algorithm as a training in steps: same bits whatever else runs and whatever is looked at."""

import math
from itertools import islice

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from explorer.embedding import EmbeddingExperiment, open_weights, vocabulary
from explorer.embedding.divergence import VectorsDiverged
from explorer.embedding.experiment import ALGORITHM_TITLES, BY_FACTORS, BY_PREDICTION
from explorer.embedding.training import evenly, train
from explorer.frame import Change, same_bits

ALGORITHMS = list(ALGORITHM_TITLES)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


def small(algorithm="skipgram", **settings):
    return EmbeddingExperiment(
        **{"algorithm": algorithm, "corpus": "phrases", "dimensions": 6, "epochs": 2, "iterations": 8, "seed": 3,
           "buckets": 500, **settings}
    )  # fmt: skip


def frames_of(*args, **kwargs):
    return [frame for frame in train(*args, **kwargs) if frame is not None]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_interleaved_trainings_give_the_bits_of_one_alone(algorithm):
    chosen, other = small(algorithm), small("cbow", seed=8)
    alone = frames_of(chosen)
    runs, seen = [train(chosen), train(chosen), train(other)], ([], [], [])
    while len(seen[1]) < len(alone):
        for run, frames, slices in zip(runs, seen, (2, 1, 3), strict=True):
            frames += [frame for frame in islice(run, slices) if frame is not None]
    for frames in seen[:2]:
        assert len(frames) == len(alone) == chosen.steps + 1
        assert all(same_bits(one, two) for one, two in zip(frames, alone, strict=True))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_looking_does_not_alter_anything(algorithm):
    chosen = small(algorithm)
    often, seldom = (frames_of(chosen, wanted=lambda step, all=all: all) for all in (True, False))
    assert [frame.step for frame in seldom if frame.arrays] == [0, chosen.steps]
    assert all(frame.arrays and frame.weights for frame in often)
    assert often[-1].weights == seldom[-1].weights and same_bits(often[-1], seldom[-1])
    for one, other in zip(often, seldom, strict=True):
        shared = other.metrics.keys()
        assert np.array_equal(
            [one.metrics[name] for name in shared], [other.metrics[name] for name in shared], equal_nan=True
        )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_another_seed_gives_other_vectors(algorithm):
    one, other = (frames_of(small(algorithm, seed=seed), wanted=lambda step: False)[-1] for seed in (1, 2))
    assert one.weights != other.weights
    if algorithm in BY_PREDICTION:  # measured at the same places, of nearly untrained vectors
        assert one.metrics["loss"] == pytest.approx(other.metrics["loss"], rel=0.1)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_it_learns(algorithm):
    suggested = EmbeddingExperiment(algorithm=algorithm, corpus="phrases", epochs=60)
    numbers = [frame.metrics for frame in frames_of(suggested, wanted=lambda step: False)]
    if algorithm in BY_FACTORS:
        assert numbers[-1]["captured"] > 2 * numbers[0]["captured"] and numbers[-1]["change"] < 0.1
        return
    name = "cost" if algorithm == "glove" else "loss"
    assert numbers[-1][name] < 0.8 * numbers[0][name]
    assert numbers[-1]["epoch"] == 60 and numbers[15]["epoch"] == 1.5
    if name == "loss":
        assert numbers[0]["loss"] == pytest.approx(6 * math.log(2), rel=1e-3)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_frames_hold_what_they_promise(algorithm):
    chosen = small(algorithm)
    frame, words = frames_of(chosen)[-1], vocabulary(chosen)
    n = len(words)
    assert frame.arrays["input"].shape == (n, 6) and frame.arrays["input"].dtype == np.float32
    assert frame.arrays["neighbours"].shape == frame.arrays["similarities"].shape == (n, 10)
    assert frame.arrays["neighbours"].dtype == np.int32
    extra = {"glove": {"output", "cells"}, "ppmi": {"singular"}, "tfidf": {"singular"}}.get(algorithm, {"output"})
    assert frame.arrays.keys() == {"input", "neighbours", "similarities"} | extra
    trained = open_weights(chosen, frame.weights)
    assert trained.vectors.words == tuple(words) and list(trained.vectors.counts) == list(words.values())
    assert np.array_equal(trained.vectors.matrix, frame.arrays["input"])
    if "output" in extra:
        assert np.array_equal(trained.output.matrix, frame.arrays["output"])
    assert (trained.ngrams is not None) == (algorithm == "fasttext")
    assert {
        "collapse",
        "wordsim",
        "wordsim_low",
        "wordsim_high",
        "wordsim_pairs",
        "simlex_pairs",
    } <= frame.metrics.keys()


@pytest.mark.parametrize("algorithm", ["skipgram", "fasttext", "glove"])
def test_a_change_counts_from_its_step_on(algorithm):
    chosen = small(algorithm)
    plain = frames_of(chosen, wanted=lambda step: True)
    changed = frames_of(chosen, [Change(9, "learning_rate", 0.2)], wanted=lambda step: True)
    assert all(same_bits(one, other) for one, other in zip(plain[:9], changed[:9], strict=True))
    assert all(one.weights != other.weights for one, other in zip(plain[9:], changed[9:], strict=True))
    rates = [frame.metrics["learning_rate"] for frame in changed[8:10]]
    assert rates[1] > 3 * rates[0]


def test_changes_may_be_made_while_it_runs():
    changes: list[Change] = []
    seen = []
    for frame in (frame for frame in train(small(), changes) if frame is not None):
        seen.append(frame)
        if frame.step == 11:
            changes.append(Change(12, "learning_rate", 0.1))
    again = frames_of(small(), [Change(12, "learning_rate", 0.1)])
    assert all(same_bits(one, other) for one, other in zip(seen, again, strict=True))


@pytest.mark.parametrize("algorithm, name", [("skipgram", "loss"), ("fasttext", "loss"), ("glove", "cost")])
def test_a_training_that_comes_apart_says_so(algorithm, name):
    wild = EmbeddingExperiment(algorithm=algorithm, corpus="lee", dimensions=10, epochs=4, learning_rate=1.0)
    frames = []
    with pytest.raises(VectorsDiverged, match=f"the {name} was .* a learning rate below 1") as error:
        for frame in (frame for frame in train(wild, wanted=lambda step: False) if frame is not None):
            frames.append(frame)
    assert ("fewer negatives than 5" in str(error.value)) == (algorithm != "glove")
    assert frames[-1].step == error.value.step < 40 and frames[-1].arrays and frames[-1].weights
    assert all(frame.metrics[name] <= frames[0].metrics[name] for frame in frames[1 : error.value.again])
    # Another rate from there on helps.
    better = [Change(error.value.again, "learning_rate", 0.02)]
    assert frames_of(wild, better, wanted=lambda step: False)[-1].step == 40


def test_vectors_are_those_of_the_last_frame():
    chosen = small("glove")
    last = frames_of(chosen)[-1]
    vectors = chosen.vectors()
    assert vectors == open_weights(chosen, last.weights).vectors and vectors.name == "GloVe, 6 dimensions"


def test_weights_of_other_settings_are_refused():
    weights = frames_of(small("cbow", epochs=1))[-1].weights
    for other in (small("cbow", dimensions=7), small("ppmi"), small("cbow", min_count=2), small("fasttext")):
        with pytest.raises(ValueError, match="belong to other settings"):
            open_weights(other, weights)


def test_who_asks_for_nothing_sees_about_sixty_pictures():
    drawn = [step for step in range(1001) if evenly(1000)(step)]
    assert drawn[:3] == [0, 1, 2] and drawn[-1] == 1000 and 55 < len(drawn) < 75
    assert all(evenly(20)(step) for step in range(21))
