import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task


def adding(length=20):
    return make_task(SequenceExperiment(task="adding", length=length))


def sampled(task, n=4000, seed=0):
    return task.sample(n, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("length", [2, 3, 20, 101])
def test_the_target_is_the_sum_of_the_two_marked_numbers(length):
    batch = sampled(adding(length))
    numbers, marks = batch.inputs.unbind(-1)
    torch.testing.assert_close((numbers * marks).sum(1), batch.targets)
    assert set(marks.unique().tolist()) <= {0.0, 1.0}
    assert (marks[:, : length // 2].sum(1) == 1).all() and (marks[:, length // 2 :].sum(1) == 1).all()
    assert numbers.min() >= 0 and numbers.max() < 1


def test_marks_fall_on_every_step():
    assert (sampled(adding()).inputs[..., 1].sum(0) > 300).all()


def test_the_baseline_is_the_error_of_always_answering_one():
    task = adding()
    batch = sampled(task, n=200_000)
    measured = (batch.targets.double() - 1).square().mean().item()
    assert task.baseline.loss == pytest.approx(measured, abs=2e-3)
    assert task.score(torch.ones(200_000, 1), batch) == pytest.approx(measured)
    assert "0.167" in task.baseline.sentence


def test_the_loss_is_the_mean_squared_error_and_does_not_broadcast():
    task = adding()
    batch = sampled(task, n=5)
    outputs = torch.linspace(0, 2, 5, dtype=torch.float64)[:, None]
    by_hand = sum((o - t) ** 2 for o, t in zip(outputs[:, 0].tolist(), batch.targets.tolist(), strict=True)) / 5
    assert task.loss(outputs, batch).item() == pytest.approx(by_hand)
    assert task.answer_loss(outputs, batch).item() == pytest.approx(by_hand)


def test_marked_numbers_are_labelled():
    task = adding()
    batch = task.watched()
    assert len(batch) == 8
    steps = task.steps(batch)
    marked = [float(step.removesuffix(" ●")) for step in steps if step.endswith(" ●")]
    assert len(marked) == 2 and sum(marked) == pytest.approx(float(batch.targets[0]), abs=0.011)
    assert task.expected(batch)[-1] == f"{float(batch.targets[0]):.2f}" and not any(task.expected(batch)[:-1])


def test_held_out_sequences_are_no_training_sequences():
    task = adding()
    held_out = {tuple(row) for row in task.held_out().inputs[..., 0].tolist()}
    assert len(held_out) == 128
    for seed in range(5):
        assert not held_out & {tuple(row) for row in sampled(task, n=128, seed=seed).inputs[..., 0].tolist()}
