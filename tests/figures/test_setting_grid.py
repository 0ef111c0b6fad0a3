import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.palette import LIGHT
from explorer.figures.setting_grid import Grid, grid_notice, setting_grid

RATES, WIDTHS = (0.001, 0.01), (8, 16, 32)
VALUES = np.array([[0.1, 0.01, np.nan], [0.2, np.nan, np.nan]])
DONE = np.array([[1.0, 1.0, -1.0], [1.0, 1.0, 0.3]])
APART = np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def grid(values=VALUES, done=DONE, apart=APART, **more) -> Grid:
    return Grid(
        RATES, WIDTHS, values, done, apart, **{"lower": True, "share": False, "log": True, "baseline": 0.2, **more}
    )


def test_cells_tell_their_value_or_why_there_is_none():
    figure = setting_grid(grid(), LIGHT)
    words = {(note.x, note.y): note.text for note in figure.layout.annotations if note.xref != "paper"}
    assert words == {(0, 0): "0.1", (1, 0): "0.01", (2, 0): "too slow", (0, 1): "0.2", (1, 1): "came apart"}
    np.testing.assert_allclose(figure.data[0].z[0, :2], [1, 2], rtol=1e-6)
    go.Figure(figure.to_dict())


def test_the_best_is_framed():
    (frame,) = setting_grid(grid(), LIGHT).layout.shapes
    assert (frame.x0, frame.y0) == pytest.approx((0.52, -0.47))
    assert not setting_grid(grid(done=np.zeros((2, 3))), LIGHT).layout.shapes


def test_colours_begin_at_the_baseline_so_that_chance_is_pale():
    assert grid().colours() == pytest.approx((-np.log10(0.2), 2.0))
    nothing = grid(values=np.full((2, 3), 0.19))
    low, high = nothing.colours()
    assert high - low == pytest.approx(np.log10(2)), "the deepest colour would be half the baseline's error"
    assert grid(values=np.full((2, 3), 0.3), lower=False, share=True, log=False).colours() == pytest.approx((0.2, 0.6))


def test_the_notice_tells_the_best_and_what_else_there_was():
    said = grid_notice(grid())
    assert said.startswith("Best so far: 0.01 with learning rate 0.001 and 16 hidden units.")
    assert "other widths give 0.01 to 0.1" in said and "1 of the trainings came apart" in said
    poor = grid_notice(grid(values=np.full((2, 3), 0.3), apart=np.zeros((2, 3))))
    assert "None is better than the simple rule, which gives 0.2." in poor
    assert "first result" in grid_notice(grid(done=np.zeros((2, 3))))
    share = grid_notice(grid(values=np.full((2, 3), 0.9), lower=False, share=True, log=False))
    assert share.startswith("Best so far: 90.0 %")
