"""Networks: built to the bit like PyTorch's, read where each direction ends, loaded with suspicion."""

import numpy as np
import pytest
import safetensors.torch
import torch

from explorer.sequence import SequenceExperiment, build_model, load_model
from explorer.sequence.model import SequenceModel
from explorer.sequence.tasks import make_task
from explorer.sequence.weights import to_bytes


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_default_weights_are_pytorchs_to_the_bit(cell):
    experiment = SequenceExperiment(task="rose", cell=cell, hidden=16, layers=2, seed=5)
    task, ours = make_task(experiment), build_model(experiment)
    with torch.random.fork_rng():
        torch.manual_seed(5)
        embedding = torch.nn.Embedding(task.inputs, 16)
        kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
        layers = [kind(16, 16, batch_first=True) for _ in range(2)]
        readout = torch.nn.Linear(16, task.outputs)
    expected = [weight for module in (embedding, *layers, readout) for weight in module.parameters()]
    for ours_one, theirs in zip(ours.parameters(), expected, strict=True):
        assert torch.equal(ours_one, theirs)


def test_building_leaves_the_global_generator_alone():
    before = torch.random.get_rng_state()
    build_model(SequenceExperiment(cell="gru", initialisation="orthogonal", dropout=0.3))
    assert torch.equal(torch.random.get_rng_state(), before)


def test_layers_are_single_layer_modules():
    model = build_model(SequenceExperiment(cell="gru", layers=3))
    assert len(model.recurrent) == 3
    assert all(type(layer) is torch.nn.GRU and layer.num_layers == 1 and layer.batch_first for layer in model.recurrent)


@pytest.mark.parametrize("cell", ["tanh", "lstm", "gru"])
def test_bidirectional_many_to_one_reads_the_final_states(make_model, numbers, cell):
    """Padded sequences give what each gives alone: the backward direction begins at the last real step."""
    model = make_model(cell, 2, True, numbers)
    batch = numbers.watched()
    with torch.no_grad():
        together = model(batch.inputs, batch.lengths)
        for i, length in enumerate(batch.lengths.tolist()):
            below = batch.inputs[i : i + 1, :length]
            for layer in model.recurrent:
                below, final = layer(below)
            final = final[0] if cell == "lstm" else final
            alone = model.readout(torch.cat([final[0], final[1]], dim=1))
            torch.testing.assert_close(together[i : i + 1], alone)


def test_unidirectional_many_to_one_reads_the_last_real_step(make_model, numbers):
    model, batch = make_model("gru", task=numbers), numbers.watched()
    with torch.no_grad():
        together = model(batch.inputs, batch.lengths)
        alone = model(batch.inputs[2:3, : batch.lengths[2]])
    torch.testing.assert_close(together[2:3], alone)


def test_outputs_by_topology(make_model, letters, numbers):
    assert make_model("lstm", task=letters)(letters.watched().inputs).shape == (3, 7, 5)
    assert make_model("lstm", task=numbers)(numbers.watched().inputs).shape == (3, 5)


def test_weights_make_the_round_trip():
    experiment = SequenceExperiment(cell="lstm", layers=2, seed=9)
    model = build_model(experiment)
    loaded = load_model(experiment.replace(seed=1), to_bytes(model))
    for one, other in zip(model.parameters(), loaded.parameters(), strict=True):
        assert torch.equal(one, other)
    inputs = model.task.watched().inputs
    assert torch.equal(model(inputs), loaded(inputs))
    assert not loaded.training


def changed(**other):
    return to_bytes(build_model(SequenceExperiment(**{"task": "digits", "cell": "lstm", "hidden": 8, **other})))


@pytest.mark.parametrize(
    "weights, message",
    [
        (changed(layers=2), "another architecture"),
        (changed(hidden=9), "is 32 x 8|is 36 x 8|not 32"),
        (changed(cell="gru"), "another architecture"),
        (b"", "cannot be read"),
        (b"PK\x03\x04" + bytes(200), "cannot be read"),
        (changed()[:-5], "cannot be read"),
        (changed() + bytes(200_000), "bytes"),
    ],
)
def test_strange_weights_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        load_model(SequenceExperiment(task="digits", cell="lstm", hidden=8), weights)


@pytest.mark.parametrize("poison, message", [(float("nan"), "finite"), (float("inf"), "finite")])
def test_weights_that_are_no_numbers_are_refused(poison, message):
    experiment = SequenceExperiment(task="digits", hidden=8)
    state = {name: weight.clone() for name, weight in build_model(experiment).state_dict().items()}
    state["readout.bias"][0] = poison
    with pytest.raises(ValueError, match=message):
        load_model(experiment, safetensors.torch.save(state))


def test_weights_of_another_type_are_refused():
    experiment = SequenceExperiment(task="digits", hidden=8)
    state = {name: weight.half() for name, weight in build_model(experiment).state_dict().items()}
    with pytest.raises(ValueError, match="float16"):
        load_model(experiment, safetensors.torch.save(state))


def test_dropout_uses_its_own_generator(make_model, letters):
    first = make_model("lstm", 2, task=letters, dropout=0.5).train()
    second = make_model("lstm", 2, task=letters, dropout=0.5).train()
    inputs = letters.watched().inputs
    one = first(inputs)
    torch.rand(7)
    assert torch.equal(one, second(inputs))
    assert not torch.equal(one, first(inputs))
    assert torch.equal(first.eval()(inputs), second.eval()(inputs))


def test_dropout_keeps_the_mean(make_model):
    dropout = make_model("lstm", dropout=0.25).dropout.train()
    values = dropout(torch.ones(200, 200))
    assert set(np.unique(values.numpy()).round(5)) == {0.0, np.float32(1 / 0.75).round(5)}
    assert values.mean().item() == pytest.approx(1.0, abs=0.02)


def test_a_model_is_a_module_with_the_tasks_loss(make_model, letters):
    model, batch = make_model("gru", task=letters), letters.watched()
    assert isinstance(model, SequenceModel)
    outputs = model(batch.inputs, batch.lengths)
    assert model.loss(outputs, batch).item() == letters.loss(outputs, batch).item()
