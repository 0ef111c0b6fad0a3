"""A way back that is cut: exactly 0 before the cut, untouched after it, and said so."""

import numpy as np
import pytest

from explorer.sequence.laboratory.probe import Probe, cuts
from explorer.sequence.laboratory.profile import profile
from explorer.sequence.laboratory.truncation import truncate, truncations
from explorer.sequence.model import load_model
from explorer.sequence.tracing import trace

CELLS = ("rnn", "lstm", "gru")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("window", [1, 7, 25])
def test_zeros_before_the_cut_and_the_whole_gradient_after_it(cell, window):
    whole, cut = truncations(Probe(hidden=8, length=50), cell, (0, window))
    assert cut.cut == 50 - window and whole.cut == 0
    assert not cut.hidden[: cut.cut].any() and not cut.both[: cut.cut].any()
    assert cut.hidden[cut.cut :].all()
    np.testing.assert_array_equal(cut.hidden[cut.cut :], whole.hidden[cut.cut :])


def test_windows_are_counted_from_the_end():
    assert cuts(10, 0) == cuts(10, 10) == cuts(10, 200) == ()
    assert cuts(10, 4) == (2, 6)
    assert cuts(10, 5) == (5,)
    assert cuts(3, 1) == (1, 2)


@pytest.mark.parametrize("cell", CELLS)
def test_with_an_error_at_every_step_no_step_is_left_without(cell):
    found = profile(Probe(hidden=8, length=20, window=5, loss_at="every"), cell)
    assert found.cut == 0 and found.cuts == (5, 10, 15) and found.hidden.all()


def test_an_open_window_is_no_cut():
    for window in (0, 50, 60):
        found = profile(Probe(hidden=8, length=50, window=window), "gru")
        assert found.cuts == () and found.cut == 0 and found.hidden.all()


@pytest.mark.parametrize("cell", CELLS)
def test_a_trained_network_is_cut_likewise(trained, cell):
    experiment, weights = trained(cell, "digits")
    model = load_model(experiment, weights)
    seen = trace(model, model.task.watched())
    found = truncate(seen, 3)
    np.testing.assert_allclose(found.whole, seen.gradient_norms("hidden")[-1, 0], rtol=1e-9)
    assert found.cut == 5 and not found.truncated[:5].any()
    np.testing.assert_allclose(found.truncated[5:], found.whole[5:], rtol=1e-9)
    assert "because the way back is cut, not because it vanished" in found.sentence


def test_of_a_loss_at_every_step_the_pieces_keep_their_own_errors(trained):
    experiment, weights = trained("gru", "rose")
    model = load_model(experiment, weights)
    seen = trace(model, model.task.watched())
    steps = len(seen.hidden[-1, 0])
    found = truncate(seen, 3)
    assert found.truncated.all() and found.cut == 0
    assert "reaches only the steps of its own piece" in found.sentence
    assert truncate(seen, steps).sentence == "Nothing is cut: every step gets its whole gradient."
