"""Order and padding, measured on real networks: an average hears nothing of order, the others do."""

import numpy as np
import pytest
import torch

from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.disturbance import PADDING, another_order, answer_step, changes
from explorer.sequence.model import build_model

CELLS = ("rnn", "lstm", "gru", "window", "average", "tcn", "transformer")


def model_of(cell, task="order", **settings):
    return build_model(ArchitectureExperiment(task=task, cell=cell, **settings))


@pytest.mark.parametrize("task", ["order", "rose", "adding"])
def test_the_average_does_not_change_by_a_bit_in_fifty_orders(task):
    model = model_of("average", task)
    batch = model.task.watched()
    assert {changes(model, batch, seed).shuffled for seed in range(50)} == {0.0}


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell != "average"])
def test_every_other_network_hears_the_order(cell):
    model = model_of(cell)
    assert changes(model, model.task.watched(), 1).shuffled > 1e-4


def test_attention_without_positions_is_a_bag_too_where_it_sees_everything():
    model = model_of("transformer", causal=False, positions="none", layers=2)
    batch = model.task.watched()
    last = batch.inputs[:1]
    order = torch.from_numpy(another_order(last.shape[1] - 1, 3))
    shuffled = torch.cat([last[:, :-1][:, order], last[:, -1:]], dim=1)  # the step that answers stays where it is
    with torch.no_grad():
        assert torch.allclose(model(last), model(shuffled), atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_padding_whose_length_is_told_makes_no_difference(cell):
    model = model_of(cell)
    found = changes(model, model.task.watched(), 1)
    assert found.padded < 1e-5 and found.careless > 1e-4


def test_what_cannot_be_measured_is_none():
    glance = model_of("cnn", "picture")
    assert changes(glance, glance.task.watched(), 1).shuffled is None
    learned = model_of("transformer", "recall", length=60, positions="learned", layers=1, hidden=8, batch=4)
    batch = learned.task.watched()
    if int(batch.lengths[0]) + PADDING > len(learned.places):
        assert changes(learned, batch, 1).padded is None


def test_only_what_the_answer_has_seen_is_shuffled():
    model = model_of("gru", "rose")
    batch = model.task.watched()
    assert answer_step(model, batch) == int(model.task.answer_step(batch)[0]) < int(batch.lengths[0]) - 1


def test_another_order_is_never_the_same():
    for seed in range(30):
        assert sorted(another_order(2, seed)) == [0, 1] and another_order(2, seed)[0] == 1
    assert another_order(1, 0) is None
    assert np.array_equal(another_order(9, 4), another_order(9, 4))
