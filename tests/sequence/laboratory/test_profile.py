"""The profile against closed forms, against the written-out cells, and against torch's autograd step by step."""

import math
import re
from itertools import product

import numpy as np
import pytest
import torch

from explorer.sequence.laboratory.draws import beginning_of, directions_of, inputs_of, weights_of
from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.profile import errors_of, half_life, profile, profile_slices
from explorer.sequence.laboratory.reading import read
from explorer.sequence.laboratory.sending import send_back
from explorer.sequence.pace import Pace, run_through
from explorer.sequence.recurrence import GRU, LSTM, RNN
from explorer.sequence.unrolling import Unrolled, cells_of

CELLS = ("rnn", "lstm", "gru")
LINEAR = {"initialisation": "orthogonal", "inputs": 0.0, "biases": False, "length": 101}
RHO = (0.5, 0.9, 1.0, 1.1)


@pytest.mark.parametrize("rho", RHO)
@pytest.mark.parametrize("hidden", [4, 64])
@pytest.mark.parametrize("activation", ["tanh", "linear"])
def test_a_linear_memory_fades_as_a_power_of_its_radius(rho, hidden, activation):
    found = profile(Probe(**LINEAR, spectral_radius=rho, hidden=hidden, activation=activation), "rnn")
    expected = rho ** np.arange(100, -1, -1.0)
    np.testing.assert_allclose(found.hidden, expected, rtol=1e-9)
    np.testing.assert_allclose(found.theory.values, expected, rtol=1e-9)
    assert found.theory.kind == "exact"
    assert found.factor == pytest.approx(rho, rel=1e-9)


@pytest.mark.parametrize("rho", RHO)
def test_an_identity_relu_network_with_all_units_active_does_so_too(rho):
    probe = Probe(initialisation="identity", activation="relu", inputs=0.0, spectral_radius=rho, length=101)
    found = profile(probe, "rnn")
    expected = rho ** np.arange(100, -1, -1.0)
    np.testing.assert_allclose(found.hidden, expected, rtol=1e-9)
    np.testing.assert_allclose(found.theory.values, expected, rtol=1e-9)
    assert found.theory.kind == "exact"
    every = profile(probe.replace(loss_at="every"), "rnn")
    np.testing.assert_allclose(every.hidden, np.cumsum(expected[::-1])[::-1], rtol=1e-9)
    assert every.theory.kind == "exact"


def test_a_linear_network_is_exact_whatever_it_reads():
    probe = Probe(initialisation="orthogonal", activation="linear", inputs=5.0, spectral_radius=0.9)
    found = profile(probe, "rnn")
    np.testing.assert_allclose(found.hidden, 0.9 ** np.arange(99, -1, -1.0), rtol=1e-9)


def test_a_tanh_network_above_one_saturates_instead_of_exploding():
    probe = Probe(initialisation="orthogonal", spectral_radius=1.5, inputs=1.0)
    found = profile(probe, "rnn")
    assert found.theory.kind == "bound" and found.hidden[0] < 1e-3 * found.theory.values[0]


def loop(probe, cell):
    """The written-out cells of `recurrence`, unrolled and sent back."""
    weights = weights_of(probe, cell)
    written = RNN(weights, probe.activation) if cell == "rnn" else {"lstm": LSTM, "gru": GRU}[cell](weights)
    h, c, steps = beginning_of(probe, cell), np.zeros((probe.samples, probe.hidden)), []
    for x in inputs_of(probe):
        steps.append(written.forward(x, h, c))
        h, c = steps[-1].h, steps[-1].c
    h, c, back = 0.0, np.zeros_like(h), []
    for t in range(probe.length - 1, -1, -1):
        one = written.backward(steps[t], errors_of(probe)[t] + h, c)
        h, c = one.h_before, one.c_before
        back.insert(0, one)
    return steps, back


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("loss_at", ["last", "every"])
def test_the_lean_path_equals_the_written_out_cells(small, cell, loss_at):
    probe = small(loss_at=loss_at, inputs=2.0, forget_bias=1.0)
    tangent, (steps, back) = read(probe, cell), loop(probe, cell)
    found = send_back(tangent, errors_of(probe))
    np.testing.assert_allclose(tangent.hidden, [step.h for step in steps], rtol=0, atol=1e-13)
    np.testing.assert_allclose(found.hidden, [one.h for one in back], rtol=1e-11, atol=1e-17)
    if cell == "lstm":
        np.testing.assert_allclose(tangent.cell, [step.c for step in steps], rtol=0, atol=1e-13)
        np.testing.assert_allclose(found.cell, [one.c for one in back], rtol=1e-11, atol=1e-17)


def test_the_lean_path_equals_the_written_out_relu_network(small):
    probe = small(activation="relu")
    tangent, (steps, back) = read(probe, "rnn"), loop(probe, "rnn")
    np.testing.assert_allclose(tangent.hidden, [step.h for step in steps], atol=1e-13)
    np.testing.assert_allclose(send_back(tangent, errors_of(probe)).hidden, [one.h for one in back], atol=1e-14)


