"""Small networks that read and write, and pairs of different lengths."""

import pytest
import torch

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.model import build_model

KINDS = {
    "letters": {"task": "numbers", "limit": 20},
    "prefix": {"task": "names", "condition": "letters", "attention": True, "bidirectional": True},
    "rows": {"task": "spelled", "reading": "rows"},
    "picture": {"task": "spelled", "reading": "picture"},
    "class": {"task": "names"},
    "drawing": {"task": "drawing"},
}


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    torch.set_num_threads(1)


def small_model(kind="letters", **settings):
    """An untrained network of few units."""
    experiment = EncoderDecoderExperiment(**{**KINDS[kind], "hidden": 8, "embedding": 4, "seed": 3, **settings})
    return build_model(experiment)


def pairs(model, n=5, seed=0):
    """A few training pairs; their lengths differ."""
    return model.task.sample(n, torch.Generator().manual_seed(seed))


@pytest.fixture
def make():
    return small_model


@pytest.fixture
def draw():
    return pairs
