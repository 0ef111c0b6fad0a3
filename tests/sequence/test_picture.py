"""What a frame carries: names, shapes, types, and numbers that agree with the model."""

import numpy as np
import pytest
import torch

from explorer.sequence import SequenceExperiment, build_model, trace
from explorer.sequence.evaluation import evaluate_slices
from explorer.sequence.pace import Pace, run_through
from explorer.sequence.picture import Picture, expectations, trace_arrays


def picture(**settings):
    experiment = SequenceExperiment(**{"hidden": 8, **settings})
    model = build_model(experiment)
    arrays, metrics = run_through(Picture(experiment, model).slices(3, 0.8))
    return model, arrays, metrics


def test_shapes_of_an_lstm_on_the_rose():
    model, arrays, _ = picture(task="rose", layers=2)
    steps = int(model.task.watched().lengths[0])
    gates = {f"gate/{name}" for name in ("input", "forget", "candidate", "output")}
    for name in ("hidden", "cell", *gates):
        assert arrays[name].shape == (2, 1, steps, 8) and arrays[name].dtype == np.float32
    for name in ("grad_hidden", "grad_cell"):
        assert arrays[name].shape == (2, 1, steps) and arrays[name].dtype == np.float64
    assert arrays["grad_naive"].shape == (1, steps)
    assert arrays["grad_hidden_units"].shape == (1, steps, 8)
    assert arrays["top_probability"].shape == arrays["top_index"].shape == (steps, 5)
    assert arrays["top_index"].dtype == arrays["sample"].dtype == np.int32
    assert set(arrays) == gates | {
        "hidden", "cell", "grad_hidden", "grad_cell", "grad_naive", "grad_hidden_units", "top_probability", "top_index",
        "sample",
    }  # fmt: skip


@pytest.mark.parametrize(
    "settings, shape",
    [
        ({"task": "digits"}, (8, 10)),
        ({"task": "digits", "bidirectional": True}, (1, 10)),
        ({"task": "adding", "length": 9}, (9, 1)),
        ({"task": "recall", "length": 5}, (25, 8)),
    ],
)
def test_outputs_over_time(settings, shape):
    model, arrays, _ = picture(cell="gru", **settings)
    assert arrays["outputs"].shape == shape
    if model.task.labels is not None:
        np.testing.assert_allclose(arrays["outputs"].sum(axis=1), 1.0, rtol=1e-5)


def test_the_last_output_is_the_models_answer():
    model, arrays, _ = picture(task="digits", cell="gru")
    batch = model.task.watched()
    with torch.no_grad():
        answer = torch.softmax(model(batch.inputs, batch.lengths)[0], dim=-1).numpy()
    np.testing.assert_allclose(arrays["outputs"][-1], answer, atol=1e-6)


def test_an_earlier_output_is_the_answer_had_the_sequence_stopped():
    model, arrays, _ = picture(task="adding", cell="lstm", length=10)
    batch = model.task.watched()
    with torch.no_grad():
        shorter = model(batch.inputs[:1, :6])[0].numpy()
    np.testing.assert_allclose(arrays["outputs"][5], shorter, atol=1e-6)


def test_gradients_are_those_of_the_answer():
    model, arrays, _ = picture(task="rose", cell="gru")
    seen = trace(model, model.task.watched(), model.task.answer_loss)
    np.testing.assert_array_equal(arrays["grad_hidden"], seen.gradient_norms())
    np.testing.assert_array_equal(arrays["grad_naive"], seen.gradient_norms("naive")[0])
    assert np.count_nonzero(arrays["grad_naive"]) == 1  # the answer is one step


def test_the_likeliest_come_first(make_model, letters):
    outputs = np.random.default_rng(0).normal(size=(4, 50))
    task = type("Many", (), {"labels": tuple(range(50))})
    top = expectations(outputs, task)
    np.testing.assert_array_equal(top["top_index"], np.argsort(-outputs, axis=1)[:, :5])
    softmax = np.exp(outputs) / np.exp(outputs).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(top["top_probability"], -np.sort(-softmax, axis=1)[:, :5], rtol=1e-5)


def test_padding_of_other_samples_does_not_reach_the_picture(make_model, letters):
    batch = letters.watched()
    model = make_model("lstm", task=letters)
    arrays = trace_arrays(trace(model, batch), model, batch)
    alone = type(batch)(batch.inputs[:1], batch.targets[:1], batch.lengths[:1])
    np.testing.assert_allclose(arrays["hidden"], trace_arrays(trace(model, alone), model, alone)["hidden"], atol=1e-7)


@pytest.mark.parametrize("task", ["speech", "series", "recall"])
def test_evaluation_in_pieces_is_evaluation_at_once(task):
    model = build_model(SequenceExperiment(task=task, hidden=8))
    batch = model.task.held_out()
    whole = run_through(evaluate_slices(model, batch, len(batch), 0.0, Pace()))
    pieces = run_through(evaluate_slices(model, batch, 7, 0.0, Pace()))
    assert pieces == pytest.approx(whole, rel=1e-5)
    with torch.no_grad():
        outputs = model(batch.inputs, batch.lengths)
    assert whole == pytest.approx((model.loss(outputs, batch).item(), model.task.score(outputs, batch)))


def test_metrics_of_a_picture():
    _, _, held = picture(task="digits")
    _, _, none = picture(task="rose")
    assert set(held) == {"held_out", "score", "weight_norm"}
    assert set(none) == {"score", "weight_norm"}
