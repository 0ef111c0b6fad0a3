"""The graph shows the numbers it was given, where its shape puts them, and interprets no word."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.palette import theme
from explorer.figures.topology_graph import topology_graph
from explorer.figures.topology_scene import Column, Scene
from explorer.figures.topology_sheet import LARGE, Sheet
from tests.figures.examples import texts
from tests.figures.scenes import ALL, UNITS, drawing, halving, in_step, many_to_one, states, translation

THEME = theme()


def checked(figure):
    """The figure, after plotly has accepted every property of it."""
    return go.Figure(list(figure.data), figure.layout)


def drawn(scene, **more):
    return checked(topology_graph(scene, THEME, **more))


def heatmaps(figure):
    return [trace for trace in figure.data if trace.type == "heatmap"]


def heads(figure, symbol):
    """Where arrows end, by the shape of their heads."""
    found = []
    for trace in figure.data:
        shapes = trace.marker.symbol if trace.type == "scatter" and trace.mode == "markers" else None
        if isinstance(shapes, (list, tuple, np.ndarray)) and trace.yaxis != "y2":
            found += [
                (x, y, trace.marker.color) for x, y, s in zip(trace.x, trace.y, shapes, strict=True) if s == symbol
            ]
    return found


@pytest.mark.parametrize("scale", [1.0, 1.35])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("shape", ALL)
def test_every_shape_is_admissible(shape, dark, scale):
    checked(topology_graph(ALL[shape](), theme(dark, scale), compact=scale > 1, chosen=0))


def test_states_stand_column_by_column():
    scene = many_to_one()
    strip = heatmaps(drawn(scene))[0]
    assert np.array_equal(np.array(strip.z)[:, ::2], scene.states[0].T.astype("f4"))
    assert np.isnan(np.array(strip.z)[:, 1::2]).all()
    sheet = Sheet(scene, THEME, 0.0, 900 - 142 - 74, LARGE)
    middles = (np.array(strip.x)[::2] + np.array(strip.x)[1::2]) / 2
    assert np.allclose(middles, sheet.x(np.arange(8)), atol=0.01)


def test_both_directions_have_a_strip_and_arrows_of_their_own():
    figure = drawn(in_step(directions=2))
    assert len([one for one in heatmaps(figure) if np.shape(one.z)[0] == UNITS]) == 2
    assert len(heads(figure, "triangle-right")) == len(heads(figure, "triangle-left")) == 7


def losses_drawn(scene):
    return sorted(x for x, _, colour in heads(drawn(scene), "triangle-down") if colour == THEME.gradient)


@pytest.mark.parametrize("shape", ALL)
def test_the_loss_enters_where_the_shape_says(shape):
    scene = ALL[shape]()
    sheet = Sheet(scene, THEME, 0.0, 900 - 142 - 74, LARGE)
    assert np.allclose(losses_drawn(scene), [sheet.x(t) for t in scene.losses()], atol=0.01)


def test_states_are_handed_on_but_not_where_there_is_one_step():
    assert len(heads(drawn(many_to_one()), "triangle-right")) == 7
    assert heads(drawn(ALL["one-to-one"]()), "triangle-right") == []


def test_what_is_fed_back_has_a_dotted_way():
    dotted = [
        t
        for t in drawn(drawing()).data
        if t.type == "scatter" and t.mode == "lines" and t.line.dash == "dot" and t.yaxis != "y2"
    ]
    assert len(dotted) == 1
    assert np.isnan(np.array(dotted[0].x, dtype=float)).sum() == 7


def test_one_answer_is_listed_with_its_probability_and_a_check_mark():
    found = texts(drawn(many_to_one()))
    assert "<b>7</b>&#8201;✓" in found and "81" in found and "10" in found
    assert not any(text.startswith("right:") for text in found)
    assert "right: 4" in texts(drawn(many_to_one(right="4")))


def test_letters_stand_over_bars_as_high_as_they_are_probable():
    scene = translation()
    bars = [t for t in drawn(scene, width=620).data if t.type == "bar" and t.hoverinfo == "skip"]
    assert len(bars) == 1
    assert np.allclose(np.array(bars[0].y) / np.max(bars[0].y), 1.0)
    assert np.allclose(np.max(bars[0].y), 0.9 * 0.8 * LARGE.line, atol=1e-4)


def test_the_gradient_is_drawn_as_its_logarithm_and_zero_on_the_floor():
    scene = many_to_one()
    scene.gradients["of the answer"][0] = 0.0
    points = [t for t in drawn(scene, decades=(-3, 0)).data if t.yaxis == "y2" and t.mode == "markers"][0]
    expected = np.log10(scene.gradients["of the answer"][1:])
    assert np.allclose(points.y[1:], np.maximum(expected, -3), atol=1e-5)
    assert points.y[0] == -3 and points.marker.symbol[0] == "triangle-down-open"


def test_the_second_gradient_is_dotted_and_named():
    figure = drawn(in_step())
    dotted = [t for t in figure.data if t.yaxis == "y2" and t.line.dash == "dot"]
    assert len(dotted) == 1 and np.allclose(dotted[0].y, np.log10(0.5) * np.arange(8, 0, -1), atol=1e-5)
    assert any("dotted: of the last answer" in text.replace("<br>", " ") for text in texts(figure))


def attention_lines(figure):
    forward = theme().forward
    red, green, blue = (int(forward[i : i + 2], 16) for i in (1, 3, 5))
    return [
        t for t in figure.data
        if t.type == "scatter" and t.mode == "lines" and t.line.color.startswith(f"rgba({red},{green},{blue},") and len(t.x) % 17 == 0
    ]  # fmt: skip


def test_attention_is_drawn_where_it_looks_and_not_where_it_is_even():
    scene = translation()
    strong = (scene.attention >= max(0.05, 1.5 / 3)).sum()
    assert sum(len(t.x) // 17 for t in attention_lines(drawn(scene))) == strong > 0
    even = translation()
    even.attention[:] = 1 / 3
    assert attention_lines(drawn(even)) == []


def test_a_chosen_step_makes_its_own_lines_stand_out():
    scene = translation()
    alphas = lambda figure: sorted(float(t.line.color.rsplit(",")[-1][:-1]) for t in attention_lines(figure))  # noqa: E731
    assert alphas(drawn(scene, chosen=3))[-1] > alphas(drawn(scene))[-1]


def test_a_row_that_is_read_stands_out_in_its_picture():
    images = drawn(many_to_one()).layout.images
    assert len(images) == 8 and len({image.source for image in images}) == 8
    assert all(image.sizing == "contain" for image in images)


def test_columns_can_be_clicked_by_their_number():
    bars = [t for t in drawn(many_to_one()).data if t.type == "bar" and t.customdata is not None]
    assert list(bars[0].customdata) == list(range(8))
    assert "puts out 7 with 81.0 %" in bars[0].hovertext[7] and "puts out" not in bars[0].hovertext[0]


def test_no_word_is_interpreted():
    nasty = "<b>x</b>%{y}$a$"
    columns = [Column(nasty, guesses=((nasty, 0.5), ("a", 0.5)), right=nasty, loss=True) for _ in range(3)]
    for width in (300, 900):
        scene = Scene(columns, states(3), halving(3))
        shown = "".join(texts(drawn(scene, width=width))) + "".join(
            str(t.hovertext) for t in drawn(scene, width=width).data
        )
        assert "<b>x" not in shown and "%{y}" not in shown and "$a" not in shown


@pytest.mark.parametrize("length", [1, 2, 30, 120])
def test_any_length_fits(length):
    columns = [Column("w" * 9, guesses=(("other", 0.6), ("city", 0.4)), right="city", loss=True) for _ in range(length)]
    figure = drawn(Scene(columns, states(length), halving(length)))
    assert figure.layout.height < 700


def test_a_shape_without_a_network_is_drawn_too():
    bare = Scene([Column("row", guesses=(("", 0.0),), loss=True)] * 3)
    assert heatmaps(drawn(bare)) == []
