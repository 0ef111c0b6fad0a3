import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.embedding import Vectors, analogy, pretrained
from explorer.embedding.parallelogram import parallelogram
from explorer.figures.analogy_marks import Question
from explorer.figures.analogy_notices import doubt_notice, expected_notice, plane_notice
from explorer.figures.analogy_plane import analogy_plane
from explorer.figures.palette import DARK, LIGHT
from tests.figures.examples import texts

FEW = pretrained().head(20_000)
WORDS = ("man", "king", "woman")


def question(words=WORDS, expected="queen", vectors=FEW, n=8) -> Question:
    found = analogy(vectors, *words, n=n)
    return Question(words, parallelogram(vectors, *words, found.rows), found.scores, expected)


def test_the_picture_holds_the_exact_plane():
    asked = question()
    figure = analogy_plane(asked, LIGHT)
    go.Figure(figure.to_dict())
    outline, answers, own, corner, *_ = figure.data
    np.testing.assert_allclose(np.c_[own.x, own.y], asked.shape.corners[:3])
    np.testing.assert_allclose(np.c_[corner.x, corner.y], asked.shape.corners[3:])
    np.testing.assert_allclose(np.c_[answers.x, answers.y], asked.shape.places)
    np.testing.assert_allclose(np.c_[outline.x, outline.y][[0, 1, 2, 3]], asked.shape.corners[[0, 1, 3, 2]])
    assert figure.layout.yaxis.scaleanchor == "x" and figure.layout.yaxis2.scaleanchor == "x2"
    pointed = [note for note in figure.layout.annotations if note.showarrow]
    assert [(note.ax, note.x) for note in pointed] == [
        pytest.approx((asked.shape.corners[i, 0], asked.shape.corners[j, 0])) for i, j in ((0, 1), (2, 3))
    ]


def test_the_side_shows_distances_and_what_would_beat_the_answer():
    asked = question()
    *_, circle, answers, own, _ = analogy_plane(asked, LIGHT).data
    np.testing.assert_allclose(np.hypot(answers.x, answers.y), asked.shape.distances)
    assert np.hypot(circle.x, circle.y).max() == pytest.approx(asked.shape.distances[0])
    assert list(own.text) == ["<b>king</b>"] and own.x[0] == pytest.approx(asked.shape.sides[1])
    assert own.x[0] < asked.shape.distances[0] and own.y[0] == 0


def test_the_first_is_bold_and_the_expected_has_a_tick():
    names = list(analogy_plane(question(expected="prince"), DARK).data[1].text)
    assert names[0] == "<b>queen</b>" and "prince ✓" in names
    hover = analogy_plane(question(), LIGHT).data[1].hovertext[0]
    assert "3CosAdd 0.852" in hover and "in the plane" in hover


HOSTILE = ["<b>x</b>", "%{y}", "$z$", "<img src=x>"]


def test_words_are_never_markup():
    vectors = Vectors(HOSTILE, np.random.default_rng(0).normal(size=(4, 5)))
    figure = analogy_plane(question(tuple(HOSTILE[:3]), HOSTILE[3], vectors), LIGHT)
    shown = " ".join(texts(figure)) + " ".join(str(trace.hovertext) for trace in figure.data)
    assert not any(word in shown for word in HOSTILE)


@pytest.mark.parametrize("words", [("man", "man", "woman"), ("man", "king", "man"), ("man", "man", "man")])
def test_questions_that_span_no_plane_are_drawn(words):
    figure = analogy_plane(question(words), LIGHT)
    assert all(np.isfinite(np.asarray(trace.x, dtype=float)).all() for trace in figure.data)


def test_a_vocabulary_without_answers():
    vectors = Vectors(["a", "b", "c"], np.eye(3))
    asked = question(("a", "b", "c"), "", vectors)
    go.Figure(analogy_plane(asked, LIGHT).to_dict())
    assert plane_notice(asked.words, asked.shape) == "There is no word left that could be an answer."


def test_sentences_say_what_wins_and_why():
    asked = question()
    said = plane_notice(WORDS, asked.shape)
    assert "“queen”, 0.54 away: 0.48 off the plane, 0.24 within" in said
    assert "“king” is nearer, 0.48: exactly as far as “man” is from “woman”" in said
    strict, loose = analogy(FEW, *WORDS), analogy(FEW, *WORDS, exclude=False)
    assert "would be “king”. Simply the word nearest to “woman” would be “girl”" in doubt_notice(
        WORDS, strict, loose, "girl"
    )
    assert "“man” and “king” add nothing" in doubt_notice(WORDS, strict, loose, "queen")
    assert "also win" in doubt_notice(WORDS, strict, strict, "girl")
    first, tenth = (strict.standing(int(strict.rows[i])) for i in (0, 9))
    assert expected_notice("queen", strict, first) == "The expected “queen” wins, 0.086 ahead of “throne”."
    assert "rank 10" in expected_notice(strict.words[9], strict, tenth) and "behind “queen”" in expected_notice(
        "x", strict, tenth
    )
    assert "barred" in expected_notice("king", strict, None)
    four = Vectors(["a", "b", "c", "d"], np.eye(4))
    alone = analogy(four, "a", "b", "c")
    assert "the only word left" in expected_notice("d", alone, alone.standing(3))


def test_the_nearest_of_a_questions_own_words_is_named():
    words = ("good", "better", "bad")
    said = plane_notice(words, question(words).shape)
    assert "“bad” is nearer" in said and "“good” is from “better”" in said
