"""Words as the mean of their letter groups: gensim's vectors, for words that occurred and words that never did."""

import numpy as np
import pytest
from gensim.models import FastText

from explorer.embedding import EmbeddingExperiment, open_weights
from explorer.embedding.fasttext import begin_fasttext, compose, ngram_parts
from explorer.embedding.reading import read_text
from explorer.embedding.schedule import Chunk
from explorer.embedding.slicing import run_through
from explorer.embedding.weights import to_bytes
from explorer.embedding.word2vec import train_chunk

LEE = EmbeddingExperiment(
    algorithm="fasttext", corpus="lee", dimensions=10, epochs=1, buckets=1500, min_n=2, max_n=4, seed=3
)


def learner_of(experiment, text):
    return run_through(begin_fasttext(experiment, text))


@pytest.fixture(scope="module")
def text():
    return read_text(LEE)


@pytest.fixture(scope="module")
def both(text):
    """Our learner and a plain model of gensim, after the same sentences."""
    plain = FastText(
        sg=1, vector_size=10, window=LEE.window, negative=5, sample=LEE.subsample, seed=3, workers=1, min_count=1,
        sorted_vocab=0, min_n=2, max_n=4, bucket=1500,
    )  # fmt: skip
    plain.build_vocab_from_freq(dict(text.counts), corpus_count=len(text.sentences))
    learner, some = learner_of(LEE, text), text.sentences[:600]
    for _ in range(3):
        train_chunk(learner.model, Chunk(some, 0, sum(map(len, some))), 0.05)
        plain.train(some, total_examples=600, epochs=1, start_alpha=0.05, end_alpha=0.05)
    learner.model.wv.adjust_vectors()
    return learner, plain


@pytest.fixture(scope="module")
def trained(both):
    return open_weights(LEE, to_bytes(both[0].tensors()))


def test_the_bits_of_gensim(both):
    learner, plain = both
    assert np.array_equal(learner.model.wv.vectors_vocab, plain.wv.vectors_vocab)
    assert np.array_equal(learner.model.wv.vectors_ngrams, plain.wv.vectors_ngrams)
    assert np.array_equal(learner.output(), plain.syn1neg) and plain.syn1neg.any()


def test_all_words_at_once_are_composed_as_gensim_does_one_by_one(both):
    learner, plain = both
    assert np.allclose(learner.matrix(), plain.wv.vectors, rtol=1e-5, atol=1e-7)


def test_any_word_has_the_vector_that_gensim_gives_it(both, trained):
    plain = both[1]
    known = [word for word in list(plain.wv.key_to_index)[::170]]
    for word in [*known, "unseeable", "Straße", "éclairs", "x", "1,000", "<", "日本語"]:
        assert np.allclose(compose(trained, word), plain.wv[word], rtol=1e-5, atol=1e-7), word
    assert "unseeable" not in trained.vectors and np.allclose(
        trained.vectors["the"], compose(trained, "the"), atol=1e-6
    )


def test_parts_of_a_word(trained):
    parts = ngram_parts(trained, "sea")
    assert [part for part, _ in parts] == ["<s", "<se", "<sea", "se", "sea", "sea>", "ea", "ea>", "a>"]
    mean = np.mean([vector for _, vector in parts] + [trained.whole["sea"]], axis=0)
    if "sea" in trained.vectors:
        assert np.allclose(compose(trained, "sea"), mean, atol=1e-6)
    assert sorted(part for part, _ in ngram_parts(trained, "né")) == sorted(["<n", "<né", "<né>", "né", "né>", "é>"])


def test_a_word_without_parts_points_nowhere(text):
    experiment = LEE.replace(min_n=4, max_n=5)
    trained = open_weights(experiment, to_bytes(learner_of(experiment, text).tensors()))
    assert ngram_parts(trained, "x") == [] and not compose(trained, "x").any()


def test_what_cannot_be_composed_is_refused(trained):
    with pytest.raises(ValueError, match="201 letters"):
        ngram_parts(trained, "a" * 201)
    phrases = EmbeddingExperiment(corpus="phrases", epochs=1)
    frame = next(iter(phrases.frames()))
    with pytest.raises(ValueError, match="Only FastText"):
        ngram_parts(open_weights(phrases, frame.weights), "rose")


def test_learners_do_not_share_what_they_learn(text):
    one, other = learner_of(LEE, text), learner_of(LEE, text)
    run_through(one.step(1, 0.05))
    assert not np.array_equal(one.matrix(), other.matrix())
    run_through(other.step(1, 0.05))
    assert np.array_equal(one.matrix(), other.matrix())
