from collections import Counter, defaultdict

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from explorer.embedding.count_kernels import compile_ahead, count_columns, count_neighbours, surprise
from explorer.embedding.counts import cooccurrence, count_words, ppmi


def by_the_book(sentences, window, min_count):
    """The definition, word by word: who is frequent stays; then each word meets those before it."""
    counts = Counter(word for sentence in sentences for word in sentence)
    cells = defaultdict(float)
    for sentence in sentences:
        line = [word for word in sentence if counts[word] >= min_count]
        for right in range(len(line)):
            for left in range(right - 1, max(right - window, 0) - 1, -1):
                cells[line[left], line[right]] += 1 / (right - left)
                cells[line[right], line[left]] += 1 / (right - left)
    return cells


def random_sentences(seed, n=60, longest=30, words=40):
    generator = np.random.default_rng(seed)
    share = 1 / np.arange(1, words + 1)
    share /= share.sum()
    return [
        [f"w{i}" for i in generator.choice(words, size=generator.integers(0, longest + 1), p=share)] for _ in range(n)
    ]


def as_dict(matrix, vocabulary):
    words = list(vocabulary)
    coo = matrix.tocoo()
    return {(words[i], words[j]): x for i, j, x in zip(coo.row, coo.col, coo.data, strict=True)}


@pytest.mark.parametrize("window", [1, 2, 5, 10, 100])
@pytest.mark.parametrize("min_count", [1, 5, 20])
def test_every_cell_to_the_bit(window, min_count):
    for seed in range(5):
        sentences = random_sentences(seed)
        matrix, vocabulary = cooccurrence(sentences, window, min_count)
        assert as_dict(matrix, vocabulary) == dict(by_the_book(sentences, window, min_count))


def test_cells_worked_by_hand():
    #  a b a c | c   with d too rare: it does not count as distance
    matrix, vocabulary = cooccurrence([["a", "b", "d", "a", "c"], ["c"], ["b"]], window=3, min_count=2)
    assert vocabulary == {"a": 2, "b": 2, "c": 2}
    third = 1 / 3
    np.testing.assert_allclose(
        matrix.toarray(),
        [
            [2 / 2, 1 + 1, third + 1],  # a-a at distance 2, twice; a-b before and after; a-c at 3 and 1
            [2, 0, 1 / 2],
            [third + 1, 1 / 2, 0],
        ],
    )


def test_no_window_reaches_into_the_next_sentence():
    matrix, _ = cooccurrence([["a", "b"], ["c", "d"]], window=10, min_count=1)
    np.testing.assert_array_equal(matrix.toarray() > 0, np.kron(np.eye(2), [[0, 1], [1, 0]]))


def test_the_matrix_is_well_formed():
    matrix, vocabulary = cooccurrence(random_sentences(7, n=300), window=4, min_count=2)
    assert matrix.shape == (len(vocabulary), len(vocabulary)) and matrix.dtype == np.float64
    assert (matrix != matrix.T).nnz == 0
    assert matrix.data.min() > 0
    checked = csr_matrix((matrix.data, matrix.indices, matrix.indptr), shape=matrix.shape)
    assert checked.has_sorted_indices and checked.has_canonical_format


def test_frequent_first_then_alphabetically():
    assert list(count_words([["b", "a", "c", "é"], ["c", "é"]]).items()) == [("c", 2), ("é", 2), ("a", 1), ("b", 1)]


def test_the_numbers_of_neighbours_add_up():
    """A sentence of n words has sum over d of (n - d) pairs at distance d; each adds 2/d to the matrix."""
    sentences = random_sentences(3)
    matrix, _ = cooccurrence(sentences, window=6, min_count=1)
    expected = sum(2 * (len(s) - d) / d for s in sentences for d in range(1, min(6, len(s) - 1) + 1))
    assert matrix.sum() == pytest.approx(expected, rel=1e-12)


def test_sentences_of_one_word_have_no_cells():
    matrix, vocabulary = cooccurrence([["a"], ["b"], []], min_count=1)
    assert matrix.nnz == 0 and matrix.shape == (2, 2) and list(vocabulary) == ["a", "b"]


@pytest.mark.parametrize("sentences", [[], [[]], [["a", "b"]]])
def test_a_text_without_frequent_words(sentences):
    with pytest.raises(ValueError, match="at least 5 times.*Lower the minimum count"):
        cooccurrence(sentences)


def test_a_window_of_nothing():
    with pytest.raises(ValueError, match="at least 1 word"):
        cooccurrence([["a", "b"]], window=0, min_count=1)


@pytest.mark.parametrize("smoothing, shift", [(1, 1), (0.75, 1), (0.75, 5), (0.5, 0.3)])
def test_ppmi_by_the_formula(smoothing, shift):
    matrix = csr_matrix(np.random.default_rng(0).poisson(0.8, size=(30, 20)).astype(float))
    x = matrix.toarray()
    p = x / x.sum()
    context = x.sum(axis=0) ** smoothing / (x.sum(axis=0) ** smoothing).sum()
    with np.errstate(divide="ignore"):
        expected = np.maximum(np.log(p / (p.sum(axis=1, keepdims=True) * context)) - np.log(shift), 0)
    result = ppmi(matrix, smoothing, shift)
    np.testing.assert_allclose(result.toarray(), expected, rtol=1e-12)
    assert result.nnz == (expected > 0).sum() and result.has_sorted_indices


def test_ppmi_of_independent_words_is_zero():
    assert ppmi(csr_matrix(np.outer([1, 2, 3], [2, 4])), smoothing=1).data.max(initial=0) < 1e-12


def test_ppmi_with_empty_rows_and_columns():
    result = ppmi(csr_matrix(np.float64([[2, 0, 0], [0, 0, 0], [0, 0, 1]])), smoothing=1)
    np.testing.assert_allclose(result.toarray(), np.diag([np.log(3 / 2), 0, np.log(3)]))
    assert ppmi(csr_matrix((2, 2))).nnz == 0


def test_ppmi_leaves_its_argument_alone():
    matrix = csr_matrix(np.float64([[2, 1], [1, 0]]))
    before = matrix.toarray()
    ppmi(matrix)
    np.testing.assert_array_equal(matrix.toarray(), before)


def test_a_shift_of_zero():
    with pytest.raises(ValueError, match="positive"):
        ppmi(csr_matrix(np.eye(2)), shift=0)


def test_nothing_is_compiled_for_other_types():
    compile_ahead()
    matrix, _ = cooccurrence(random_sentences(1), min_count=1)
    ppmi(matrix)
    assert [len(kernel.signatures) for kernel in (count_columns, count_neighbours, surprise)] == [1, 1, 1]
