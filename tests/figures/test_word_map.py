"""The map and the small pictures beside it: every point where it belongs, words as words, names that do not overlap."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.group_list import group_list
from explorer.figures.map_axes import Axis
from explorer.figures.map_colours import by_group, by_loss, by_number, by_rank
from explorer.figures.map_names import NOWHERE, SIDES, Window, around, name_sides
from explorer.figures.map_sentences import (
    agreement_sentence,
    component_sentence,
    map_sentence,
    trust_line,
    word_sentence,
)
from explorer.figures.mapped import Mapped
from explorer.figures.near_words import Near, near_words, shared
from explorer.figures.palette import DARK, LIGHT, theme
from explorer.figures.six_maps import six_maps
from explorer.figures.variance_bars import variance_bars
from explorer.figures.word_map import GROUP, NAME, SHARP, word_map
from explorer.figures.word_space import in_space, word_space
from tests.figures.examples import texts

HOSTILE = ("<b>king</b>", "%{x}", "$x^2$", "<a href='https://evil.example'>a</a>", "&amp;", "\t", "x" * 300)


def mapped(n: int = 40, dimensions: int = 2, **more) -> Mapped:
    places = np.random.default_rng(0).normal(size=(n, dimensions)).astype(np.float32)
    words = tuple(f"word{i}" for i in range(n))
    return Mapped(words, places, np.arange(11, 11 + n, dtype=np.int32), **more)


def ranks(n: int = 40):
    return by_rank(n, np.arange(n), n)


def valid(figure: go.Figure) -> go.Figure:
    """The figure itself, once plotly has found nothing wrong with it."""
    go.Figure(figure.to_dict())
    return figure


def points(figure: go.Figure) -> list:
    return [trace for trace in figure.data if trace.customdata is not None and trace.text is not None]


def test_every_word_stands_at_its_place_and_is_told_by_its_number():
    shown = mapped()
    trace = points(valid(word_map(shown, ranks(), LIGHT)))[0]
    assert np.array_equal(trace.x, shown.places[:, 0]) and np.array_equal(trace.y, shown.places[:, 1])
    assert np.array_equal(trace.customdata, shown.numbers) and trace.text[3] == "word3"
    assert trace.x.dtype == np.float32 and trace.type == "scatter"


def test_many_points_are_drawn_by_the_graphics_card_and_shine_through_the_paper():
    few, many = (word_map(mapped(n), ranks(n), LIGHT) for n in (SHARP, SHARP + 1))
    assert [points(figure)[0].type for figure in (few, many)] == ["scatter", "scattergl"]
    assert few.layout.paper_bgcolor == LIGHT.background and many.layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert sum(trace.type == "scattergl" for trace in many.data) == 1


def test_lines_lead_from_the_chosen_word_to_what_was_kept_and_what_was_torn():
    shown = mapped(chosen=0, kept=np.array([3, 4]), torn=np.array([7]))
    figure = valid(word_map(shown, ranks(), LIGHT))
    quiet, red = [trace for trace in figure.data if trace.mode == "lines"]
    assert red.x[:2] == pytest.approx(shown.places[[0, 7], 0]) and red.y[:2] == pytest.approx(shown.places[[0, 7], 1])
    assert "rgba(179,38,30" in red.line.color and LIGHT.warning == "#B3261E"
    assert len(quiet.x) == 6 and np.isnan(quiet.x[2]) and quiet.x[4] == shown.places[4, 0]
    assert not [trace for trace in word_map(mapped(), ranks(), LIGHT).data if trace.mode == "lines"]


def test_the_chosen_word_is_written_and_torn_ones_in_red():
    shown = mapped(chosen=39, torn=np.array([38]), names=5)
    names = word_map(shown, ranks(), LIGHT).data[-1]
    at = list(names.text).index("<b>word39</b>")
    assert names.textfont.size[at] == GROUP and names.textfont.color[at] == LIGHT.ink
    torn = list(names.text).index("word38")
    assert names.textfont.color[torn] == LIGHT.warning and names.textfont.size[torn] == NAME
    assert len(names.text) <= 5 + 1


def boxes(figure: go.Figure, width: float, height: float) -> list[tuple]:
    """What the written names cover, in pixels."""
    names, (x0, x1), (y0, y1) = figure.data[-1], figure.layout.xaxis.range, figure.layout.yaxis.range
    found = []
    for x, y, text, side, size in zip(
        names.x, names.y, names.text, names.textposition, names.textfont.size, strict=True
    ):
        px, py = (x - x0) / (x1 - x0) * width, (y - y0) / (y1 - y0) * height
        wide, tall = 0.5 * size * len(text.replace("<b>", "").replace("</b>", "")), size
        left = px - wide / 2 if side.endswith("center") else px if side.endswith("right") else px - wide
        low = py if side.startswith("top") else py - tall if side.startswith("bottom") else py - tall / 2
        found.append((left, low, left + wide, low + tall))
    return found


@pytest.mark.parametrize("scale", [1.0, 1.35])
def test_names_do_not_overlap(scale):
    shown = mapped(600, names=200)
    colours = theme(scale=scale)
    figure = word_map(shown, ranks(600), colours, width=640, height=470)
    margin = figure.layout.margin
    found = boxes(figure, 640 - margin.l - margin.r, 470 - margin.t - margin.b)
    assert len(found) > 40
    for (a, b, c, d), (e, f, g, h) in combinations(found, 2):
        assert c <= e + 2 or g <= a + 2 or d <= f + 2 or h <= b + 2


def test_zoomed_in_other_names_find_room():
    shown = mapped(2000, names=300)
    whole = {*word_map(shown, ranks(2000), LIGHT).data[-1].text}
    window = Window((-0.2, 0.2), (-0.2, 0.2), 600, 400)
    near = {*word_map(shown, ranks(2000), LIGHT, window=window).data[-1].text}
    inside = (np.abs(shown.places) <= 0.2).all(axis=1)
    assert near <= {shown.words[i] for i in np.flatnonzero(inside)}
    assert len(near - whole) > 10


def test_name_sides_take_the_first_free_side_and_stop_at_the_most():
    window = Window((0, 100), (0, 100), 100, 100)
    places = np.array([[50.0, 50], [50, 52], [50, 48], [52, 50], [10, 10], [200, 50]])
    sides = name_sides(window, places, [3] * 6, np.full(6, 10.0), np.arange(6), most=10)
    assert SIDES[sides[0]] == "top center" and sides[1] != sides[0] and sides[5] == NOWHERE
    few = name_sides(window, places, [3] * 6, np.full(6, 10.0), np.arange(6), most=1)
    assert (few >= 0).sum() == 1
    forced = name_sides(window, places, [3] * 6, np.full(6, 10.0), np.arange(6), most=0, first=4)
    assert (forced[:4] >= 0).all() and forced[4] == NOWHERE
    assert not len(name_sides(window, np.empty((0, 2)), [], np.empty(0), [], 5))


def test_equal_axes_have_one_scale():
    places = np.array([[0.0, 0], [10, 1]], dtype=np.float32)
    window = around(places, 600, 300, equal=True)
    across, up = ((one[1] - one[0]) for one in (window.x, window.y))
    assert across / 600 == pytest.approx(up / 300) and window.x[0] < 0 < 10 < window.x[1]
    free = around(places, 600, 300, equal=False)
    assert free.y[1] - free.y[0] == pytest.approx(1.12)
    assert around(np.full((1, 2), 3.0), 10, 10, equal=False).x[0] < 3
    figure = word_map(mapped(), ranks(), LIGHT)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert word_map(mapped(equal=False), ranks(), LIGHT).layout.yaxis.scaleanchor is None


def test_the_caption_and_the_axes_are_part_of_the_picture():
    axes = (Axis("component 1 · 8.2 %", ("scored", "won"), ("policy",)), Axis("paris - <i>france</i>", ("a",), ("b",)))
    shown = mapped(axes=axes, caption=["PCA of GloVe 6B " + "and so on " * 20, "trust 0.7"])
    figure = valid(word_map(shown, ranks(), LIGHT))
    said = " ".join(texts(figure))
    for part in (
        "component 1 · 8.2 %",
        "‹ scored, won",
        "policy ›",
        "PCA of GloVe 6B",
        "trust 0.7",
        "paris - &lt;i&gt;france",
    ):
        assert part in said
    caption = figure.layout.annotations[-1]
    assert 3 <= caption.text.count("<br>") + 1 <= 5 and figure.layout.margin.b == 70
    assert word_map(mapped(), ranks(), LIGHT).layout.margin.b < 15


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("dimensions", [2, 3])
def test_words_are_never_markup(colours, dimensions):
    n = len(HOSTILE)
    places = np.eye(n, dimensions, dtype=np.float32)
    added = (("<i>new</i>",), np.ones((1, dimensions)))
    shown = Mapped(
        HOSTILE, places, np.arange(1, n + 1, dtype=np.int32), chosen=1, added=added[0], added_places=added[1]
    )
    draw = word_map if dimensions == 2 else word_space
    figure = valid(draw(shown, by_group("g", np.arange(n), HOSTILE), colours))
    for text in texts(figure):
        left = text.replace("<b>", "").replace("</b>", "").replace("<br>", "").replace("<extra></extra>", "")
        assert "<" not in left and ("$" not in left or dimensions == 3) and len(left) < 90
        # Only a template is read for variables; in space names are no templates.
        assert dimensions == 3 or "%{" not in left.replace("%{text}", "").replace("%{customdata:,d}", "")


def test_in_space_there_are_no_tags_and_no_entities():
    assert in_space("n't") == "n't" and in_space("<b>x</b>") == "‹b›x‹/b›" and in_space("R&D") == "R&D"


def test_a_map_in_space_has_all_points_and_its_own_axes():
    shown = mapped(
        30, 3, axes=tuple(Axis(f"component {k}", ("a",), ("b",)) for k in (1, 2, 3)), chosen=2, torn=np.array([4])
    )
    figure = valid(word_space(shown, ranks(30), LIGHT))
    trace = points(figure)[0]
    assert np.array_equal(trace.z, shown.places[:, 2]) and np.array_equal(trace.customdata, shown.numbers)
    assert "component 3" in figure.layout.scene.zaxis.title.text
    red = [line for line in figure.data if line.mode == "lines"][1]
    assert red.z[:2] == pytest.approx(shown.places[[2, 4], 2])


def test_groups_have_colours_of_their_own_and_are_named_in_their_midst():
    labels = np.repeat([0, 1, -1], [20, 15, 5])
    figure = word_map(mapped(), by_group("kind", labels, ["people", "places"]), LIGHT)
    unknown, known = points(figure)
    assert len(unknown.x) == 5 and len(known.x) == 35
    assert known.marker.colorscale[0][1] == LIGHT.category(0) and known.marker.cmax == 1.5
    names = figure.data[-1]
    at = list(names.text).index("<b>people</b>")
    assert names.x[at] == pytest.approx(np.median(mapped().places[:20, 0])) and names.textfont.color[
        at
    ] == LIGHT.category(0)


def test_after_eight_groups_the_sign_changes():
    figure = valid(word_map(mapped(), by_group("g", np.arange(40) % 10, [f"g{i}" for i in range(10)]), LIGHT))
    symbols = np.asarray(points(figure)[0].marker.symbol)
    assert set(symbols[np.arange(40) % 10 < 8]) == {0} and set(symbols[np.arange(40) % 10 >= 8]) == {2}


def test_scales_say_what_their_ends_are():
    kept = np.linspace(0, 1, 40)
    lost = points(word_map(mapped(), by_loss(kept, 10), LIGHT))[0].marker
    assert lost.color == pytest.approx(1 - kept, abs=1e-6) and list(lost.colorbar.ticktext) == ["all 10", "none"]
    assert lost.colorscale[-1][1] == LIGHT.warning
    own = points(valid(word_map(mapped(), by_number("valence", np.linspace(-2, 3, 40)), LIGHT)))[0].marker
    assert (own.cmin, own.cmax) == (-2, 3) and own.colorbar.title.text == "valence"
    assert by_number("x", np.full(3, np.nan)).low == 0 and by_number("x", np.full(3, 7.0)).high == 8


def test_six_maps_each_have_axes_and_every_word():
    maps = np.random.default_rng(1).normal(size=(6, 50, 2)).astype(np.float32)
    shown = mapped(50)
    figure = valid(
        six_maps(
            maps,
            [f"seed {i}" for i in range(6)],
            ranks(50),
            shown.words,
            shown.numbers,
            LIGHT,
            caption=["t-SNE"],
            chosen=7,
        )
    )
    places = [trace for trace in figure.data if trace.customdata is not None]
    assert [trace.xaxis for trace in places] == ["x", "x2", "x3", "x4", "x5", "x6"]
    assert np.array_equal(places[4].y, maps[4, :, 1])
    rings = [trace for trace in figure.data if trace.customdata is None]
    assert len(rings) == 6 and rings[5].x[0] == maps[5, 7, 0]
    assert "seed 5" in " ".join(texts(figure)) and "t-SNE" in " ".join(texts(figure))
    lows = [figure.layout[f"yaxis{k}"].domain[0] for k in ("", "4")]
    assert lows[0] > lows[1]


def test_bars_tell_the_components_that_are_shown():
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    figure = valid(variance_bars(shares, [0, 2], LIGHT))
    assert figure.data[0].y == pytest.approx(shares) and list(figure.data[0].x) == [1, 2, 3, 4]
    assert [note.text for note in figure.layout.annotations] == ["40.0 %", "20.0 %"]
    assert [colour == LIGHT.forward for colour in figure.data[0].marker.color] == [True, False, True, False]


def near(words: list[str], numbers: list[int], on_map=None) -> Near:
    on_map = np.ones(len(words), dtype=bool) if on_map is None else np.array(on_map)
    return Near(words, np.linspace(0.9, 0.5, len(words)), np.array(numbers, dtype=np.int32), on_map)


def test_the_same_word_in_both_lists_is_joined():
    left, right = near(["a", "b", "<i>"], [5, 6, 7], [True, False, True]), near(["b", "x", "a"], [6, 9, 5])
    assert shared(left, right) == [(0, 2), (1, 0)]
    figure = valid(near_words(left, right, LIGHT))
    lines = figure.data[0]
    assert list(lines.y[[0, 1, 3, 4]]) == [0, 2, 1, 0]
    names = [trace for trace in figure.data if trace.customdata is not None]
    assert list(names[0].customdata) == [5, 6, 7] and names[0].text[2] == "&lt;i&gt;"
    assert list(names[0].textfont.color) == [LIGHT.ink, LIGHT.quiet, LIGHT.ink]


def test_the_list_of_groups_is_a_key():
    figure = valid(group_list([("king", "queen"), ("<b>paris</b>",)], [20, 1500], LIGHT))
    assert list(figure.data[0].marker.color) == [LIGHT.category(0), LIGHT.category(1)]
    assert list(figure.data[1].text) == ["<b>king</b>, queen", "<b>&lt;b&gt;paris&lt;/b&gt;</b>"]
    assert list(figure.data[2].text) == ["20", "1,500"] and list(figure.data[0].customdata) == [0, 1]


def test_sentences_tell_the_numbers():
    told = map_sentence(4.1, 10, np.array([0.0, 0.0, 0.5, 1.0]))
    assert "keeps 4.1 near" in told and "50 % of the words" in told and "not one for 50 %" in told and "regions" in told
    assert "what they seem" in map_sentence(7.0, 10, np.array([0.7]))
    assert map_sentence(0, 0, np.empty(0)) == ""
    assert word_sentence("king", ["queen"], ["prince", "son"]) == (
        "“king” keeps 1 of 3; the red lines lead to “prince”, “son”, which the map tore away."
    )
    assert word_sentence("king", ["queen"], []) == "“king” keeps all 1 of its true neighbours near."
    assert "and 1 more" in word_sentence("a", [], ["b", "c", "d", "e"])
    assert component_sentence(np.array([0.1, 0.05]), [0, 1]) == (
        "Components 1 and 2 hold 15.0 % of the variance. The rest is not on this map."
    )
    assert "Component 1 holds 100.0 %" in component_sentence(np.array([1.0, 0.0]), [0, 0])
    assert "shares 5.2 of its 10" in agreement_sentence(5.2, 10, 6) and agreement_sentence(5, 10, 1) == ""
    line = trust_line(0.4, 10, 0.0083, "cosine", 0.689, 250, 2000)
    assert (
        line
        == "of 10 true neighbours (cosine) the map keeps 0.4 near, by chance 0.008 · trustworthiness 0.69 (of 250 words)"
    )
    assert (
        "trust" not in trust_line(0.4, 10, 0.05, "euclidean", float("nan"), 0, 9)
        and trust_line(0, 0, 0, "cosine", 0, 0, 0) == ""
    )


def test_a_map_without_words_is_still_a_picture():
    empty = Mapped((), np.empty((0, 2), dtype=np.float32), np.empty(0, dtype=np.int32))
    valid(word_map(empty, by_rank(0, np.empty(0), 0), LIGHT))
