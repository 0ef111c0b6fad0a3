import numpy as np
import pytest
from scipy.sparse import csr_matrix

from explorer.embedding import glove_kernels
from explorer.embedding.counts import cooccurrence
from explorer.embedding.glove import GloVe, compile_ahead


def some_counts(words=60, seed=0):
    generator = np.random.default_rng(seed)
    share = 1 / np.arange(1, words + 1)
    sentences = [[f"w{i}" for i in generator.choice(words, size=12, p=share / share.sum())] for _ in range(20 * words)]
    return cooccurrence(sentences, window=5, min_count=1)[0]


def parts(model):
    return [model.words, model.contexts, model.word_biases, model.context_biases]


def same_bits(one, other):
    return all(np.array_equal(a, b) for a, b in zip(parts(one), parts(other), strict=True))


def epoch(model, number=0):
    model.shuffle(number)
    model.train(0, model.cells)
    return model.cost


class InNumPy:
    """The model and its steps once more, cell by cell, in float64."""

    def __init__(self, model, counts, x_max, alpha, rate):
        self.w, self.c, self.b, self.e = (part.astype(np.float64) for part in parts(model))
        self.squares = [np.ones_like(part) for part in (self.w, self.c, self.b, self.e)]
        coo = counts.tocoo()
        self.cells = list(zip(coo.row, coo.col, coo.data, strict=True))
        self.x_max, self.alpha, self.rate = x_max, alpha, rate

    def cost(self, cell):
        i, j, x = self.cells[cell]
        difference = self.w[i] @ self.c[j] + self.b[i] + self.e[j] - np.log(x)
        return 0.5 * min(1, (x / self.x_max) ** self.alpha) * difference**2

    def step(self, cell):
        i, j, x = self.cells[cell]
        slope = min(1, (x / self.x_max) ** self.alpha) * (self.w[i] @ self.c[j] + self.b[i] + self.e[j] - np.log(x))
        gradients = self.rate * slope * self.c[j], self.rate * slope * self.w[i], slope, slope
        for part, squares, row, gradient in zip(
            (self.w, self.c, self.b, self.e), self.squares, (i, j, i, j), gradients, strict=True
        ):
            part[row] -= gradient / np.sqrt(squares[row])
            squares[row] += gradient**2


@pytest.mark.parametrize("dimensions", [1, 7, 16, 50])
@pytest.mark.parametrize("x_max, alpha, rate", [(10, 0.75, 0.05), (3, 0.5, 0.2)])
def test_the_same_numbers_as_in_numpy(dimensions, x_max, alpha, rate):
    counts = some_counts(20)
    model = GloVe(counts, dimensions, x_max, alpha, rate)
    numpy_model = InNumPy(model, counts, x_max, alpha, rate)
    for number in range(3):
        model.shuffle(number)
        spent = model.train(0, model.cells)
        expected = 0.0
        for cell in model.order:
            expected += numpy_model.cost(cell)
            numpy_model.step(cell)
        assert spent == pytest.approx(expected, rel=1e-5)
        assert model.cost == pytest.approx(expected / model.cells, rel=1e-5)
    for here, there in zip(parts(model), (numpy_model.w, numpy_model.c, numpy_model.b, numpy_model.e), strict=True):
        np.testing.assert_allclose(here, there, rtol=1e-3, atol=2e-5)


def test_a_first_step_worked_by_hand():
    """One cell, X = e, so log X = 1 and f(X) = 1; the sums under the roots are 1."""
    model = GloVe(csr_matrix(np.float64([[0, np.e], [0, 0]])), 2, x_max=1, learning_rate=0.1, seed=3)
    word, context = model.words[0], model.contexts[1]
    difference = word @ context + model.word_biases[0] + model.context_biases[1] - 1
    untouched = model.words[1], model.contexts[0]
    biases = model.word_biases[0], model.context_biases[1]
    assert model.train(0, 1) == pytest.approx(difference**2 / 2, rel=1e-6)
    np.testing.assert_allclose(model.words[0], word - 0.1 * difference * context, rtol=1e-6)
    np.testing.assert_allclose(model.contexts[1], context - 0.1 * difference * word, rtol=1e-6)
    np.testing.assert_allclose(model.word_biases[0], biases[0] - difference, rtol=1e-6)
    np.testing.assert_allclose(model.context_biases[1], biases[1] - difference, rtol=1e-6)
    np.testing.assert_array_equal((model.words[1], model.contexts[0]), untouched)


