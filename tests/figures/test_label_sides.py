import itertools

import numpy as np
import pytest

from explorer.figures.label_sides import SIDES, _box, label_sides


def boxes(points, letters, size, sides):
    return [_box(point, n, size, side) for point, n, side in zip(points, letters, sides, strict=True) if side]


def cover(one, other) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


@pytest.mark.parametrize("spread", [400, 120, 40])
def test_names_cover_neither_one_another_nor_points(spread):
    points = np.random.default_rng(0).uniform(0, spread, (12, 2))
    letters = [3, 8, 14, 5, 6, 7, 4, 9, 10, 3, 5, 6]
    sides = label_sides(points, letters, 14, sure=0)
    placed = boxes(points, letters, 14, sides)
    assert not any(cover(one, other) for one, other in itertools.combinations(placed, 2))
    assert not any(box[0] < x < box[2] and box[1] < y < box[3] for box in placed for x, y in points)
    assert sum(map(bool, sides)) >= (12 if spread == 400 else 2)


def test_the_first_is_written_in_any_case_and_what_has_no_name_never():
    sides = label_sides(np.zeros((7, 2)), [5, 5, 5, 5, 5, 0, 5], 14)
    assert sides == ["middle right", "middle left", "", "", "", "", ""]
    wall = np.stack([np.tile(np.linspace(-99, 99, 40), 3), np.repeat([-20.0, 0, 20], 40)], axis=1)
    assert label_sides(np.zeros((2, 2)), [5, 5], 14, wall) == [SIDES[0], ""]
    assert label_sides(np.zeros((0, 2)), [], 14) == []


def test_names_keep_clear_of_an_edge():
    edge = np.stack([np.full(20, 30.0), np.linspace(-50, 50, 20)], axis=1)
    assert label_sides(np.array([[10.0, 0]]), [8], 14, edge) == ["middle left"]
