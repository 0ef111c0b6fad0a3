"""Jacobians and their products against torch's autograd; spectra against closed forms and against a plain decomposition."""

import numpy as np
import pytest
import torch

from explorer.sequence.laboratory.jacobians import (
    LOWEST,
    lyapunov,
    product_singular_values,
    products,
    singular_values,
    step_jacobians,
)
from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.profile import errors_of
from explorer.sequence.laboratory.reading import read
from explorer.sequence.laboratory.sending import send_back
from explorer.sequence.model import load_model
from explorer.sequence.tracing import trace

CELLS = ("rnn", "lstm", "gru")


def joint(cell, h, c):
    return torch.cat([h, c]) if cell == "lstm" else h


def through_torch(one, cell, sample, first, last):
    """d state_last / d state_first of one sample, by autograd through the steps between them."""
    with torch.no_grad():
        states = [(one.h0, one.c0)]
        for t in range(one.probe.length):
            states.append(one.step(t, *states[-1]))
    h, c = (part[sample] for part in states[first + 1])
    units = len(h)

    def run(state):
        h, c = (state[:units], state[units:]) if cell == "lstm" else (state, torch.zeros_like(state))
        for t in range(first + 1, last + 1):
            weights, x = one.weights, one.inputs[t, sample]
            h, c = _step(cell, weights, x, h, c, one.probe.activation)
        return joint(cell, h, c)

    return torch.autograd.functional.jacobian(run, joint(cell, h, c)).numpy()


def _step(cell, weights, x, h, c, activation):
    """One sample's step, written with torch's own cells."""
    units = len(h)
    args = [weights[name] for name in ("input", "recurrent", "input_bias", "recurrent_bias")]
    if cell == "lstm":
        h, c = torch._VF.lstm_cell(x[None], (h[None], c[None]), *args)
        return h[0], c[0]
    if cell == "gru":
        return torch._VF.gru_cell(x[None], h[None], *args)[0], c
    if activation == "linear":
        return args[0] @ x + args[1] @ h + args[2] + args[3], c[:units]
    return getattr(torch._VF, f"rnn_{activation}_cell")(x[None], h[None], *args)[0], c


@pytest.mark.parametrize(
    "cell, activation", [("rnn", "tanh"), ("rnn", "relu"), ("rnn", "linear"), ("lstm", "tanh"), ("gru", "tanh")]
)
def test_steps_and_products_equal_autograd(small, autograd, cell, activation):
    probe = small(activation=activation, inputs=1.5)
    one, jacobians = autograd(probe, cell), step_jacobians(read(probe, cell), sample=1)
    size = probe.hidden * (2 if cell == "lstm" else 1)
    assert jacobians.shape == (probe.length, size, size)
    for t in (1, 5, probe.length - 1):
        np.testing.assert_allclose(jacobians[t], through_torch(one, cell, 1, t - 1, t), rtol=1e-9, atol=1e-14)
    whole = products(jacobians)
    np.testing.assert_array_equal(whole[-1], np.eye(size))
    for t in (0, 4, probe.length - 2):
        np.testing.assert_allclose(whole[t], through_torch(one, cell, 1, t, probe.length - 1), rtol=1e-8, atol=1e-14)


@pytest.mark.parametrize("cell", CELLS)
def test_products_carry_the_loss_to_every_step(small, cell):
    """dL/dh_t = (dh_T/dh_t)^T dL/dh_T: the profile and the Jacobians tell the same."""
    probe = small()
    tangent = read(probe, cell)
    found, errors = send_back(tangent, errors_of(probe)), errors_of(probe)
    for sample in range(probe.samples):
        whole = products(step_jacobians(tangent, sample))
        error = errors[-1, sample] if cell != "lstm" else np.concatenate([errors[-1, sample], np.zeros(probe.hidden)])
        # At the last step c_T gets its share through h_T, which a Jacobian between two states does not contain.
        arrived = np.einsum("tab,a->tb", whole, error)[:-1]
        if cell == "lstm":
            # The state before step t+1 feels h_t directly and c_t apart from h_t; the total dL/dc_t adds the path through h_t.
            hidden, memory = np.split(arrived, 2, axis=1)
            memory = memory + hidden * tangent.opened[:-1, sample]
            np.testing.assert_allclose(found.cell[:-1, sample], memory, rtol=1e-8, atol=1e-15)
            arrived = hidden
        np.testing.assert_allclose(found.hidden[:-1, sample], arrived, rtol=1e-8, atol=1e-15)


@pytest.mark.parametrize("cell", CELLS)
def test_a_trained_network_with_sentences_of_different_lengths(trained, cell):
    experiment, weights = trained(cell, "speech")
    model = load_model(experiment, weights)
    batch = model.task.watched()
    seen = trace(model, batch)
    unrolled = seen.unrolled[-1][0]
    sample = int(np.argmin(seen.lengths))
    jacobians = step_jacobians(unrolled, sample)
    assert len(jacobians) == seen.lengths[sample]
    tangent = tangent_of(unrolled)
    t, units = len(jacobians) // 2, experiment.hidden
    nudge = 1e-6 * np.random.default_rng(0).normal(size=units)
    step = unrolled.steps[t]
    moved = [
        unrolled.cell.forward(step.x, step.h_before + side * nudge, step.c_before).h[sample] for side in (1.0, -1.0)
    ]
    np.testing.assert_allclose(jacobians[t][:units, :units] @ nudge, (moved[0] - moved[1]) / 2, rtol=1e-5, atol=1e-13)
    assert tangent.length == batch.inputs.shape[1]