def test_the_step_is_the_gradient_of_the_cost():
    """Central differences of the cost; a first step is the gradient times the learning rate."""
    counts = csr_matrix(np.float64([[0, 4.0], [0, 0]]))
    model = GloVe(counts, 5, learning_rate=0.01, seed=1)
    numpy_model = InNumPy(model, counts, 10, 0.75, 0.01)
    before = [part.astype(np.float64) for part in parts(model)]
    model.train(0, 1)
    for part, old, new in zip(
        (numpy_model.w, numpy_model.c, numpy_model.b, numpy_model.e), before, parts(model), strict=True
    ):
        measured = np.zeros_like(part)
        for place in np.ndindex(part.shape):
            for sign in (1, -1):
                part[place] += sign * 1e-5
                measured[place] += sign * numpy_model.cost(0) / 2e-5
                part[place] -= sign * 1e-5
        rate = 0.01 if part.ndim == 2 else 1
        np.testing.assert_allclose((old - new) / rate, measured, atol=2e-5)


def test_a_large_gradient_is_cut_off():
    """log X = 500 would move a vector by 500 w; components beyond 100 are 100 before the learning rate."""
    model = GloVe(csr_matrix(np.float64([[1e200, 0], [0, 0]])), 1, learning_rate=0.05)
    model._words[0, 0] = 1.0
    before = model.contexts[0, 0]
    model.train(0, 1)
    assert model.contexts[0, 0] - before == pytest.approx(100 * 0.05, rel=1e-6)


def test_pieces_do_not_change_a_bit():
    counts = some_counts()
    whole, cut = GloVe(counts, 10, seed=5), GloVe(counts, 10, seed=5)
    for number in range(2):
        spent = epoch(whole, number) * whole.cells
        cut.shuffle(number)
        borders = [0, 1, 2, 700, 701, cut.cells]
        pieces = sum(cut.train(a, b) for a, b in zip(borders, borders[1:], strict=False))
        assert pieces == pytest.approx(spent, rel=1e-12)
        assert cut.cost == whole.cost
        assert same_bits(whole, cut)


def test_a_piece_longer_than_a_block():
    counts = some_counts(120)
    assert counts.nnz > 2 * glove_kernels.BLOCK
    whole, cut = GloVe(counts, 3), GloVe(counts, 3)
    whole.train(0, whole.cells)
    for start in range(0, cut.cells, 1000):
        cut.train(start, min(start + 1000, cut.cells))
    assert same_bits(whole, cut)


def test_two_at_once_do_not_disturb_each_other():
    counts = some_counts()
    alone = {seed: GloVe(counts, 8, seed=seed) for seed in (1, 2)}
    for model in alone.values():
        epoch(model)
    together = {seed: GloVe(counts, 8, seed=seed) for seed in (1, 2)}
    half = counts.nnz // 2
    for start, stop in ((0, half), (half, counts.nnz)):
        np.random.default_rng().random()
        for model in together.values():
            model.train(start, stop)
    assert all(same_bits(alone[seed], together[seed]) for seed in (1, 2))
    assert not same_bits(together[1], together[2])


def test_an_order_is_a_permutation_of_seed_and_epoch():
    counts = some_counts()
    model, other = GloVe(counts, 2, seed=1), GloVe(counts, 2, seed=1)
    orders = []
    for number in (0, 1):
        epoch(model, number)
        orders.append(model.order.copy())
        np.testing.assert_array_equal(np.sort(model.order), np.arange(model.cells))
    other.shuffle(1)  # without the epoch before
    other.train(0, 500)
    np.testing.assert_array_equal(other.order[:500], orders[1][:500])
    assert (orders[0] == orders[1]).mean() < 0.01
    assert abs(np.corrcoef(orders[0], np.arange(model.cells))[0, 1]) < 0.1


