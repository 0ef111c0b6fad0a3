"""Initial recurrent weights, gate by gate."""

import numpy as np
import pytest
import torch

from explorer.sequence import SequenceExperiment, build_model


def recurrent_blocks(experiment):
    model = build_model(experiment)
    return [
        block.detach().numpy()
        for layer in model.recurrent
        for name, weight in layer.named_parameters()
        if name.startswith("weight_hh")
        for block in weight.split(experiment.hidden)
    ]


def experiment(**settings):
    return SequenceExperiment(**{"task": "digits", "hidden": 12, "layers": 2, "bidirectional": True, **settings})


@pytest.mark.parametrize("cell, blocks", [("rnn", 4), ("lstm", 16), ("gru", 12)])
def test_orthogonal_gates(cell, blocks):
    found = recurrent_blocks(experiment(cell=cell, initialisation="orthogonal"))
    assert len(found) == blocks
    for block in found:
        np.testing.assert_allclose(block @ block.T, np.eye(12), atol=1e-5)
    assert not np.allclose(found[0], found[1])


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("radius", [0.5, 1.3])
def test_spectral_radius_of_each_gate(cell, radius):
    for block in recurrent_blocks(experiment(cell=cell, initialisation="spectral", spectral_radius=radius)):
        assert np.abs(np.linalg.eigvals(block.astype(float))).max() == pytest.approx(radius, rel=1e-5)


@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_identity_and_zero_biases(cell):
    chosen = experiment(cell=cell, initialisation="identity")
    for block in recurrent_blocks(chosen):
        np.testing.assert_array_equal(block, np.eye(12))
    for layer in build_model(chosen).recurrent:
        assert all(not weight.any() for name, weight in layer.named_parameters() if name.startswith("bias"))


def test_the_forget_bias_is_set_once():
    plain = build_model(experiment(cell="lstm")).recurrent[0]
    opened = build_model(experiment(cell="lstm", forget_bias=2.0)).recurrent[0]
    for suffix in ("_l0", "_l0_reverse"):
        total = getattr(opened, "bias_ih" + suffix) + getattr(opened, "bias_hh" + suffix)
        assert torch.equal(total[12:24], torch.full((12,), 2.0))
        for name in ("bias_ih", "bias_hh"):
            ours, theirs = getattr(opened, name + suffix), getattr(plain, name + suffix)
            assert torch.equal(ours[:12], theirs[:12]) and torch.equal(ours[24:], theirs[24:])


def test_the_update_bias_is_set_once_and_is_for_the_gru_alone():
    plain = build_model(experiment(cell="gru")).recurrent[0]
    opened = build_model(experiment(cell="gru", update_bias=2.0)).recurrent[0]
    for suffix in ("_l0", "_l0_reverse"):
        total = getattr(opened, "bias_ih" + suffix) + getattr(opened, "bias_hh" + suffix)
        assert torch.equal(total[12:24], torch.full((12,), 2.0))
        for name in ("bias_ih", "bias_hh"):
            ours, theirs = getattr(opened, name + suffix), getattr(plain, name + suffix)
            assert torch.equal(ours[:12], theirs[:12]) and torch.equal(ours[24:], theirs[24:])
    assert [SequenceExperiment(cell=cell).uses("update_bias") for cell in ("rnn", "lstm", "gru")] == [
        False,
        False,
        True,
    ]
    for cell in ("rnn", "lstm"):
        same = [build_model(experiment(cell=cell, update_bias=value)).state_dict() for value in (0.0, 2.0)]
        assert all(torch.equal(weight, same[1][name]) for name, weight in same[0].items())


def test_a_high_update_gate_keeps_the_state():
    """In PyTorch z multiplies h_{t-1}: with a large bias the gradient passes, and the state hardly moves."""
    chosen = {"task": "digits", "cell": "gru", "hidden": 12}
    states = [build_model(SequenceExperiment(**chosen, update_bias=value)) for value in (0.0, 5.0)]
    inputs = torch.randn(4, 8, 8, generator=torch.Generator().manual_seed(0))
    moved, kept = (model.states(inputs)[0].detach().abs().max() for model in states)
    assert kept < 0.1 * moved


@pytest.mark.parametrize("initialisation", ["orthogonal", "spectral"])
def test_choices_differ_in_the_recurrent_weights_alone(initialisation):
    plain = build_model(experiment(cell="lstm")).state_dict()
    for name, weight in build_model(experiment(cell="lstm", initialisation=initialisation)).state_dict().items():
        assert torch.equal(weight, plain[name]) == ("weight_hh" not in name), name


def test_pytorchs_default_has_a_spectral_radius_near_one_over_root_three():
    block = recurrent_blocks(SequenceExperiment(task="digits", cell="rnn", hidden=256, batch=8))[0]
    assert np.abs(np.linalg.eigvals(block.astype(float))).max() == pytest.approx(3**-0.5, rel=0.05)
