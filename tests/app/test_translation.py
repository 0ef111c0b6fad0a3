"""The page Translation with the real engine behind it: a search drawn as a tree, questions typed, words carried over."""

from __future__ import annotations

import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.app import translate_search
from explorer.app.process import engine
from explorer.app.translate_controls import shown_for
from explorer.app.translate_setting import TranslateView
from explorer.app.translate_words import hubs_of
from explorer.applications.crosslingual.evaluation import Guess
from explorer.embedding import Vectors
from explorer.experiment import from_link, to_link

PAGE = "translation.py"
TINY = {"hidden": "8", "batch": "4", "steps": "4", "limit": "1000"}


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning, *app.caption, *app.subheader)
    return "\n".join(element.value for element in elements)


def wait(app: AppTest, found) -> AppTest:
    end = time.monotonic() + 60
    while not found(app):
        assert time.monotonic() < end, words(app)
        assert not app.exception, app.exception
        time.sleep(0.25)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def notice(app: AppTest, name: str) -> str:
    key = f"translate:drawn:{name}"
    return " ".join(app.session_state[key][2]) if key in app.session_state else ""


def test_a_network_is_trained_asked_and_compared(open_page, monkeypatch):
    monkeypatch.setattr(translate_search, "QUESTIONS", 3)
    app = open_page(PAGE, **TINY, typed="428", width="3")
    wait(app, lambda app: notice(app, "tree"))
    kept = app.session_state["translate:answered"][1]
    assert kept.right == "vierhundertachtundzwanzig" and kept.tree.width == 3
    press(app, "Play")
    run, end = app.session_state["translate:run"], time.monotonic() + 60
    while engine().frames_since(run.name, app.session_state["visit"]).state != "finished":
        assert time.monotonic() < end
        time.sleep(0.1)
    press(app, "Ask them all")  # the page was drawn earlier, the network has learned since
    assert app.session_state["translate.search:step"] == 4
    wait(app, lambda app: "Of 3 held-out questions" in notice(app, "worth"))
    assert "**finished**" in words(app) and "held-out" in notice(app, "loss") and not app.exception


def test_what_cannot_be_read_is_said(open_page):
    app = wait(open_page(PAGE, **TINY, typed="🙂 سبعة"), lambda app: app.warning)
    assert not app.exception and "has never read" in app.warning[0].value
    app = wait(open_page(PAGE, **TINY, typed="5000"), lambda app: app.warning)
    assert "below 1,000" in app.warning[0].value.replace("\\", "")


def test_dates_are_looked_at_one_by_one(open_page):
    app = wait(open_page(PAGE, view="dates", hidden="8", steps="6", example="3"), lambda app: notice(app, "tree"))
    assert len(app.session_state["translate:answered"][1].right) == len("2021-07-04") and not app.exception


def test_the_twenty_pairs_are_tested_at_once(open_page):
    app = wait(open_page(PAGE, view="words", word="dog"), lambda app: "of 20 words" in notice(app, "precision"))
    assert "14 of 20" in notice(app, "precision") and "20 of 20" in notice(app, "precision")
    assert "“cane”" in notice(app, "lookup") and not app.exception


def test_a_word_with_two_translations_is_asked_once():
    found = [{"nearest": "x", "csls": "x"}, {"nearest": "y", "csls": "z"}]
    guesses = [Guess("a", "x", found[0]), Guess("a", "w", found[0]), Guess("b", "y", found[1])]
    assert hubs_of(guesses) == "By the plain cosine no word is the answer twice."


def test_two_files_of_ones_own(open_page):
    generator = np.random.default_rng(0)
    matrix = generator.normal(size=(150, 6))
    turn, _ = np.linalg.qr(generator.normal(size=(6, 6)))
    shelf = {"one": Vectors([f"w{i}" for i in range(150)], matrix, name="one"),
             "other": Vectors([f"w{i}" for i in range(150)], matrix @ turn, name="other")}  # fmt: skip
    app = open_page(PAGE, view="words")
    app.session_state["shelf"] = shelf
    app.session_state["translate:first"], app.session_state["translate:second"] = "one", "other"
    app.query_params["files"] = "own"
    app.run()
    wait(app, lambda app: any(button.label == "Test the dictionary" for button in app.button))
    assert "150 pairs" in words(app)
    wait(press(app, "Test the dictionary"), lambda app: "150 of 150" in notice(app, "precision"))
    assert "word" not in app.query_params and not app.exception


@pytest.mark.parametrize(
    "view", [TranslateView(view="dates", cell="gru", example=4), TranslateView(view="words", group="numbers")]
)
def test_a_link_leads_back(view):
    assert from_link(TranslateView, to_link(view)) == (view, [])
    assert not view.writes or shown_for(view.training()).training() == view.training()
