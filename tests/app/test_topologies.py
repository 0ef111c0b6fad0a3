"""The page Topologies with the real engine behind it: every shape and task, two networks beside one another, typed words, files."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.process import engine
from explorer.app.topology_keeping import keeping_of
from explorer.app.topology_overview import WAITING, bare
from explorer.app.topology_setting import Topology
from explorer.app.topology_tasks import SHAPES
from explorer.runs.archive import to_bytes

PATIENCE = 60.0
PAGE = "topologies.py"
SOME = [*((shape, tasks[0]) for shape, tasks in SHAPES.items()), ("many-to-one", "topics"), ("in-step", "tagging"), ("encoder-decoder", "dates")]
"""The first task of each shape and one of each other kind; the scenes of all tasks have tests of their own."""
TINY = {"hidden": "8", "batch": "4", "steps": "6"}


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning, *app.caption, *app.subheader)
    return "\n".join(element.value for element in elements)


def wait(app: AppTest, found: Callable[[str], bool]) -> AppTest:
    end = time.monotonic() + PATIENCE
    while not found(words(app)):
        assert time.monotonic() < end, words(app)
        assert not app.exception, app.exception
        time.sleep(0.05)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    found = [button for button in app.button if button.label == label]
    assert found, f"no {label} among {[button.label for button in app.button]}"
    return found[0].click().run()


def ready(open_page, **settings: str) -> AppTest:
    return wait(open_page(PAGE, **{**TINY, **settings}), lambda text: "**untrained**" in text)


def finished(open_page, **settings: str) -> AppTest:
    return wait(press(ready(open_page, **settings), "Play"), lambda text: "**finished**" in text)


def notice(app: AppTest, name: str) -> str:
    return " ".join(app.session_state[f"shapes:drawn:{name}"][2])


@pytest.mark.parametrize("shape, task", SOME)
def test_tasks_of_every_shape_train_to_their_end(open_page, shape, task):
    app = finished(open_page, shape=shape, task=task)
    assert not app.exception and not app.error
    assert notice(app, "graph") and notice(app, "loss")


def test_the_row_shows_all_five_shapes_from_networks_of_their_own(open_page):
    names = ("one to many", "many to one", "in step", "encoder and decoder")
    app = wait(open_page(PAGE), lambda text: all(name in text for name in names) and "against the last" in text)
    assert "all are untrained" in notice(app, "row")
    assert [scene.states is None for scene in WAITING] == [True] * 5
    assert bare("encoder-decoder").losses() == list(range(8, 14))


def test_the_row_remembers_what_was_trained(open_page):
    app = finished(open_page, shape="many-to-one")
    app.run()
    assert "(after 6 updates)" in notice(app, "row")


def test_the_address_says_what_is_shown(open_page):
    app = ready(open_page, shape="encoder-decoder", task="dates", cell="gru")
    assert dict(app.query_params) == {**TINY, "shape": "encoder-decoder", "task": "dates", "cell": "gru"}


def test_another_shape_brings_its_first_task_and_sizes(open_page):
    app = open_page(PAGE, shape="encoder-decoder", task="numbers")
    app.selectbox[0].set_value("many-to-one").run()
    values = app.session_state["shapes:values"]
    assert values["task"] == "digits" and values["hidden"] == Topology(shape="many-to-one").hidden
    app.selectbox[1].set_value("kinds").run()
    assert app.session_state["shapes:values"]["hidden"] == Topology(task="kinds").hidden
    assert not app.exception


def test_a_twin_learns_beside_it_and_the_ceiling_is_told(open_page):
    app = finished(open_page, shape="in-step", task="future", length="6")
    first, second = app.session_state["shapes:run"], app.session_state["shapes.both ways:run"]
    assert second.base == first.base.replace(bidirectional=True)
    assert "at best 55 %" in notice(app, "score")
    visit = app.session_state["visit"]
    assert [engine().frames_since(one.name, visit).state for one in (first, second)] == ["finished", "finished"]
    press(app, "Reset")
    wait(app, lambda text: "**untrained**" in text)
    assert app.session_state["shapes.both ways:run"].name != second.name


def test_without_the_twin_there_is_one_run(open_page):
    app = ready(open_page, shape="in-step", task="future", twin="false")
    assert "shapes.both ways:run" not in app.session_state and not app.exception


def test_a_typed_example_runs_through_the_graph(open_page):
    app = ready(open_page, shape="many-to-one", task="order", length="6")
    app.text_input[0].set_value("abCdeF").run()
    assert not app.exception
    assert "right is “C”" in notice(app, "graph") or "“C” with" in notice(app, "graph")
    app.text_input[0].set_value("abc?").run()
    assert "never read" in words(app).replace("\\", "")


def test_a_number_is_translated_letter_by_letter_with_other_answers_beside_it(open_page):
    app = ready(open_page, shape="encoder-decoder", task="numbers", limit="100", steps="1")
    app.text_input[0].set_value("forty-two").run()
    assert "It writes" in notice(app, "graph") and "attention" in notice(app, "attention")
    assert "greedy" in notice(app, "candidates")
    asked = app.session_state["shapes:asked"][1]
    assert len(asked.answers) == 5 and list(asked.shares) == sorted(asked.shares, reverse=True) and not asked.right
    app.text_input[0].set_value("zweiundvierzig?").run()
    assert app.warning and not app.exception


def test_names_are_invented_and_digits_drawn(open_page):
    app = ready(open_page, shape="one-to-many", task="names")
    assert "surname" in words(app) and "Names it invents" in words(app)
    app = ready(open_page, shape="one-to-many", task="drawing")
    assert "drawings" in notice(app, "drawings") and "What it draws by itself" in words(app)


def test_presented_it_shows_the_graph_alone(open_page):
    app = wait(open_page(PAGE, present="1", shape="in-step", **TINY), lambda text: "**untrained**" in text)
    assert "shapes:drawn:graph" in app.session_state and "shapes:drawn:loss" not in app.session_state


@pytest.mark.parametrize(
    "settings", [{"task": "digits"}, {"shape": "encoder-decoder", "task": "spelled", "attention": False}]
)
def test_a_run_is_kept_and_opened_again(settings, open_page):
    view = Topology(**{"hidden": 8, "batch": 4, "steps": 3, **settings})
    experiment = view.training()
    frames = list(experiment.frames())
    keeping = keeping_of(experiment)
    opened = keeping.open(to_bytes(keeping.kind, experiment.model_dump_json(), (), frames))
    assert opened.experiment == experiment and keeping.shown(opened.now) == view
    assert np.array_equal(opened.frames[-1].weights, frames[-1].weights)
    with pytest.raises(ValueError):
        keeping.open(b"no run")


def test_what_this_page_cannot_show_is_refused_in_words():
    from explorer.sequence import SequenceExperiment

    experiment = SequenceExperiment(task="rose", hidden=4, batch=2, steps=1)
    data = to_bytes("sequence", experiment.model_dump_json(), (), list(experiment.frames()))
    with pytest.raises(ValueError, match="Train live"):
        keeping_of(experiment).open(data)


def test_a_run_that_was_dropped_is_computed_again(open_page):
    app = finished(open_page, shape="many-to-one")
    engine().drop(app.session_state["shapes:run"].name, app.session_state["visit"])
    app.run()
    assert "was dropped" in words(app) and not app.exception
