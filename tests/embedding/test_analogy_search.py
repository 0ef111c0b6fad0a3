import numpy as np
import pytest

from explorer.embedding.analogy_search import LANES, compile_ahead, nearest_block, search_block

LOW = np.float32(-1e30)


@pytest.fixture(autouse=True, scope="module")
def compiled():
    compile_ahead()


@pytest.mark.parametrize("blocks", [1, 3])
def test_the_best_sums_are_found_over_all_blocks(blocks):
    generator = np.random.default_rng(0)
    width = 2 * LANES
    pair, third = (generator.normal(size=(4, blocks * width)).astype(np.float32) for _ in range(2))
    of_pair, of_third = (generator.integers(0, 4, 40).astype(np.int32) for _ in range(2))
    level = generator.normal(size=40).astype(np.float32)
    best, given, above = np.full(40, LOW), np.full(40, -1, np.int32), np.zeros(40, np.int32)
    for first in range(0, blocks * width, width):
        part = (np.ascontiguousarray(scores[:, first : first + width]) for scores in (pair, third))
        search_block(*part, of_pair, of_third, level, best, given, above, first)
    every = pair[of_pair] + third[of_third]
    np.testing.assert_array_equal(given, every.argmax(axis=1))
    np.testing.assert_array_equal(best, every.max(axis=1))
    np.testing.assert_array_equal(above, (every > level[:, None]).sum(axis=1))


def test_words_that_are_no_answers_are_never_given():
    pair, third = np.full((1, LANES), LOW), np.zeros((1, LANES), np.float32)
    zero, best, given = np.zeros(1, np.int32), np.full(1, LOW), np.full(1, -1, np.int32)
    search_block(pair, third, zero, zero, np.zeros(1, np.float32), best, given, np.zeros(1, np.int32), 0)
    assert given[0] == -1 and best[0] == LOW


def test_lists_of_the_nearest_stay_in_order():
    scores = np.random.default_rng(1).normal(size=(3, 4 * LANES)).astype(np.float32)
    best, rows = np.full((3, 5), LOW), np.full((3, 5), -1, np.int32)
    for first in range(0, 4 * LANES, LANES):
        nearest_block(np.ascontiguousarray(scores[:, first : first + LANES]), best, rows, first)
    np.testing.assert_array_equal(rows, np.argsort(-scores, axis=1, kind="stable")[:, :5])
    np.testing.assert_array_equal(best, -np.sort(-scores, axis=1)[:, :5])