def test_every_order_is_equally_likely():
    counts = csr_matrix(np.ones((2, 2)) - np.eye(2) + np.diag([1, 0]))  # three cells, six orders
    model, seen = GloVe(counts, 1), {}
    for number in range(3000):
        epoch(model, number)
        seen[tuple(model.order)] = seen.get(tuple(model.order), 0) + 1
    assert len(seen) == 6
    assert sum((count - 500) ** 2 / 500 for count in seen.values()) < 20.5  # chi-squared, 5 degrees, 0.1 %


def test_the_cost_falls_and_topics_come_apart():
    """Sentences about one of two things, with a tenth of the words about the other."""
    generator = np.random.default_rng(0)
    about = generator.integers(0, 2, size=800)
    words = generator.integers(0, 20, size=(800, 12)) + 20 * (about[:, None] ^ (generator.random((800, 12)) < 0.1))
    counts, vocabulary = cooccurrence([[f"{word:02}" for word in row] for row in words], 5, min_count=1)
    model = GloVe(counts, 10, seed=1)
    assert np.isnan(model.cost)
    costs = [epoch(model, number) for number in range(40)]
    assert costs[10] < costs[1] and costs[20] < costs[10] and costs[-1] < 0.5 * costs[1]
    sample = model.sample(2000)
    assert np.corrcoef(model.predict(sample.rows, sample.columns), sample.logs)[0, 1] > 0.9
    unit = model.vectors() / np.linalg.norm(model.vectors(), axis=1, keepdims=True)
    first = np.array([word < "20" for word in vocabulary])
    cosines = unit @ unit.T
    assert cosines[first][:, first].mean() > 0.3 > 0 > cosines[first][:, ~first].mean()


def test_predictions_and_costs_by_the_formula():
    counts = some_counts(30)
    model = GloVe(counts, 9, x_max=4, alpha=0.6)
    epoch(model)
    w, c, b, e = parts(model)
    table = w @ c.T + b[:, None] + e
    coo = counts.tocoo()
    predicted = model.predict(coo.row, coo.col)
    np.testing.assert_allclose(predicted, table[coo.row, coo.col], atol=1e-5)
    weights = np.minimum((coo.data / 4) ** 0.6, 1)
    np.testing.assert_allclose(model.weight(coo.data), weights)
    costs = 0.5 * weights * (predicted - np.log(coo.data)) ** 2
    assert model.cost_of() == pytest.approx(costs.mean(), rel=1e-4)
    assert model.cost_of(10, 20) == pytest.approx(costs[10:20].mean(), rel=1e-4)


