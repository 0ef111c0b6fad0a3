import numpy as np
import pytest

from explorer.figures.word_labels import CELL, TALL, WIDE, by_importance, clear_words

SHAPE = (900.0, 500.0)


def covered(places, letters, size, shown):
    """Pixels by which two of the words shown run into one another at most, in both directions."""
    rows = np.flatnonzero(shown)
    worst = 0.0
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            apart = np.abs(places[a] - places[b])
            wide = WIDE * size * (letters[a] + letters[b]) / 2 - apart[0]
            tall = TALL * size - apart[1]
            worst = max(worst, min(wide, tall))
    return worst


@pytest.mark.parametrize("scatter", [5.0, 60.0, 150.0])
def test_no_word_covers_another(scatter):
    generator = np.random.default_rng(3)
    places = generator.normal([450, 250], scatter, (300, 2))
    letters = generator.integers(2, 12, 300)
    shown = clear_words(places, letters, np.full(300, 13.0), range(300), SHAPE)
    assert covered(places, letters, 13.0, shown) <= CELL
    assert 0 < shown.sum() < 300


def test_the_most_important_come_first():
    places = np.array([[100.0, 100], [104, 101], [300, 100], [301, 102]])
    order = by_importance(4, [3], None)
    assert order.tolist() == [3, 0, 1, 2]
    assert clear_words(places, [5] * 4, np.full(4, 13.0), order, SHAPE).tolist() == [True, False, False, True]


def test_what_is_written_stays_written_when_it_moves_a_little():
    places = np.array([[100.0, 100], [100, 114]])
    fresh = clear_words(places, [5, 5], np.full(2, 13.0), [0, 1], SHAPE)
    assert fresh.tolist() == [True, False]
    written = np.array([True, True])
    assert clear_words(places, [5, 5], np.full(2, 13.0), [0, 1], SHAPE, written).all()
    assert by_importance(3, [], np.array([False, False, True])).tolist() == [2, 0, 1]


def test_words_out_of_the_picture_are_not_written():
    places = np.array([[-200.0, 50], [450, 900], [450, 250]])
    assert clear_words(places, [4] * 3, np.full(3, 13.0), range(3), SHAPE).tolist() == [False, False, True]


def test_no_words():
    assert clear_words(np.empty((0, 2)), [], np.empty(0), [], SHAPE).shape == (0,)


def test_words_are_free_of_one_another_also_where_they_come_from():
    places = np.array([[100.0, 100], [300, 100], [500, 100]])
    before = np.array([[100.0, 100], [102, 101], [np.nan, np.nan]])
    assert clear_words(places, [5] * 3, np.full(3, 13.0), range(3), SHAPE).all()
    assert clear_words(places, [5] * 3, np.full(3, 13.0), range(3), SHAPE, before=before).tolist() == [
        True,
        False,
        True,
    ]
