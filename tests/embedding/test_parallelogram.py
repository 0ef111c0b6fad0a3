import numpy as np
import pytest

from explorer.embedding import UnknownWord, Vectors, analogy, pretrained
from explorer.embedding.parallelogram import parallelogram

FEW = pretrained().head(20_000)
QUESTIONS = [("man", "king", "woman"), ("paris", "france", "rome"), ("walk", "walked", "go")]


def unit(word: str) -> np.ndarray:
    vector = FEW[word].astype(float)
    return vector / np.linalg.norm(vector)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_corners_lie_in_the_plane_and_keep_their_distances(question):
    a, b, c = map(unit, question)
    shape = parallelogram(FEW, *question, FEW.numbers(question))
    np.testing.assert_allclose(shape.heights, 0, atol=1e-7)
    np.testing.assert_allclose(shape.places, shape.corners[:3], atol=1e-9)
    assert np.linalg.norm(shape.corners[3] - shape.corners[0]) == pytest.approx(np.linalg.norm(b + c - 2 * a))
    np.testing.assert_allclose(shape.corners[3], shape.corners[1] + shape.corners[2], atol=1e-9)
    assert shape.sides == pytest.approx((np.linalg.norm(b - a), np.linalg.norm(c - a)))
    assert shape.corners[1, 1] == pytest.approx(0, abs=1e-9) and shape.corners[1, 0] > 0 > shape.corners[2, 1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_distance_from_the_corner_is_true_and_orders_words_as_3cosadd_does(question):
    found = analogy(FEW, *question, n=10)
    shape = parallelogram(FEW, *question, found.rows)
    a, b, c = map(unit, question)
    target = b - a + c
    expected = [np.linalg.norm(unit(word) - target) for word in found.words]
    np.testing.assert_allclose(shape.distances, expected, atol=1e-9)
    assert (np.diff(shape.distances) >= -1e-6).all()
    cosines = (1 + target @ target - shape.distances**2) / (2 * np.linalg.norm(target))
    np.testing.assert_allclose(cosines, found.scores, atol=1e-5)


def test_the_questions_words_are_as_far_from_the_corner_as_the_sides_are_long():
    shape = parallelogram(FEW, "man", "king", "woman", FEW.numbers(("king", "woman")))
    np.testing.assert_allclose(shape.distances, shape.sides[::-1], atol=1e-7)


def test_words_that_span_no_plane():
    vectors = Vectors(["a", "b", "c", "zero"], np.array([[1, 0, 0], [0, 1, 0], [1, 1, 1], [0, 0, 0]]))
    line = parallelogram(vectors, "a", "a", "b", [2])
    assert line.sides[0] == 0 and np.isfinite(line.distances).all()
    point = parallelogram(vectors, "a", "a", "a", [1, 2])
    np.testing.assert_allclose(point.corners, 0)
    np.testing.assert_allclose(point.heights, [np.sqrt(2), np.linalg.norm(np.ones(3) / np.sqrt(3) - [1, 0, 0])])
    assert np.isfinite(parallelogram(vectors, "zero", "b", "c", [0, 1]).distances).all()


def test_an_unknown_word_is_named():
    with pytest.raises(UnknownWord, match="kingg"):
        parallelogram(FEW, "man", "kingg", "woman", [0])
