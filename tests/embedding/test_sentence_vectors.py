import numpy as np
import pytest
from scipy.sparse import csr_matrix

from explorer.embedding import pretrained
from explorer.embedding.sentence_vectors import borrowed_vectors, learn_vectors, sentence_vectors, unit_rows
from explorer.embedding.slicing import run_through
from explorer.text.cleaning import cleaned


@pytest.fixture(scope="module")
def news():
    return cleaned("lee")


@pytest.fixture(scope="module")
def held_out():
    return set(range(0, 600, 7))


def test_nothing_is_learned_from_what_is_held_out(news, held_out):
    vectors = run_through(learn_vectors(news, held_out))
    read = {word for i, words in enumerate(news.sentences) if i not in held_out for word in words}
    zero = {word for word, vector in zip(news.counts, vectors, strict=True) if not vector.any()}
    assert zero == set(news.counts) - read and vectors.shape == (len(news.counts), 50)


def test_vectors_are_the_main_directions_of_scipy(news, held_out):
    from scipy.sparse.linalg import svds

    from explorer.embedding.counts import cooccurrence, ppmi

    rest = [words for i, words in enumerate(news.sentences) if i not in held_out]
    cells, counts = cooccurrence(rest, window=5, min_count=1)
    left, values, _ = svds(ppmi(cells), k=10, random_state=0)
    ours = run_through(learn_vectors(news, held_out))[[list(news.counts).index(word) for word in counts]][:, :5]
    theirs = (left * np.sqrt(values))[:, ::-1][:, :5]
    np.testing.assert_allclose(np.abs((ours * theirs).sum(axis=0)), (theirs**2).sum(axis=0), rtol=1e-2)


def test_rows_get_length_one():
    rows = unit_rows(csr_matrix([[3.0, 4.0], [0.0, 0.0]])).toarray()
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0, 0]])


def test_a_sentence_is_the_sum_of_its_words(news, held_out):
    made = run_through(sentence_vectors(news, held_out))
    words = list(news.counts)
    bag = np.zeros(len(words))
    for word in news.sentences[3]:
        bag[words.index(word)] += 1
    np.testing.assert_allclose(made["one-hot"][3].toarray().ravel(), bag / np.linalg.norm(bag))
    total = sum(pretrained()[word].astype(float) for word in news.sentences[3] if word in pretrained())
    np.testing.assert_allclose(made["GloVe 6B"][3], total / np.linalg.norm(total), atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(made["learned here"], axis=1).max(), 1)


def test_words_that_glove_does_not_know_are_zeros():
    vectors, known = borrowed_vectors({"king": 3, "qzxqzx": 1})
    np.testing.assert_array_equal(vectors[0], pretrained()["king"])
    assert not vectors[1].any() and known == 0.75
