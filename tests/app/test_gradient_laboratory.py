"""The page Gradient laboratory with the real engine behind it: every view, its controls, its links, its numbers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.laboratory_before import profiles
from explorer.app.laboratory_runs import CELLS, Explosion, Sentences, Training
from explorer.app.laboratory_setting import VIEWS, Before, Readings
from explorer.app.laboratory_tries import BEFORE, EXPLOSION
from explorer.app.process import engine
from explorer.experiment import from_link, to_link
from explorer.sequence.laboratory.profile import profile

PAGE = "gradient_laboratory.py"
PATIENCE = 60.0
TINY = {"hidden": "8", "batch": "4", "steps": "6"}
LEADING = {"before": "profiles", "training": "profiles", "explosion": "lengths", "sentences": "readings", "readings": "naive-true"}
SETTINGS = {"before": Before, "training": Training, "explosion": Explosion, "sentences": Sentences, "readings": Readings}


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning, *app.caption, *app.subheader)
    return "\n".join(re.sub(r"\\(?=\W)", "", element.value) for element in elements)


def html(app: AppTest) -> str:
    return " ".join(one.proto.body for one in app.get("html"))


def wait(app: AppTest, found: Callable[[AppTest], bool]) -> AppTest:
    end = time.monotonic() + PATIENCE
    while not found(app):
        assert time.monotonic() < end, words(app)
        assert not app.exception, app.exception
        time.sleep(0.05)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    found = [button for button in app.button if button.label == label]
    assert found, f"no {label} among {[button.label for button in app.button]}"
    return found[0].click().run()


def choose(app: AppTest, label: str, value: str) -> AppTest:
    return next(one for one in app.get("button_group") if one.label == label).set_value(value).run()


def slide(app: AppTest, label: str, value: float) -> AppTest:
    return next(one for one in (*app.select_slider, *app.slider) if one.label.endswith(label)).set_value(value).run()


def ready(open_page, view: str, **settings: str) -> AppTest:
    return wait(open_page(PAGE, view=view, **{**TINY, **settings}), lambda app: "**untrained**" in words(app))


def finished(open_page, view: str, **settings: str) -> AppTest:
    return wait(press(ready(open_page, view, **settings), "Play"), lambda app: "**finished**" in words(app))


def notice(app: AppTest, view: str, name: str) -> str:
    return " ".join(app.session_state[f"lab.{view}:drawn:{name}"][2])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_something_at_once(open_page, view):
    app = open_page(PAGE, view=view, length="12", hidden="8")
    wait(app, lambda app: f"lab.{view}:drawn:{LEADING[view]}" in app.session_state)
    assert not app.exception and not app.warning
    assert app.session_state["lab:view"] == view


@pytest.mark.parametrize("view, cls", SETTINGS.items())
def test_links_carry_what_is_shown(view, cls):
    changed = cls(hidden=16, seed=3)
    assert from_link(cls, to_link(changed)) == (changed, [])
    assert to_link(cls()).get("view", "before") == view


def test_the_cards_tell_what_was_measured(open_page):
    app = open_page(PAGE, forget_bias="2.0")
    told = html(app)
    for cell in CELLS:
        factor = profile(Before(forget_bias=2.0).probe, cell).factor
        assert f"×{factor:.3f}" in told or f"×{factor:.2f}" in told
    assert told.count("<section") == 3


def test_a_slider_redraws_the_profiles_with_its_value(open_page):
    app = open_page(PAGE, length="30", hidden="8")
    before = notice(app, "before", "profiles")
    slide(app, "Cut after", 10)
    assert "cut 10 steps from the end: the 20 steps before get exactly 0" in notice(app, "before", "profiles") != before
    assert app.query_params["window"] in ("10", ["10"])
    slide(app, "Cut after", 0)
    assert notice(app, "before", "profiles") == before


def test_what_means_nothing_is_not_offered(open_page):
    app = open_page(PAGE, hidden="8")
    labels = [one.label for one in (*app.slider, *app.select_slider)]
    assert "Spectral radius" not in labels
    labels = [one.label for one in choose(app, "Initial weights", "orthogonal").select_slider]
    assert "Spectral radius" in labels


@pytest.mark.parametrize("one", BEFORE[1:], ids=lambda one: one.title)
def test_a_try_sets_the_controls_and_tells_why(open_page, one):
    app = open_page(PAGE, length="40")
    choose(app, "Try", one.title)
    assert not app.exception and one.why[:40] in words(app)
    now = app.session_state["lab.before:values"]
    assert all(now[name] == value for name, value in one.settings.items()) and now["length"] == 40


def test_the_pure_power_is_one(monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {})
    settings = Before(**next(one.settings for one in BEFORE if one.title == "A pure power"))
    found = profiles(settings.probe)["rnn"]
    np.testing.assert_allclose(found.hidden, 0.9 ** np.arange(100)[::-1], rtol=1e-9)
    assert found.theory.kind == "exact"


def test_table_and_spectrum_follow_by_themselves(open_page):
    app = open_page(PAGE, length="10", hidden="8", row="8", column="3")
    wait(app, lambda app: "lab.before.detail:drawn:matrix" in app.session_state)
    assert "Of the error of step 8" in notice(app, "before.detail", "matrix")
    assert "arrives at state 3, 5 steps back" in notice(app, "before.detail", "matrix")
    wait(app, lambda app: "lab.before.detail:drawn:spectrum" in app.session_state)
    assert "per step" in notice(app, "before.detail", "spectrum")
    choose(app, "Network", "lstm")
    assert app.query_params["shown"] in ("lstm", ["lstm"])
    wait(app, lambda app: "appears here" not in words(app) and "being measured" not in words(app))


def test_views_keep_their_own_settings(open_page):
    app = open_page(PAGE, hidden="8", length="20")
    slide(app, "Hidden units", 12)
    choose(app, "View", "readings")
    assert app.session_state["lab:view"] == "readings" and app.query_params["view"] in ("readings", ["readings"])
    assert next(one for one in app.slider if one.label == "Hidden units").value == 64
    choose(app, "View", "before")
    assert next(one for one in app.slider if one.label == "Hidden units").value == 12
    assert app.query_params["hidden"] in ("12", ["12"]) and "view" not in app.query_params


def test_a_bad_link_is_named(open_page):
    app = open_page(PAGE, hidden="<b>9</b>", window="-3", length="10")
    told = " ".join(one.value for one in app.warning)
    assert "hidden" in told and "window" in told and not app.exception


def test_an_unknown_view_is_the_first(open_page):
    app = open_page(PAGE, view="<script>")
    assert not app.exception and app.session_state["lab:view"] == "before"


@pytest.mark.parametrize("task, more", [("adding", {"length": "12"}), ("recall", {"length": "4"}), ("rose", {}), ("digits", {})])
def test_three_networks_learn_a_task_and_are_compared(open_page, task, more):
    app = finished(open_page, "training", task=task, **more)
    assert notice(app, "training", "profiles").startswith("Share of the gradient that arrives at the first step, before training and now")
    assert notice(app, "training", "histories").count("→") == 3
    assert html(app).count("training step 6") == 3


def test_a_moment_is_measured_on_demand(open_page):
    app = finished(open_page, "training", task="recall", length="4")
    assert "lab.training.detail:drawn:matrix" not in app.session_state
    choose(app, "Network", "gru")
    press(app, "Measure the moment shown")
    assert "GRU, training step 6" in words(app)
    wait(app, lambda app: "lab.training.detail:drawn:spectrum" in app.session_state)
    wait(app, lambda app: "lab.training.detail:drawn:matrix" in app.session_state)
    assert "Only 10 steps of 24 have an error of their own" in notice(app, "training.detail", "matrix")


def test_the_shares_of_the_picture_are_those_of_the_frames(open_page):
    app = ready(open_page, "training", task="adding", length="12")
    name, visit = app.session_state["lab.training.gru:run"].name, app.session_state["visit"]
    frame = engine().frames_since(name, visit).frames[0]
    norms = frame.arrays["grad_hidden"][-1, 0]
    told = re.search(r"([\d.e-]+) ?% in the GRU|less than 0.001 % in the GRU", notice(app, "training", "profiles"))
    assert told and (told[1] is None or float(told[1]) == pytest.approx(100 * norms[0] / norms[-1], rel=0.05))


def test_reset_starts_all_three_anew(open_page):
    app = finished(open_page, "training", task="rose")
    press(app, "Reset")
    wait(app, lambda app: "**untrained**" in words(app))
    assert all(f"{name} step 0" in words(app) for name in ("RNN", "LSTM", "GRU"))


def test_sizes_too_slow_for_one_of_the_cells_are_refused_for_all(open_page):
    app = open_page(PAGE, view="training", task="adding", length="200", hidden="32", batch="32", steps="6")
    slide(app, "Hidden units", 256)
    assert "What fits" in " ".join(one.value for one in app.error)


def test_an_explosion_is_caught_explained_and_kept(open_page):
    app = wait(open_page(PAGE, view="explosion", steps="12"), lambda app: "**untrained**" in words(app))
    wait(press(app, "Play"), lambda app: "**finished**" in words(app))
    assert "without clipping step 2 came apart" in words(app)
    told = notice(app, "explosion", "lengths")
    assert "came apart at step 2" in told and "100 % of the updates were shortened to 1" in told
    assert "What to try" in html(app) and "It held to the end." in html(app)
    assert "not clipped it grows" in notice(app, "explosion", "profiles")


@pytest.mark.parametrize("one", EXPLOSION[1:], ids=lambda one: one.title)
def test_the_tries_of_the_explosion_set_the_controls(open_page, one):
    app = wait(open_page(PAGE, view="explosion"), lambda app: "**untrained**" in words(app))
    choose(app, "Try", one.title)
    assert not app.exception and one.why[:30] in words(app)


def test_the_clip_changes_while_it_runs(open_page):
    app = wait(open_page(PAGE, view="explosion", steps="30"), lambda app: "**untrained**" in words(app))
    press(app, "Step")
    wait(app, lambda app: "with clipping step 1" in words(app))
    slide(app, "Clip gradients at", 0.25)
    changes = app.session_state["lab.explosion:run"].changes
    assert [(change.field, change.value) for change in changes] == [("clip", 0.25)]
    assert not app.session_state["lab.explosion.free:run"].changes


def test_two_sentences_are_read_by_three_networks(open_page):
    app = finished(open_page, "sentences", task="rose")
    told = notice(app, "sentences", "readings")
    assert "The sentences part at “tomato”. 6 steps later" in told
    assert html(app).count("expected after the first") == 3


def test_own_sentences_are_read_shared_and_refused_with_a_remedy(open_page):
    app = ready(open_page, "sentences", task="rose")
    next(one for one in app.text_input if one.label == "First sentence").set_value("rose is").run()
    next(one for one in app.text_input if one.label == "Second sentence").set_value("sun is").run()
    assert "The sentences part at “rose”. 1 step later" in notice(app, "sentences", "readings")
    assert app.query_params["one"] in ("rose is", ["rose is"])
    next(one for one in app.text_input if one.label == "Second sentence").set_value("rose is").run()
    assert "change one early word" in words(app) and not app.exception
    next(one for one in app.text_input if one.label == "Second sentence").set_value("<b>nonsense</b> is").run()
    assert "do not contain the word" in words(app)
    assert "other" not in app.query_params, "what a visitor typed is no part of a link"


def test_own_sentences_of_other_tasks_stay_out_of_the_address():
    from explorer.app.laboratory_sentences import _unlinked

    assert _unlinked({"task": "characters", "one": "secret", "other": ""}) == ("one", "other")
    assert _unlinked({"task": "rose", "one": "rose is", "other": "secret"}) == ("other",)


def test_the_misreadings_tell_wrong_and_true(open_page):
    app = open_page(PAGE, view="readings", length="20", hidden="8")
    assert "It is 0 at 19 of 20 steps" in notice(app, "readings", "naive-wrong")
    assert "It is there at 20 of 20 steps" in notice(app, "readings", "naive-true")
    assert "Nothing vanishes" in notice(app, "readings", "choice-wrong")
    assert "1/√8 = 0.35" in notice(app, "readings", "mean-wrong")


def test_the_page_can_be_presented(open_page):
    for view in VIEWS:
        app = open_page(PAGE, view=view, present="1", length="12", hidden="8")
        assert not app.exception
