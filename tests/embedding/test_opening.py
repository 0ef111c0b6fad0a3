"""A saved training of word vectors comes back as it was, and what does not fit is refused in words."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from explorer.embedding.experiment import EmbeddingExperiment
from explorer.embedding.opening import KIND, open_run
from explorer.frame import Change, Frame, same_bits
from explorer.runs.archive import to_bytes

SMALL = {"corpus": "phrases", "min_count": 1, "dimensions": 4, "epochs": 1, "iterations": 3}


def frames_of(experiment: EmbeddingExperiment) -> list[Frame]:
    experiment.prepare()
    return list(experiment.frames(wanted=lambda step: step in (0, 3)))


@pytest.fixture(scope="module")
def experiment() -> EmbeddingExperiment:
    return EmbeddingExperiment(**SMALL)


@pytest.fixture(scope="module")
def frames(experiment) -> list[Frame]:
    return frames_of(experiment)


def saved(experiment, frames, changes=()) -> bytes:
    return to_bytes(KIND, experiment.model_dump_json(), changes, frames)


@pytest.mark.parametrize("algorithm", ["skipgram", "cbow", "fasttext", "glove", "ppmi", "tfidf"])
def test_a_run_of_every_algorithm_comes_back_to_the_bit(algorithm):
    given = {**SMALL, "algorithm": algorithm} | ({"buckets": 100} if algorithm == "fasttext" else {})
    experiment = EmbeddingExperiment(**given)
    frames = frames_of(experiment)
    opened = open_run(saved(experiment, frames))
    assert opened.experiment == opened.now == experiment
    assert all(same_bits(one, other) for one, other in zip(opened.frames, frames, strict=True))


def test_changes_are_part_of_it(experiment, frames):
    opened = open_run(saved(experiment, frames, [Change(4, "learning_rate", 0.05)]))
    assert opened.changes == (Change(4, "learning_rate", 0.05),)
    assert opened.now.learning_rate == 0.05 and opened.experiment.learning_rate == experiment.learning_rate


def refused(data: bytes, *words: str) -> None:
    with pytest.raises(ValueError) as caught:
        open_run(data)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def changed(frame: Frame, name: str, array: np.ndarray) -> Frame:
    return replace(frame, arrays={**frame.arrays, name: array})


def test_another_kind_of_run_is_refused(experiment, frames):
    refused(to_bytes("sequence", experiment.model_dump_json(), (), frames), "another kind")


def test_settings_that_do_not_exist_are_named(experiment, frames):
    settings = json.dumps({**json.loads(experiment.model_dump_json()), "dimensions": 100_000})
    refused(to_bytes(KIND, settings, (), frames), "not admissible", "dimensions")


def test_a_change_that_is_not_possible_is_refused(experiment, frames):
    refused(saved(experiment, frames, [Change(4, "window", 3.0)]), "not possible", "window")
    refused(saved(experiment, frames, [Change(400, "learning_rate", 0.05)]), "out of range")


def test_a_run_without_its_beginning_is_refused(experiment, frames):
    refused(saved(experiment, frames[1:]), "untrained")
    refused(saved(experiment.replace(epochs=1), [*frames, replace(frames[-1], step=99)]), "ends after 10")


def test_arrays_of_another_text_are_refused(experiment, frames):
    other = experiment.replace(min_count=2)
    refused(saved(other, frames), "does not fit its settings", "'input'")


def test_words_that_do_not_exist_are_refused(experiment, frames):
    rows = frames[0].arrays["neighbours"]
    for bad in (rows + 100_000, rows - 100_000):
        refused(saved(experiment, [changed(frames[0], "neighbours", bad), *frames[1:]]), "words that do not exist")


def test_values_that_cannot_be_drawn_are_refused(experiment, frames):
    vectors = np.full_like(frames[0].arrays["input"], np.nan)
    refused(saved(experiment, [changed(frames[0], "input", vectors), *frames[1:]]), "'input'", "not finite")
    refused(saved(experiment, [replace(frames[0], weights=b"nothing"), *frames[1:]]), "Step 0", "cannot be read")


def test_numbers_that_make_no_sense_are_refused(experiment, frames):
    first = frames[0]
    nan = replace(first, metrics={**first.metrics, "wordsim_pairs": float("nan")})
    refused(saved(experiment, [nan, *frames[1:]]), "'wordsim_pairs'")
    unknown = replace(first, metrics={**first.metrics, "zzz": 1.0})
    refused(saved(experiment, [unknown, *frames[1:]]), "'zzz'", "unknown")
    lost = replace(first, metrics={name: value for name, value in first.metrics.items() if name != "loss"})
    refused(saved(experiment, [lost, *frames[1:]]), "'loss'", "missing")


def test_an_array_too_many_or_too_few_is_refused(experiment, frames):
    first = frames[0]
    refused(saved(experiment, [changed(first, "extra", np.zeros(2, np.float32)), *frames[1:]]), "'extra'", "unknown")
    less = replace(first, arrays={name: one for name, one in first.arrays.items() if name != "output"})
    refused(saved(experiment, [less, *frames[1:]]), "'output'", "missing")
