"""Scenes hold what the networks really say: compared with the networks themselves."""

import numpy as np
import pytest
import torch

from explorer.app.example import Example
from explorer.app.topology_examples import task_of, watched_scene
from explorer.app.topology_sequences import ALL, LEFTWARDS, RIGHTWARDS
from explorer.app.topology_setting import Topology
from explorer.frame import Frame
from explorer.sequence.encoder_decoder import model as writing
from explorer.sequence.encoder_decoder.answering import answer
from explorer.sequence.model import build_model
from explorer.sequence.weights import to_bytes


def first_frame(experiment):
    """Frame 0, drawn."""
    return next(iter(experiment.frames()))


def of(**view):
    experiment = Topology(**{"hidden": 8, "batch": 4, **view}).training()
    return experiment, first_frame(experiment), task_of(experiment)


@pytest.mark.parametrize("task", ["picture", "digits", "rows", "future", "order"])
def test_answers_are_those_of_the_network(task):
    experiment, frame, made = of(task=task, length=6)
    scene, model, batch = watched_scene(experiment, frame, Example()), build_model(experiment), made.watched()
    with torch.no_grad():
        said = torch.softmax(model(batch.inputs, batch.lengths), -1)[0].reshape(-1, made.outputs)
    shown = scene.answering()
    asked = [t for t, right in enumerate(made.expected(batch)) if right]
    assert shown == asked == scene.losses()
    for t in shown:
        row = said[t] if len(said) > 1 else said[0]
        name, share = scene.columns[t].guesses[0]
        assert name == made.labels[int(row.argmax())] and abs(share - float(row.max())) < 1e-5


def test_a_digit_is_shown_row_by_row():
    experiment, frame, task = of(task="digits")
    scene = watched_scene(experiment, frame, Example())
    assert np.array_equal(np.stack([column.pixels for column in scene.columns]), task.watched().inputs[0].numpy())
    assert scene.states.shape == (1, 8, 8) and scene.across
    whole = watched_scene(*of(task="picture")[:2], Example())
    assert whole.columns[0].pixels.shape == (8, 8) and not whole.across


def test_in_step_the_gradient_of_all_answers_is_that_of_their_sum():
    experiment, frame, task = of(task="rows")
    scene, model, batch = watched_scene(experiment, frame, Example()), build_model(experiment), task.watched()
    model = model.double()
    inputs = model.embed(batch.inputs.double())
    # One step at a time, every state kept: what reaches the first one is the whole of what came later.
    states, state = [], None
    for t in range(inputs.shape[1]):
        out, state = model.recurrent[0](inputs[:, t : t + 1], state)
        out.retain_grad()
        states.append(out)
        state = (out.transpose(0, 1), state[1])
    outputs = model.readout(torch.cat(states, 1))
    loss = torch.nn.functional.cross_entropy(outputs.flatten(0, 1), batch.targets.flatten(), reduction="sum") / len(
        batch
    )
    loss.backward()
    norms = torch.stack([one.grad[:, 0].norm(dim=1).mean() for one in states]).numpy()
    assert np.allclose(scene.gradients[ALL], norms, rtol=1e-6)
    assert np.isclose(scene.gradients[ALL][-1], list(scene.gradients.values())[1][-1])
    assert list(scene.gradients.values())[1][0] < scene.gradients[ALL][0]


def test_what_has_no_right_answer_is_not_put_out_beside_what_has():
    scene = watched_scene(*of(task="future", length=6)[:2], Example())
    assert scene.answering() == [0, 1, 2, 3] and scene.length == 6


def test_both_directions_have_states_and_gradients():
    experiment = Topology(task="future", hidden=8, batch=4, length=6).other_way()
    scene = watched_scene(experiment, first_frame(experiment), Example())
    assert scene.states.shape == (2, 6, 8) and list(scene.gradients) == [RIGHTWARDS, LEFTWARDS]
    assert scene.gradients[LEFTWARDS][-1] > 0 == scene.gradients[RIGHTWARDS][-1]


def test_a_typed_example_is_traced_anew():
    experiment, frame, task = of(task="order", length=6)
    scene = watched_scene(experiment, frame, Example(text="abCdeF"))
    assert [column.reads for column in scene.columns] == list("abCdeF")
    assert scene.columns[-1].right == "C" and len(next(iter(scene.gradients.values()))) == 6


@pytest.mark.parametrize(
    "shape, task", [("encoder-decoder", "spelled"), ("one-to-many", "names"), ("one-to-many", "spelled")]
)
def test_a_written_answer_is_shown_as_it_is_learned(shape, task):
    experiment, frame, made = of(shape=shape, task=task)
    scene, batch = watched_scene(experiment, frame, Example()), made.watched()
    model = writing.build_model(experiment)
    with torch.no_grad():
        chances = torch.softmax(model(batch)[0], -1)
    right = made.target_steps(batch)
    said = [scene.columns[t] for t in scene.answering()]
    assert [column.right for column in said] == [*right[:-1], "■"]
    assert [column.reads for column in said] == ["▸", *right[:-1]]
    for t, column in enumerate(said):
        assert abs(column.guesses[0][1] - float(chances[t].max())) < 1e-5
    assert scene.encoder == (8 if shape == "encoder-decoder" else 1)
    assert scene.states.shape == (1, scene.encoder + len(right), 8)


def test_the_gradient_of_a_written_answer_is_that_of_the_sum_of_its_letters():
    """dL/dh of the state that was made from the input, by autograd."""
    experiment, frame, task = of(shape="one-to-many", task="spelled", cell="gru")
    scene, batch = watched_scene(experiment, frame, Example()), task.watched()
    model = writing.build_model(experiment).double()
    seen = model.look(batch.sources.double())
    seen.retain_grad()
    memory = model.bridged(None, seen, batch.source_lengths)
    outputs = model.readout(model.write(memory, model.shifted(batch.targets)))
    (task.loss(outputs, batch) / len(batch)).backward()
    assert np.isclose(scene.gradient[0], float(seen.grad.norm(dim=1).mean()), rtol=1e-6)


def test_drawings_show_the_expected_rows_over_those_before():
    experiment, frame, task = of(task="drawing")
    scene, batch = watched_scene(experiment, frame, Example()), task.watched()
    with torch.no_grad():
        expected = task.said(writing.build_model(experiment)(batch))[0].numpy()
    drawn = [column for column in scene.columns if column.draws is not None]
    assert np.allclose([column.draws for column in drawn], expected, atol=1e-5)
    assert np.array_equal(drawn[3].pixels, batch.targets[0, 2].numpy()) and drawn[0].pixels is None
    other = watched_scene(experiment, frame, Example(text="3"))
    assert other.columns[0].reads == "3"


def test_a_typed_number_gets_the_networks_own_answer():
    experiment = Topology(task="numbers", hidden=8, batch=4, limit=100).training()
    model = writing.build_model(experiment)
    scene = watched_scene(experiment, Frame(0, {}, {}, to_bytes(model)), Example(text="twenty-two"))
    said = answer(model, "twenty-two")
    written = ["■" if one == "<end>" else one for one in said.symbols]
    assert [column.guesses[0][0] for column in scene.columns if column.answers] == written
    assert not any(column.right for column in scene.columns) and scene.columns[-1].loss
    assert np.allclose(scene.attention, said.attention, atol=1e-5)
