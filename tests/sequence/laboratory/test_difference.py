"""Two inputs that differ in one early symbol, and the identity that ties forward and backward together."""

import numpy as np
import pytest

from explorer.sequence.laboratory.difference import difference, probe_difference
from explorer.sequence.laboratory.draws import beginning_of, inputs_of, weights_of
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.profile import errors_of
from explorer.sequence.laboratory.reading import read_inputs
from explorer.sequence.laboratory.sending import send_back
from explorer.sequence.model import load_model
from explorer.sequence.tracing import trace

CELLS = ("rnn", "lstm", "gru")


@pytest.mark.parametrize("cell", CELLS)
def test_nothing_differs_before_the_inputs_part(cell):
    found = probe_difference(Probe(hidden=16, length=30), cell, step=7)
    assert found.parting == 7 and not found.forward[0, :7].any() and found.forward[0, 7:].all()
    assert (found.forward_cell is None) == (cell != "lstm")
    assert found.survives == found.forward[0, -1] / found.forward[0, 7]
    assert f"step 8, ×{found.survives:.3g} is left 22 steps later" in found.sentence


def test_in_the_linear_regime_it_fades_as_the_gradient_does():
    probe = Probe(initialisation="orthogonal", activation="linear", spectral_radius=0.9, hidden=16, length=60)
    found = probe_difference(probe, "rnn")
    np.testing.assert_allclose(found.forward[0] / found.forward[0, 0], 0.9 ** np.arange(60.0), rtol=1e-9)
    np.testing.assert_allclose(found.backward[0], 0.9 ** np.arange(59, -1, -1.0), rtol=1e-9)
    assert found.survives == pytest.approx(0.9**59, rel=1e-9)


@pytest.mark.parametrize("cell", CELLS)
def test_the_change_of_the_loss_can_be_read_at_every_step(small, cell):
    """<dL/dh_t, h'_t - h_t> is the same at all steps from the first on, and is the change of the loss."""
    probe = small(inputs=1.0)
    weights, inputs, start = weights_of(probe, cell), inputs_of(probe), beginning_of(probe, cell)
    nudged = inputs.copy()
    nudged[0] += 1e-7 * np.random.default_rng(0).normal(size=nudged[0].shape)
    one, other = (read_inputs(weights, some, start, cell) for some in (inputs, nudged))
    gradient = send_back(one, errors_of(probe))
    if cell == "lstm":
        # dL/dh_t and dL/dc_t as a pair of totals count the way c_t -> h_t twice; the part of h alone is what came from later.
        direct = gradient.cell - gradient.hidden * one.opened
        pairs = (gradient.hidden, direct), (other.hidden - one.hidden, other.cell - one.cell)
        told = sum((a * b).sum(axis=(1, 2)) for a, b in zip(*pairs, strict=True))
    else:
        told = (gradient.hidden * (other.hidden - one.hidden)).sum(axis=(1, 2))
    change = ((other.hidden[-1] - one.hidden[-1]) * errors_of(probe)[-1]).sum()
    np.testing.assert_allclose(told, change, rtol=2e-4)


@pytest.mark.parametrize("cell", CELLS)
def test_two_sentences_read_by_a_trained_network(trained, cell):
    experiment, weights = trained(cell, "rose")
    model = load_model(experiment, weights)
    texts = two_texts(model)
    one, other = (model.task.encode(text) for text in texts)
    found = difference(model, one, other)
    steps = min(one.inputs.shape[1], other.inputs.shape[1])
    states = [trace(model, batch).hidden[:, 0, :steps, 0] for batch in (one, other)]
    np.testing.assert_allclose(found.forward, np.linalg.norm(states[0] - states[1], axis=-1), rtol=1e-9)
    expected = trace(model, one, model.task.answer_loss).gradient_norms("hidden")[:, 0, :steps]
    np.testing.assert_allclose(found.backward, expected, rtol=1e-12)
    assert not found.forward[:, : found.parting].any() and found.forward[:, found.parting].all()
    with pytest.raises(ValueError, match="read the same"):
        difference(model, one, one)
    with pytest.raises(ValueError, match="give as many of each"):
        difference(model, one, model.task.scored())


def two_texts(model):
    """Two sentences of the task that differ in their first word."""
    words = [word for word in model.task.steps(model.task.watched()) if word.isalpha()]
    other = next(word for word in model.task.vocabulary if word.isalpha() and word not in words)
    return " ".join(words), " ".join([other, *words[1:]])


def test_steps_that_do_not_exist():
    for step in (-1, 30):
        with pytest.raises(ValueError, match="choose one from 1 to 30"):
            probe_difference(Probe(length=30), "rnn", step)
