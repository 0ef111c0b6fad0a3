import math
from collections import Counter
from itertools import product

import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks.order import LETTERS, MARKED, Order, order_blind, with_twins


def order(length=12) -> Order:
    return make_task(SequenceExperiment(task="order", length=length))


def drawn(n=4000, length=6):
    task = order(length)
    return task, task.sample(n, torch.Generator().manual_seed(3))


def test_each_sequence_has_two_different_capitals_and_the_first_is_right():
    task, batch = drawn()
    for i in range(len(batch)):
        capitals = [letter for letter in task.steps(batch, i) if letter in MARKED]
        assert len(set(capitals)) == len(capitals) == 2
        assert task.expected(batch, i)[-1] == capitals[0]


def test_places_and_letters_are_all_about_equally_likely():
    task, batch = drawn(8000)
    places = Counter(tuple(row.nonzero().flatten().tolist()) for row in batch.inputs >= len(LETTERS))
    assert len(places) == 15 and max(places.values()) < 1.3 * min(places.values())
    assert max(Counter(batch.targets.tolist()).values()) < 1.2 * 1000


def test_a_heap_of_letters_leaves_exactly_two_answers_equally_likely():
    """All sequences of three letters out of two, with all capitals: the ceiling is enumerated, not believed."""
    answers: dict[tuple, Counter] = {}
    for small, places, (first, second) in product("ab", ((0, 1), (0, 2), (1, 2)), (("A", "B"), ("B", "A"))):
        letters = [small] * 3
        letters[places[0]], letters[places[1]] = first, second
        answers.setdefault(tuple(sorted(letters)), Counter())[first] += 1
    right = sum(max(counts.values()) for counts in answers.values()) / sum(c.total() for c in answers.values())
    entropy = -sum(n * math.log(n / counts.total()) for counts in answers.values() for n in counts.values()) / sum(
        c.total() for c in answers.values()
    )
    assert order_blind().score == right == 0.5
    assert order_blind().loss == pytest.approx(entropy, abs=1e-12)


def test_on_the_held_out_sequences_no_function_of_the_heap_passes_the_limit():
    task = order()
    batch = task.held_out()
    heaps = [tuple(sorted(row)) for row in batch.inputs.tolist()]
    best = {}
    for heap, target in zip(heaps, batch.targets.tolist(), strict=True):
        best.setdefault(heap, Counter())[target] += 1
    assert sum(max(counts.values()) for counts in best.values()) / len(batch) == task.baseline.score


def test_twins_differ_in_the_order_of_the_capitals_alone():
    task, batch = drawn(9)
    both = with_twins(batch)
    for i in range(9):
        one, other = task.steps(both, i), task.steps(both, i + 9)
        assert sorted(one) == sorted(other) and one != other
        assert [a in MARKED for a in one] == [b in MARKED for b in other]
        assert task.expected(both, i + 9)[-1] == [letter for letter in one if letter in MARKED][1]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("abCdefGh", "C"), ("BA", "B"), ("a b H c A", "H")],
)
def test_typed_letters(text, answer):
    task = order()
    batch = task.encode(text)
    assert "".join(task.steps(batch)) == text.replace(" ", "") and task.expected(batch)[-1] == answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type some letters, for example “abCdefGh”"),
        ("abcd", "exactly two different capitals"),
        ("AbA", "exactly two different capitals"),
        ("ABC", "exactly two different capitals"),
        ("abXY", "never read “X”"),
        ("aB" * 31, "62 letters; at most 60"),
    ],
)
def test_what_cannot_be_typed(text, said):
    with pytest.raises(ValueError, match=said):
        order().encode(text)


def test_where_training_would_meet_all_sequences_none_is_held_out():
    short, long = (make_task(SequenceExperiment(task="order", length=n)) for n in (4, 30))
    assert short.held_out() is None and "kept from the training" in short.no_held_out and len(short.scored()) == 128
    assert long.held_out() is long.scored() and long.no_held_out is None
