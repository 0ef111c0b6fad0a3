import math
from collections import Counter

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits

from explorer.sequence import SequenceExperiment, make_task

PICTURES, NUMBERS = load_digits(return_X_y=True)
CUT = 1797 - 1797 // 4


def digits(reading="rows"):
    return make_task(SequenceExperiment(task="digits", reading=reading))


def test_the_data_are_those_of_scikit_learn():
    training = digits().training
    np.testing.assert_allclose(training.inputs.numpy().reshape(-1, 64) * 16, PICTURES[:CUT])
    np.testing.assert_array_equal(training.targets.numpy(), NUMBERS[:CUT])
    assert training.inputs.min() == 0 and training.inputs.max() == 1


def test_pixels_are_the_rows_one_after_the_other():
    rows, pixels = digits("rows").held_out(), digits("pixels").held_out()
    assert rows.inputs.shape == (128, 8, 8) and pixels.inputs.shape == (128, 64, 1)
    assert torch.equal(rows.inputs.flatten(1), pixels.inputs.flatten(1))
    assert torch.equal(rows.targets, pixels.targets)


def test_held_out_pictures_come_from_the_last_quarter_and_samples_from_the_rest():
    task = digits()
    training = {picture.tobytes() for picture in (PICTURES[:CUT] / 16).astype(np.float32)}
    held_out = {picture.tobytes() for picture in (PICTURES[CUT:] / 16).astype(np.float32)}
    sampled = task.sample(3000, torch.Generator().manual_seed(0)).inputs.flatten(1).numpy()
    assert {picture.tobytes() for picture in sampled} <= training
    assert {picture.tobytes() for picture in task.held_out().inputs.flatten(1).numpy()} <= held_out - training


def test_the_baseline_is_the_most_frequent_digit():
    task = digits()
    counts = Counter(NUMBERS[CUT:][np.arange(128) * 449 // 128].tolist())
    digit, most = max(counts.items(), key=lambda item: item[1])
    entropy = -sum(k / 128 * math.log(k / 128) for k in counts.values())
    assert task.baseline.score == pytest.approx(most / 128)
    assert task.baseline.loss == pytest.approx(entropy)
    assert f"the digit {digit}," in task.baseline.sentence and f"{most / 128:.1%}" in task.baseline.sentence


def test_steps_are_named():
    assert digits().steps(digits().watched())[:2] == ["row 1", "row 2"]
    pixels = digits("pixels")
    names = pixels.steps(pixels.watched())
    assert len(set(names)) == 64 and names[0] == "1/1" and names[8] == "2/1"


def test_the_answer_stands_at_the_last_step():
    task = digits()
    batch = task.watched()
    assert len(batch) == 8
    assert task.expected(batch) == [""] * 7 + [str(int(batch.targets[0]))]
