"""The signs of the shapes: as many squares and dots as the shape reads, keeps and writes."""

from xml.etree import ElementTree

import pytest

from explorer.figures.palette import theme
from explorer.figures.shape_glyph import SHAPES, drawing


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dark", [False, True])
def test_a_sign_shows_each_step(shape, dark):
    colours, glyph = theme(dark), SHAPES[shape]
    root = ElementTree.fromstring(drawing(shape, colours))
    squares = [element for element in root if element.tag.endswith("rect")]
    filled = [square for square in squares if square.get("fill") != "none"]
    assert len(filled) == glyph.writes.count("x")
    assert len(squares) - len(filled) == glyph.reads.count("x")
    assert sum(element.tag.endswith("circle") for element in root) == len(glyph.reads)
    assert len(glyph.reads) == len(glyph.writes)
    if glyph.backward:
        assert colours.architecture("bidirectional") in drawing(shape, colours)


def test_states_that_are_only_compared_hand_nothing_on():
    root = ElementTree.fromstring(drawing("compared", theme()))
    assert sum(element.tag.endswith("path") for element in root) == len(SHAPES["compared"].reads) - 1
