"""One step of each cell against torch's own cells."""

import numpy as np
import pytest
import torch

from explorer.sequence.recurrence import GRU, LSTM, RNN, Weights, sigmoid

UNITS, INPUTS, SAMPLES = 5, 3, 4


@pytest.fixture
def given():
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(SAMPLES, width, dtype=torch.float64, generator=generator) for width in (INPUTS, UNITS, UNITS)]


def written_out(cell, kind, **options):
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return kind(Weights(*(getattr(cell, name).detach().numpy() for name in names)), **options)


def torch_cell(kind, **options):
    with torch.random.fork_rng():
        torch.manual_seed(1)
        return kind(INPUTS, UNITS, dtype=torch.float64, **options)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_rnn_step(given, activation):
    x, h, _ = given
    cell = torch_cell(torch.nn.RNNCell, nonlinearity=activation)
    step = written_out(cell, RNN, activation=activation).forward(x.numpy(), h.numpy())
    np.testing.assert_allclose(step.h, cell(x, h).detach(), atol=1e-14)
    assert step.gates == {}


def test_lstm_step(given):
    x, h, c = given
    cell = torch_cell(torch.nn.LSTMCell)
    step = written_out(cell, LSTM).forward(x.numpy(), h.numpy(), c.numpy())
    expected_h, expected_c = cell(x, (h, c))
    np.testing.assert_allclose(step.h, expected_h.detach(), atol=1e-14)
    np.testing.assert_allclose(step.c, expected_c.detach(), atol=1e-14)
    np.testing.assert_allclose(
        step.gates["forget"] * step.c_before + step.gates["input"] * step.gates["candidate"], step.c, atol=1e-15
    )


def test_gru_step(given):
    x, h, _ = given
    cell = torch_cell(torch.nn.GRUCell)
    step = written_out(cell, GRU).forward(x.numpy(), h.numpy())
    np.testing.assert_allclose(step.h, cell(x, h).detach(), atol=1e-14)


@pytest.mark.parametrize(
    "kind, torch_kind, options",
    [
        (RNN, torch.nn.RNNCell, {"tanh": True}),
        (RNN, torch.nn.RNNCell, {"relu": True}),
        (LSTM, torch.nn.LSTMCell, {}),
        (GRU, torch.nn.GRUCell, {}),
    ],
)
def test_one_step_backward(given, kind, torch_kind, options):
    """What reaches x_t, h_{t-1} and c_{t-1} from given dL/dh_t and dL/dc_t."""
    name = next(iter(options), None)
    cell = torch_cell(torch_kind, **({"nonlinearity": name} if name else {}))
    ours = written_out(cell, kind, **({"activation": name} if name else {}))
    x, h, c = (part.requires_grad_() for part in given)
    generator = torch.Generator().manual_seed(2)
    grad_h, grad_c = (torch.randn(SAMPLES, UNITS, dtype=torch.float64, generator=generator) for _ in range(2))
    arrays = [part.detach().numpy() for part in (x, h, c)]
    back = ours.backward(ours.forward(*arrays), grad_h.numpy(), grad_c.numpy())
    if kind is LSTM:
        torch.autograd.backward(cell(x, (h, c)), (grad_h, grad_c))
        np.testing.assert_allclose(back.c_before, c.grad, atol=1e-14)
    else:
        cell(x, h).backward(grad_h)
    np.testing.assert_allclose(back.x, x.grad, atol=1e-14)
    np.testing.assert_allclose(back.h_before, h.grad, atol=1e-14)
    np.testing.assert_allclose(back.from_state.T @ arrays[1], cell.weight_hh.grad, atol=1e-13)
    np.testing.assert_allclose(back.from_input.T @ arrays[0], cell.weight_ih.grad, atol=1e-13)
    carried = 0 if back.carried is None else back.carried
    np.testing.assert_allclose(back.through_weights + carried, back.h_before, atol=1e-15)


def test_contributions_add_up_to_the_sum_of_a_gate(given):
    """The page shows what each x and each h adds to one unit: those numbers and the biases must be all of it."""
    x, h, c = (part.numpy() for part in given)
    ours = written_out(torch_cell(torch.nn.LSTMCell), LSTM)
    step, unit, w = ours.forward(x, h, c), 2, ours.weights
    row = UNITS + unit  # the forget gate of unit 2
    parts = [*(w.input[row] * x[0]), *(w.recurrent[row] * h[0]), w.input_bias[row], w.recurrent_bias[row]]
    assert sum(parts) == pytest.approx(step.sums["forget"][0, unit], abs=1e-14)


def test_sigmoid_does_not_overflow():
    with np.errstate(all="raise"):
        np.testing.assert_allclose(sigmoid(np.array([-1e4, 0.0, 1e4])), [0.0, 0.5, 1.0])
