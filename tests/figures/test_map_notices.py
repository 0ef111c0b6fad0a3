import numpy as np

from explorer.figures.map_notices import map_notice, shared_nearest, way_notice
from explorer.figures.moving_map import Scene
from explorer.figures.word_plane import unit_rows

GENERATOR = np.random.default_rng(0)


def scene(places, path=(), followed=0) -> Scene:
    n = len(places)
    words, counts = [f"w{i}" for i in range(n)], np.arange(n, 0, -1)
    return Scene(
        words, counts, places, np.array([0.5, 0.5]), (1.0, 1.0), followed=followed, path=np.array(path).reshape(-1, 2)
    )


def test_shared_neighbours_are_counted_as_sets():
    vectors, places = unit_rows(GENERATOR.normal(size=(30, 6))), GENERATOR.normal(size=(30, 2))
    cosines, apart = vectors @ vectors.T, np.linalg.norm(places[:, None] - places, axis=2)
    np.fill_diagonal(cosines, -np.inf)
    np.fill_diagonal(apart, np.inf)
    expected = [len(set(np.argsort(-cosines[i])[:5]) & set(np.argsort(apart[i])[:5])) for i in range(30)]
    assert shared_nearest(vectors, places).tolist() == expected


def test_a_true_map_of_a_circle_keeps_all():
    angle = np.linspace(0, 2 * np.pi, 31)[:-1] ** 1.01
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    assert (shared_nearest(circle, circle) == 5).all()
    assert "nearest, 5.0 are among its 5" in map_notice(scene(circle), circle) and "for “w0” 5." in map_notice(
        scene(circle), circle
    )


def test_vectors_that_are_all_zero_are_no_map():
    assert map_notice(scene(np.zeros((8, 2))), np.zeros((8, 3))).startswith("All words stand at one place")


def test_few_words_have_no_notice():
    assert map_notice(scene(np.zeros((4, 2))), np.zeros((4, 2))) == ""
    assert shared_nearest(np.ones((1, 2)), np.zeros((1, 2))).tolist() == [0]


def test_the_way_is_measured():
    there_and_back = [[0, 0], [2, 0], [3, 0], [3, 1], [1, 1], [0, 1]]
    assert way_notice(scene(np.zeros((8, 2)), there_and_back)) == (
        "“w0” came 14 % of its way straight on; the rest was to and fro."
    )
    assert way_notice(scene(np.zeros((8, 2)), [[0, 0], [1, 0], [2, 0]])) == ""
