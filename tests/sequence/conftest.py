"""Small networks and stand-in tasks for the tests of the sequence package."""

from itertools import product

import pytest
import torch

from explorer.sequence import SequenceExperiment
from explorer.sequence.model import build_slices
from explorer.sequence.pace import run_through
from explorer.sequence.tasks import IGNORED, Baseline, Batch, Task

CELLS = ("tanh", "relu", "lstm", "gru")


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    torch.set_num_threads(1)


class Letters(Task):
    """Many-to-many on tokens, with sequences of different lengths."""

    topology = "many-to-many"
    vocabulary = labels = ("a", "b", "c", "d", "e")
    inputs = outputs = 5
    baseline = Baseline(1.6, 0.2, "guessing", "")

    def sample(self, n, generator):
        lengths = 7 - torch.arange(n) % 4
        real = torch.arange(7) < lengths[:, None]
        tokens = torch.randint(0, 5, (n, 8), generator=generator)
        return Batch(tokens[:, :7] * real, torch.where(real, tokens[:, 1:], IGNORED), lengths)

    def watched(self):
        return self.sample(3, torch.Generator().manual_seed(1))


class Numbers(Letters):
    """Many-to-one on numbers, with sequences of different lengths."""

    topology = "many-to-one"
    vocabulary = None
    inputs = 3

    def sample(self, n, generator):
        lengths = 7 - torch.arange(n) % 4
        real = torch.arange(7) < lengths[:, None]
        inputs = torch.randn(n, 7, 3, generator=generator) * real[:, :, None]
        return Batch(inputs, torch.randint(0, 5, (n,), generator=generator), lengths)


def small_model(cell, layers=1, bidirectional=False, task=None, **settings):
    """A network with larger weights than at the start, so that every path carries a gradient."""
    plain = cell in ("tanh", "relu")
    experiment = SequenceExperiment(
        task="digits",
        cell="rnn" if plain else cell,
        activation=cell if plain else "tanh",
        layers=layers,
        bidirectional=bidirectional,
        **{"hidden": 4, "seed": 3, **settings},
    )
    return run_through(build_slices(experiment, task or Letters()))


NETWORKS = [
    pytest.param((cell, layers, bidirectional, task), id=f"{cell}-{layers}-{'both' if bidirectional else 'one'}-{task}")
    for cell, layers, bidirectional, task in product(CELLS, (1, 2, 3), (False, True), ("letters", "numbers"))
]


@pytest.fixture
def letters():
    return Letters()


@pytest.fixture
def numbers():
    return Numbers()


@pytest.fixture
def make_model():
    return small_model


@pytest.fixture(params=NETWORKS)
def network(request):
    """Every cell, one to three layers, one and both directions, one output per step and per sequence."""
    cell, layers, bidirectional, task = request.param
    return small_model(cell, layers, bidirectional, {"letters": Letters, "numbers": Numbers}[task]())