def test_a_sample_is_fixed_and_true():
    counts = some_counts()
    model = GloVe(counts, 2)
    sample = model.sample(100)
    epoch(model)
    again = model.sample(100)
    assert all(np.array_equal(a, b) for a, b in zip(sample, again, strict=True))
    assert len(set(zip(sample.rows, sample.columns, strict=True))) == 100
    values = np.asarray(counts[sample.rows, sample.columns]).ravel()
    np.testing.assert_allclose(sample.logs, np.log(values), rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(sample.weights, model.weight(values), rtol=1e-6)
    assert len(model.sample(10**9).rows) == model.cells


def test_first_values_are_small_and_uniform():
    model = GloVe(some_counts(200), 30, seed=4)
    for part in parts(model):
        assert np.abs(part).max() <= 0.5 / 30
        assert part.std() == pytest.approx(1 / 30 / np.sqrt(12), rel=0.1)
    assert abs(np.corrcoef(model.words.ravel(), model.contexts.ravel())[0, 1]) < 0.05


def test_the_result_is_the_sum_of_both():
    model = GloVe(some_counts(), 20)
    epoch(model)
    np.testing.assert_array_equal(model.vectors(), model.words + model.contexts)
    assert model.vectors().shape == (60, 20) and model.vectors().dtype == np.float32


def test_what_was_taken_does_not_change():
    model = GloVe(some_counts(), 4)
    before = parts(model) + [model.vectors()]
    copies = [part.copy() for part in before]
    epoch(model)
    assert all(np.array_equal(a, b) for a, b in zip(before, copies, strict=True))
    assert not np.array_equal(model.words, before[0])


@pytest.mark.parametrize("threads", [1, 2])
def test_a_copy_goes_its_own_way(threads):
    model = GloVe(some_counts(), 6, threads=threads)
    model.train(0, 100)
    before = parts(model)
    other = model.copy()
    other.train(100, 300)
    assert all(np.array_equal(a, b) for a, b in zip(before, parts(model), strict=True))
    assert not np.array_equal(other.order, model.order)
    model.train(100, 300)
    np.testing.assert_array_equal(other.order, model.order)
    assert threads > 1 or (same_bits(model, other) and model.cost == other.cost)


def test_what_fills_the_registers_stays_zero():
    model = GloVe(some_counts(), 5)
    epoch(model)
    assert not model._words[:, 5:16].any() and not model._contexts[:, 5:16].any()
    np.testing.assert_array_equal(model._words[:, 16 + 5 : 32], 1)


def test_threads_come_to_nearly_the_same_cost():
    counts = some_counts(120)
    one, two = GloVe(counts, 20), GloVe(counts, 20, threads=2)
    for number in range(8):
        assert epoch(two, number) == pytest.approx(epoch(one, number), rel=0.03)


def test_the_learning_rate_may_change_between_pieces():
    counts = some_counts()
    model, still = GloVe(counts, 4), GloVe(counts, 4)
    model.learning_rate = 0.0
    vectors = model.vectors()
    model.train(0, 100)
    still.train(0, 100)
    np.testing.assert_array_equal(model.vectors(), vectors)
    assert not np.array_equal(still.vectors(), vectors)


def test_a_wild_learning_rate_stays_finite():
    model = GloVe(some_counts(), 8, learning_rate=100)
    for number in range(5):
        epoch(model, number)
    assert all(np.isfinite(part).all() for part in parts(model))


def test_stored_zeros_teach_nothing():
    counts = some_counts(20)
    padded = csr_matrix(counts)
    padded[0, 0] = 0.0
    removed = padded.copy()
    removed.eliminate_zeros()
    assert padded.nnz == removed.nnz + 1
    one, other = GloVe(padded, 3), GloVe(removed, 3)
    epoch(one), epoch(other)
    assert one.cells == removed.nnz and same_bits(one, other)


@pytest.mark.parametrize(
    "matrix, message",
    [
        (np.ones((2, 3)), "as many rows as columns"),
        (np.zeros((2, 2)), "nothing to learn"),
        (np.diag([1, -1.0]), "none negative"),
        (np.diag([1, np.nan]), "finite"),
        (np.diag([1, np.inf]), "finite"),
    ],
)
def test_matrices_that_are_no_counts(matrix, message):
    with pytest.raises(ValueError, match=message):
        GloVe(csr_matrix(matrix), 2)


@pytest.mark.parametrize("sizes", [{"dimensions": 0}, {"x_max": 0}, {"threads": 0}])
def test_sizes_that_make_no_model(sizes):
    with pytest.raises(ValueError, match="positive"):
        GloVe(some_counts(5), **{"dimensions": 2, **sizes})


def test_pieces_and_words_out_of_range():
    model = GloVe(some_counts(5), 2)
    for start, stop in ((-1, 2), (3, 2), (0, model.cells + 1)):
        with pytest.raises(ValueError, match="between 0 and"):
            model.train(start, stop)
        with pytest.raises(ValueError, match="between 0 and"):
            model.cost_of(start, stop)
    for rows, columns in (([5], [0]), ([0], [-1])):
        with pytest.raises(IndexError, match="5 words"):
            model.predict(rows, columns)
    assert model.predict([], []).shape == (0,)


def test_nothing_is_compiled_while_training():
    compile_ahead()
    kernels = [glove_kernels.settle, glove_kernels.learn, glove_kernels.add_costs, glove_kernels.predict]
    for threads in (1, 2):
        model = GloVe(some_counts(20), 3, threads=threads, learning_rate=1)
        model.shuffle(np.int32(1))
        model.train(np.int32(0), np.int64(50))
        model.cost_of(np.int32(0), np.int32(5))
        model.predict(np.arange(3), [0, 1, 2])
    assert [len(kernel.signatures) for kernel in kernels] == [1, 1, 1, 1]
