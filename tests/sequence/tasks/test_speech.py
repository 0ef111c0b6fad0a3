import math
from collections import Counter

import numpy as np
import pytest
import torch
from aeon.datasets import load_japanese_vowels

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks.speech import FOLDER, read_utterances
from explorer.text.shipped import shipped


@pytest.fixture(scope="module")
def speech():
    return make_task(SequenceExperiment(task="speech"))


@pytest.mark.parametrize("split", ["TRAIN", "TEST"])
def test_the_data_are_those_of_aeon(split):
    read = read_utterances(shipped("aeon", *FOLDER, f"JapaneseVowels_{split}.ts"))
    sequences, labels = load_japanese_vowels(split)
    assert len(read) == {"TRAIN": 270, "TEST": 370}[split]
    for (values, speaker), other, label in zip(read, sequences, labels, strict=True):
        np.testing.assert_allclose(values.numpy(), other.T, rtol=1e-6)
        assert speaker + 1 == int(label)


def test_channels_are_standardised_on_the_training_part(speech):
    batch = speech.training
    real = batch.inputs[torch.arange(batch.inputs.shape[1]) < batch.lengths[:, None]]
    assert real.shape[1] == 12
    torch.testing.assert_close(real.mean(0), torch.zeros(12), atol=1e-4, rtol=0)
    torch.testing.assert_close(real.std(0), torch.ones(12), atol=1e-4, rtol=0)


def test_lengths_differ_and_padding_is_trimmed(speech):
    batch = speech.training
    assert len(batch) == 270 and int(batch.lengths.min()) == 7 and int(batch.lengths.max()) == 26
    sampled = speech.sample(3, torch.Generator().manual_seed(0))
    assert sampled.inputs.shape[1] == int(sampled.lengths.max())


def test_samples_come_from_the_training_part_alone(speech):
    training = {
        (row.numpy().tobytes(), int(n)) for row, n in zip(speech.training.inputs, speech.training.lengths, strict=True)
    }
    longest = speech.training.inputs.shape[1]
    sampled = speech.sample(2000, torch.Generator().manual_seed(0))
    padded = torch.nn.functional.pad(sampled.inputs, (0, 0, 0, longest - sampled.inputs.shape[1]))
    drawn = {(row.numpy().tobytes(), int(n)) for row, n in zip(padded, sampled.lengths, strict=True)}
    assert drawn <= training and len(drawn) > 260
    starts = {row[:7].numpy().tobytes() for row in speech.training.inputs}
    assert not starts & {row[:7].numpy().tobytes() for row in speech.held_out().inputs}


def test_held_out_has_all_speakers_in_proportion(speech):
    _, labels = load_japanese_vowels("TEST")
    shares = Counter(int(label) - 1 for label in labels)
    counts = Counter(speech.held_out().targets.tolist())
    assert len(speech.held_out()) == 128
    assert all(abs(counts[k] - 128 * shares[k] / 370) <= 1 for k in range(9))


def test_the_baseline_is_the_most_frequent_speaker(speech):
    _, labels = load_japanese_vowels("TEST")
    counts = Counter(int(labels[i * 370 // 128]) for i in range(128))
    speaker, most = counts.most_common(1)[0]
    assert speech.baseline.score == pytest.approx(most / 128)
    assert speech.baseline.loss == pytest.approx(-sum(k / 128 * math.log(k / 128) for k in counts.values()))
    assert f"guessing speaker {speaker}," in speech.baseline.sentence


def test_the_watched_utterances_have_one_length(speech):
    batch = speech.watched()
    assert 2 <= len(batch) <= 8 and len(set(batch.lengths.tolist())) == 1
    assert speech.steps(batch)[0] == "frame 1" and speech.expected(batch)[-1] == "speaker 1"
