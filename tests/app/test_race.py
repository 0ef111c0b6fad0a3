"""The page "Race" with the real engine behind it: all runs under one hand, one that comes apart, the table, the sweeps."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.race_standing import Standing, measures
from explorer.app.race_table import as_csv, link_of, rows
from explorer.experiment import from_link
from explorer.runs.report import Report
from explorer.sequence import SequenceExperiment
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.race import Race
from explorer.sequence.race.experiment import RATES
from explorer.sequence.tasks import make_task

PATIENCE = 60.0
SMALL = {"task": "adding", "length": "6", "entries": "rnn,gru", "budget": "300", "batch": "4", "steps": "40"}
WILD = SMALL | {"length": "20", "optimizer": "sgd", "clip": "0.0", "activation": "relu", "initialisation": "identity", "rates": "shared",
                "learning_rate": "0.1"}  # fmt: skip


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning, *app.caption)
    return "\n".join(element.value for element in elements).replace("\\", "")


def wait(app: AppTest, found: Callable[[str], bool]) -> AppTest:
    end = time.monotonic() + PATIENCE
    while not found(words(app)):
        assert time.monotonic() < end, words(app)
        assert not app.exception, app.exception
        time.sleep(0.1)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def ready(open_page, **settings) -> AppTest:
    return wait(open_page("race.py", **(settings or SMALL)), lambda text: "**untrained**" in text)


def finished(open_page, **settings) -> AppTest:
    return wait(press(ready(open_page, **settings), "Play"), lambda text: "**finished**" in text)


def names(app: AppTest, *entries: str) -> list[str]:
    return [app.session_state[f"race.{entry}:run"].name for entry in entries]


def choose(app: AppTest, *entries: str) -> AppTest:
    return next(one for one in app.button_group if one.label == "Architectures").set_value(list(entries)).run()


def test_all_contestants_race_to_the_end(open_page):
    app = finished(open_page)
    assert "Side by side" in [one.value for one in app.subheader] and not app.exception
    table = app.dataframe[0].value
    assert list(table["architecture"]) == ["RNN", "GRU"] and list(table["updates"]) == [40, 40]
    assert (abs(table["parameters"] - 300) < 40).all() and (table["seconds"] > 0).all()
    assert "After 40 updates of each" in words(app) and "All have 300 parameters" in words(app)


def test_reset_begins_all_of_them_anew(open_page):
    app = finished(open_page)
    before = names(app, "rnn", "gru")
    wait(press(app, "Reset"), lambda text: "**untrained**" in text)
    assert not set(before) & set(names(app, "rnn", "gru"))


def test_who_joins_later_does_not_disturb_the_others(open_page):
    app = finished(open_page)
    before = names(app, "rnn", "gru")
    choose(app, "rnn", "gru", "window")
    wait(app, lambda text: "updates 0 to 40" in text)
    assert names(app, "rnn", "gru") == before
    choose(app, "gru", "window")
    assert "race.rnn:run" not in app.session_state and names(app, "gru") == before[1:]
    assert app.query_params["entries"] == "gru,window"


def test_too_few_are_refused_and_the_last_race_stays(open_page):
    app = choose(ready(open_page), "rnn")
    assert "2 to 7 architectures" in words(app) and "**untrained**" in words(app)
    assert not app.exception


def test_a_new_learning_rate_reaches_all_in_their_own_measure(open_page):
    app = press(ready(open_page), "Step")
    wait(app, lambda text: "**paused**" in text and "update 1 " in text)
    next(one for one in app.select_slider if one.label.endswith("Learning rate")).set_value(0.02).run()
    app.run()
    found = {entry: app.session_state[f"race.{entry}:run"].changes[-1] for entry in ("rnn", "gru")}
    assert found["gru"].value == pytest.approx(0.02) and found["rnn"].value == pytest.approx(0.02 * RATES["rnn"])
    assert {change.step for change in found.values()} == {2}


def test_one_that_comes_apart_is_told_of_and_the_other_goes_on(open_page):
    app = finished(open_page, **WILD)
    assert "**RNN** is out. The training came apart at step" in words(app)
    assert "Out of the race" in words(app) and "✕" in words(app)
    table = app.dataframe[0].value.set_index("architecture")
    assert table["updates"]["GRU"] == 40 > table["updates"]["RNN"]


def test_who_is_too_slow_is_left_out_in_words(open_page):
    app = ready(open_page, task="adding", length="200", batch="128", budget="100000", entries="gru,window,average")
    assert "**GRU** does not start" in words(app) and "What fits" in words(app)
    assert "window" in app.session_state["race:starters"] and "gru" not in app.session_state["race:starters"]


@pytest.mark.parametrize("task", ["digits", "rose", "order", "future", "speech"])
def test_other_tasks_have_their_own_race(open_page, task):
    app = ready(open_page, task=task)
    assert list(app.session_state["race:starters"]) == list(Race(task=task).names) and not app.exception


def test_a_hostile_link_falls_back_and_names_the_field(open_page):
    app = open_page("race.py", entries="<img src=x>,rnn", budget="1e9", task="nope")
    notices = " ".join(one.value for one in app.warning)
    assert "entries" in notices and "budget" in notices and "task" in notices and r"\<img" in notices
    assert not app.exception


def test_the_sweep_over_lengths_starts_and_can_be_cancelled(open_page):
    app = ready(open_page)
    assert "10 trainings, one after the other" in words(app)
    press(app, "Train at all lengths")
    wait(app, lambda text: "halve the baseline" in text or "first point" in text)
    press(app, "Cancel")
    wait(app, lambda text: "cancelled at" in text)
    assert not app.exception


def test_costs_are_measured_and_measured_again(open_page):
    app = press(ready(open_page), "Measure")
    wait(app, lambda text: "to the power of" in text and "**done**" in text)
    first = app.session_state["race.costs:run"].name
    press(app, "Measure again")
    wait(app, lambda text: "**done**" in text)
    assert app.session_state["race.costs:run"].name != first


def test_the_grid_is_that_of_the_chosen_architecture(open_page):
    app = ready(open_page)
    next(one for one in app.button_group if one.label == "Architecture").set_value("gru").run()
    next(one for one in app.select_slider if one.key == "race:grid:updates").set_value(50).run()
    press(app, "Train the grid for GRU")
    wait(app, lambda text: "Best so far" in text)
    assert app.session_state["race.grid:run"].base.contestant.cell == "gru"
    assert not app.exception


def test_tasks_without_a_length_say_so(open_page):
    assert "as long as they are" in words(ready(open_page, task="digits", entries="window,cnn"))


@pytest.mark.parametrize("name", ["rnn", "bidirectional", "tcn", "transformer"])
def test_the_link_of_a_row_opens_that_very_training(name):
    contestant = (
        Race(entries="rnn,bidirectional,tcn,transformer", seed=3, learning_rate=0.01).lineup().contestants[name]
    )
    page, _, query = link_of(contestant).partition("?")
    cls = SequenceExperiment if page == "train_live" else ArchitectureExperiment
    assert page == ("train_live" if name in ("rnn", "bidirectional") else "architectures")
    opened, notices = from_link(cls, dict(parse_qsl(query)))
    assert not notices
    assert all(getattr(opened, field) == getattr(contestant, field) for field in cls.model_fields)


def standing() -> Standing:
    """A race whose second contestant has come apart, made without an engine."""
    from explorer.app.ensemble import Ensemble
    from explorer.app.following import Following

    race = Race(entries="rnn,gru", length=6, budget=300, batch=4, steps=4)
    reports, runs = {}, {}
    for state, (name, one) in zip(("finished", "failed"), race.lineup().contestants.items(), strict=True):
        frames = tuple(one.frames(wanted=lambda step: True))
        seconds = tuple(2.0 + 0.5 * frame.step for frame in frames)
        reports[name] = Report(state, 4, 4, 4, frames, seconds, (), None, 0.0, 0, 4, False)
        runs[name] = Following(name, one, one)
    return Standing(race, Ensemble(runs), reports)


def test_the_table_counts_from_the_untrained_network_and_goes_into_a_spreadsheet():
    here = standing()
    found = rows(here, next(iter(measures(here.task).values())))
    assert [row["seconds"] for row in found] == [2.0, 2.0] and [row["ms/update"] for row in found] == [500.0, 500.0]
    assert [row["came apart"] for row in found] == [False, True]
    read = list(csv.DictReader(io.StringIO(as_csv(found).decode("utf-8-sig"))))
    assert read[0]["architecture"] == "RNN" and float(read[1]["best"]) == pytest.approx(found[1]["best"])
    scores = [frame.metrics["score"] for frame in here.reports["rnn"].frames]
    assert (found[0]["now"], found[0]["best"]) == (scores[-1], min(scores))


def test_what_is_compared_suits_the_task():
    adding, rose = (measures(make_task(SequenceExperiment(task=task))) for task in ("adding", "rose"))
    assert list(adding) == ["score", "loss"] and adding["score"].log and adding["score"].lower
    assert rose["score"].share and not rose["score"].lower and not rose["score"].log
    digits = measures(make_task(SequenceExperiment(task="digits")))
    assert [one.short for one in digits.values()] == ["held-out accuracy", "held-out loss", "training loss"]
