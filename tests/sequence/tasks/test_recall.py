import math

import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks import IGNORED


def recall(length=6):
    return make_task(SequenceExperiment(task="recall", length=length, hidden=16, batch=8))


def sampled(task, n=500):
    return task.sample(n, torch.Generator().manual_seed(0))


@pytest.mark.parametrize("length", [2, 6, 200])
def test_ten_letters_blanks_go_and_ten_to_recall(length):
    task = recall(length)
    batch = sampled(task, 20)
    assert batch.inputs.shape == (20, length + 20)
    for i in range(20):
        steps, expected = task.steps(batch, i), task.expected(batch, i)
        assert steps[10:] == ["·"] * (length - 1) + ["?"] + ["·"] * 10
        assert set(steps[:10]) <= set("ABCDEFGH")
        assert expected == [""] * (length + 10) + steps[:10]


def test_only_the_last_ten_steps_are_scored():
    batch = sampled(recall())
    assert (batch.targets[:, :-10] == IGNORED).all() and (batch.targets[:, -10:] >= 0).all()


def test_a_network_that_recalls_is_perfect_and_one_that_does_not_is_at_the_baseline():
    task = recall()
    batch = sampled(task, 4000)
    perfect = torch.zeros(*batch.inputs.shape, task.outputs, dtype=torch.float64)
    perfect[:, -10:] = 50.0 * torch.nn.functional.one_hot(batch.inputs[:, :10] - 1, 8).double()
    assert task.score(perfect, batch) == 1.0 and task.loss(perfect, batch).item() < 1e-9
    ignorant = torch.zeros_like(perfect)
    assert task.loss(ignorant, batch).item() == pytest.approx(task.baseline.loss) == pytest.approx(math.log(8))
    assert task.score(ignorant, batch) == pytest.approx(task.baseline.score, abs=0.01)


def test_the_sentence_states_the_figure_of_the_literature():
    assert f"{10 * math.log(8) / 50:.3f}" in recall(30).baseline.sentence
    assert "12.5%" in recall(30).baseline.sentence


def test_the_answer_is_the_last_letter():
    task = recall()
    batch = sampled(task, 7)
    outputs = torch.randn(*batch.inputs.shape, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    by_hand = -outputs[:, -1].log_softmax(-1)[torch.arange(7), batch.inputs[:, 9] - 1].mean()
    assert task.answer_loss(outputs, batch).item() == pytest.approx(by_hand.item())


def test_all_letters_are_equally_likely():
    letters = sampled(recall(), 4000).inputs[:, :10]
    counts = letters.flatten().bincount()[1:]
    assert len(counts) == 8 and counts.min() > 4600 and counts.max() < 5400


def test_held_out_differs_from_training():
    task = recall()
    held_out = {tuple(row) for row in task.held_out().inputs.tolist()}
    assert len(held_out) == 128
    assert not held_out & {tuple(row) for row in sampled(task, 500).inputs.tolist()}
