"""Opening a saved run of a network that writes: everything comes back to the bit, and what does not fit is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from explorer.frame import Change, same_bits
from explorer.runs.archive import to_bytes
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.opening import KIND, open_run

TINY = {"hidden": 8, "embedding": 4, "batch": 2, "steps": 3}
EVERY = (
    {"task": "spelled", "reading": "rows"},
    {"task": "spelled", "reading": "rows", "attention": False, "bidirectional": False},
    {"task": "spelled", "reading": "picture"},
    {"task": "drawing"},
    {"task": "names"},
    {"task": "names", "condition": "letters", "attention": True, "bidirectional": True},
)
CHANGES = (Change(2, "learning_rate", 0.002),)


def experiment(**settings) -> EncoderDecoderExperiment:
    return EncoderDecoderExperiment(**{**TINY, **settings})


@pytest.fixture(scope="module")
def frames():
    return list(experiment(**EVERY[0]).frames(CHANGES))


def saved(frames, **other) -> bytes:
    settings = json.dumps({**json.loads(experiment(**EVERY[0]).model_dump_json()), **other})
    return to_bytes(KIND, settings, CHANGES, frames)


def with_array(frames, name, array):
    arrays = {**frames[0].arrays, name: array}
    return [replace(frames[0], arrays={key: one for key, one in arrays.items() if one is not None}), *frames[1:]]


@pytest.mark.parametrize("settings", EVERY)
def test_every_task_comes_back(settings):
    made = experiment(**settings)
    frames = list(made.frames())
    opened = open_run(to_bytes(KIND, made.model_dump_json(), (), frames))
    assert opened.experiment == opened.now == made
    assert all(same_bits(one, two) for one, two in zip(opened.frames, frames, strict=True))


def test_changes_come_back(frames):
    opened = open_run(saved(frames))
    assert opened.changes == CHANGES and opened.now.learning_rate == 0.002


@pytest.mark.parametrize(
    "settings", [{"hidden": 10}, {"task": "drawing"}, {"attention": False}, {"cell": "gru"}, {"hidden": -1}]
)
def test_other_settings_than_the_frames_are_refused(frames, settings):
    with pytest.raises(ValueError, match="fit|admissible|weights|array"):
        open_run(saved(frames, **settings))


@pytest.mark.parametrize(
    "name, array, words",
    [
        ("encoder_hidden", None, "missing"),
        ("strange", np.zeros(3, np.float32), "unknown"),
        ("attention", np.zeros((2, 2), np.float32), "attention"),
        ("decoder_hidden", np.full((6, 8), np.nan, np.float32), "finite"),
        ("top_index", np.full((6, 5), 99, np.int32), "classes that do not exist"),
        ("answer", None, "answer"),
        ("answer", np.array([99], np.int32), "letters that do not exist"),
        ("answer", np.zeros(10_000, np.int32), "answer"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(frames, name, array, words):
    with pytest.raises(ValueError, match=words):
        open_run(saved(with_array(frames, name, array)))


@pytest.mark.parametrize(
    "metrics", [{"strange": 1.0}, {"exact": 1.5}, {"clipped": 0.5}, {"learning_rate": float("nan")}]
)
def test_numbers_that_make_no_sense_are_refused(frames, metrics):
    with pytest.raises(ValueError, match="Step 1"):
        open_run(saved([frames[0], replace(frames[1], metrics={**frames[1].metrics, **metrics}), *frames[2:]]))


def test_another_kind_of_run_is_refused(frames):
    with pytest.raises(ValueError, match="kind"):
        open_run(to_bytes("sequence", experiment(**EVERY[0]).model_dump_json(), (), frames))
