"""The trace against fused modules, against torch's autograd step by step, and against finite differences."""

import copy

import numpy as np
import pytest
import torch
from torch.nn import functional

from explorer.sequence.decay import decay_per_step
from explorer.sequence.pace import run_through
from explorer.sequence.tasks import Batch
from explorer.sequence.tracing import trace, trace_slices


def double(model, batch):
    inputs = batch.inputs.double() if batch.inputs.is_floating_point() else batch.inputs
    return copy.deepcopy(model).double(), Batch(inputs, batch.targets, batch.lengths)


def one_step(module, suffix, x, h, c, nudge):
    """One step in torch; h is computed from the very c that is returned, so that c.grad is the total."""
    weights = [getattr(module, name + suffix) for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")]
    from_x, from_h = functional.linear(x, weights[0], weights[2]), functional.linear(h, weights[1], weights[3])
    if isinstance(module, torch.nn.RNN):
        return getattr(torch, module.nonlinearity)(from_x + from_h) + nudge["h"], c
    if isinstance(module, torch.nn.LSTM):
        i, f, g, o = (from_x + from_h).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g) + nudge["c"]
        return torch.sigmoid(o) * torch.tanh(c) + nudge["h"], c
    (rx, zx, nx), (rh, zh, nh) = from_x.chunk(3, dim=1), from_h.chunk(3, dim=1)
    z = torch.sigmoid(zx + zh)
    return (1 - z) * torch.tanh(nx + torch.sigmoid(rx + rh) * nh) + z * h + nudge["h"], c


def step_by_step(model, batch, nudges=None):
    """Loss and all states {(layer, direction, t, sample): (h, c)}, one sample at a time without any padding."""
    model, batch = double(model, batch)
    states, outputs = {}, []
    for i, length in enumerate(batch.lengths.tolist()):
        below = list(model.embed(batch.inputs[i : i + 1, :length]).unbind(1))
        for layer, module in enumerate(model.recurrent):
            directions = []
            for direction, suffix in enumerate(("", "_reverse")[: 2 if module.bidirectional else 1]):
                h = c = torch.zeros(1, module.hidden_size, dtype=torch.float64)
                hs = [None] * length
                for t in reversed(range(length)) if direction else range(length):
                    nudge = (nudges or {}).get((layer, direction, t, i), {"h": 0.0, "c": 0.0})
                    h, c = one_step(module, suffix, below[t], h, c, nudge)
                    h.retain_grad()
                    if c.requires_grad:
                        c.retain_grad()
                    states[layer, direction, t, i] = h, c
                    hs[t] = h
                directions.append(hs)
            below = [torch.cat(parts, dim=1) for parts in zip(*directions, strict=True)]
        if model.reads == "every":
            top = torch.cat([*below, torch.zeros(batch.inputs.shape[1] - length, below[0].shape[1])])
        else:
            top = torch.cat([hs[0] if k else hs[-1] for k, hs in enumerate(directions)], dim=1)[0]
        outputs.append(model.readout(top))
    return model.loss(torch.stack(outputs), batch), states


def test_states_equal_the_fused_forward(network):
    batch = network.task.watched()
    seen = trace(network, batch)
    exact, doubled = double(network, batch)
    with torch.no_grad():
        fused = torch.stack(exact.states(doubled.inputs, batch.lengths))  # (L, n, T, D * U)
        outputs = exact(doubled.inputs, batch.lengths).numpy()
    ours = np.concatenate(list(seen.hidden.swapaxes(0, 1)), axis=-1).swapaxes(1, 2)
    real = np.arange(batch.inputs.shape[1]) < batch.lengths.numpy()[:, None]
    np.testing.assert_allclose(ours[:, real], fused.numpy()[:, real], rtol=0, atol=1e-12)
    real_outputs = real if network.reads == "every" else slice(None)
    np.testing.assert_allclose(seen.outputs[real_outputs], outputs[real_outputs], rtol=0, atol=1e-12)
    assert seen.loss == pytest.approx(exact.loss(torch.from_numpy(outputs), batch).item(), abs=1e-12)


