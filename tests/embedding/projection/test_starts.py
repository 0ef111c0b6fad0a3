"""Several starts: each is the single map to the bit, and turning changes no distance."""

from itertools import islice

import numpy as np
import pytest
from scipy.spatial.distance import pdist

from explorer.embedding import Vectors
from explorer.embedding.projection.experiment import ProjectionExperiment
from explorer.embedding.projection.starts import StartsExperiment, agreement, aligned
from explorer.frame import same_bits


@pytest.fixture(scope="module")
def several() -> StartsExperiment:
    chance = np.random.default_rng(0)
    matrix = np.repeat(np.eye(4, 6), 15, axis=0) * 3 + chance.normal(size=(60, 6)) * 0.3
    given = Vectors([f"w{i}" for i in range(60)], matrix)
    one = ProjectionExperiment(given=given, perplexity=8, iterations=300, seed=4, normalise=False)
    return StartsExperiment(one=one, starts=3)


def test_each_map_is_the_single_one_but_for_how_it_lies(several):
    frames = list(islice(several.frames(wanted=lambda step: True), 4))
    for i, single in enumerate(several.experiments):
        alone = list(islice(single.frames(wanted=lambda step: True), 4))
        assert single.seed == 4 + i and single.initialisation == "random"
        assert [frame.metrics[f"kl_{i}"] for frame in frames] == [frame.metrics["kl"] for frame in alone]
        for frame, other in zip(frames, alone, strict=True):
            assert pdist(frame.arrays["maps"][i]) == pytest.approx(pdist(other.arrays["map"]), rel=1e-4, abs=1e-9)


def test_the_same_again_and_to_the_end(several):
    frames = list(several.frames())
    assert len(frames) == several.steps + 1 == 61 and frames[-1].metrics["iteration"] == 300
    assert all(same_bits(one, other) for one, other in zip(frames, several.frames(), strict=True))
    assert several == several.replace() and hash(several) == hash(several.replace())


def test_work_comes_in_pieces(several):
    pieces = list(islice(several.slices(), 40))
    assert pieces[0] is None and sum(piece is not None for piece in pieces) >= 2


def test_only_wanted_frames_hold_maps_and_each_step_is_asked_once(several):
    asked = []

    def wanted(step: int) -> bool:
        asked.append(step)
        return step % 2 == 0

    frames = list(islice(several.frames(wanted=wanted), 5))
    assert asked == [0, 1, 2, 3, 4]
    assert ["maps" in frame.arrays for frame in frames] == [True, False, True, False, True]


def test_maps_are_turned_and_mirrored_onto_the_first():
    first = np.random.default_rng(1).normal(size=(30, 2)).astype(np.float32)
    turn = np.array([[0.6, -0.8], [-0.8, -0.6]])
    found = aligned(np.stack([first, (first @ turn + 5).astype(np.float32)]))
    assert found[1] == pytest.approx(found[0], abs=1e-4)
    assert pdist(found[1]) == pytest.approx(pdist(first), rel=1e-4)


def test_agreement_of_equal_and_of_unrelated_maps():
    chance = np.random.default_rng(2)
    one = chance.normal(size=(400, 2))
    assert agreement(np.stack([one, one]), 10) == 10
    unrelated = agreement(np.stack([one, chance.normal(size=(400, 2))]), 10)
    assert unrelated == pytest.approx(10 * 10 / 399, abs=0.1)


def test_islands_of_close_words_agree(several):
    maps = list(several.frames())[-1].arrays["maps"]
    assert agreement(maps, 10) > 4
