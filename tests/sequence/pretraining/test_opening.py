"""Opening a saved pre-training: everything comes back to the bit, and what does not fit is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from explorer.frame import Change, same_bits
from explorer.runs.archive import to_bytes
from explorer.sequence.pretraining import open_run
from explorer.sequence.pretraining.opening import KIND

CHANGES = (Change(2, "learning_rate", 0.002),)
ONE = {"units": "subwords", "steps": 2}


@pytest.fixture(scope="module")
def frames(tiny):
    return list(tiny(**ONE).frames(CHANGES))


def saved(tiny, frames, **other):
    settings = json.dumps({**json.loads(tiny(**ONE).model_dump_json()), **other})
    return to_bytes(KIND, settings, CHANGES, frames)


def with_array(frames, name, array):
    arrays = {**frames[0].arrays, name: array}
    return [replace(frames[0], arrays={key: one for key, one in arrays.items() if one is not None}), *frames[1:]]


@pytest.mark.parametrize("objective, units", [("gpt", "subwords"), ("bert", "words")])
def test_runs_come_back(tiny, objective, units):
    made = tiny(objective=objective, units=units, steps=2)
    frames = list(made.frames())
    opened = open_run(to_bytes(KIND, made.model_dump_json(), (), frames))
    assert opened.experiment == opened.now == made
    assert all(same_bits(one, two) for one, two in zip(opened.frames, frames, strict=True))


def test_changes_come_back(tiny, frames):
    opened = open_run(saved(tiny, frames))
    assert opened.changes == CHANGES and opened.now.learning_rate == 0.002


@pytest.mark.parametrize("settings", [{"width": 32}, {"objective": "bert"}, {"units": "words"}, {"text": "x"}, {"layers": -1}])
def test_other_settings_than_the_frames_are_refused(tiny, frames, settings):
    with pytest.raises(ValueError, match="fit|admissible|weights|array|Your text"):
        open_run(saved(tiny, frames, **settings))


@pytest.mark.parametrize(
    "name, array, words",
    [
        ("attention", None, "missing"),
        ("strange", np.zeros(3, np.float32), "unknown"),
        ("induction", np.full((2, 2), np.nan, np.float32), "finite"),
        ("sample", np.full(48, 5000, np.int32), "do not exist"),
        ("asked", np.full(24, 24, np.int32), "places"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(tiny, frames, name, array, words):
    with pytest.raises(ValueError, match=words):
        open_run(saved(tiny, with_array(frames, name, array)))


@pytest.mark.parametrize("metrics", [{"strange": 1.0}, {"accuracy": 1.5}, {"learning_rate": float("nan")}])
def test_numbers_that_make_no_sense_are_refused(tiny, frames, metrics):
    with pytest.raises(ValueError, match="Step 1"):
        open_run(saved(tiny, [frames[0], replace(frames[1], metrics={**frames[1].metrics, **metrics}), *frames[2:]]))
