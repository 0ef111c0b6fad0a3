"""Digits to spell and to draw: scikit-learn's own, the last quarter held out."""

import numpy as np
import pytest
import torch

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.tasks import make_task
from explorer.sequence.encoder_decoder.tasks.pictures import WORDS, digit_pictures, typed_digit


@pytest.fixture(scope="module")
def sklearn_digits():
    from sklearn.datasets import load_digits

    return load_digits()


def test_pictures_are_those_of_scikit_learn(sklearn_digits):
    training, held_out = digit_pictures()
    pictures = torch.cat([training.pictures, held_out.pictures])
    np.testing.assert_array_equal(pictures.numpy() * 16, sklearn_digits.images)
    np.testing.assert_array_equal(torch.cat([training.digits, held_out.digits]), sklearn_digits.target)
    assert len(training.digits) == 1348 and len(held_out.digits) == 449


@pytest.mark.parametrize("reading", ["picture", "rows"])
def test_pictures_are_spelled(reading, sklearn_digits):
    task = make_task(EncoderDecoderExperiment(task="spelled", reading=reading))
    batch = task.sample(40, torch.Generator().manual_seed(0))
    known = {
        image.tobytes(): target
        for image, target in zip(sklearn_digits.images[:1348], sklearn_digits.target, strict=False)
    }
    for picture, row in zip(batch.sources, batch.targets, strict=True):
        digit = known[(picture.double() * 16).numpy().tobytes()]  # fails for a held-out picture
        assert task.write(row.clamp(min=0).tolist()) == WORDS[digit]
    assert task.source_steps(batch) == (["picture"] if reading == "picture" else [f"row {k}" for k in range(1, 9)])
    assert (batch.source_lengths == (1 if reading == "picture" else 8)).all()


def test_a_typed_digit_is_a_held_out_picture():
    task = make_task(EncoderDecoderExperiment(task="spelled"))
    _, held_out = digit_pictures()
    for text in ("7", " seven ", "SEVEN"):
        batch = task.encode(text)
        assert torch.equal(batch.sources[0], held_out.pictures[held_out.digits == 7][0])
        assert batch.source_lengths.tolist() == [1]


@pytest.mark.parametrize("text", ["", "10", "²", "٣", "-1", "sieben", "🎉"])
def test_other_words_are_no_digits(text):
    with pytest.raises(ValueError, match="7|seven"):
        typed_digit(text)


def test_ink_is_drawn_anew_with_the_brightness_as_its_chance():
    task = make_task(EncoderDecoderExperiment(task="drawing"))
    generator = torch.Generator().manual_seed(0)
    one, two = task.sample(2000, generator), task.sample(2000, generator)
    assert set(one.targets.unique().tolist()) == {0.0, 1.0} and not torch.equal(one.targets, two.targets)
    training, _ = digit_pictures()
    share = torch.cat([one.targets, two.targets]).mean().item()
    assert share == pytest.approx(training.pictures.mean().item(), abs=0.01)
    assert torch.equal(task.held_out().targets, task.held_out().targets)


def test_losses_are_those_of_pytorch():
    generator = torch.Generator().manual_seed(0)
    ink, grey = (make_task(EncoderDecoderExperiment(task="drawing", pixels=one)) for one in ("bernoulli", "gaussian"))
    for task, loss in ((ink, torch.nn.BCEWithLogitsLoss()), (grey, torch.nn.MSELoss())):
        batch = task.sample(6, generator)
        outputs = torch.randn(6, 8, 8, generator=generator)
        mean = task.loss(outputs, batch).item() / task.scored(batch)
        assert mean == pytest.approx(loss(outputs, batch.targets).item(), rel=1e-5)
    assert ink.baseline.loss == pytest.approx(0.4186, abs=0.02) and grey.baseline.loss == pytest.approx(
        0.0734, abs=0.002
    )


def test_real_pictures_are_mostly_recognised():
    task = make_task(EncoderDecoderExperiment(task="drawing", pixels="gaussian"))
    _, held_out = digit_pictures()
    assert task.recognised(held_out.pictures, held_out.digits) == pytest.approx(0.88, abs=0.05)
    assert task.recognised(task.means, torch.arange(10)) == 1.0
    assert task.recognised(task.means, (torch.arange(10) + 1) % 10) == 0.0