def test_padded_steps_hold_zeros(network):
    batch = network.task.watched()
    seen = trace(network, batch)
    padded = np.arange(batch.inputs.shape[1])[:, None] >= batch.lengths.numpy()
    assert padded.any()
    arrays = [seen.hidden, seen.cell, seen.grad_hidden, seen.grad_cell, *seen.gates.values()]
    for array in (array for array in arrays if array is not None):
        assert not array[:, :, padded].any()
        assert array[:, :, ~padded].any()


def test_gradients_equal_autograd_step_by_step(network):
    batch = network.task.watched()
    seen = trace(network, batch)
    loss, states = step_by_step(network, batch)
    loss.backward()
    assert seen.loss == pytest.approx(loss.item(), abs=1e-12)
    for (layer, direction, t, i), (h, c) in states.items():
        grad = np.zeros(h.shape[1]) if h.grad is None else h.grad[0].numpy()
        np.testing.assert_allclose(seen.hidden[layer, direction, t, i], h.detach()[0], atol=1e-12)
        np.testing.assert_allclose(seen.grad_hidden[layer, direction, t, i], grad, atol=1e-14, rtol=1e-9)
        if seen.cell is not None:
            np.testing.assert_allclose(seen.cell[layer, direction, t, i], c.detach()[0], atol=1e-12)
            np.testing.assert_allclose(seen.grad_cell[layer, direction, t, i], c.grad[0], atol=1e-14, rtol=1e-9)


