"""The tree of a search is the search itself."""

import numpy as np
import pytest

from explorer.sequence.encoder_decoder.answering import answer_pair
from explorer.sequence.encoder_decoder.beam import beam_pair
from explorer.sequence.encoder_decoder.beam_tree import ROOT, grow


@pytest.fixture
def tree(make):
    model = make(seed=4)
    pair = model.task.held_out().pick(slice(0, 1))
    return model, pair, grow(model, pair, 4)


def test_its_answers_are_those_of_the_search_and_greedy(tree):
    model, pair, grown = tree
    found = beam_pair(model, pair, 4)
    assert [one.text for one in grown.answers] == [one.text for one in found]
    assert grown.greedy.text == answer_pair(model, pair).text


def test_every_branch_continues_its_parent(tree):
    _, _, grown = tree
    for one in grown.branches:
        before = grown.branches[one.parent] if one.parent != ROOT else None
        assert one.step == (before.step + 1 if before else 1)
        assert one.total == pytest.approx(one.chance + (before.total if before else 0.0))
        if one.symbol != "<end>":
            assert one.text == (before.text if before else "") + one.symbol
    steps = [one.step for one in grown.branches]
    assert max(np.bincount(steps)) <= 4 and steps == sorted(steps)


def test_letters_lead_to_the_best_answer_that_holds_them(tree):
    _, _, grown = tree
    for one in grown.branches:
        places = [
            place for place, answer in enumerate(grown.answers)
            if "".join(s for s in answer.symbols[: one.step] if s != "<end>") == one.text
            and (one.symbol == "<end>") == ("<end>" in answer.symbols[: one.step])
        ]  # fmt: skip
        assert one.leads == (min(places) if places else None)
    assert grown.given_up == sum(one.leads is None for one in grown.branches)


def test_where_greedy_parts_from_the_best(tree, make):
    _, _, grown = tree
    best, own = grown.answers[0].symbols, grown.greedy.symbols
    if grown.parting is None:
        assert best == own
    else:
        assert best[: grown.parting - 1] == own[: grown.parting - 1]
        assert best[grown.parting - 1 : grown.parting] != own[grown.parting - 1 : grown.parting]
    model = make(seed=4)
    pair = model.task.held_out().pick(slice(0, 1))
    assert grow(model, pair, 1).parting is None
