"""Train live with the real engine behind it: what happens after the first frame, and when things go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.presets import PRESETS
from explorer.app.process import engine

PATIENCE = 60.0
SMALL = {"task": "rose", "hidden": "4", "batch": "2", "steps": "20"}


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning)
    return "\n".join(element.value for element in elements)


def wait(app: AppTest, found: Callable[[str], bool]) -> AppTest:
    end = time.monotonic() + PATIENCE
    while not found(words(app)):
        assert time.monotonic() < end, words(app)
        assert not app.exception
        time.sleep(0.1)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    found = [button for button in app.button if button.label == label]
    assert found, f"no {label} among {[button.label for button in app.button]}: {words(app)}"
    return found[0].click().run()


def slide(app: AppTest, label: str, value: float) -> AppTest:
    return next(one for one in (*app.select_slider, *app.slider) if one.label.endswith(label)).set_value(value).run()


def finished(open_page) -> AppTest:
    app = wait(open_page("train_live.py", **SMALL), lambda text: "**untrained**" in text)
    press(app, "Play")
    return wait(app, lambda text: "**finished**" in text)


def test_own_text_that_is_not_there_yet_is_asked_for(open_page):
    app = open_page("train_live.py", task="characters", corpus="own")
    wait(app, lambda text: "no text of your own" in text.replace("\\", ""))
    assert not app.exception


def test_own_text_that_is_too_short_says_what_would_fit(open_page):
    app = open_page("train_live.py", task="characters", corpus="own", length="50")
    app.text_area[0].set_value("too short a text").run()
    wait(app, lambda text: "at least 153" in text)
    assert not app.exception


REVIEWS = "text,label\n" + "".join(f"this film number {k} is {'fine' if k % 2 else 'dull'},{k % 2}<b>\n" for k in range(48))


def bring(app: AppTest, content: bytes) -> AppTest:
    """Upload a file of one's own in the sidebar."""
    uploader = next(one for one in app.file_uploader if ".csv" in one.label)
    return uploader.upload("mine.csv", content, "text/csv").run()


def test_own_labelled_texts_are_asked_for_read_and_learned_from(open_page):
    app = open_page("train_live.py", task="sentiment", opinions="own", steps="30")
    wait(app, lambda text: "no texts of your own" in text.replace("\\", ""))
    bring(app, REVIEWS.encode())
    app = wait(app, lambda text: "**untrained**" in text)
    said = "\n".join(caption.value for caption in app.caption)
    assert "48 texts, kept in memory only" in said and "<b>" not in said.replace("\\<b\\>", "")
    assert "learns from 36 texts and is judged on 12" in words(app).replace("\\", "")
    press(app, "Play")
    app = wait(app, lambda text: "**finished**" in text)
    assert "95 % range" in words(app)
    assert not app.exception and "reviews" not in app.query_params


def test_a_file_of_labelled_texts_that_cannot_be_read_says_why_and_the_one_before_stays(open_page):
    app = bring(open_page("train_live.py", task="sentiment", opinions="own", steps="30"), REVIEWS.encode())
    wait(app, lambda text: "**untrained**" in text)
    bring(app, b"review,stars\nfine,5\n")
    assert "must name the columns text and label" in words(app).replace("\\", "")
    assert len(app.session_state["train:values"]["reviews"]) == 48 and not app.exception


TYPED = {
    "kinds": ("Zanzibar", "“r”", "ж"),
    "topics": ("the army and the navy", "“navy”", "war " * 41),
    "sentiment": ("a funny film", "“film”", "film " * 61),
    "tagging": ("Lima is a city.", "is a city .”", "city " * 61),
    "order": ("abCdE", "“E”", "abcde"),
    "future": ("abcdef", "abcd”", "xyz"),
}
"""For each task what is typed, what the sentences then tell of, and what cannot be typed."""


