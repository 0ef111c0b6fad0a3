"""The numbers of one step add up: to the sums, to torch's, to the trace's."""

import numpy as np
import pytest
import torch

from explorer.sequence.arithmetic import LARGEST, answer, unit_step, weighted_sum
from explorer.sequence.tracing import trace


@pytest.fixture
def traced(network):
    return network, trace(network, network.task.watched())


def places(seen):
    """Every layer and direction, the first, a middle and the last step of sample 0, two units."""
    for layer, directions in enumerate(seen.unrolled):
        for direction, one in enumerate(directions):
            for t in (0, 2, int(seen.lengths[0]) - 1):
                for unit in (0, 3):
                    yield layer, direction, one, t, unit


def test_terms_and_rest_are_the_whole_sum():
    weights, values = np.arange(1.0, 9.0), np.array([3.0, -2.0, 0.5, 0.0, 1.0, -1.0, 0.1, 0.2])
    summed = weighted_sum(weights, values)
    assert summed.total == weights @ values
    assert [term.source for term in summed.terms] == [5, 4, 1, 0, 7]
    assert summed.others == 3
    assert sum(term.amount for term in summed.terms) + summed.rest == pytest.approx(summed.total, abs=1e-14)


def test_a_short_sum_has_no_rest():
    summed = weighted_sum(np.array([2.0]), np.array([-0.5]))
    assert (summed.total, summed.others, summed.rest) == (-1.0, 0, 0.0)


def test_a_term_says_of_which_gate_it_is():
    summed = weighted_sum(np.ones(6), np.array([0.0, 1.0, 0.0, 0.0, 0.0, -2.0]), gates=("reset", "update", "candidate"))
    assert [(term.gate, term.source) for term in summed.terms[:2]] == [("candidate", 1), ("reset", 1)]


def test_contributions_rest_and_biases_are_the_sum(traced):
    _, seen = traced
    for _, _, one, t, unit in places(seen):
        for neuron in unit_step(one, t, unit).neurons.values():
            factor = 1.0 if neuron.reset is None else neuron.reset
            parts = [
                sum(term.amount for term in half.terms) + half.rest for half in (neuron.from_input, neuron.from_state)
            ]
            total = parts[0] + neuron.input_bias + factor * (parts[1] + neuron.state_bias)
            assert total == pytest.approx(neuron.total, abs=1e-12)
            assert len(neuron.from_state.terms) <= LARGEST


def test_the_non_linearity_and_the_combination_give_the_state(traced):
    _, seen = traced
    for layer, direction, one, t, unit in places(seen):
        step = unit_step(one, t, unit)
        assert step.h == seen.hidden[layer, direction, t, 0, unit]
        value = {gate: neuron.value for gate, neuron in step.neurons.items()}
        for neuron in step.neurons.values():
            squash = {"tanh": np.tanh, "relu": lambda a: max(a, 0.0), "sigmoid": lambda a: 1 / (1 + np.exp(-a))}
            assert neuron.value == pytest.approx(squash[neuron.function](neuron.total), abs=1e-12)
        if "forget" in value:
            c = value["forget"] * step.c_before + value["input"] * value["candidate"]
            assert step.c == pytest.approx(c, abs=1e-12)
            assert step.c == seen.cell[layer, direction, t, 0, unit]
            assert step.h == pytest.approx(value["output"] * np.tanh(c), abs=1e-12)
        elif "update" in value:
            z = value["update"]
            assert step.h == pytest.approx(z * step.h_before + (1 - z) * value["candidate"], abs=1e-12)
        else:
            assert step.h == value["state"]


def test_the_sum_is_torchs(traced):
    """One step of torch's own cell in float64 from the same state: the sums behind its gates, and its new state."""
    model, seen = traced
    batch = model.task.watched()
    module = model.recurrent[0].double()
    x = model.embed(batch.inputs)[0, 1].double()
    h = torch.from_numpy(seen.hidden[0, 0, 0, 0])
    total = module.weight_ih_l0 @ x + module.bias_ih_l0
    past = module.weight_hh_l0 @ h + module.bias_hh_l0
    units = len(h)
    step = unit_step(seen.unrolled[0][0], 1, 2)
    for k, (gate, neuron) in enumerate(step.neurons.items()):
        row = k * units + 2
        mixed = total[row] + past[row] * (neuron.reset if neuron.reset is not None else 1.0)
        assert neuron.total == pytest.approx(mixed.item(), abs=1e-12), gate
    state = (h[None], torch.from_numpy(seen.cell[0, 0, 0, 0])[None]) if seen.cell is not None else h[None]
    if module.bidirectional:
        return
    _, out = module(x[None], state)
    new = out[0] if isinstance(out, tuple) else out
    assert step.h == pytest.approx(new[0, 2].item(), abs=1e-12)


def test_an_answer_is_the_readouts(traced):
    model, seen = traced
    weight, bias = (part.detach().double().numpy() for part in (model.readout.weight, model.readout.bias))
    top = np.concatenate(list(seen.hidden[-1, :, :, 0]), axis=-1)
    t = int(seen.lengths[0]) - 1
    read = top[t].copy()
    if model.reads == "last" and model.bidirectional:
        read[len(read) // 2 :] = top[0, len(read) // 2 :]
    found = answer(weight, bias, read, 3)
    shown = seen.outputs[0, t] if model.reads == "every" else seen.outputs[0]
    assert found.total == pytest.approx(shown[3], abs=1e-12)
    parts = sum(term.amount for term in found.from_state.terms) + found.from_state.rest + found.bias
    assert parts == pytest.approx(found.total, abs=1e-12)


def test_what_is_not_there_is_refused(make_model):
    seen = trace(model := make_model("lstm"), model.task.watched())
    with pytest.raises(IndexError):
        unit_step(seen.unrolled[0][0], 0, 99)
