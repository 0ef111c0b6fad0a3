import numpy as np
import pytest

from explorer.embedding import Vectors, pretrained
from explorer.embedding.analogy_report import SectionScore
from explorer.embedding.analogy_sections import BLOCK, EPSILON, examine, parts
from explorer.embedding.questions import Lookup, read_questions

FAMILY = read_questions()[4]


def ask(vectors: Vectors):
    lookup = Lookup([FAMILY])
    lookup.read(vectors.words)
    return lookup.ask(FAMILY)


def score(vectors: Vectors, method: str = "add") -> SectionScore:
    return list(examine(vectors, ask(vectors), method))[-1]


@pytest.mark.parametrize("method", ["add", "mul"])
def test_the_parts_add_up_to_the_published_scores(method):
    cosines = np.random.default_rng(0).uniform(-1, 1, (3, 7)).astype(np.float32)
    pair, third = parts(cosines, np.array([[0, 1]]), np.array([2]), method)
    a, b, c = cosines.astype(float)
    expected = b - a + c if method == "add" else np.log((1 + b) * (1 + c) / 4 / ((1 + a) / 2 + EPSILON))
    np.testing.assert_allclose(pair[0] + third[0], expected, atol=1e-5)


@pytest.mark.parametrize("n", [BLOCK * 4 - 1, BLOCK * 4, BLOCK * 4 + 1])
def test_blocks_do_not_show(n):
    """An answer next to a border is found, and words that only fill up a block are never one."""
    vectors = pretrained().head(n)
    order = np.random.default_rng(0).permutation(n)
    one, other = score(vectors), score(vectors.take(order))
    words = [
        [vectors.words[row] for row in one.excluding.given],
        [vectors.words[order[row]] for row in other.excluding.given],
    ]
    assert words[0] == words[1] and (one.excluding.ranks == other.excluding.ranks).all() and one.covered > 50


def test_the_share_that_is_searched_grows_to_the_whole():
    *shares, _ = examine(pretrained().head(50_000), ask(pretrained().head(50_000)), "add")
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1


def test_zero_vectors_raise_nothing():
    words = ["boy", "girl", "king", "queen", "x"]
    found = score(Vectors(words, np.zeros((5, 3))), "mul")
    assert found.covered == 2 and (found.excluding.given >= 0).all()
