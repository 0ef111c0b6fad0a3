"""The page Generation with the real engine behind it: three models write, are trained, and a knob is turned."""

from __future__ import annotations

import time

import pytest

from explorer.app.generate_setting import UNITS, Generation
from explorer.experiment import from_link, to_link

PATIENCE = 90.0
SMALL = {"corpus": "lee", "width": "16", "layers": "1", "heads": "2", "context": "16", "batch": "4", "merges": "50", "words": "500",
         "steps": "200", "length": "60"}  # fmt: skip


def words(app):
    return "\n".join(one.value for one in (*app.markdown, *app.caption, *app.info, *app.error, *app.warning))


def wait(app, wanted):
    end = time.monotonic() + PATIENCE
    while wanted not in words(app):
        assert time.monotonic() < end, words(app)
        assert not app.exception
        time.sleep(0.05)
        app.run()
    return app


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def test_models_write_from_the_first_moment_and_a_knob_can_be_turned(open_page):
    app = wait(open_page("generation.py", **SMALL), "Words that do not occur in the text it learned from")
    assert "**untrained**" in words(app) and "Nothing is cut" in words(app)
    app.text_input(next(one.key for one in app.text_input if one.label == "Prompt")).set_value("*Fire* [x](http://y)").run()
    press(app, "Step")
    wait(app, "steps 1 / 1 / 1")
    press(app, "Measure")
    wait(app, "of runs of three words")
    assert not app.exception and not app.error


def test_a_link_says_how_models_write_but_not_what_a_visitor_brought():
    now = Generation(corpus="own", text="secret " * 100, prompt="Hello", top_k=5, temperature=1.2)
    link = to_link(now)
    assert link["prompt"] == "Hello" and link["top_k"] == "5" and "text" not in link
    again, notices = from_link(Generation, link)
    assert again.temperature == 1.2 and not notices


def test_the_three_trainings_differ_in_their_pieces_alone():
    found = Generation(width=48, seed=3).trainings()
    assert list(found) == list(UNITS)
    assert len({one.replace(units="words") for one in found.values()}) == 1


def test_sizes_that_a_training_refuses_are_refused_here():
    with pytest.raises(ValueError, match="heads"):
        Generation(width=48, heads=7)