@pytest.mark.parametrize("cell", CELLS)
def test_both_directions_of_a_bidirectional_network(trained, cell):
    """Each is linearised in the order in which it reads: the gradient that trace finds comes out of the Jacobians."""
    experiment, weights = trained(cell, "digits", bidirectional=True)
    model = load_model(experiment, weights)
    seen = trace(model, model.task.watched())
    for direction, one in enumerate(seen.unrolled[-1]):
        order = slice(None, None, -1 if direction else 1)
        found = send_back(tangent_of(one), seen.naive_grad_hidden[direction][order])
        np.testing.assert_allclose(found.hidden, seen.grad_hidden[-1, direction][order], rtol=1e-9, atol=1e-16)
        if cell == "lstm":
            np.testing.assert_allclose(found.cell, seen.grad_cell[-1, direction][order], rtol=1e-9, atol=1e-16)


def test_singular_values_of_each_step(small):
    jacobians = step_jacobians(read(small(), "lstm"))
    expected = np.stack([np.linalg.svd(one, compute_uv=False) for one in jacobians])
    np.testing.assert_allclose(10 ** singular_values(jacobians), expected, rtol=1e-9)


def test_silent_units_have_singular_values_of_nothing():
    with np.errstate(all="raise"):
        found = singular_values(step_jacobians(read(Probe(activation="relu", hidden=16, length=10), "rnn")))
        along = product_singular_values(step_jacobians(read(Probe(activation="relu", hidden=16, length=10), "rnn")))
    assert (found == LOWEST).any() and (found > -5).any()
    assert np.isfinite(along).all() and (along[0] == LOWEST).any()


@pytest.mark.parametrize("cell", CELLS)
def test_singular_values_of_products_equal_the_plain_ones_while_these_can_be_told(small, cell):
    jacobians = step_jacobians(read(small(length=6, initialisation="orthogonal"), cell))
    found = product_singular_values(jacobians)
    assert not found[-1].any()
    for t, whole in enumerate(products(jacobians)):
        values = np.linalg.svd(whole, compute_uv=False)
        told = values > 1e-8 * values[0]
        np.testing.assert_allclose(10 ** found[t][told], values[told], rtol=1e-6)


def exact_product(chance, size, steps, gap=3.0):
    """Jacobians U_k D U_{k-1}^T whose product has the singular values of D, to the power of the steps."""
    turns = [np.linalg.qr(chance.normal(size=(size, size)))[0] for _ in range(steps + 1)]
    stretch = gap ** -np.arange(size, dtype=float)
    return np.stack(
        [after @ np.diag(stretch) @ before.T for before, after in zip(turns, turns[1:], strict=False)]
    ), stretch


def test_products_whose_values_lie_hundreds_of_decades_apart():
    jacobians, stretch = exact_product(np.random.default_rng(0), 6, 101)
    found = product_singular_values(jacobians)
    for t in (0, 30, 90):
        np.testing.assert_allclose(found[t], (100 - t) * np.log10(stretch), rtol=1e-8, atol=1e-8)
    assert found[0, -1] < -230


def test_lyapunov_exponents_are_the_logarithms_of_the_products_singular_values():
    jacobians, stretch = exact_product(np.random.default_rng(1), 5, 60)
    found = lyapunov(jacobians)
    assert found.shape == (60, 5)
    np.testing.assert_allclose(found[-1], np.log(stretch), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("cell", CELLS)
def test_lyapunov_exponents_of_real_cells(small, cell):
    jacobians = step_jacobians(read(small(initialisation="orthogonal", length=30), cell))
    found, whole = lyapunov(jacobians)[-1], products(np.concatenate([np.eye(jacobians.shape[1])[None], jacobians]))[0]
    values = np.linalg.svd(whole, compute_uv=False)
    assert 30 * found.sum() == pytest.approx(np.linalg.slogdet(jacobians)[1].sum(), rel=1e-9)
    told = values > 1e-8 * values[0]
    np.testing.assert_allclose(found[told], np.log(values[told]) / 30, atol=0.05)
    assert found[0] == pytest.approx(np.log(values[0]) / 30, abs=0.02)


@pytest.mark.parametrize("rho", [0.5, 1.0, 1.1])
def test_a_linear_network_stretches_every_direction_alike(rho):
    probe = Probe(initialisation="orthogonal", inputs=0.0, biases=False, spectral_radius=rho, hidden=16)
    jacobians = step_jacobians(read(probe, "rnn"))
    np.testing.assert_allclose(lyapunov(jacobians), np.log(rho), atol=1e-12)
    np.testing.assert_allclose(singular_values(jacobians), np.log10(rho), atol=1e-12)
    expected = np.arange(99, -1, -1.0)[:, None] * np.log10(rho)
    np.testing.assert_allclose(product_singular_values(jacobians), np.repeat(expected, 16, axis=1), atol=1e-9)


def test_a_linear_network_in_the_long_run_has_its_eigenvalues():
    """Of any matrix, lim log sigma_i(W^n) / n is the logarithm of the size of its eigenvalues."""
    matrix = np.random.default_rng(3).normal(size=(5, 5))
    expected = np.sort(np.log(np.abs(np.linalg.eigvals(matrix))))[::-1]
    found = lyapunov(np.repeat(matrix[None], 4_000, axis=0))[-1]
    np.testing.assert_allclose(found, expected, atol=2e-3)
