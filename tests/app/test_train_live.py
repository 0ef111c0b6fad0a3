"""Train live with the real engine behind it: what happens after the first frame, and when things go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

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
