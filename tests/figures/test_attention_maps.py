"""Attention maps: every weight where it belongs, and a click finds the head it was made on."""

import numpy as np
import pytest

from explorer.figures.attention_maps import attention_maps, darkest, grid_of, head_at
from explorer.figures.mosaic import mosaic, pooled, tile_at, tile_row
from explorer.figures.palette import theme
from explorer.figures.reach_notices import attention_notice
from tests.figures.test_reach_picture import reach


def maps(layers=2, heads=3, length=7):
    weights = np.tril(np.random.default_rng(1).random((layers, heads, length, length)) + 0.01)
    return (weights / weights.sum(-1, keepdims=True)).astype(np.float32)


def draw(found, layer=0, head=0, answer=5):
    steps = [f"w{i}" for i in range(found.shape[-1])]
    return attention_maps(found, steps, theme(), layer=layer, head=head, answer=answer)


def test_it_is_a_valid_figure_with_the_chosen_map_large():
    found = maps()
    figure = draw(found, 1, 2)
    type(figure)(figure.to_dict())  # plotly validates it
    assert np.array_equal(figure.data[0].z, found[1, 2])
    assert figure.layout.yaxis.range == (7.5, 0.5), "the first step is on top"


@pytest.mark.parametrize("heads", [1, 3, 4, 6, 8])
def test_a_click_on_a_small_map_names_its_head(heads):
    found = maps(heads=heads, length=60)
    grid = grid_of(found)
    for layer in range(2):
        for head in range(heads):
            left, top = grid.corner(layer, head)
            assert head_at(left + grid.side / 2, top + grid.side / 2, found) == (layer, head)
    assert head_at(1000, 1, found) is None and head_at(grid.side + 1, 1, found) is None


def test_small_maps_hold_the_weights_of_their_head():
    found = maps(layers=2, heads=2)
    sheet = np.asarray(draw(found).data[1].z)
    gap = grid_of(found).gap
    assert np.array_equal(sheet[:7, :7], found[0, 0])
    assert np.array_equal(sheet[7 + gap :, 7 + gap :], found[1, 1])
    assert (sheet[:7, 7 : 7 + gap] == 0).all()


def test_long_maps_are_pooled_by_their_largest_weight():
    found = np.zeros((100, 100))
    found[99, 17] = 0.8
    small = pooled(found, 40)
    assert small.shape == (40, 40) and small.max() == 0.8 and (small > 0).sum() == 1


def test_the_darkest_colour_is_for_steps_that_have_a_choice():
    found = np.zeros((1, 1, 8, 8))
    found[..., 0, 0] = 1.0  # the first step can only look at itself
    found[..., 7, :] = 0.125
    assert darkest(found) == pytest.approx(0.15)


def test_tiles_and_their_gaps():
    sheet = mosaic(np.ones((2, 3, 4, 5)), 2)
    assert sheet.shape == (2 * 6 - 2, 3 * 7 - 2) and np.isnan(sheet).sum() == sheet.size - 2 * 3 * 4 * 5
    assert tile_at(1, 1, (2, 3, 4, 5), 2) == (0, 0) and tile_at(8, 7, (2, 3, 4, 5), 2) == (1, 1)
    assert tile_at(6, 1, (2, 3, 4, 5), 2) is None
    values, edges = tile_row(np.ones((2, 3, 4)), 0.5)
    assert values.shape == (3, 2 * 5 - 1) and edges.tolist()[0] == 0.75 and edges.tolist()[-1] == 2.25
    assert len(edges) == values.shape[1] + 1


def test_the_notice_holds_attention_against_the_gradient():
    found = np.zeros((1, 1, 7, 7))
    found[0, 0, 5, 4], found[0, 0, 5, 1] = 0.7, 0.3
    told = attention_notice(found, 0, 0, reach())
    assert "looks most at “bowl” (70 %)" in told
    assert "depends most on “lemon”, 5 times as much: attention is not an explanation" in told
    found[0, 0, 5, 4], found[0, 0, 5, 1] = 0.3, 0.7
    assert "here the two agree" in attention_notice(found, 0, 0, reach())
