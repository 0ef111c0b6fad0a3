"""A short text of sentences, and small networks that learn from it."""

import random

import pytest
import torch

from explorer.sequence.pretraining import PretrainingExperiment

SUBJECTS = ("the old man", "a small dog", "the red fox", "my sister", "the teacher", "an owl")
VERBS = ("sees", "follows", "hears", "remembers", "finds", "forgets")
OBJECTS = ("the river", "a song", "the green hill", "an apple", "the winter", "the lowest newest tower")


def sentences(count=260, seed=0):
    """Sentences of a few words, several in each line."""
    draw = random.Random(seed)
    made = [f"{draw.choice(SUBJECTS)} {draw.choice(VERBS)} {draw.choice(OBJECTS)}." for _ in range(count)]
    lines = [" ".join(one.capitalize() for one in made[i : i + 4]) for i in range(0, count, 4)]
    return "\n".join(lines)


TEXT = sentences()
TINY = {
    "corpus": "own", "text": TEXT, "width": 16, "layers": 2, "heads": 2, "context": 24, "batch": 4, "steps": 4,
    "warm_up": 2, "merges": 40, "words": 100,
}  # fmt: skip


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    torch.set_num_threads(1)


def tiny_experiment(**settings):
    return PretrainingExperiment(**{**TINY, **settings})


@pytest.fixture(scope="session")
def tiny():
    """Makes experiments on the short text."""
    return tiny_experiment
