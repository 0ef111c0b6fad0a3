"""A view of the page Topologies is a value: it goes into an address and back, and to the experiment behind and back."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from explorer.app.topology_keeping import from_training
from explorer.app.topology_setting import Topology, is_shown
from explorer.app.topology_tasks import READ_WHOLE, SHAPES, TWINS, training_class
from explorer.experiment import explain, from_link, to_link
from explorer.sequence import SequenceExperiment
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment

EVERY = [(shape, task) for shape, tasks in SHAPES.items() for task in tasks]


@pytest.mark.parametrize("shape, task", EVERY)
def test_a_view_comes_back_out_of_its_address(shape, task):
    view = Topology(shape=shape, task=task)
    assert from_link(Topology, to_link(view)) == (view, [])
    other = view.replace(cell="rnn", seed=7, learning_rate=0.02)
    assert from_link(Topology, to_link(other)) == (other, [])


@pytest.mark.parametrize("shape, task", EVERY)
def test_the_experiment_behind_has_the_tasks_own_defaults(shape, task):
    given = {"task": task}
    if task in READ_WHOLE:
        field, one, many = READ_WHOLE[task]
        given[field] = one if shape == "one-to-many" else many
    assert Topology(shape=shape, task=task).training() == training_class(task)(**given)


@pytest.mark.parametrize("shape, task", EVERY)
def test_a_training_finds_its_view_again(shape, task):
    view = Topology(shape=shape, task=task, cell="gru", seed=3)
    assert from_training(view.training()) == view


def test_the_shape_is_that_of_the_experiment_behind():
    for shape, task in EVERY:
        training = Topology(shape=shape, task=task).training()
        if isinstance(training, EncoderDecoderExperiment):
            assert training.topology == shape


def test_a_task_alone_finds_its_shape_and_a_shape_its_first_task():
    assert Topology(task="numbers").shape == "encoder-decoder"
    assert Topology(shape="in-step").task == "rows"
    assert Topology(shape="in-step").hidden == SequenceExperiment(task="rows").hidden


def test_a_task_of_another_shape_is_refused_and_left_out_of_a_link():
    with pytest.raises(ValidationError) as caught:
        Topology(shape="in-step", task="numbers")
    assert "rows, tagging" in " ".join(explain(caught.value))
    view, notices = from_link(Topology, {"shape": "in-step", "task": "numbers"})
    assert (view.shape, view.task) == ("in-step", "rows") and len(notices) == 1


def test_what_the_experiment_behind_refuses_is_refused_with_its_words():
    with pytest.raises(ValidationError) as caught:
        Topology(task="numbers", hidden=256, batch=256)
    assert "fits" in " ".join(explain(caught.value))


def test_twins_differ_in_the_direction_alone():
    view = Topology(task="future")
    assert view.other_way() == view.training().replace(bidirectional=True)
    assert view.replace(twin=False).other_way() is None
    assert [task for _, task in EVERY if Topology(task=task).other_way()] == [t for _, t in EVERY if t in TWINS]


def test_only_fields_that_mean_something_are_shown():
    shown = lambda **given: [name for name in Topology.model_fields if is_shown(name, dict(Topology(**given)))]  # noqa: E731
    assert "task" not in shown(shape="one-to-one") and "attention" not in shown(shape="one-to-one")
    assert (
        "attention" in shown(task="numbers")
        and "source" in shown(task="numbers")
        and "length" not in shown(task="numbers")
    )
    assert "attention" in shown(shape="encoder-decoder", task="names")
    assert "attention" not in shown(shape="one-to-many", task="names")
    assert (
        "twin" in shown(task="tagging")
        and "length" in shown(task="future")
        and "bidirectional" not in shown(task="future")
    )


def test_runs_that_cannot_be_shown_are_sent_elsewhere():
    with pytest.raises(ValueError, match="Train live"):
        from_training(SequenceExperiment(task="rose"))
    with pytest.raises(ValueError, match="Train live"):
        from_training(SequenceExperiment(task="digits", layers=2))
    with pytest.raises(ValueError, match="anew"):
        from_training(EncoderDecoderExperiment(task="dates", weight_decay=0.01))


def test_a_view_is_light():
    code = (
        "import sys; from explorer.app.topology_setting import Topology; Topology(task='numbers'); "
        "loaded = [m for m in ('torch', 'sklearn', 'babel', 'num2words') if m in sys.modules]; sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
