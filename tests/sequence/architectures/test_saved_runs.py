"""A saved run of any architecture opens again to the bit, and what does not fit it is refused in words."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.frame import same_bits
from explorer.runs.archive import to_bytes
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.opening import KIND, open_run

KINDS = [
    {"task": "rose", "cell": "transformer", "layers": 2},
    {"task": "digits", "cell": "transformer", "causal": False},
    {"task": "digits", "cell": "cnn"},
    {"task": "adding", "cell": "tcn", "length": 20},
    {"task": "rose", "cell": "lstm"},
    {"task": "rose", "cell": "average"},
    {"task": "tagging", "cell": "average", "causal": False},
    {"task": "order", "cell": "window"},
]


def saved(frames=None, **settings):
    experiment = ArchitectureExperiment(**{"steps": 2, "batch": 4, "hidden": 8, **settings})
    frames = list(experiment.frames()) if frames is None else frames
    return experiment, frames, to_bytes(KIND, experiment.model_dump_json(), (), frames)


@pytest.mark.parametrize("settings", KINDS, ids=lambda one: f"{one['task']}-{one['cell']}")
def test_it_comes_back_to_the_bit(settings):
    experiment, frames, data = saved(**settings)
    opened = open_run(data)
    assert opened.experiment == experiment
    assert all(same_bits(one, other) for one, other in zip(frames, opened.frames, strict=True))


def test_maps_of_another_shape_are_refused_with_their_name():
    experiment, frames, _ = saved(task="rose", cell="transformer")
    wrong = replace(frames[0], arrays={**frames[0].arrays, "attention": np.zeros((1, 1, 3, 3), dtype=np.float32)})
    with pytest.raises(ValueError, match="attention"):
        open_run(to_bytes(KIND, experiment.model_dump_json(), (), [wrong, *frames[1:]]))


def test_another_kind_of_file_is_refused():
    experiment, frames, _ = saved(task="rose", cell="gru")
    with pytest.raises(ValueError):
        open_run(to_bytes("sequence", experiment.model_dump_json(), (), frames))
