"""The test of a dictionary, as the engine runs it, against the same done at once."""

import numpy as np
import pytest
from pydantic import ValidationError

from explorer.applications.crosslingual.dictionary import narrow, numbers_and_animals, spelled_alike
from explorer.applications.crosslingual.evaluation import leave_out, precision
from explorer.applications.crosslingual.experiment import CrossingExperiment, guesses_of, mapping_of, shown_pairs
from explorer.applications.crosslingual.mapping import Mapping
from explorer.embedding import Vectors
from explorer.frame import same_bits


@pytest.fixture(scope="module")
def shipped():
    english, italian, dictionary = numbers_and_animals()
    return CrossingExperiment(given=english, target=italian, pairs=dictionary.pairs)


@pytest.fixture(scope="module")
def frames(shipped):
    return [frame for frame in shipped.slices() if frame is not None]


def test_frame_by_frame_it_finds_what_leaving_out_finds(shipped, frames):
    assert [frame.step for frame in frames] == list(range(shipped.steps + 1)) == list(range(22))
    expected = [guess for part in leave_out(shipped.given, shipped.target, shipped.pairs) for guess in part]
    assert guesses_of(frames[-1], shipped) == expected
    assert [frame.metrics["asked"] for frame in frames] == [0, 0, *range(1, 21)]


def test_a_rotation_knows_the_pairs_it_was_fitted_to(shipped, frames):
    told, out = (precision(guesses_of(frames[-1], shipped, known), shipped.pairs, "nearest") for known in (True, False))
    assert told.right == 20 > out.right > 1


def test_what_is_drawn_is_what_the_rotations_say(shipped, frames):
    arrays, pairs = frames[-1].arrays, shown_pairs(shipped.pairs)
    whole = Mapping.fit(shipped.given, shipped.target, shipped.pairs)
    rows = shipped.given.numbers([one for one, _ in pairs])
    assert arrays["placed_known"] == pytest.approx(whole.placed(rows), abs=1e-5)
    columns = shipped.target.numbers([other for _, other in pairs])
    assert arrays["csls_known"] == pytest.approx(whole.scores(rows, "csls")[:, columns], abs=1e-5)
    without = Mapping.fit(shipped.given, shipped.target, [pair for pair in shipped.pairs if pair != pairs[3]])
    assert arrays["placed"][3] == pytest.approx(without.placed(rows[3:4])[0], abs=1e-5)
    assert arrays["nearest"][3] == pytest.approx(without.scores(rows[3:4], "nearest")[0, columns], abs=1e-5)
    assert np.isnan(frames[2].arrays["placed"][1:]).all()
    assert mapping_of(frames[-1], shipped).translate("one", 3) == whole.translate("one", 3)


def test_the_same_test_gives_the_same_frames(shipped, frames):
    again = [frame for frame in shipped.slices() if frame is not None]
    assert all(same_bits(one, other) for one, other in zip(frames, again, strict=True))


def test_few_pairs_by_a_small_matrix_are_the_same_rotation():
    generator = np.random.default_rng(0)
    source, target = (Vectors([f"{side}{i}" for i in range(30)], generator.normal(size=(30, 40))) for side in "ab")
    pairs = [(f"a{i}", f"b{i}") for i in range(12)]
    mapping = Mapping.fit(source, target, pairs)
    left, right = source.unit[:12].astype(float), target.unit[:12].astype(float)
    u, strengths, v = np.linalg.svd((left - left.mean(0)).T @ (right - right.mean(0)))
    assert mapping.directions == 11
    assert mapping.here @ mapping.there.T == pytest.approx(u[:, :11] @ v[:11], abs=1e-8)


def test_words_spelled_alike_and_the_words_that_are_searched():
    source = Vectors(["one", "rome", "two", "paris", "oslo"], np.eye(5))
    target = Vectors(["paris", "uno", "rome", "oslo"], np.eye(4, 5))
    found = spelled_alike(source, target)
    assert found.pairs == (("rome", "rome"), ("paris", "paris"), ("oslo", "oslo"))
    one, other = narrow(source, target, found, 2)
    assert one.words == ("one", "rome", "paris", "oslo") and other.words == ("paris", "uno", "rome", "oslo")
    with pytest.raises(ValueError, match="Only 1"):
        spelled_alike(source, target.head(2))


def test_files_that_do_not_fit_say_what_would():
    wide, narrower = Vectors(["a", "b", "c"], np.eye(3)), Vectors(["a", "b", "c"], np.eye(3, 4))
    with pytest.raises(ValidationError, match="files of the same size"):
        CrossingExperiment(given=wide, target=narrower, pairs=(("a", "a"), ("b", "b"), ("c", "c")))
    with pytest.raises(ValidationError, match="at least 3"):
        CrossingExperiment(given=wide, target=wide, pairs=(("a", "a"), ("a", "b"), ("a", "c")))
