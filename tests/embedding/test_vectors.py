import numpy as np
import pytest

from explorer.embedding import UnknownWord, Vectors


@pytest.fixture
def three() -> Vectors:
    return Vectors(["king", "queen", "apple"], np.array([[3.0, 4.0], [0.0, 2.0], [0.0, 0.0]]), [9, 5, 2], "three")


def test_a_word_gives_its_vector(three):
    np.testing.assert_array_equal(three["king"], np.float32([3, 4]))
    assert three.matrix.dtype == np.float32
    assert (len(three), three.dimensions) == (3, 2)
    assert "queen" in three and "pear" not in three
    np.testing.assert_array_equal(three.numbers(["apple", "king"]), [2, 0])


def test_nothing_of_it_can_be_written_to(three):
    for array in (three.matrix, three.counts, three.lengths, three.unit, three["king"]):
        with pytest.raises(ValueError):
            array[0] = 1


def test_what_it_was_made_from_is_not_frozen():
    own = np.ones((2, 3), dtype=np.float32)
    made = Vectors("ab", own)
    own[0] = 2
    assert made.matrix.base is not None and own.flags.writeable


def test_lengths_and_unit_vectors(three):
    np.testing.assert_allclose(three.lengths, [5, 2, 0])
    np.testing.assert_allclose(three.unit, [[0.6, 0.8], [0, 1], [0, 0]])


def test_an_unknown_word_is_answered_with_near_ones(three):
    with pytest.raises(UnknownWord, match="“kign” is not among these 3 words. Did you mean king"):
        three["kign"]
    with pytest.raises(LookupError):
        three.numbers(["king", "zebra"])


def test_equal_by_words_and_bits(three):
    twin = Vectors(three.words, three.matrix.copy(), name="other name")
    other = Vectors(three.words, three.matrix + np.float32(1e-6))
    assert three == twin and hash(three) == hash(twin)
    assert three != other
    assert three != Vectors(["king", "queen", "pear"], three.matrix)
    assert three != "three"


def test_a_memory_map_stays_one(tmp_path):
    np.save(tmp_path / "m.npy", np.ones((2, 3), dtype=np.float32))
    mapped = np.load(tmp_path / "m.npy", mmap_mode="r")
    assert np.shares_memory(Vectors("ab", mapped).matrix, mapped)


def test_head_and_take(three):
    assert three.head(2).words == ("king", "queen")
    np.testing.assert_array_equal(three.head(2).counts, [9, 5])
    taken = three.take([2, 0])
    assert taken.words == ("apple", "king")
    np.testing.assert_array_equal(taken.matrix, three.matrix[[2, 0]])
    np.testing.assert_array_equal(taken.counts, [2, 9])


@pytest.mark.parametrize(
    "words, matrix, counts, said",
    [
        (["a"], np.ones((2, 3)), None, "1 words go with as many rows"),
        (["a"], np.ones(3), None, "shape"),
        (["a", "b"], np.ones((2, 3)), [1], "as many counts"),
    ],
)
def test_what_does_not_go_together_is_refused(words, matrix, counts, said):
    with pytest.raises(ValueError, match=said):
        Vectors(words, matrix, counts)


def test_a_word_that_occurs_twice_is_named():
    with pytest.raises(ValueError, match="“b” occurs twice"):
        Vectors("abb", np.ones((3, 2))).number("a")
