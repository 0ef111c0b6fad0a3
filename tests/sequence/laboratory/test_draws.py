"""A probe's weights are those of a network that begins to learn the digits; what is exact in theory is exact here."""

from dataclasses import astuple

import numpy as np
import pytest

from explorer.sequence.laboratory.draws import beginning_of, directions_of, inputs_of, weights_of
from explorer.sequence.laboratory.probe import Probe

GATES = {"rnn": 1, "lstm": 4, "gru": 3}


@pytest.mark.parametrize("cell", GATES)
@pytest.mark.parametrize("initialisation", ["default", "orthogonal", "identity", "spectral"])
def test_weights_are_those_of_an_untrained_network(untrained_digits, cell, initialisation):
    radius = 1.3 if initialisation == "spectral" else 1.0
    probe = Probe(
        hidden=12, initialisation=initialisation, spectral_radius=radius, seed=4, forget_bias=2, update_bias=1.5
    )
    module = untrained_digits(probe, cell).recurrent[0]
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    theirs = [getattr(module, name).detach().double().numpy() for name in names]
    drawn = weights_of(probe, cell)
    ours = [drawn.input, drawn.recurrent, drawn.input_bias, drawn.recurrent_bias]
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=3e-6)
    if initialisation == "default":
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("cell", GATES)
@pytest.mark.parametrize("rho", [0.5, 1.0, 1.2])
def test_every_gate_has_the_radius_asked_for(cell, rho):
    for initialisation in ("orthogonal", "identity", "spectral"):
        drawn = weights_of(Probe(hidden=10, initialisation=initialisation, spectral_radius=rho), cell)
        for block in np.split(drawn.recurrent, GATES[cell]):
            assert np.abs(np.linalg.eigvals(block)).max() == pytest.approx(rho, rel=1e-12)
            if initialisation != "spectral":
                np.testing.assert_allclose(block @ block.T, rho**2 * np.eye(10), atol=1e-14)


def test_biases_can_be_left_out_and_identity_has_none():
    for probe in (Probe(biases=False), Probe(initialisation="identity")):
        assert not any(getattr(weights_of(probe, "rnn"), name).any() for name in ("input_bias", "recurrent_bias"))
    assert weights_of(Probe(), "rnn").input_bias.any()
    opened = weights_of(Probe(hidden=4, biases=False, forget_bias=2.0), "lstm")
    np.testing.assert_array_equal(opened.input_bias + opened.recurrent_bias, np.repeat([0, 2.0, 0, 0], 4))


def test_directions_have_length_one_and_differ():
    directions = directions_of(Probe(samples=5))
    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1.0, rtol=1e-14)
    assert np.abs(directions @ directions.T - np.eye(5)).max() < 0.5


def test_inputs_scale_and_nothing_is_read_at_zero():
    assert not inputs_of(Probe(inputs=0.0)).any()
    np.testing.assert_array_equal(inputs_of(Probe(inputs=2.0)), 2.0 * inputs_of(Probe(inputs=1.0)))
    assert inputs_of(Probe(samples=32, length=200)).std() == pytest.approx(1.0, abs=0.02)


def test_only_a_relu_network_begins_away_from_zero():
    assert beginning_of(Probe(activation="relu"), "rnn").min() >= 0.5
    for cell, activation in (("rnn", "tanh"), ("rnn", "linear"), ("lstm", "relu"), ("gru", "relu")):
        assert not beginning_of(Probe(activation=activation), cell).any()


def test_the_seed_changes_everything_and_the_sizes_of_one_part_nothing_else():
    one, other = (astuple(weights_of(Probe(hidden=8, seed=seed), "gru")) for seed in (0, 1))
    assert all((a != b).any() for a, b in zip(one, other, strict=True))
    again = astuple(weights_of(Probe(hidden=8, length=7, samples=2, inputs=0.0), "gru"))
    assert all((a == b).all() for a, b in zip(one, again, strict=True))