@pytest.mark.parametrize("cell, loss_at, window", list(product(CELLS, ["last", "every"], [0, 5])))
def test_gradients_equal_autograd(small, autograd, cell, loss_at, window):
    probe = small(loss_at=loss_at, window=window, biases=True)
    hidden, memory = autograd(probe, cell).gradients()
    found = send_back(read(probe, cell), errors_of(probe), probe.cuts)
    np.testing.assert_allclose(found.hidden, hidden, rtol=1e-9, atol=1e-15)
    if cell == "lstm":
        np.testing.assert_allclose(found.cell, memory, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("norm", ["per sample", "of the mean"])
def test_what_is_measured(small, autograd, norm):
    probe = small(norm=norm)
    hidden, memory = autograd(probe, "lstm").gradients()
    found = profile(probe, "lstm")
    both = np.concatenate([hidden, memory], axis=-1)
    for ours, theirs in ((found.hidden, hidden), (found.cell, memory), (found.both, both)):
        if norm == "per sample":
            expected = np.linalg.norm(theirs, axis=-1).mean(axis=1)
        else:
            expected = np.linalg.norm(theirs.mean(axis=1), axis=-1)
        np.testing.assert_allclose(ours, expected, rtol=1e-9)


def test_samples_cancel_in_their_mean():
    probe = Probe(samples=32)
    alone, together = (profile(probe.replace(norm=norm), "gru").hidden for norm in ("per sample", "of the mean"))
    assert alone[-1] == pytest.approx(1.0, rel=1e-12)
    size = np.linalg.norm(directions_of(probe).mean(axis=0))
    assert together[-1] == pytest.approx(size, rel=1e-12) and size < 0.3
    exact = profile(Probe(**LINEAR, norm="of the mean", spectral_radius=0.9), "rnn")
    np.testing.assert_allclose(exact.hidden, exact.theory.values, rtol=1e-9)


@pytest.mark.parametrize("cell", CELLS)
def test_naively_only_the_last_step_has_a_gradient(cell):
    found = profile(Probe(length=50), cell)
    assert np.count_nonzero(found.naive) == 1 and np.count_nonzero(found.hidden) == 50
    assert found.naive[-1] == found.hidden[-1]


def test_a_loss_at_every_step_hides_the_fading():
    last, every = (profile(Probe(loss_at=where), "rnn").hidden for where in ("last", "every"))
    assert last[0] < 1e-15 < 0.5 < every[0]


def test_a_bias_opens_the_gates():
    for cell, field in (("lstm", "forget_bias"), ("gru", "update_bias")):
        closed, opened = (profile(Probe(**{field: value}), cell) for value in (0.0, 4.0))
        assert closed.factor < 0.75 and opened.factor > 0.95
        assert opened.hidden[0] > 1e10 * closed.hidden[0]


def test_half_life():
    assert half_life(0.5) == pytest.approx(1.0)
    assert half_life(0.9) == pytest.approx(6.5788, rel=1e-4)
    assert half_life(1.0) == half_life(1.2) == math.inf
    assert math.isnan(half_life(math.nan))


def test_below_the_floor_nothing_breaks():
    probe = Probe(**{**LINEAR, "length": 200}, spectral_radius=0.1)
    with np.errstate(all="raise"):
        found = profile(probe, "rnn")
    np.testing.assert_allclose(found.hidden, 0.1 ** np.arange(199, -1, -1.0), rtol=1e-9)
    assert "More than 44 steps back the gradient is smaller than 1.4e-45" in found.floor_sentence
    assert profile(Probe(**LINEAR, spectral_radius=0.9), "rnn").floor_sentence == ""


def test_float32_dies_where_the_sentence_says():
    probe = Probe(**{**LINEAR, "length": 200}, spectral_radius=0.5, hidden=4)
    said = re.search(r"More than (\d+) steps back", profile(probe, "rnn").floor_sentence)
    h, weights = directions_of(probe).astype(np.float32), weights_of(probe, "rnn").recurrent.astype(np.float32)
    alive = 0
    while h.any() and alive < 1_000:
        h, alive = h @ weights, alive + 1
    assert int(said.group(1)) == 149 and abs(alive - 149) <= 2


def test_a_profile_comes_in_small_pieces():
    pieces = sum(1 for _ in iter_pieces(profile_slices(Probe(hidden=128, length=50, samples=16), "lstm")))
    assert 3 < pieces < 30


def iter_pieces(slices):
    while True:
        try:
            yield next(slices)
        except StopIteration:
            return


def test_equal_probes_give_equal_bits():
    one, other = (profile(Probe(seed=3), "lstm") for _ in range(2))
    assert one.both.tobytes() == other.both.tobytes()
    assert profile(Probe(seed=4), "lstm").both.tobytes() != one.both.tobytes()


def test_unrolled_networks_of_torch_read_the_same(untrained_digits):
    """The probe's reading is that of torch's own module on the same numbers."""
    probe = Probe(hidden=12, length=20, samples=3)
    for cell in CELLS:
        module = untrained_digits(probe, cell).recurrent[0].double()
        with torch.no_grad():
            theirs = module(torch.from_numpy(inputs_of(probe).swapaxes(0, 1).copy()))[0].numpy().swapaxes(0, 1)
        np.testing.assert_allclose(read(probe, cell).hidden, theirs, atol=1e-12)


def test_the_same_numbers_through_a_traced_network(untrained_digits):
    probe = Probe(hidden=12, length=15, samples=3)
    for cell in CELLS:
        unrolled = Unrolled(
            cells_of(untrained_digits(probe, cell).recurrent[0])[0], False, np.ones((15, 3), dtype=bool)
        )
        run_through(unrolled.forward(inputs_of(probe), Pace()))
        ours, theirs = read(probe, cell), tangent_of(unrolled)
        for name in ("through", "kept", "opened", "hidden", "cell"):
            if getattr(ours, name) is None:
                assert getattr(theirs, name) is None
            else:
                np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), atol=1e-12)
