"""What retain_grad says of a fused module, beside the truth."""

import copy

import numpy as np
import pytest
import torch

from explorer.sequence.laboratory.draws import directions_of, inputs_of
from explorer.sequence.laboratory.naive import naive_of
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.profile import profile
from explorer.sequence.model import load_model
from explorer.sequence.tracing import trace

CELLS = ("rnn", "lstm", "gru")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("loss_at", ["last", "every"])
def test_a_probe_against_torchs_own_module(untrained_digits, cell, loss_at):
    probe = Probe(hidden=8, length=20, samples=3, loss_at=loss_at)
    module = untrained_digits(probe, cell).recurrent[0].double()
    output = module(torch.from_numpy(inputs_of(probe).swapaxes(0, 1).copy()))[0]
    output.retain_grad()
    read = output[:, -1:] if loss_at == "last" else output
    (read * torch.from_numpy(directions_of(probe))[:, None]).sum().backward()
    expected = output.grad.norm(dim=-1).mean(dim=0).numpy()
    found = naive_of(profile(probe, cell))
    np.testing.assert_allclose(found.naive, expected, rtol=1e-12)
    assert found.true_steps == 20 and found.naive_steps == (1 if loss_at == "last" else 20)
    if loss_at == "last":
        assert "it is 0 at all but 1 of 20 steps; the true gradient is there at 20" in found.sentence
    else:
        assert "both are there at 20 of 20 steps" in found.sentence


@pytest.mark.parametrize("cell", CELLS)
def test_a_trained_network_against_torch(trained, cell):
    experiment, weights = trained(cell, "digits")
    model = load_model(experiment, weights)
    batch = model.task.watched()
    exact = copy.deepcopy(model).double()
    top = exact.states(batch.inputs.double(), batch.lengths)[-1]
    top.retain_grad()
    exact.loss(exact.readout(exact.read(top, batch.lengths)), batch).backward()
    found = naive_of(trace(model, batch))
    np.testing.assert_allclose(found.naive, top.grad.norm(dim=-1).mean(dim=0).numpy(), rtol=1e-9)
    assert (found.naive_steps, found.true_steps) == (1, 8)


def test_a_sequence_of_which_nothing_comes_back():
    found = naive_of(profile(Probe(length=20, window=1, loss_at="every"), "rnn"))
    assert "no difference" in found.sentence