@pytest.mark.parametrize("task", TYPED)
def test_examples_are_typed_and_shown_or_refused(open_page, task):
    text, shown, wrong = TYPED[task]
    app = wait(open_page("train_live.py", task=task, hidden="8"), lambda text: "**untrained**" in text)
    field = next(one for one in app.text_input if one.label == "Your own example")
    assert field.placeholder.startswith("Try your own: ")
    field.set_value(text).run()
    app = wait(app, lambda text: "own example" in text)
    assert shown in words(app).replace("\\", "") and not app.exception
    next(one for one in app.text_input if one.label == "Your own example").set_value(wrong).run()
    assert len(app.warning) == 1 and "own example" not in words(app) and not app.exception


def test_a_single_step_has_no_path(open_page):
    app = wait(open_page("train_live.py", task="picture"), lambda text: "**untrained**" in text)
    assert "The state's path" not in [one.value for one in app.subheader] and "single step" in words(app)
    app = wait(open_page("train_live.py", task="rows"), lambda text: "**untrained**" in text)
    assert "The state's path" in [one.value for one in app.subheader]


def test_a_change_after_the_end_is_explained_and_keeps_the_picture(open_page):
    app = slide(finished(open_page), "Learning rate", 0.02)
    assert "Press Reset" in words(app) and "**finished**" in words(app)
    press(app, "Reset")
    wait(app, lambda text: "**untrained**" in text)
    assert not app.exception


def test_a_change_mid_run_is_recorded(open_page):
    app = wait(open_page("train_live.py", **SMALL), lambda text: "**untrained**" in text)
    press(app, "Step")
    wait(app, lambda text: "step 1 " in text)
    slide(app, "Clip gradients at", 0.25)
    press(app, "Play")
    app = wait(app, lambda text: "**finished**" in text)
    held = app.session_state["train:run"]
    assert [(change.step, change.field, change.value) for change in held.changes] == [(2, "clip", 0.25)]


def test_a_run_that_was_dropped_is_missed_in_words_and_computed_again(open_page):
    app = finished(open_page)
    engine().drop(app.session_state["train:run"].name, app.session_state["visit"])
    press(app, "Stop") if any(b.label == "Stop" and not b.disabled for b in app.button) else app.run()
    assert "was dropped" in words(app) and not app.exception
    press(app, "Play")
    wait(app, lambda text: "**finished**" in text)


def test_the_advice_after_an_explosion_helps(open_page):
    preset = next(preset for preset in PRESETS if preset.title == "An explosion, caught")
    app = wait(open_page("train_live.py", **preset.link()), lambda text: "**untrained**" in text)
    press(app, "Play")
    wait(app, lambda text: "came apart" in text)
    slide(app, "Clip gradients at", 1.0)
    wait(app, lambda text: "came apart" not in text and ("**paused**" in text or "**untrained**" in text))
    press(app.run(), "Play")
    wait(app, lambda text: any(f"step {step} " in text for step in range(10, 1000)))
    assert "came apart" not in words(app)


def test_undo_after_refused_settings_goes_back_to_what_is_shown(open_page):
    app = open_page("train_live.py", task="adding", cell="lstm", length="100", hidden="32")
    slide(app, "Hidden units", 64)
    slide(app, "Hidden units", 256)
    assert "What fits" in words(app).replace("\\", "")
    press(app, "Undo last change")
    assert app.session_state["train:values"]["hidden"] == 64
    assert "What fits" not in words(app).replace("\\", "")


def test_undo_never_loses_a_text_of_ones_own(open_page):
    text = "to be, or not to be, that is the question. " * 20
    app = open_page("train_live.py", task="characters", corpus="own", length="20")
    app.text_area[0].set_value(text).run()
    corpus = next(one for one in app.button_group if one.label == "Text")
    corpus.set_value("wikipedia").run()
    slide(app, "Hidden units", 32)
    press(app, "Undo last change")
    assert app.session_state["train:values"]["text"].strip() == text.strip()


def test_what_the_network_was_given_is_told_apart_also_beside_a_blank(open_page):
    app = wait(open_page("train_live.py", task="characters", corpus="lee"), lambda text: "**untrained**" in text)
    sample = next(one.value for one in app.markdown if one.value.startswith("*\u2060"))
    assert "\u2060*" in sample
