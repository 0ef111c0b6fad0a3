from itertools import islice

import numpy as np
import pytest

from explorer.frame import Change, same_bits
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.tracing import input_gradient
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.model import build_model
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.training import train

SMALL = {"task": "adding", "length": 12, "hidden": 8, "batch": 8, "steps": 6}


def frames(experiment, changes=(), wanted=lambda step: step % 3 == 0):
    return list(experiment.frames(changes, wanted))


def alone(contestant, seed, changes=()):
    settings = {name: getattr(contestant, name) for name in ArchitectureExperiment.model_fields}
    return [
        frame
        for frame in train(ArchitectureExperiment(**{**settings, "seed": seed}), changes, lambda step: step % 3 == 0)
        if frame
    ]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru", "tcn", "transformer", "average", "window"])
def test_one_seed_trains_to_the_bit_like_the_experiment_alone(cell):
    contestant = Contestant(**SMALL, cell=cell, dropout=0.2)
    changes = [Change(4, "learning_rate", 0.02)]
    ours, theirs = frames(contestant, changes), alone(contestant, contestant.seed, changes)
    assert [frame.step for frame in ours] == [frame.step for frame in theirs] == list(range(7))
    for one, other in zip(ours, theirs, strict=True):
        for name in ("loss", "gradient_norm", "clipped", "learning_rate"):
            assert one.metrics[name] == other.metrics[name], (one.step, name)
        for name in ("score", "held_out"):
            assert one.metrics.get(name) == other.metrics.get(name)


def test_several_seeds_are_the_experiments_with_the_following_seeds():
    contestant = Contestant(**SMALL, cell="gru", seeds=3, seed=7)
    single = [alone(contestant, 7 + k) for k in range(3)]
    for at, frame in enumerate(frames(contestant)):
        losses = [one[at].metrics["loss"] for one in single]
        assert frame.metrics["loss"] == pytest.approx(np.mean(losses), rel=1e-12)
        assert (frame.metrics["loss_low"], frame.metrics["loss_high"]) == (min(losses), max(losses))
        if frame.arrays:
            scores = [one[at].metrics["score"] for one in single]
            assert frame.arrays["losses"].tolist() == losses and frame.arrays["scores"].tolist() == scores
            assert frame.metrics["spread"] == pytest.approx(np.std(scores, ddof=1))
            assert frame.metrics["score"] == pytest.approx(np.mean(scores))


def test_equal_contestants_give_equal_bits_also_when_two_are_made_in_turn():
    one, other = (Contestant(**SMALL, cell="tcn", seeds=2) for _ in range(2))
    pairs = zip(one.frames(wanted=lambda step: True), other.frames(wanted=lambda step: True), strict=True)
    assert all(same_bits(a, b) for a, b in pairs)


def test_which_frames_are_wanted_changes_no_number():
    contestant = Contestant(**SMALL, cell="lstm", seeds=2, dropout=0.3)
    often, seldom = frames(contestant, wanted=lambda step: True), frames(contestant, wanted=lambda step: False)
    assert [a.metrics["loss"] for a in often] == [b.metrics["loss"] for b in seldom]
    assert [bool(frame.arrays) for frame in seldom] == [True, *[False] * 5, True]


@pytest.mark.parametrize("cell", ["gru", "transformer"])
def test_a_frame_holds_sizes_and_the_true_gradient(cell):
    contestant = Contestant(**SMALL, cell=cell)
    first = next(contestant.frames())
    model = build_model(contestant.members()[0])
    assert first.metrics["parameters"] == sum(weight.numel() for weight in model.parameters())
    assert first.metrics["activation_bytes"] > 4 * 8 * 12 * 8  # at least the states of one batch
    expected = input_gradient(model, model.task.watched(), model.task.answer_loss)
    np.testing.assert_allclose(first.arrays["grad_input"], expected, rtol=1e-9)
    assert first.weights is None and "parameters" not in list(islice(contestant.frames(), 2))[1].metrics


WILD = {"task": "adding", "length": 20, "cell": "rnn", "activation": "relu", "initialisation": "identity", "hidden": 8, "batch": 4,
        "optimizer": "sgd", "clip": 0.0, "steps": 60}  # fmt: skip


def test_a_training_that_comes_apart_says_so_after_a_last_frame():
    seen = []
    with pytest.raises(TrainingDiverged) as caught:
        for frame in Contestant(**WILD, learning_rate=1.0).frames():
            seen.append(frame)
    assert caught.value.step == seen[-1].step and 1 <= caught.value.again <= seen[-1].step
    assert seen[-1].arrays and "a learning rate below 1" in str(caught.value)


def test_a_seed_that_comes_apart_leaves_the_others_in_the_race():
    """At this rate some of the seeds explode, and not all of them."""
    contestant = Contestant(**WILD, learning_rate=0.02, seeds=5)
    found = list(contestant.frames(wanted=lambda step: True))
    lost = found[-1].metrics["diverged"]
    assert 0 < lost < 5 and found[-1].step == 60
    assert np.isnan(found[-1].arrays["losses"]).sum() == np.isnan(found[-1].arrays["scores"]).sum() == lost
    left = found[-1].arrays["losses"][np.isfinite(found[-1].arrays["losses"])]
    assert found[-1].metrics["loss"] == pytest.approx(left.mean())


def test_no_piece_of_work_holds_more_than_one_update():
    """Between two updates there is always a pause, so that several seeds do not make a step longer."""
    contestant = Contestant(**SMALL, cell="gru", seeds=4)
    pieces = list(islice(contestant.slices(wanted=lambda step: False), 200))
    frames_at = [k for k, piece in enumerate(pieces) if piece is not None and 1 <= piece.step <= 5]
    assert all(later - earlier == 4 for earlier, later in zip(frames_at, frames_at[1:], strict=False))
