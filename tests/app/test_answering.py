"""The page "Question answering" without a browser: found and not found, the small world, strange stories."""

import time

import numpy as np
import pytest

from explorer.app.answer_measured import table
from explorer.app.answer_setting import AnsweringView
from explorer.app.answer_world import stuck_hint
from explorer.applications.answering.measured import measured
from explorer.applications.answering.world_experiment import WorldExperiment
from explorer.experiment import from_link, to_link
from explorer.figures.answer_map import Piece, answer_map, map_notice
from explorer.figures.answer_reasons import calibration_notice, calibration_plot, candidate_bars, evidence_bars
from explorer.figures.answer_world import Column, Given, answer_world, world_notice
from explorer.figures.palette import theme

FILE = "answering.py"


def texts(app):
    return " ".join(one.value for kind in (app.markdown, app.caption, app.info, app.error) for one in kind).replace("\\", "").replace("\u2060", "")


def test_an_answer_is_marked_and_a_missing_one_is_said_to_be_missing(open_page):
    app = open_page(FILE)
    assert not app.exception and "## 250,000" in texts(app) and "% sure · from" in texts(app)
    assert ":orange-background[**250,000**]" in texts(app) and "a number, for it asks how much or how many" in texts(app)
    for question, said in (("Who painted the Mona Lisa?", "## Not found"), (" ", "Type a question"), ("<b>*x*</b> [a](http://b.c)?", "## Not found")):
        next(one for one in app.text_input if one.label == "Question").set_value(question).run()
        assert not app.exception and said in texts(app)
        assert "<b>" not in " ".join(one.value for one in app.markdown).replace("\\<", "")


def test_the_small_world_is_learned_and_answers_a_story_of_ones_own(open_page):
    app = open_page(FILE, view="world", length="4", steps="5")
    patience = time.monotonic() + 60
    while "step 0" not in texts(app):
        assert time.monotonic() < patience and not app.exception
        app.run()
    next(button for button in app.button if button.label == "Step").click().run()
    while "step 1" not in texts(app):
        assert time.monotonic() < patience and not app.exception
        app.run()
    app.text_area[0].set_value("Mary flew <b>home</b>").run()
    assert not app.exception and "is no sentence of this world" in texts(app)
    app.text_area[0].set_value("Mary went to the garden\nJohn went to the office").run()
    assert not app.exception and "Needed (●): “Mary went to the garden”" in texts(app)


def test_a_hint_names_what_helps():
    two = AnsweringView(needs="two")
    assert "Shown what matters" in stuck_hint(two, 1000, 0.5) and stuck_hint(two, 999, 0.5) == "" == stuck_hint(two, 1000, 0.7)
    assert "two looks" in stuck_hint(two.replace(hops=1, shown=True), 1000, 0.5) and stuck_hint(two.replace(shown=True), 1000, 0.5) == ""


def test_links_carry_world_and_question():
    shown = AnsweringView(view="world", needs="two", shown=True, story=3)
    assert from_link(AnsweringView, to_link(shown)) == (shown, []) and to_link(AnsweringView()) == {"view": "ask"}
    assert shown.training("gru") == WorldExperiment(needs="two", reader="gru") and shown.training("attention").shown


def test_the_table_counts_what_is_shipped():
    made = measured()
    found = table(made)
    assert found["counted on"][:4] == [str(made.answerable.sum())] * 3 + [str((~made.answerable).sum())]
    assert found["share"][1] == f"{100 * made.right[made.answerable].mean():.0f} %"
    assert "rightly refused" in calibration_notice(made.chances(), made.right, made.answerable, 0.5)


def test_pictures_of_an_answer():
    pieces = [Piece(0, 0, 10, "<b>a</b>", 0.9, 0), Piece(0, 11, 30, "b", 0.2, 2), Piece(1, 0, 25, "c", 0.5, 1)]
    figure = answer_map(["One", "Two"], pieces, theme(), chosen=0)
    assert list(figure.data[0].base) == [0, 11, 0] and list(figure.data[0].x) == [10, 19, 25] and "<b>a" not in figure.data[0].hovertext[0]
    assert "0.40 ahead of the next" in map_notice(["One", "Two"], pieces) and map_notice([], []) == ""
    assert map_notice(["One", "Two"], pieces, 1).endswith("Marked is number 2, for its words.") and "Marked" not in map_notice(["One", "Two"], pieces, 0)
    bars = candidate_bars([("x", 0.5, 0.1, 0.9), ("y", 0.2, 0.0, 0.7)], theme())
    assert bars.data[0].base + bars.data[0].x[1] == pytest.approx(0.7)
    assert list(evidence_bars({"a": 1.0, "b": -2.0}, {"a": "A", "b": "B"}, theme()).data[0].x) == [1.0, -2.0]
    assert list(calibration_plot([(0.1, 0.0, 4), (0.9, 1.0, 9)], theme()).data[0].y) == [0.0, 1.0]
    assert len(calibration_plot([], theme()).data[0].x) == 0 and len(candidate_bars([], theme()).data[0].x) == 0


def test_the_picture_of_a_story():
    columns = [Column("gru", "GRU", np.array([0.2, 0.8])), Column("attention", "look", np.array([0.9, 0.1]))]
    figure = answer_world(["a", "b"], "Where?", (0,), columns, [Given("attention", "Attention", "garden", 0.7, True)], theme())
    assert figure.data[1].z.ravel() == pytest.approx([0.9, 0.1]) and len(figure.layout.shapes) == 1
    assert any("✓ garden" in (note.text or "") for note in figure.layout.annotations)
    assert "attention is at all of what is needed" in world_notice(["a", "b"], (0,), columns)
    assert "none of what is needed" in world_notice(["a", "b"], (1,), columns)
