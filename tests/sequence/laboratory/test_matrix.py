"""The T x T matrix: its rows, as vectors, add up to the gradient of the whole loss."""

import numpy as np
import pytest
import torch

from explorer.sequence.laboratory import LaboratoryExperiment, Probe
from explorer.sequence.laboratory.draws import directions_of
from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.matrix import error_matrix, error_vectors, followed_samples, path
from explorer.sequence.laboratory.profile import errors_of, profile
from explorer.sequence.laboratory.reading import read
from explorer.sequence.laboratory.sending import norms, send_back
from explorer.sequence.model import load_model
from explorer.sequence.tasks import IGNORED, Batch
from explorer.sequence.tracing import trace

CELLS = ("rnn", "lstm", "gru")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("task", ["rose", "digits", "speech"])
def test_columns_add_up_to_the_gradient_of_the_whole_loss(trained, cell, task):
    experiment, weights = trained(cell, task)
    model = load_model(experiment, weights)
    seen = trace(model, model.task.watched())  # the task's loss at all steps that it scores
    vectors = error_vectors(tangent_of(seen.unrolled[-1][0]), seen.naive_grad_hidden[0])
    np.testing.assert_allclose(vectors.sum(axis=0), seen.grad_hidden[-1, 0], rtol=1e-9, atol=1e-16)
    scored = np.flatnonzero(vectors.any(axis=(1, 2, 3)))
    assert len(scored) > 3 if task == "rose" else len(scored) >= 1


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("window", [0, 4])
def test_columns_of_a_probe_add_up_too(small, cell, window):
    probe = small(loss_at="every", window=window)
    tangent, errors = read(probe, cell), errors_of(probe)
    vectors = error_vectors(tangent, errors, probe.cuts)
    whole = send_back(tangent, errors, probe.cuts).hidden
    np.testing.assert_allclose(vectors.sum(axis=0), whole, rtol=1e-10, atol=1e-15)
    matrix = error_matrix(tangent, errors, probe.cuts)
    np.testing.assert_allclose(matrix, norms(vectors), rtol=1e-12)
    assert not np.triu(matrix, 1).any()
    pieces = (probe.length - 1 - np.arange(probe.length)) // (window or probe.length)
    together = pieces[:, None] == pieces[None]
    assert (matrix[np.tril(together)] > 0).all() and not matrix[~together].any()


def test_the_last_row_is_the_profile(small):
    probe = small()
    for cell in CELLS:
        every = np.broadcast_to(directions_of(probe), (probe.length, probe.samples, probe.hidden))
        matrix = error_matrix(read(probe, cell), every)
        np.testing.assert_allclose(matrix[-1], profile(probe, cell).hidden, rtol=1e-12)
        np.testing.assert_allclose(np.diag(matrix), 1.0, rtol=1e-12)


def test_each_row_falls_as_a_power_in_the_linear_regime():
    probe = Probe(initialisation="orthogonal", inputs=0.0, biases=False, spectral_radius=0.9, hidden=8, length=40)
    matrix = error_matrix(read(probe, "rnn"), errors_of(probe.replace(loss_at="every")))
    apart = np.subtract.outer(np.arange(40), np.arange(40))
    np.testing.assert_allclose(matrix, np.where(apart >= 0, 0.9**apart, 0.0), rtol=1e-9)


def test_a_path_leads_back_from_an_error():
    matrix = np.tril(np.arange(16.0).reshape(4, 4))
    assert path(matrix, 3, 1).tolist() == [15.0, 14.0, 13.0]
    assert path(matrix, 2, 2).tolist() == [10.0]
    for s, t in ((1, 2), (4, 0), (2, -1)):
        with pytest.raises(ValueError, match="No error travels"):
            path(matrix, s, t)


def test_layers_below_and_both_directions(trained):
    experiment, weights = trained("gru", "digits", layers=2, bidirectional=True)
    frame = list(LaboratoryExperiment(given=(experiment, weights), layer=0, loss="every").frames())[-1]
    model = load_model(experiment, weights)
    seen = trace(model, model.task.watched())
    # Many-to-one: the forward half is read at the end, the backward half at the start, which are the two rows.
    rows = np.flatnonzero(frame.arrays["matrix"].any(axis=1))
    assert rows.tolist() == [0, 7]
    assert frame.arrays["hidden"] == pytest.approx(seen.gradient_norms("hidden")[0, 0])


def loss_of_step(task, step):
    """The part of the task's loss that one step has."""

    def loss(outputs, batch):
        others = torch.arange(batch.targets.shape[1]) != step
        alone = Batch(batch.inputs, batch.targets.masked_fill(others, IGNORED), batch.lengths)
        share = (alone.targets != IGNORED).sum() / (batch.targets != IGNORED).sum()
        return share.double() * task.loss(outputs, alone)

    return loss


@pytest.mark.parametrize("cell", CELLS)
def test_a_lower_layer_gets_the_error_of_each_step(trained, cell):
    experiment, weights = trained(cell, "rose", layers=2)
    model = load_model(experiment, weights)
    batch = model.task.watched()
    for layer in (0, 1):
        frame = list(LaboratoryExperiment(given=(experiment, weights), layer=layer).frames())[-1]
        for step in np.flatnonzero(frame.arrays["matrix"].any(axis=1))[[0, -1]]:
            alone = trace(model, batch, loss_of_step(model.task, step)).gradient_norms("hidden")[layer, 0]
            np.testing.assert_allclose(frame.arrays["matrix"][step], alone, rtol=1e-6, atol=1e-18)


def test_only_as_many_samples_are_followed_as_can_be():
    assert followed_samples(read(Probe(), "lstm")) == 8
    wide = read(Probe(hidden=256, length=200, samples=3), "lstm")
    assert followed_samples(wide) == 1 and wide.pick(2).samples == 2
