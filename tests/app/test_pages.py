"""Every page runs, from every link, and says what is wrong with a bad one."""

import pytest

from explorer.app.pages import PAGES
from explorer.app.presets import PRESETS, neighbour
from explorer.experiment import from_link
from explorer.sequence import SequenceExperiment
from explorer.sequence.experiment import TASK_TITLES


@pytest.mark.parametrize("file", [spec.file for spec in PAGES])
def test_a_page_runs(open_page, file):
    app = open_page(file)
    assert not app.exception
    assert app.title


@pytest.mark.parametrize("task", TASK_TITLES)
def test_train_live_runs_for_every_task(open_page, task):
    app = open_page("train_live.py", task=task)
    assert not app.exception
    assert app.query_params["task"] == task


def test_a_bad_link_is_named(open_page):
    app = open_page("train_live.py", task="rose", hidden="<b>9</b>", layers="7")
    notices = " ".join(warning.value for warning in app.warning)
    assert "hidden" in notices and "layers" in notices
    assert not app.exception


def test_settings_that_do_not_go_together_say_what_would_fit(open_page):
    app = open_page("train_live.py", task="adding", cell="gru", length="200")
    slider = next(slider for slider in app.slider if slider.label == "Hidden units")
    slider.set_value(256).run()
    problems = " ".join(error.value for error in app.error)
    assert "fit" in problems.lower()
    assert not app.exception


def test_a_new_task_brings_its_own_sizes(open_page):
    app = open_page("train_live.py")
    app.selectbox[0].set_value("adding").run()
    values = {slider.label: slider.value for slider in app.slider}
    assert values["Length"] == SequenceExperiment(task="adding").length
    assert values["Hidden units"] == SequenceExperiment(task="adding").hidden


def test_undo_brings_the_last_settings_back(open_page):
    app = open_page("train_live.py")
    hidden = next(slider for slider in app.slider if slider.label == "Hidden units")
    first = hidden.value
    hidden.set_value(48).run()
    next(button for button in app.button if button.label == "Undo last change").click().run()
    assert next(slider for slider in app.slider if slider.label == "Hidden units").value == first
    assert not app.exception


def test_presets_are_links_that_lead_back_to_themselves():
    for preset in PRESETS:
        settings, notices = from_link(type(preset.settings), preset.link())
        assert settings == preset.settings and not notices


def test_arrow_keys_go_round_all_presets():
    seen, at = [], PRESETS[-1]
    for _ in PRESETS:
        at = neighbour(at.page, at.link(), 1)
        seen.append((at.page, at.title))
    assert seen == [(preset.page, preset.title) for preset in PRESETS]
    assert neighbour(PRESETS[0].page, PRESETS[0].link(), -1) == PRESETS[-1]


def test_where_no_preset_is_open_the_keys_lead_to_the_first_of_the_page():
    for page in {preset.page for preset in PRESETS}:
        assert neighbour(page, {"seed": "12345"}, 1).page == page
    assert neighbour("home.py", {}, 1) == PRESETS[0]
