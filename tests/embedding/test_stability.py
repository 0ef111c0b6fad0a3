"""How far trainings agree about neighbours."""

import numpy as np
import pytest

from explorer.embedding import EmbeddingExperiment, UnknownWord, Vectors
from explorer.embedding.stability import StabilityExperiment, overlap, stability, stability_slices

SMALL = EmbeddingExperiment(corpus="phrases", dimensions=6, epochs=3, seed=5)


def some_vectors(seed, words=40):
    return Vectors([f"w{i}" for i in range(words)], np.random.default_rng(seed).normal(size=(words, 8)))


def test_the_share_of_common_neighbours():
    one, other = np.array([[1, 2, 3, 4]]), np.array([[4, 3, 9, 8]])
    assert overlap([one, other]) == [0.5] and overlap([one, one]) == [1]
    assert overlap([one, other, one]) == pytest.approx([(0.5 + 1 + 0.5) / 3])
    with pytest.raises(ValueError, match="two trainings"):
        overlap([one])


def test_the_same_vectors_agree_wholly_and_strangers_by_chance():
    one = some_vectors(0, 200)
    assert (stability([one, one], one.words[:9]) == 1).all()
    turned = Vectors(one.words, one.matrix @ np.linalg.qr(np.random.default_rng(3).normal(size=(8, 8)))[0])
    assert stability([one, turned], one.words).mean() > 0.99
    chance = stability([some_vectors(seed, 200) for seed in range(4)], one.words)
    assert chance.mean() == pytest.approx(10 / 199, abs=0.015)


def test_words_are_compared_not_rows():
    one = some_vectors(0)
    mixed = one.take(np.random.default_rng(1).permutation(40))
    assert (stability([one, mixed], ["w3", "w17"], n=5) == 1).all()
    with pytest.raises(UnknownWord):
        stability([one, one.head(10)], ["w30"])


def test_trainings_with_other_seeds_are_compared_step_by_step():
    frames = [frame for frame in stability_slices(SMALL, 3) if frame is not None]
    assert [frame.step for frame in frames] == list(range(91))
    done = [frame.metrics["done"] for frame in frames]
    assert done[0] == 0 and done[-1] == 1 and np.allclose(np.diff(done), 1 / 90)
    assert [frame.step for frame in frames if frame.arrays] == [60, 90]
    vectors = [SMALL.replace(seed=seed).vectors() for seed in (5, 6, 7)]
    for frame, known in zip((frames[60], frames[90]), (vectors[:2], vectors), strict=True):
        expected = stability(known, known[0].words)
        assert np.allclose(frame.arrays["overlap"], expected, atol=1e-6)
        assert frame.metrics["overlap"] == pytest.approx(expected.mean())
    assert frames[45].metrics["training"] == 2


def test_as_an_experiment():
    one = StabilityExperiment(given=SMALL, seeds=2)
    assert one.steps == 60 and one == StabilityExperiment(given=SMALL.replace(), seeds=2)
    assert hash(one) != hash(StabilityExperiment(given=SMALL, seeds=3))
    one.prepare()
    asked = []
    frames = [frame for frame in one.slices(wanted=lambda step: asked.append(step)) if frame is not None]
    assert frames[-1].step == 60 and asked == list(range(1, 61))
    with pytest.raises(ValueError, match="smaller seed"):
        StabilityExperiment(given=SMALL.replace(seed=2**31 - 1))
