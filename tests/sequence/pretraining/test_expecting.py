"""What a network holds of a text: each piece asked for in the right way."""

import numpy as np
import pytest
import torch

from explorer.sequence.pretraining import PretrainingExperiment, build_model, vocabulary
from explorer.sequence.pretraining.expecting import expected

TEXT = "The cat sat on the mat. The dog sat on the log. A cat and a dog met on the road to the town. " * 12
SMALL = {"corpus": "own", "text": TEXT, "layers": 1, "heads": 2, "width": 16, "context": 32, "batch": 2}


@pytest.fixture(scope="module", params=["gpt", "bert"])
def asked(request):
    experiment = PretrainingExperiment(**SMALL, objective=request.param)
    model, pieces = build_model(experiment), vocabulary(experiment)
    with torch.no_grad():  # untrained it would hold everything for nearly equally likely
        model.embedding.weight.mul_(20)
    return model, pieces, pieces.encode("A dog sat.")


def test_every_piece_is_asked_for_by_itself(asked):
    model, pieces, ids = asked
    found = expected(model, pieces, ids)
    for place, right in enumerate(ids):
        if model.causal:
            read, at = [pieces.start, *ids[:place]], -1
        else:
            read, at = [pieces.mask if i == place else int(one) for i, one in enumerate(ids)], place
        with torch.no_grad():
            chances = model(torch.tensor([[int(one) for one in read]]))[0, at].softmax(-1).numpy()
        assert found.shares[place] == pytest.approx(chances[right], rel=1e-4)


def test_guesses_are_in_order_and_never_a_mask(asked):
    model, pieces, ids = asked
    found = expected(model, pieces, ids)
    assert found.guesses.shape == found.chances.shape == (len(ids), 3)
    assert (np.diff(found.chances, axis=1) <= 0).all()
    assert pieces.mask is None or pieces.mask not in found.guesses


def test_what_it_does_not_know_has_no_share(asked):
    model, pieces, _ = asked
    found = expected(model, pieces, pieces.encode("a\u2603t"))
    assert np.isnan(found.shares).tolist() == [False, True, False]


def test_too_much_is_refused_with_what_would_fit(asked):
    model, pieces, _ = asked
    with pytest.raises(ValueError, match="1 to 32"):
        expected(model, pieces, pieces.encode(TEXT))
    with pytest.raises(ValueError, match="1 to 32"):
        expected(model, pieces, pieces.encode(""))
