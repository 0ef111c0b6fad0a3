"""Training: same bits whatever else runs, changes that replay, and a rose that is red."""

import math
from contextlib import suppress
from itertools import islice

import numpy as np
import pytest

from explorer.frame import Change, Frame, same_bits
from explorer.sequence import SequenceExperiment, load_model, make_task, predict
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.model import build_slices
from explorer.sequence.pace import run_through
from explorer.sequence.settings import Settings
from explorer.sequence.trainer import Trainer
from explorer.sequence.training import evenly, train

SMALL = [
    pytest.param({"task": "rose", "cell": "lstm", "dropout": 0.2}, id="rose-lstm-dropout"),
    pytest.param({"task": "rose", "cell": "gru", "layers": 3, "dropout": 0.1}, id="rose-gru-three-layers"),
    pytest.param({"task": "speech", "cell": "lstm", "bidirectional": True, "layers": 2}, id="speech-both-directions"),
    pytest.param({"task": "adding", "cell": "rnn", "length": 12, "optimizer": "rmsprop"}, id="adding-rmsprop"),
    pytest.param({"task": "digits", "cell": "gru", "optimizer": "sgd", "weight_decay": 0.01}, id="digits-sgd"),
]


def experiment(**settings):
    return SequenceExperiment(**{"hidden": 8, "batch": 8, "steps": 6, "seed": 2, **settings})


def frames_of(*args, **kwargs):
    return [frame for frame in train(*args, **kwargs) if frame is not None]


@pytest.mark.parametrize("settings", SMALL)
def test_interleaved_trainings_give_the_bits_of_one_alone(settings):
    chosen = experiment(**settings)
    alone = frames_of(chosen)
    runs, seen = [train(chosen), train(chosen)], ([], [])
    for _ in range(10_000):
        # Two slices of one, one slice of the other.
        for run, frames, slices in ((runs[0], seen[0], 2), (runs[1], seen[1], 1)):
            frames += [frame for frame in islice(run, slices) if frame is not None]
        if len(seen[1]) == len(alone):
            break
    for frames in seen:
        assert len(frames) == len(alone) == 7
        assert all(same_bits(one, other) for one, other in zip(frames, alone, strict=True))


@pytest.mark.parametrize("settings", SMALL)
def test_drawing_does_not_alter_the_weights(settings):
    chosen = experiment(**settings)
    often, seldom = frames_of(chosen, wanted=lambda step: True), frames_of(chosen, wanted=lambda step: False)
    assert often[-1].weights == seldom[-1].weights
    assert [frame.metrics["loss"] for frame in often] == [frame.metrics["loss"] for frame in seldom]
    assert [frame.step for frame in seldom if frame.arrays] == [0, 6]


def test_other_seeds_give_other_trainings():
    one, other = (frames_of(experiment(seed=seed)) for seed in (0, 1))
    assert one[0].weights != other[0].weights
    assert one[-1].metrics["loss"] != other[-1].metrics["loss"]


CHANGES = (Change(3, "learning_rate", 0.05), Change(4, "clip", 0.01), Change(5, "temperature", 2.0))


def test_changes_apply_from_their_step_on():
    plain, changed = frames_of(experiment()), frames_of(experiment(), CHANGES)
    assert all(same_bits(one, other) for one, other in zip(plain[:3], changed[:3], strict=True))
    assert [frame.metrics["learning_rate"] for frame in changed[2:4]] == [0.01, 0.05]
    assert changed[3].metrics["loss"] == plain[3].metrics["loss"]
    assert changed[3].weights != plain[3].weights
    assert [frame.metrics["clipped"] for frame in changed[3:]] == [0, 1, 1, 1]


def test_changes_made_while_training_replay_to_the_bit():
    made: list[Change] = []
    lived = []
    for frame in frames_until_changed(made):
        lived.append(frame)
    replayed = frames_of(experiment(), CHANGES)
    assert all(same_bits(one, other) for one, other in zip(lived, replayed, strict=True))


def frames_until_changed(made):
    coming = list(CHANGES)
    for frame in train(experiment(), made):
        if frame is None:
            continue
        yield frame
        while coming and coming[0].step == frame.step + 1:
            made.append(coming.pop(0))


def test_temperature_changes_the_sample_alone():
    hot = frames_of(experiment(), (Change(1, "temperature", 2.0),))[-1]
    plain = frames_of(experiment())[-1]
    assert hot.weights == plain.weights
    assert not np.array_equal(hot.arrays["sample"], plain.arrays["sample"])


def test_the_first_frame_is_untrained_and_complete():
    first = next(frame for frame in train(experiment()) if frame is not None)
    assert first.step == 0
    assert first.weights and first.arrays
    assert first.metrics["loss"] == pytest.approx(math.log(make_task(experiment()).outputs), rel=0.1)
    assert {"gradient_norm", "clipped", "learning_rate", "score", "update_ratio", "weight_norm"} <= set(first.metrics)


def test_every_frame_has_the_metrics_of_its_update():
    frames = frames_of(experiment(clip=0.0), wanted=lambda step: step == 3)
    assert [frame.step for frame in frames] == list(range(7))
    assert all({"loss", "gradient_norm", "clipped", "learning_rate"} <= set(frame.metrics) for frame in frames)
    assert not any(frame.metrics["clipped"] for frame in frames)
    assert frames[1].arrays == {} and frames[1].weights is None
    assert frames[3].arrays and frames[3].weights


