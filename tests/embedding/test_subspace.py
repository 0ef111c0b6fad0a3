"""Main directions, compared with SciPy's and scikit-learn's."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random
from scipy.sparse.linalg import svds
from sklearn.utils.extmath import randomized_svd

from explorer.embedding import subspace
from explorer.embedding.slicing import run_through
from explorer.embedding.subspace import BlockedMatrix, SubspaceIteration, gram, orthonormal


def some_matrix(rows=150, columns=90, seed=0):
    return csr_matrix(random(rows, columns, density=0.2, rng=np.random.default_rng(seed)))


def settled(matrix, k, iterations=60, seed=0):
    iteration = SubspaceIteration(BlockedMatrix(matrix, k + subspace.OVERSAMPLING), k, seed)
    run_through(iteration.begin())
    for _ in range(iterations):
        ritz = run_through(iteration.iterate())
    return ritz


def test_the_singular_values_and_directions_of_scipy():
    matrix = some_matrix()
    ritz = settled(matrix, 6)
    left, values, _ = svds(matrix, 6, random_state=0)
    assert ritz.values == pytest.approx(values[::-1], rel=1e-6)
    assert np.abs(np.sum(ritz.left * left[:, ::-1], axis=0)) == pytest.approx(np.ones(6), abs=1e-4)
    assert np.allclose(ritz.left.T @ ritz.left, np.eye(6), atol=1e-10)


def test_as_good_as_scikit_learn_after_as_many_iterations():
    matrix = some_matrix(seed=1)
    exact = np.linalg.svd(matrix.toarray(), compute_uv=False)[:6]
    for iterations in (1, 4, 8):  # theirs begins half an iteration later
        more, less = (
            randomized_svd(
                matrix,
                6,
                n_oversamples=subspace.OVERSAMPLING,
                n_iter=n,
                power_iteration_normalizer="QR",
                random_state=0,
            )[1]
            for n in (iterations, iterations - 1)
        )
        ours = settled(matrix, 6, iterations).values
        assert (ours <= exact + 1e-9).all()
        assert 0.98 * (less**2).sum() <= (ours**2).sum() <= 1.02 * (more**2).sum()


def test_every_iteration_captures_more():
    iteration = SubspaceIteration(BlockedMatrix(some_matrix(), 16), 6, seed=2)
    captured = [(run_through(iteration.begin()).values ** 2).sum()]
    captured += [(run_through(iteration.iterate()).values ** 2).sum() for _ in range(10)]
    assert np.diff(captured).min() > 0


def test_signs_and_result_do_not_depend_on_the_seed():
    one, other = (settled(some_matrix(), 4, 200, seed) for seed in (0, 1))
    assert np.allclose(one.left, other.left, atol=1e-6)
    assert ((one.left**3).sum(axis=0) > 0).all()


def test_directions_do_not_jump_once_they_settle():
    iteration = SubspaceIteration(BlockedMatrix(some_matrix(), 14), 4, seed=0)
    run_through(iteration.begin())
    for _ in range(40):
        before = run_through(iteration.iterate()).left
    after = run_through(iteration.iterate()).left
    assert (np.sum(before * after, axis=0) > 0.999).all()


def test_pieces_give_the_same_numbers(monkeypatch):
    whole = settled(some_matrix(), 5, 8)
    monkeypatch.setattr(subspace, "PRODUCTS", 15 * 90)
    monkeypatch.setattr(subspace, "DENSE_PRODUCTS", 15 * 15 * 20)
    cut = BlockedMatrix(some_matrix(), 15)
    assert len(cut._rows) > 20 and np.array_equal(run_through(cut.times(np.eye(90))), some_matrix().toarray())
    assert np.array_equal(run_through(cut.transposed_times(np.eye(150))), some_matrix().toarray().T)
    pieces = settled(some_matrix(), 5, 8)
    assert np.allclose(whole.left, pieces.left, atol=1e-9) and pieces.values == pytest.approx(whole.values)


def test_a_matrix_of_low_rank_leaves_directions_empty():
    rng = np.random.default_rng(0)
    matrix = csr_matrix(rng.normal(size=(40, 3)) @ rng.normal(size=(3, 30)))
    ritz = settled(matrix, 6, 5)
    assert ritz.values[:3] == pytest.approx(np.linalg.svd(matrix.toarray(), compute_uv=False)[:3])
    assert np.allclose(ritz.values[3:], 0, atol=1e-6) and np.isfinite(ritz.left).all()


def test_an_orthonormal_basis_of_nearly_dependent_columns():
    rng = np.random.default_rng(0)
    columns = rng.normal(size=(80, 5))
    columns[:, 4] = columns[:, 0] + 1e-4 * columns[:, 4]
    basis = run_through(orthonormal(columns))
    assert np.allclose(basis.T @ basis, np.eye(5), atol=1e-12)
    assert np.allclose(basis @ (basis.T @ columns), columns, atol=1e-9)
    assert np.allclose(run_through(gram(columns)), columns.T @ columns)
