"""The page Architectures with the real engine behind it: every architecture, its pictures, and what is said of them."""

from __future__ import annotations

import time

import pytest

from explorer.app.architecture_controls import with_architecture
from explorer.app.architecture_scene import arrays_for, first_of_interest
from explorer.app.architecture_setting import ArchitectureView
from explorer.app.architecture_story import STORIES
from explorer.app.architecture_twin import twin_of
from explorer.app.architecture_views import written_bytes
from explorer.experiment import from_link, to_link
from explorer.figures.moment import Moment
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.experiment import ARCHITECTURE_TITLES
from explorer.sequence.architectures.parameters import count
from explorer.sequence.experiment import TASK_TITLES

PATIENCE = 60.0
SMALL = {"hidden": "8", "batch": "4", "steps": "12"}


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


def trained(open_page, **settings):
    app = wait(open_page("architectures.py", **{**SMALL, **settings}), "**untrained**")
    press(app, "Play")
    return wait(app, "**finished**")


def test_every_architecture_has_its_story():
    assert set(STORIES) == set(ARCHITECTURE_TITLES)


@pytest.mark.parametrize(
    "settings, told",
    [
        ({"task": "rose", "cell": "average"}, "equally, wherever they stand"),
        ({"task": "adding", "cell": "window", "length": "12", "window": "4"}, "sees 4 of 12 inputs"),
        ({"task": "order", "cell": "tcn", "length": "8"}, "does not change by a single bit"),
        ({"task": "rose", "cell": "rnn"}, "per step back"),
        ({"task": "order", "cell": "gru", "bidirectional": "true", "length": "8"}, "bidirectional"),
    ],
    ids=lambda one: one["cell"] if isinstance(one, dict) else "",
)
def test_what_is_measured_is_said(open_page, settings, told):
    app = trained(open_page, **settings)
    assert not app.exception
    assert told in words(app).replace("\\", "")


def test_a_transformer_shows_its_maps_and_warns(open_page):
    app = trained(open_page, task="rose", cell="transformer", layers="2", heads="2", layer_shown="2", head_shown="2")
    text = words(app).replace("\\", "")
    assert "head 2 of layer 2 looks most at" in text
    assert "not why the network answers as it does" in text
    assert app.query_params["layer_shown"] == "2" and app.query_params["head_shown"] == "2"


def test_a_cnn_is_trained_beside_a_network_that_reads_rows_with_as_many_parameters(open_page):
    app = trained(open_page, task="digits", cell="cnn")
    text = words(app).replace("\\", "")
    assert "Time against space" in [one.value for one in app.subheader]
    assert "Accuracy on held-out pictures: GRU" in text and "about equally many" in text
    assert "filters answer to this picture" in text


def test_choosing_the_cnn_brings_digits_and_another_task_takes_it_away(open_page):
    app = open_page("architectures.py", task="rose")
    app.segmented_control[0].set_value("cnn").run()
    assert app.query_params["cell"] == "cnn" and app.query_params["task"] == "digits"
    app.selectbox[0].set_value("order").run()
    assert app.query_params["task"] == "order" and app.query_params["cell"] == "tcn"
    assert not app.exception and not app.error


def test_shuffling_picks_another_order(open_page):
    app = trained(open_page, task="order", cell="average", length="8")
    press(app, "Shuffle in another way")
    assert app.query_params["order"] == "2"
    assert "does not change by a single bit" in words(app)


def test_the_address_is_the_view():
    view = ArchitectureView(task="digits", cell="cnn", example=3, looked=2, order=7)
    assert from_link(ArchitectureView, to_link(view)) == (view, [])
    run = ArchitectureExperiment(task="order", cell="tcn", kernel=4)
    found, notices = from_link(ArchitectureView, to_link(run))
    assert found.training() == run and not notices, "a link to a run opens this page, too"


@pytest.mark.parametrize("task", TASK_TITLES)
def test_every_architecture_fits_every_task_that_admits_it(task):
    start = dict(ArchitectureView(task=task, cell="gru"))
    for cell in ARCHITECTURE_TITLES:
        view = with_architecture(start, cell)
        assert view.cell == cell
        assert view.task == task or cell == "cnn"


def test_the_twin_differs_by_one_unit_at_most():
    experiment = ArchitectureExperiment(task="digits", cell="cnn")
    twin = twin_of(experiment)
    assert twin.cell == "gru" and twin.steps == experiment.steps and twin.seed == experiment.seed
    more, less = (count(twin.replace(hidden=twin.hidden + k)) for k in (1, -1))
    assert abs(count(twin) - count(experiment)) <= min(abs(more - count(experiment)), abs(less - count(experiment)))
    assert twin_of(ArchitectureExperiment(task="picture", cell="cnn")).task == "digits"
    assert twin_of(ArchitectureExperiment(task="rose", cell="tcn")) is None


@pytest.mark.parametrize("cell", ["lstm", "tcn", "transformer"])
def test_an_own_example_is_seen_as_a_watched_one_would_be(cell):
    experiment = ArchitectureExperiment(task="rose", cell=cell, hidden=8, batch=4, steps=2)
    *_, frame = experiment.frames()
    from explorer.sequence.tasks import make_task

    found = arrays_for(experiment, frame.weights, make_task(experiment).watched())
    for name, array in found.items():
        assert array.shape == frame.arrays[name].shape and (array == frame.arrays[name]).all(), name


def test_the_page_looks_first_at_what_tells_something():
    moment = Moment(["the", "lemon", "in", "the", "bowl"], {})
    assert first_of_interest(moment) == 1


def test_bytes_are_written_for_people():
    assert written_bytes(684_000) == "684 kB" and written_bytes(1_340_000) == "1.3 MB"