@pytest.mark.parametrize("cell", ["tanh", "relu", "lstm", "gru"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_gradients_equal_finite_differences(make_model, numbers, cell, bidirectional):
    model = make_model(cell, 2, bidirectional, numbers)
    batch = numbers.watched()
    seen = trace(model, batch)
    for layer, direction, t, i in [(0, 0, 0, 0), (0, 0, 3, 1), (1, 0, 2, 2), (0, -1, 1, 0), (1, -1, 3, 1)]:
        place = (layer, direction % seen.hidden.shape[1], t, i)
        for name, gradient in (("h", seen.grad_hidden), ("c", seen.grad_cell)):
            if gradient is None:
                continue
            for unit in range(4):
                assert gradient[place][unit] == pytest.approx(
                    difference(model, batch, place, name, unit), rel=1e-5, abs=1e-9
                )


def difference(model, batch, place, name, unit, eps=1e-5):
    nudge = torch.zeros(1, 4, dtype=torch.float64)
    nudge[0, unit] = eps
    still = torch.zeros_like(nudge)
    nudges = [{place: {"h": still, "c": still} | {name: side}} for side in (nudge, -nudge)]
    right, left = (step_by_step(model, batch, one)[0].item() for one in nudges)
    return (right - left) / (2 * eps)


def test_weight_gradient_is_the_sum_over_steps(network):
    batch = network.task.watched()
    seen = trace(network, batch)
    exact, doubled = double(network, batch)
    exact.loss(exact(doubled.inputs, batch.lengths), doubled).backward()
    for layer, module in enumerate(exact.recurrent):
        for direction, suffix in enumerate(("", "_reverse")[: 2 if module.bidirectional else 1]):
            fused = getattr(module, f"weight_hh_l0{suffix}").grad.numpy()
            np.testing.assert_allclose(seen.weight_gradient(layer, direction), fused, atol=1e-13, rtol=1e-9)


def test_naive_gradient_is_what_retain_grad_gives(network):
    batch = network.task.watched()
    exact, doubled = double(network, batch)
    top = exact.states(doubled.inputs, batch.lengths)[-1]
    top.retain_grad()
    exact.loss(exact.readout(exact.read(top, batch.lengths)), doubled).backward()
    naive = trace(network, batch).naive_grad_hidden  # (D, T, n, U)
    np.testing.assert_allclose(np.concatenate(list(naive), axis=-1).swapaxes(0, 1), top.grad.numpy(), atol=1e-13)


def test_naive_gradient_sees_one_step_of_a_many_to_one_model(make_model, numbers):
    batch = numbers.sample(1, torch.Generator().manual_seed(0))
    seen = trace(make_model("lstm", task=numbers), batch)
    assert np.count_nonzero(seen.gradient_norms("naive")) == 1
    assert np.count_nonzero(seen.gradient_norms()) == 7


@pytest.mark.parametrize("rho", [0.5, 0.9, 1.0, 1.1])
def test_linear_orthogonal_recurrence_gives_powers_of_rho(make_model, numbers, rho):
    steps = 101
    model = make_model("tanh", task=numbers, hidden=16, initialisation="orthogonal")
    with torch.no_grad():
        exact = torch.linalg.qr(torch.randn(16, 16, dtype=torch.float64, generator=torch.Generator().manual_seed(0)))[0]
        model = model.double()
        model.recurrent[0].weight_hh_l0.copy_(rho * exact)
        for name in ("bias_ih_l0", "bias_hh_l0", "weight_ih_l0"):
            getattr(model.recurrent[0], name).zero_()
    batch = Batch(
        torch.zeros(2, steps, 3, dtype=torch.float64), torch.zeros(2, dtype=torch.int64), torch.tensor([steps] * 2)
    )
    seen = trace(model, batch, lambda outputs, batch: outputs[:, 0].sum())
    norms = seen.gradient_norms()[0, 0]
    np.testing.assert_allclose(norms[::-1] / norms[-1], rho ** np.arange(steps), rtol=1e-9)
    assert seen.decay_per_step() == pytest.approx(rho, rel=1e-9)


def test_the_decay_is_that_of_the_top_layers_norms(make_model, letters):
    seen = trace(make_model("gru", 2, task=letters), letters.watched(), letters.answer_loss)
    assert seen.decay_per_step() == decay_per_step(seen.gradient_norms()[1, 0])


def test_the_trap_of_two_layers(make_model, letters):
    """The state that layer 1 reads is the state that is traced: its gradient at the last step is not 0."""
    batch = letters.sample(1, torch.Generator().manual_seed(0))
    seen = trace(make_model("gru", 2, task=letters), batch, letters.answer_loss)
    assert seen.gradient_norms()[0, 0, -1] > 1e-3


def test_the_lstm_cell_gradient_includes_the_path_through_the_output(make_model, numbers):
    batch = numbers.sample(1, torch.Generator().manual_seed(0))
    seen = trace(make_model("lstm", task=numbers), batch)
    assert seen.gradient_norms("cell")[0, 0, -1] > 1e-3
    both = seen.gradient_norms("both") ** 2
    np.testing.assert_allclose(both, seen.gradient_norms("hidden") ** 2 + seen.gradient_norms("cell") ** 2)


def test_norms_are_means_of_each_samples_norm(make_model, numbers):
    seen = trace(make_model("gru", task=numbers), numbers.watched())
    expected = np.sqrt((seen.grad_hidden**2).sum(axis=-1)).mean(axis=-1)
    np.testing.assert_allclose(seen.gradient_norms(), expected, rtol=1e-12)
    assert np.linalg.norm(seen.grad_hidden.mean(axis=3), axis=-1)[0, 0, 0] < expected[0, 0, 0]


def test_dropout_is_off_and_the_model_is_left_alone(make_model, letters):
    model = make_model("lstm", 2, task=letters, dropout=0.5).train()
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    noise = model.dropout.generator.get_state()
    seen, again = trace(model, letters.watched()), trace(model.eval(), letters.watched())
    assert seen.loss == again.loss
    assert torch.equal(noise, model.dropout.generator.get_state())
    assert all(torch.equal(weight, before[name]) for name, weight in model.state_dict().items())
    assert all(weight.grad is None for weight in model.parameters())


def test_works_where_gradients_are_off(make_model, letters):
    model = make_model("gru", task=letters)
    with torch.no_grad():
        off = trace(model, letters.watched())
    np.testing.assert_array_equal(off.grad_hidden, trace(model, letters.watched()).grad_hidden)


def test_slices_give_the_same(make_model, letters):
    model = make_model("lstm", 3, task=letters, hidden=64)
    batch = letters.sample(64, torch.Generator().manual_seed(0))
    slices = trace_slices(model, batch)
    assert next(slices) is None
    np.testing.assert_array_equal(run_through(slices).grad_cell, trace(model, batch).grad_cell)


def test_only_an_lstm_has_a_cell_gradient(make_model, letters):
    seen = trace(make_model("gru", task=letters), letters.watched())
    assert seen.cell is None
    with pytest.raises(ValueError, match="Only an LSTM"):
        seen.gradient_norms("cell")


def test_the_package_offers_the_function():
    from explorer.sequence import trace as offered

    assert offered is trace
