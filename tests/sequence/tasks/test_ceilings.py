"""What the tasks on order and on the future are made for: who stays at the limit, and who passes it. Real, short trainings."""

import pytest
import torch

from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.model import load_model
from explorer.sequence.tasks.order import with_twins


def trained(**settings):
    """The experiment's model after its last update, and the metrics then."""
    experiment = ArchitectureExperiment(**settings)
    *_, last = experiment.frames(wanted=lambda step: False)
    return load_model(experiment, last.weights), last.metrics


ORDER = {"task": "order", "length": 8, "hidden": 32, "batch": 64, "learning_rate": 0.01}


@pytest.mark.parametrize("more", [{}, {"layers": 2, "hidden": 64}], ids=["one layer", "two layers"])
def test_an_average_finds_the_two_capitals_and_stays_at_the_limit(more):
    model, metrics = trained(**{**ORDER, "cell": "average", "steps": 600, **more})
    limit = model.task.baseline
    assert 0.4 < metrics["score"] <= limit.score + 0.04
    many = with_twins(model.task.sample(2000, torch.Generator().manual_seed(5)))
    with torch.no_grad():
        outputs = model(many.inputs, many.lengths)
    # Of two sequences with the same letters it gives the same answer: at most one is right. (Sums of the same numbers in
    # another order can differ in their last bit, and so turn an answer that was a tie.)
    assert 0.45 < model.task.score(outputs, many) <= limit.score + 0.002
    assert model.task.loss(outputs.double(), many).item() >= limit.loss - 1e-6


@pytest.mark.parametrize(("cell", "rate", "steps"), [("rnn", 0.003, 1100), ("lstm", 0.01, 300), ("gru", 0.01, 300)])
def test_a_memory_passes_the_limit_of_those_blind_to_order(cell, rate, steps):
    model, metrics = trained(**{**ORDER, "cell": cell, "learning_rate": rate, "steps": steps})
    assert metrics["score"] > 0.8 > 1.5 * model.task.baseline.score
    assert metrics["held_out"] < 0.6 * model.task.baseline.loss


FUTURE = {"task": "future", "length": 24, "hidden": 24, "batch": 32, "learning_rate": 0.01, "steps": 250}


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_reading_both_ways_passes_the_limit_of_reading_one_way(cell):
    model, one = trained(**FUTURE, cell=cell)
    _, both = trained(**FUTURE, cell=cell, bidirectional=True)
    limit = model.task.baseline
    assert one["score"] == pytest.approx(limit.score, abs=0.03)
    assert one["held_out"] >= limit.loss - 0.03
    assert both["score"] > 0.95 and both["held_out"] < 0.1 * limit.loss


def test_names_that_the_words_after_them_explain_need_both_directions():
    settings = {"task": "tagging", "cell": "gru", "hidden": 24, "batch": 32, "learning_rate": 0.01, "steps": 200}
    model, one = trained(**settings)
    _, both = trained(**settings, bidirectional=True)
    limit = model.task.baseline
    assert 0.9 * limit.score < one["score"] <= limit.score + 1e-9
    assert one["held_out"] >= limit.loss - 1e-9
    assert both["score"] > 0.98 and both["held_out"] < 0.5 * limit.loss
