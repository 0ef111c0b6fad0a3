"""Small networks of every architecture, on the stand-in tasks of the sequence tests."""

import pytest

from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.model import build_slices
from explorer.sequence.pace import run_through


def network(cell, task, **settings):
    """An untrained network in evaluation mode; the task on rows of digits lets it look ahead where that is asked for."""
    plain = {"task": "rows", "cell": cell, "hidden": 8, "window": 3, "kernel": 2, "levels": 2, "seed": 3}
    experiment = ArchitectureExperiment(**{**plain, **settings})
    return run_through(build_slices(experiment, task))


@pytest.fixture
def make_network():
    return network
