import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task


def task(name):
    return make_task(SequenceExperiment(task=name))


def test_all_tasks_on_digits_see_the_same_pictures_and_hold_out_the_same():
    digits, rows, picture = (task(name) for name in ("digits", "rows", "picture"))
    for part in ("training", "_held_out"):
        one, *others = (getattr(other, part) for other in (digits, rows, picture))
        for other in others:
            assert torch.equal(one.inputs.flatten(1), other.inputs.flatten(1))
            assert torch.equal(one.targets, other.targets.reshape(len(one), -1)[:, -1])


def test_a_picture_is_one_step_of_64_pixels():
    picture = task("picture")
    assert picture.inputs == 64 and picture.held_out().inputs.shape == (128, 1, 64)
    assert picture.steps(picture.watched()) == ["picture"] and picture.expected(picture.watched())[0] in picture.labels


def test_after_every_row_the_same_digit_is_right():
    rows = task("rows")
    batch = rows.sample(20, torch.Generator().manual_seed(0))
    assert batch.targets.shape == (20, 8) and (batch.targets == batch.targets[:, :1]).all()
    assert rows.answer_step(batch).tolist() == [7] * 20
    assert len(set(rows.expected(batch))) == 1 and rows.steps(batch)[-1] == "row 8"


@pytest.mark.parametrize("name", ["picture", "rows"])
def test_the_baseline_is_that_of_the_digits(name):
    assert task(name).baseline == task("digits").baseline


def test_the_digit_becomes_known_from_row_to_row():
    """A short training: hardly anything after the first row, most digits after the last."""
    from explorer.sequence.model import load_model

    experiment = SequenceExperiment(task="rows", cell="gru", steps=250, learning_rate=0.01)
    *_, last = experiment.frames(wanted=lambda step: False)
    model = load_model(experiment, last.weights)
    batch = model.task.held_out()
    with torch.no_grad():
        right = (model(batch.inputs, batch.lengths).argmax(-1) == batch.targets).double().mean(dim=0)
    assert right[0] < 0.45 and right[-1] > 0.75
    assert last.metrics["score"] == pytest.approx(right.mean().item())
