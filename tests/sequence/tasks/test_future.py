import math
from itertools import product

import numpy as np
import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks import IGNORED
from explorer.sequence.tasks.future import AHEAD, LETTERS, ONWARD, Future, one_way, transitions


def future(length=12) -> Future:
    return make_task(SequenceExperiment(task="future", length=length))


def test_the_target_is_the_letter_two_steps_ahead():
    task = future(7)
    batch = task.sample(50, torch.Generator().manual_seed(0))
    assert torch.equal(batch.targets[:, :-AHEAD], batch.inputs[:, AHEAD:])
    assert (batch.targets[:, -AHEAD:] == IGNORED).all()
    assert task.expected(batch, 3) == [*task.steps(batch, 3)[AHEAD:], "", ""]


def test_letters_follow_the_chain():
    letters = future(50).sample(2000, torch.Generator().manual_seed(0)).inputs.numpy()
    counts = np.zeros((8, 8))
    np.add.at(counts, (letters[:, :-1], letters[:, 1:]), 1)
    np.testing.assert_allclose(counts / counts.sum(axis=1, keepdims=True), transitions(), atol=0.01)
    np.testing.assert_allclose(np.bincount(letters[:, 0]) / 2000, 1 / 8, atol=0.03)


def test_the_limit_is_that_of_all_continuations():
    """Enumerated: every letter, every next letter, every one after it, with its probability."""
    chances = {}
    for now, between, then in product(range(8), repeat=3):
        p = 1.0
        for one, other in ((now, between), (between, then)):
            p *= (ONWARD if (one + 1) % 8 == other else 0.0) + (1 - ONWARD) / 8
        chances[now, then] = chances.get((now, then), 0.0) + p / 8
    best = sum(max(chances[now, then] for then in range(8)) for now in range(8))
    entropy = -sum(p * math.log(8 * p) for p in chances.values())
    assert one_way().score == pytest.approx(best, abs=1e-12) and one_way().loss == pytest.approx(entropy, abs=1e-12)
    assert f"{best:.1%}" in one_way().sentence


def test_remembering_more_than_the_last_letter_does_not_help():
    """The limit again, from pairs of letters read: the chain forgets all but the last."""
    once, twice = transitions(), np.linalg.matrix_power(transitions(), 2)
    pairs = once / 8
    assert (pairs.sum(axis=0) @ twice.max(axis=1)) == pytest.approx(one_way().score)
    assert sum(pairs[a, b] * twice[b].max() for a in range(8) for b in range(8)) == pytest.approx(one_way().score)


def test_the_best_reader_from_the_left_gets_the_limit_and_no_more():
    task = future(40)
    batch = task.sample(4000, torch.Generator().manual_seed(1))
    ahead = np.linalg.matrix_power(transitions(), AHEAD)
    outputs = torch.from_numpy(np.log(ahead))[batch.inputs]
    assert task.score(outputs, batch) == pytest.approx(task.baseline.score, abs=0.005)
    assert task.loss(outputs, batch).item() == pytest.approx(task.baseline.loss, abs=0.01)


def test_two_letters_is_the_shortest_sequence_that_can_be_asked_for_and_three_are_read():
    batch = future(2).scored()
    assert batch.inputs.shape[1] == AHEAD + 1 and (batch.targets[:, 0] != IGNORED).all()


def test_both_directions_are_allowed():
    assert SequenceExperiment(task="future", bidirectional=True).bidirectional


@pytest.mark.parametrize(("text", "right"), [("abcd", ["c", "d", "", ""]), ("A b", ["", ""])])
def test_typed_letters(text, right):
    assert future().expected(future().encode(text)) == right


@pytest.mark.parametrize(
    ("text", "said"), [("  ", "Type some letters"), ("abz", "never read “z”"), ("a" * 61, "at most 60")]
)
def test_what_cannot_be_typed(text, said):
    with pytest.raises(ValueError, match=said):
        future().encode(text)


def test_labels_are_the_letters():
    assert future().labels == future().vocabulary == LETTERS
