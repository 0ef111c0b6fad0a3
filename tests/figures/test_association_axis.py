import itertools

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.embedding import Vectors, associate, pretrained
from explorer.embedding.association_words import GROUPS, Group, Groups
from explorer.figures.association_axis import (
    LETTER,
    association_axis,
    association_notice,
    lanes_of,
    limits_notice,
    shown,
)
from explorer.figures.palette import DARK, LIGHT
from tests.figures.examples import texts


@pytest.fixture(scope="module")
def flowers():
    return associate(pretrained(), GROUPS["flowers"])


@pytest.fixture(scope="module")
def maths():
    return associate(pretrained(), GROUPS["maths"])


def test_every_word_stands_at_its_place_on_its_groups_side(flowers):
    figure = association_axis(flowers, LIGHT)
    go.Figure(figure.to_dict())
    above, mean_above, below, mean_below = figure.data
    np.testing.assert_allclose(above.x, flowers.scores[0])
    np.testing.assert_allclose(below.x, flowers.scores[1])
    assert (np.asarray(above.y) > 0).all() and (np.asarray(below.y) < 0).all()
    assert mean_above.x[0] == pytest.approx(flowers.scores[0].mean()) and mean_below.x[0] == pytest.approx(flowers.scores[1].mean())
    ends = texts(figure)
    assert "← nearer to unpleasant" in ends and "nearer to pleasant →" in ends


def test_words_of_a_line_do_not_touch():
    generator = np.random.default_rng(0)
    places, letters, size = generator.uniform(0, 300, 30), generator.integers(3, 12, 30), 13
    lanes, half = lanes_of(places, letters, size), LETTER * letters * size / 2
    for lane in set(lanes):
        line = sorted(np.flatnonzero(lanes == lane), key=lambda i: places[i])
        assert all(places[i] + half[i] < places[j] - half[j] for i, j in itertools.pairwise(line))
    assert lanes.max() < 12


def test_sentences_say_how_far_how_likely_and_what_it_rests_on(flowers, maths):
    said = association_notice(maths)
    assert "“mathematics” lie nearer to “male terms” than “arts” do" in said and "1.50 standard deviations" in said
    others = round(maths.p * 12870) - 1
    assert f"Of all 12,870 ways to divide the same words into two such groups, {others} others put them as far" in said
    assert "100,000 random ways" in association_notice(flowers)
    said = limits_notice(flowers)
    assert "24 and 25 words, placed by 25 and 25 others" in said and "1 of the words given has no vector: “gladiola”" in said
    assert "no vector" not in limits_notice(maths)


def test_a_p_that_random_ways_cannot_tell_is_a_bound(flowers, maths):
    assert shown(maths) == "0.00023"
    weapons = associate(pretrained(), GROUPS["instruments"])
    assert shown(weapons) == "≤ 0.00001" and "p ≤ 0.00001" in association_notice(weapons)
    assert shown(flowers).startswith("0.0000")


def test_groups_that_lie_the_other_way_are_named_the_other_way():
    turned = GROUPS["maths"]._replace(one=GROUPS["maths"].other, other=GROUPS["maths"].one)
    assert "“mathematics” lie nearer to “male terms” than “arts” do" in association_notice(associate(pretrained(), turned))


def test_hostile_words_and_flat_scores():
    words = ["<b>x</b>", "$y$", "%{z}", "c", "p", "q", "r", "s"]
    asked = Groups("t", *(Group(f"<i>{i}</i>", tuple(words[2 * i : 2 * i + 2])) for i in range(4)))
    figure = association_axis(associate(Vectors(words, np.random.default_rng(0).normal(size=(8, 3))), asked), DARK)
    go.Figure(figure.to_dict())
    seen = " ".join(texts(figure)) + " ".join(str(trace.hovertext) for trace in figure.data)
    assert not any(word in seen for word in (*words[:3], "<i>"))
    flat = associate(Vectors(words, np.ones((8, 3))), asked)
    go.Figure(association_axis(flat, LIGHT).to_dict())
    assert association_notice(flat) == "All words score alike: there is nothing to compare."
