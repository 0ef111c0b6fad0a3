"""Asking a network: what comes next, what is hidden, what is inside."""

from itertools import islice

import numpy as np
import pytest
import torch

from explorer.sequence.pretraining import build_model, fill, generate, hidden, next_distribution, trace
from explorer.sequence.pretraining.asking import with_masks
from explorer.sequence.pretraining.reading import source


@pytest.fixture(scope="module")
def gpt(tiny):
    experiment = tiny(units="words", words=60)
    return build_model(experiment), source(experiment).pieces


@pytest.fixture(scope="module")
def bert(tiny):
    experiment = tiny(units="words", objective="bert")
    return build_model(experiment), source(experiment).pieces


def test_what_comes_next_is_the_models_last_row(gpt):
    model, pieces = gpt
    ids = pieces.encode("The old man sees")
    expected = torch.softmax(model(torch.from_numpy(ids[None]))[0, -1].double(), -1).detach().numpy()
    np.testing.assert_allclose(next_distribution(model, ids), expected, rtol=1e-5)
    long = np.tile(ids, 20)
    np.testing.assert_array_equal(next_distribution(model, long), next_distribution(model, long[-model.context :]))
    with pytest.raises(ValueError, match="nothing to read"):
        next_distribution(model, [])


def test_writing_draws_by_probability_and_never_the_unknown_piece(gpt):
    model, pieces = gpt
    with torch.no_grad():
        model.bias[0] += 50.0
    try:
        written = list(islice(generate(model, [pieces.start], torch.Generator().manual_seed(0), 0.9), 30))
        again = list(islice(generate(model, [pieces.start], torch.Generator().manual_seed(0), 0.9), 30))
    finally:
        with torch.no_grad():
            model.bias[0] -= 50.0
    assert [one for one, _ in written] == [one for one, _ in again] and min(one for one, _ in written) > 0
    np.testing.assert_allclose(sum(written[0][1]), 1.0)
    cold = [one for one, _ in islice(generate(model, [3, 4], torch.Generator().manual_seed(1), 0.01), 5)]
    ids = [3, 4]
    for one in cold:
        assert one == 1 + int(next_distribution(model, ids)[1:].argmax())
        ids.append(one)


def test_filling_a_mask(bert):
    model, pieces = bert
    found = fill(model, pieces, "The old [MASK] sees [MASK] river.", 4)
    assert [one.place for one in found] == [2, 4] and all(len(one.pieces) == 4 for one in found)
    assert all("[MASK]" not in one.pieces and np.all(np.diff(one.probabilities) <= 0) for one in found)
    np.testing.assert_array_equal(with_masks(pieces, "The old [MASK] sees")[[0, 1, 3]], pieces.encode("The old sees"))


@pytest.mark.parametrize("text, words", [("", "MASK"), ("The old man", "MASK"), ("[MASK] the old man" * 40, "shorter")])
def test_texts_that_cannot_be_filled(bert, text, words):
    with pytest.raises(ValueError, match=words):
        fill(*bert, text)


def test_a_gpt_fills_nothing(gpt):
    with pytest.raises(ValueError, match="guesses hidden pieces"):
        fill(*gpt, "The [MASK].")


def test_inside_is_what_the_model_does(gpt, bert):
    for model, pieces in (gpt, bert):
        ids = pieces.encode("The old man sees a song.")
        inside = trace(model, ids)
        states = model.states(torch.from_numpy(ids[None]))[0].detach()
        np.testing.assert_allclose(hidden(model, ids), states.numpy(), atol=1e-5)
        np.testing.assert_allclose(model.last(torch.from_numpy(inside.states[-1])).detach(), states, atol=1e-4)
        np.testing.assert_allclose(inside.probabilities.sum(-1), 1.0, rtol=1e-5)
        assert inside.states.shape == (3, len(ids), 16)
        above = np.triu(np.ones((len(ids), len(ids))), 1) > 0
        assert (inside.attention[..., above] == 0).all() == model.causal