def test_held_out_loss_where_data_is_held_out():
    held_out = frames_of(experiment(task="digits"))[-1].metrics
    assert {"held_out", "score"} <= set(held_out)
    assert "held_out" not in frames_of(experiment(task="rose"))[-1].metrics


def test_the_default_schedule():
    wanted = evenly(1000)
    drawn = [step for step in range(1001) if wanted(step)]
    assert drawn[:6] == [0, 1, 2, 3, 4, 10]
    assert drawn[-1] == 1000
    assert 100 <= len(drawn) <= 110


def test_wanted_is_asked_once_for_each_step_before_it():
    asked: list[int] = []
    for frame in train(experiment(), wanted=lambda step: bool(asked.append(step))):
        assert frame is None or frame.step == asked[-1]
    assert asked == list(range(7))


def test_the_update_is_torchs():
    """Against a plain loop: same batches, torch's clipping, torch's Adam."""
    import torch

    chosen = experiment(clip=0.05, cell="gru")
    model = run_through(build_slices(chosen, make_task(chosen)))
    reference = run_through(build_slices(chosen, make_task(chosen))).train()
    trainer, batches = Trainer(chosen, model), Trainer(chosen, model)._data
    optimizer = torch.optim.Adam(reference.parameters(), lr=chosen.learning_rate)
    trainer.measure_untrained(Settings.at(0, chosen, ()))
    for step in range(1, 6):
        batch = model.task.sample(chosen.batch, batches)
        optimizer.zero_grad()
        loss = model.task.loss(reference(batch.inputs, batch.lengths), batch)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(reference.parameters(), 0.05)
        optimizer.step()
        metrics = trainer.update(Settings.at(step, chosen, ()))
        assert metrics["loss"] == pytest.approx(loss.item(), rel=1e-5)
        assert metrics["gradient_norm"] == pytest.approx(norm.item(), rel=1e-4)
    for ours, theirs in zip(model.parameters(), reference.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-5)


def test_update_ratio_is_what_moved():
    frames = frames_of(experiment(), wanted=lambda step: True)
    before, after = (load_model(experiment(), frame.weights).state_dict() for frame in frames[3:5])
    moved = math.sqrt(sum(((after[name] - before[name]) ** 2).sum().item() for name in before))
    length = math.sqrt(sum((before[name] ** 2).sum().item() for name in before))
    assert frames[4].metrics["update_ratio"] == pytest.approx(moved / length, rel=1e-4)
    assert frames[3].metrics["weight_norm"] == pytest.approx(length, rel=1e-5)


def diverging():
    return experiment(
        task="adding", cell="rnn", activation="relu", optimizer="sgd", learning_rate=10.0, clip=0.0, length=60, steps=50
    )


def test_a_training_that_comes_apart_says_so_and_keeps_what_was_good():
    frames: list[Frame] = []
    with pytest.raises(TrainingDiverged, match="learning rate below 10") as caught:
        for frame in train(diverging(), wanted=lambda step: False):
            frames += [frame] if frame is not None else []
    last = frames[-1]
    assert caught.value.step == last.step < 50
    assert [frame.step for frame in frames] == list(range(last.step + 1))
    assert last.arrays and last.weights
    load_model(diverging(), last.weights)  # refuses weights that are not finite
    assert "tanh instead of ReLU" in str(caught.value) and "clip gradients at 1" in str(caught.value)
    assert (
        not math.isfinite(last.metrics["loss"])
        or last.metrics["loss"] > 1e3
        or not math.isfinite(last.metrics["gradient_norm"])
    )


def test_divergence_is_the_same_every_time():
    def until_the_end():
        frames = []
        with pytest.raises(TrainingDiverged):
            for frame in train(diverging()):
                frames += [frame] if frame is not None else []
        return frames

    assert all(same_bits(one, other) for one, other in zip(until_the_end(), until_the_end(), strict=True))


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam"])
@pytest.mark.parametrize("huge", [1e19, 1e29, 3e38])
def test_where_it_ends_does_not_depend_on_what_is_drawn(monkeypatch, optimizer, huge):
    """Gradients as large as float32 holds, though the loss is harmless."""
    gradient, sign = Trainer._gradient, iter([1.0, -1.0] * 50)

    def inflated(self, data):
        gradient(self, data)
        way = next(sign)
        for weight in self.weights:
            weight.grad.zero_().flatten()[0] = way * huge / len(self.weights) ** 0.5
        return 1.0, huge

    chosen = experiment(optimizer=optimizer, learning_rate=10.0, clip=0.0, steps=9)
    ends = []
    for often in (True, False):
        monkeypatch.setattr(Trainer, "_gradient", inflated)
        sign, frames = iter([1.0, -1.0] * 50), []
        with suppress(TrainingDiverged):
            frames += (frame for frame in train(chosen, wanted=lambda step, often=often: often) if frame)
        ends.append(frames[-1])
    assert same_bits(*ends)
    load_model(chosen, ends[0].weights)  # refuses weights that are not finite
    assert (ends[0].step < 9) == (huge > 1e30)


def test_a_trained_rose_is_red():
    chosen = SequenceExperiment()
    *_, last = chosen.frames(wanted=lambda step: False)
    assert last.step == chosen.steps
    model = load_model(chosen, last.weights)
    for text, answer in (("rose is", "red"), ("violet is", "blue")):
        chances = predict(model, chosen, text)
        assert next(iter(chances)) == answer
        assert chances[answer] > 0.9
    task = make_task(chosen)
    assert task.baseline.score < 0.5 < last.metrics["score"]
