"""The page "Step by step" without a browser: every network, every place, every link, the numbers shown."""

import re
import time

import numpy as np
import pytest

from explorer.app.example import Example
from explorer.app.looking import Network, look
from explorer.app.stepping import PAGE, Stepping
from explorer.experiment import from_link, to_link
from explorer.sequence import SequenceExperiment
from explorer.sequence.model import build_model

FILE = "step_by_step.py"


def button(app, label):
    return next(one for one in app.button if one.label.startswith(label))


def now(app):
    return app.session_state[f"{PAGE}:now"]


def texts(app):
    return " ".join(one.value for one in [*app.markdown, *app.caption, *app.latex])


@pytest.mark.parametrize("network", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("way", ["forward", "backward"])
def test_every_network_is_shown_both_ways_and_untrained_at_once(open_page, network, way):
    app = open_page(FILE, network=network, way=way, step="2", unit="3")
    assert not app.exception and not app.warning
    assert button(app, "Train this network").label.endswith("s)")
    assert "untrained" in texts(app)
    assert "unit 3" in " ".join(one.value for one in app.subheader)


def test_nothing_trains_by_itself(open_page):
    app = open_page(FILE, network="gru")
    app.run()
    assert f"{PAGE}:run" not in app.session_state


def test_next_previous_and_the_ends(open_page):
    app = open_page(FILE)
    assert button(app, "Previous").disabled and not button(app, "Next").disabled
    for step in range(2, 8):
        button(app, "Next").click().run()
        assert now(app).step == step
        assert app.query_params["step"] == [str(step)] or app.query_params["step"] == str(step)
    assert button(app, "Next").disabled
    button(app, "Previous").click().run()
    assert now(app).step == 6 and not app.exception


def test_an_address_that_comes_back_late_is_not_a_link(open_page):
    app = open_page(FILE, step="2")
    button(app, "Next").click().run()
    button(app, "Next").click().run()
    app.query_params["step"] = "3"
    button(app, "Next").click().run()
    assert now(app).step == 5


def test_the_widgets_follow_the_buttons(open_page):
    app = open_page(FILE, step="3")
    button(app, "Next").click().run()
    assert next(one for one in app.number_input if one.label == "Step").value == 4
    next(one for one in app.number_input if one.label == "Unit").set_value(7).run()
    assert now(app) == Stepping(step=4, unit=7)


def test_a_place_outside_the_network_is_brought_inside(open_page):
    app = open_page(FILE, step="999", unit="256", layer="3", reading="left")
    assert not app.exception
    shown = {one.label: one.value for one in app.number_input}
    assert shown["Step"] == 7 and shown["Unit"] == 12


def test_a_bad_link_is_named(open_page):
    app = open_page(FILE, network="<b>transformer</b>", step="0", unit="two")
    notices = " ".join(one.value for one in app.warning)
    assert all(name in notices for name in ("network", "step", "unit")) and not app.exception


def test_a_sentence_of_ones_own_is_read_and_shared(open_page):
    app = open_page(FILE)
    next(one for one in app.text_input).set_value("rose is").run()
    assert not app.exception and button(app, "Previous").disabled
    assert "step 1 of 2" in texts(app)
    assert app.query_params["sentence"] in ("rose is", ["rose is"])


@pytest.mark.parametrize(
    "sentence",
    ["<img src=x onerror=alert(1)>", "[a](https://example.org) ![b](https://example.org/x.png)", "$x$ :smile:"],
)
def test_a_hostile_sentence_is_neither_read_nor_interpreted(open_page, sentence):
    app = open_page(FILE, sentence=sentence)
    assert not app.exception
    said = " ".join(one.value for one in app.warning)
    unescaped = re.sub(r"\\.", "", said)
    assert said and not any(sign in unescaped for sign in "<[]$*`:!")
    assert "sentence" not in app.query_params


def test_playing_begins_and_ends_with_the_button(open_page):
    app = open_page(FILE, step="7")
    button(app, "Play").click().run()
    assert app.session_state[f"{PAGE}:playing"] and now(app).step == 1
    button(app, "Pause").click().run()
    assert not app.session_state[f"{PAGE}:playing"]


def test_without_an_own_network_it_says_where_to_get_one(open_page):
    app = open_page(FILE, network="mine")
    assert not app.exception and "Train one on the page Train live" in texts(app)


def test_training_ends_in_a_trained_network(open_page, monkeypatch):
    import explorer.app.networks as networks

    monkeypatch.setattr(networks, "STEPS", 5)
    app = open_page(FILE, network="rnn")
    button(app, "Train this network").click().run()
    patience = time.monotonic() + 60
    while "rnn" not in app.session_state[f"{PAGE}:trained"] and time.monotonic() < patience:
        time.sleep(0.05)  # the engine needs a moment, however fast the page is
        app.run()
    assert app.session_state[f"{PAGE}:trained"]["rnn"].step == 5
    app.run()
    assert "training step 5" in texts(app) and not any(one.label.startswith("Train this") for one in app.button)


def test_links_carry_what_is_shown():
    shown = Stepping(network="gru", step=3, unit=9, way="backward", loss="every")
    assert from_link(Stepping, to_link(shown)) == (shown, [])
    assert to_link(Stepping()) == {}


TASKS = ["rose", "adding", "recall", "digits", "series"]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("loss", ["answer", "every"])
def test_every_task_can_be_looked_into(task, loss, monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {})
    both = task in ("digits", "adding")
    experiment = SequenceExperiment(
        task=task,
        cell="gru",
        hidden=6,
        layers=2,
        bidirectional=both,
        **({"length": 8} if task in ("adding", "recall", "series") else {}),
    )
    seen = look("test", Network(experiment, None, 0, "it", task), Example(), loss)
    model = build_model(experiment)
    outputs = model.double()(
        seen.batch.inputs if seen.task.vocabulary else seen.batch.inputs.double(), seen.batch.lengths
    )
    shown = seen.outputs if seen.task.topology == "many-to-many" else seen.outputs[-1]
    assert np.allclose(shown, outputs[0].detach().numpy(), atol=1e-10)
    assert len(seen.words) == len(seen.reading(0).answers) == len(seen.outputs)
    answered = [bool(word) for word, _ in seen.reading(0).answers]
    assert all(answered) if seen.task.topology == "many-to-many" else answered == [False] * (len(answered) - 1) + [True]
