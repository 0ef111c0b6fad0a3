"""What theory says is so: no measured gradient above Pascanu's bound, and exact where it says exact."""

import numpy as np
import pytest

from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.profile import profile
from explorer.sequence.laboratory.theory import rotation_radius, theory
from explorer.sequence.model import load_model
from explorer.sequence.tracing import trace

DRAWS = 1_000


def random_probe(chance, seed):
    return Probe(
        hidden=int(chance.integers(4, 13)),
        length=int(chance.integers(2, 31)),
        samples=int(chance.integers(1, 5)),
        activation=str(chance.choice(["tanh", "relu", "linear"])),
        initialisation=str(chance.choice(["default", "orthogonal", "identity", "spectral"])),
        spectral_radius=float(chance.uniform(0.1, 2.0)),
        inputs=float(chance.choice([0.0, 0.5, 3.0])),
        biases=bool(chance.integers(2)),
        loss_at=str(chance.choice(["last", "every"])),
        norm=str(chance.choice(["per sample", "of the mean"])),
        window=int(chance.choice([0, 0, 3, 10])),
        seed=seed,
    )


def test_no_measured_norm_is_above_the_bound():
    chance = np.random.default_rng(0)
    kinds, tight = {"bound": 0, "exact": 0}, 0
    for seed in range(DRAWS):
        found = profile(random_probe(chance, seed), "rnn")
        kinds[found.theory.kind] += 1
        limit = found.theory.values
        assert (found.hidden <= limit * (1 + 1e-9)).all(), seed
        if found.theory.kind == "exact":
            np.testing.assert_allclose(found.hidden, limit, rtol=1e-9)
        else:
            tight += found.hidden[0] > 0.5 * limit[0]
    assert min(kinds.values()) > 50 and tight > 50


def test_trained_networks_stay_below_it_too(trained):
    for task in ("rose", "digits"):
        experiment, weights = trained("rnn", task)
        model = load_model(experiment, weights)
        seen = trace(model, model.task.watched())
        known = theory(tangent_of(seen.unrolled[-1][0]), seen.naive_grad_hidden[0])
        assert known.kind == "bound"
        assert (seen.gradient_norms("hidden")[-1, 0] <= known.values * (1 + 1e-9)).all()


def test_the_bound_says_whether_it_must_vanish():
    must = profile(Probe(initialisation="orthogonal", spectral_radius=0.8), "rnn").theory
    could = profile(Probe(initialisation="orthogonal", spectral_radius=1.2), "rnn").theory
    assert must.kind == could.kind == "bound"
    assert must.factor <= 0.8 and "must vanish" in must.sentence
    assert could.factor > 1.0 and "does not say that it does" in could.sentence
    neither = profile(Probe(initialisation="orthogonal", spectral_radius=1.0, inputs=0.0), "rnn").theory
    assert neither.kind == "bound" and neither.factor < 1.0
    straight = profile(Probe(initialisation="orthogonal", activation="linear", loss_at="every"), "rnn").theory
    assert straight.factor == pytest.approx(1.0, abs=1e-12) and "cannot grow" in straight.sentence


def test_silent_units_are_named():
    found = profile(Probe(activation="relu", initialisation="identity", inputs=1.0), "rnn")
    assert found.theory.kind == "bound" and "% of the units are silent" in found.theory.sentence


@pytest.mark.parametrize(
    "cell, bias, kept",
    [("lstm", "forget_bias", "forget gates hand on ×0.95"), ("gru", "update_bias", "update gates hand on ×0.95")],
)
def test_gates_have_no_formula_but_say_what_they_keep(cell, bias, kept):
    found = profile(Probe(**{bias: 3.0}, inputs=0.0, biases=False), cell)
    assert found.theory.kind == "none" and found.theory.values is None
    assert kept in found.theory.sentence


def test_rotations_are_recognised():
    q = np.linalg.qr(np.random.default_rng(0).normal(size=(9, 9)))[0]
    assert rotation_radius(0.7 * q) == pytest.approx(0.7, rel=1e-12)
    assert rotation_radius(-2 * np.eye(4)) == pytest.approx(2.0)
    assert rotation_radius(q + 1e-6 * np.ones((9, 9))) is None
    assert rotation_radius(np.diag([1.0, 0.5])) is None


def test_cuts_are_part_of_it():
    probe = Probe(initialisation="orthogonal", inputs=0.0, biases=False, spectral_radius=0.9, window=10, length=25)
    found = profile(probe, "rnn")
    expected = np.where(np.arange(25) < 15, 0.0, 0.9 ** np.arange(24, -1, -1.0))
    np.testing.assert_allclose(found.theory.values, expected, rtol=1e-9)
    np.testing.assert_allclose(found.hidden, expected, rtol=1e-9)
    assert "9 steps back ×0.387" in found.theory.sentence


def test_where_a_cut_leaves_no_step_nothing_is_said_of_slopes():
    probe = Probe(initialisation="orthogonal", activation="tanh", spectral_radius=0.5, window=1, inputs=10.0)
    assert profile(probe, "rnn").theory.kind == "bound"
