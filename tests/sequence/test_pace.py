"""Slices, streams and settings: the small parts that training is cut and fed by."""

import pytest
import torch

from explorer.frame import Change
from explorer.sequence import SequenceExperiment
from explorer.sequence.pace import SLICE, Pace, run_through
from explorer.sequence.settings import Settings
from explorer.sequence.streams import DATA, SAMPLING, stream


def test_a_slice_is_never_longer_than_its_limit_or_one_piece():
    pace, slices = Pace(), [0.0]
    for cost in (4_000.0, 9_000.0, 1_000.0, 30_000.0, 500.0, 14_000.0, 600.0):
        if pace.due(cost):
            slices.append(0.0)
        slices[-1] += cost
    assert slices == [14_000.0, 30_000.0, 14_500.0, 600.0]
    assert all(one <= SLICE or one == 30_000.0 for one in slices)


def test_run_through_returns_the_result():
    def work():
        yield None
        yield None
        return 7

    assert run_through(work()) == 7


def test_streams_differ_by_seed_purpose_and_step():
    def draw(*key):
        return torch.rand(4, generator=stream(*key))

    assert torch.equal(draw(0, DATA), draw(0, DATA))
    others = [(1, DATA), (0, SAMPLING), (0, SAMPLING, 1), (0, SAMPLING, 2), (2**31 - 1, DATA)]
    draws = [draw(0, DATA), *(draw(*key) for key in others)]
    assert len({tuple(one.tolist()) for one in draws}) == len(draws)


@pytest.mark.parametrize("step, rate, clip", [(0, 0.01, 1.0), (4, 0.01, 1.0), (5, 0.1, 1.0), (7, 0.2, 0.0)])
def test_settings_at_a_step(step, rate, clip):
    changes = [Change(5, "learning_rate", 0.1), Change(6, "clip", 0.0), Change(6, "learning_rate", 0.2)]
    settings = Settings.at(step, SequenceExperiment(), changes)
    assert (settings.learning_rate, settings.clip) == (rate, clip)
