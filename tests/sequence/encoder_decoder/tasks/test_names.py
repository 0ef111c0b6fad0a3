"""Names are the census' own; those held out are never trained on, and invented ones are judged by the whole list."""

import pytest
import torch

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.tasks import make_task
from explorer.sequence.encoder_decoder.tasks.names import KINDS
from explorer.text.name_lists import census


@pytest.fixture
def by_kind():
    return make_task(EncoderDecoderExperiment(task="names"))


@pytest.fixture
def by_letters():
    return make_task(EncoderDecoderExperiment(task="names", condition="letters"))


def names_of(task, batch):
    return [task.write(row) for row in batch.targets.clamp(min=0).tolist()]


def test_kinds_have_names_of_their_kind(by_kind):
    batch = by_kind.sample(600, torch.Generator().manual_seed(0))
    real = [{name for name, _ in census(kind)} for kind in KINDS]
    for kind, name in zip(batch.sources.tolist(), names_of(by_kind, batch), strict=True):
        assert name in real[kind]
    assert all(150 < int((batch.sources == kind).sum()) < 250 for kind in range(3))


def test_names_begin_with_the_letters_that_are_read(by_letters):
    batch = by_letters.sample(300, torch.Generator().manual_seed(0))
    read = ["".join(by_letters.source_steps(batch, i)) for i in range(300)]
    assert all(name.startswith(begin) for begin, name in zip(read, names_of(by_letters, batch), strict=True))
    assert {len(begin) for begin in read} == {1, 2, 3}


@pytest.mark.parametrize("which", ["by_kind", "by_letters"])
def test_held_out_names_are_never_drawn(which, request):
    task = request.getfixturevalue(which)
    held_out = set(names_of(task, task.held_out()))
    drawn = set(names_of(task, task.sample(6000, torch.Generator().manual_seed(1))))
    assert not held_out & drawn and not held_out & task.known
    assert drawn <= task.known and held_out <= task.real


def test_invented_names_are_judged_by_the_whole_census(by_kind):
    unseen = names_of(by_kind, by_kind.held_out())[0]
    seen = names_of(by_kind, by_kind.sample(1, torch.Generator().manual_seed(0)))[0]
    assert by_kind.judged([seen, unseen, "Xqzzy", ""]) == (0.5, 0.25)


def test_beginnings_are_tidied(by_letters):
    assert by_letters.source_steps(by_letters.encode(" maR ")) == ["M", "a", "r"]


def test_watched_pairs_are_alike(by_kind, by_letters):
    assert (by_kind.watched().sources == 0).all() and len(by_kind.watched()) == 8
    assert (by_letters.watched().source_lengths == 3).all() and len(by_letters.watched()) == 8


def test_both_conditions_know_the_same_names(by_kind, by_letters):
    assert by_kind.known == by_letters.known and not by_kind.determined
