"""Clipping as a real training did it."""

import numpy as np
import pytest
import torch

from explorer.frame import Change, Frame
from explorer.sequence import SequenceExperiment
from explorer.sequence.laboratory.clipping import clipping
from explorer.sequence.model import load_model


def experiment(**settings):
    return SequenceExperiment(**{"task": "digits", "hidden": 8, "batch": 8, "steps": 12, "clip": 0.4, **settings})


def test_a_real_run_is_shortened_to_its_threshold():
    chosen = experiment()
    frames = list(chosen.frames())
    found = clipping(frames, chosen)
    assert found.steps.tolist() == list(range(1, 13))
    expected = [min(frame.metrics["gradient_norm"], 0.4) for frame in frames[1:]]
    np.testing.assert_allclose(found.after, expected)
    np.testing.assert_array_equal(found.clipped, found.before > 0.4)
    assert 0 < found.share == found.clipped.mean()
    assert f"{found.share:.0%} of 12 updates were clipped" in found.sentence


def test_what_moves_the_weights_has_the_length_after_clipping():
    """With plain gradient descent the way that the weights go is rate times the clipped norm."""
    chosen = experiment(optimizer="sgd", learning_rate=0.1)
    frames = list(chosen.frames(wanted=lambda step: True))
    found = clipping(frames, chosen)
    models = [list(load_model(chosen, frame.weights).parameters()) for frame in frames]
    for k, (old, new) in enumerate(zip(models, models[1:], strict=False)):
        moved = torch.sqrt(sum(((a - b) ** 2).sum() for a, b in zip(new, old, strict=True)))
        assert moved.item() == pytest.approx(0.1 * found.after[k], rel=1e-3)


def test_changes_of_the_threshold_count_from_their_step():
    chosen = experiment()
    changes = [Change(5, "clip", 0.1), Change(9, "clip", 0.0)]
    found = clipping(list(chosen.frames(changes)), chosen, changes)
    np.testing.assert_array_equal(found.threshold, [0.4] * 4 + [0.1] * 4 + [np.inf] * 4)
    assert found.after[4:8].max() <= 0.1 and not found.clipped[8:].any()


def test_without_clipping_and_without_updates():
    chosen = experiment(clip=0.0)
    found = clipping(list(chosen.frames()), chosen)
    assert found.share == 0.0 and found.sentence.startswith("Clipping is off; the longest gradient was")
    np.testing.assert_array_equal(found.before, found.after)
    nothing = clipping([next(chosen.frames())], chosen)
    assert np.isnan(nothing.share) and nothing.sentence == "No update has been made yet."


def test_none_clipped_and_an_infinite_norm():
    chosen = experiment(clip=100.0)
    assert clipping(list(chosen.frames()), chosen).sentence.startswith("None of 12 updates was clipped")
    broken = Frame(1, {"gradient_norm": float("inf"), "clipped": 1.0, "loss": 1.0, "learning_rate": 0.1})
    assert "no gradient was finite" in clipping([broken], chosen).sentence
