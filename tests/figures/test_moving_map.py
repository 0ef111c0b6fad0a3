import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.moving_map import LARGE, MARKED, SMALL, Scene, moving_map, written_words
from explorer.figures.palette import DARK, LIGHT, theme

WORDS = ("the", "king", "queen", "<b>x</b>", "city")
COUNTS = np.array([400, 40, 30, 20, 10])
PLACES = np.array([[0.0, 0.0], [0.5, 0.4], [0.55, 0.42], [-0.5, -0.2], [0.2, -0.4]])
SHAPE = (900.0, 500.0)
BOUNDS = (0.6, 0.5)
DRAWN = PLACES / BOUNDS


def scene(**more) -> Scene:
    given = {
        "watched": [1],
        "followed": 1,
        "path": np.array([[0.0, 0.1], [0.3, 0.2], [0.5, 0.4]]),
        "near": (2, 4),
    } | more
    return Scene(WORDS, COUNTS, PLACES, np.array([0.12, 0.05]), BOUNDS, **given)


def drawn(one: Scene, colours=LIGHT) -> go.Figure:
    return moving_map(one, written_words(one, colours, SHAPE), colours, height=500)


def test_every_word_stands_at_its_place_and_keeps_its_name_through_updates():
    words = drawn(scene()).data[-1]
    np.testing.assert_allclose(words.x, DRAWN[:, 0])
    np.testing.assert_allclose(words.y, DRAWN[:, 1])
    assert words.ids == WORDS


def test_watched_words_are_told_apart_by_more_than_colour():
    words = drawn(scene()).data[-1]
    assert words.text[1] == "<b>king</b>" and words.textfont.color[1] == LIGHT.forward
    assert words.text[0] == "the" and words.textfont.color[0] == LIGHT.ink


def test_words_are_never_markup():
    assert drawn(scene()).data[-1].text[3] == "&lt;b&gt;x&lt;/b&gt;"
    assert "&lt;b&gt;" in drawn(scene()).data[-1].hovertext[3]


def test_a_word_is_written_or_a_dot():
    one = scene()
    written = written_words(one, LIGHT, (300.0, 200.0))
    words = moving_map(one, written, LIGHT).data[-1]
    assert written[1] and not written[2]  # the followed word comes first; the queen stands behind it
    assert words.text[2] == "" and words.marker.opacity[2] > 0
    assert words.marker.opacity[1] == 0


def test_the_way_ends_at_the_word_and_grows_stronger():
    _, _, way, start, _ = drawn(scene()).data
    assert (way.x[-1], way.y[-1]) == tuple(DRAWN[1]) and (start.x[0], start.y[0]) == (0.0, 0.2)
    opacity = [float(colour.rsplit(",", 1)[1].rstrip(")")) for colour in way.marker.color]
    assert opacity == sorted(opacity) and opacity[0] < opacity[-1] and start.text == ("start",)


def test_lines_lead_to_the_true_nearest():
    ties = drawn(scene()).data[0]
    ends = np.stack([ties.x, ties.y], axis=1).reshape(-1, 3, 2)
    np.testing.assert_allclose(ends[:, 0], DRAWN[[1, 1]])
    np.testing.assert_allclose(ends[:, 1], DRAWN[[2, 4]])
    assert np.isnan(ends[:, 2]).all()


def test_words_that_moved_have_lines_from_their_other_place():
    moves = drawn(scene(moved=(4,), origins=np.array([[-0.1, 0.3]]))).data[1]
    np.testing.assert_allclose(moves.x[:2], [-0.1 / 0.6, 0.2 / 0.6])
    np.testing.assert_allclose(moves.y[:2], [0.6, -0.8])


def test_the_axes_never_change_and_the_shares_are_said():
    figure = drawn(scene())
    assert list(figure.layout.xaxis.range) == list(figure.layout.yaxis.range) == [-1, 1]
    assert "12 % (across) and 5 % (up)" in figure.layout.annotations[0].text


def test_frequent_words_are_larger_and_type_grows_on_a_projector():
    sizes = scene(watched=(), followed=None).sizes(LIGHT)
    assert sizes[0] == LARGE and sizes[-1] == SMALL and (np.diff(sizes) < 0).all()
    assert scene().sizes(LIGHT)[1] == MARKED
    np.testing.assert_allclose(scene().sizes(theme(scale=1.35)), scene().sizes(LIGHT) * 1.35, atol=0.1)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("nothing", [True, False])
def test_every_figure_is_valid(colours, nothing):
    empty = Scene((), np.empty(0, int), np.empty((0, 2)), np.zeros(2), (1.0, 1.0))
    go.Figure(drawn(empty if nothing else scene(), colours).to_dict())
    go.Figure(drawn(scene(followed=None, path=np.empty((0, 2)), near=()), colours).to_dict())
