"""The loss is what its definition says, and the same questions are asked of everybody."""

import math

import numpy as np
import pytest

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.loss import _noise, keep_probability, loss_sample
from explorer.embedding.reading import numbered, read_text
from explorer.embedding.slicing import run_through
from explorer.embedding.word2vec import sample, untrained

LEE = EmbeddingExperiment(corpus="lee", window=4, negatives=3)


@pytest.fixture(scope="module")
def text():
    return read_text(LEE)


@pytest.fixture(scope="module")
def questions(text):
    return loss_sample(text, 4, 3, 1e-3)


def log_sigmoid(x):
    return -math.log1p(math.exp(-x))


def by_hand(questions, inputs, outputs, together):
    total = 0.0
    for place, true in enumerate(questions.true):
        context = [questions.one[place]] if not together else questions.context[questions.place == place]
        hidden = np.mean([inputs[word] for word in context], axis=0, dtype=np.float64)
        total -= log_sigmoid(float(hidden @ outputs[true]))
        for noise in questions.noise[place]:
            total -= log_sigmoid(-float(hidden @ outputs[noise]))
    return total / len(questions.true)


@pytest.mark.parametrize("together", [True, False])
def test_the_same_as_a_plain_loop(questions, together):
    rng = np.random.default_rng(0)
    inputs, outputs = (rng.normal(size=(questions.words, 12)).astype(np.float32) for _ in range(2))
    measured = run_through(questions.measure(inputs, outputs, together))
    assert measured == pytest.approx(by_hand(questions, inputs, outputs, together), rel=1e-6)


def test_pieces_do_not_change_it(questions, monkeypatch):
    rng = np.random.default_rng(0)
    inputs, outputs = (rng.normal(size=(questions.words, 12)).astype(np.float32) for _ in range(2))
    whole = run_through(questions.measure(inputs, outputs, False))
    monkeypatch.setattr("explorer.embedding.loss.MOST_AT_ONCE", 48 * 100)
    slices = questions.measure(inputs, outputs, False)
    assert sum(1 for _ in slices) == math.ceil(len(questions.true) / 100) - 1
    assert run_through(questions.measure(inputs, outputs, False)) == pytest.approx(whole, rel=1e-12)


def test_who_cannot_tell_gets_the_chance_level(questions):
    zero = np.zeros((questions.words, 5), np.float32)
    assert run_through(questions.measure(zero, zero, True)) == pytest.approx(questions.chance) == 4 * math.log(2)


def test_contexts_are_words_of_the_same_sentence_within_the_window(text):
    questions = loss_sample(text, 2, 3, 0.0)
    assert len(questions.true) == 2000 and not (questions.noise == questions.true[:, None]).any()
    sizes = np.bincount(questions.place)
    assert sizes.min() >= 1 and sizes.max() == 4
    words = list(text.counts)
    sentences = {tuple(sentence[i : i + 5]) for sentence in text.sentences for i in range(len(sentence))}
    pairs = {(a, b) for five in sentences for a in five[:3] for b in five[:3]}
    for place in range(200):
        for word in questions.context[questions.place == place]:
            assert (words[word], words[questions.true[place]]) in pairs
        assert questions.one[place] in questions.context[questions.place == place]


def test_contexts_are_exact_in_a_text_without_repeats():
    experiment = EmbeddingExperiment(
        corpus="own", text="\n".join(" ".join(f"w{i}x{k}" for k in range(5)) for i in range(20)), min_count=1,
        subsample=0.0, window=2,
    )  # fmt: skip
    text = read_text(experiment)
    questions, words = sample(experiment, text), list(text.counts)
    assert len(questions.true) == 100  # every place, once
    reaches = set()
    for place, true in enumerate(questions.true):
        row, column = map(int, words[true][1:].split("x"))
        others = [tuple(map(int, words[word][1:].split("x"))) for word in questions.context[questions.place == place]]
        reach = max(abs(k - column) for _, k in others)
        assert sorted(others) == [(row, k) for k in range(5) if 0 < abs(k - column) <= reach]
        reaches.add(reach)
    assert reaches == {1, 2}


def test_the_same_places_for_every_seed_and_algorithm(text):
    others = [LEE.replace(seed=9), LEE.replace(algorithm="cbow", dimensions=9), LEE.replace(algorithm="fasttext")]
    assert all(sample(other, text) is sample(LEE, text) for other in others)


def test_frequent_words_are_thinned_out_as_gensim_does(text):
    model = untrained(text, True, 2, 5, 5, 1e-4, 0)
    ours = keep_probability(numbered(text).counts, 1e-4)
    theirs = model.wv.expandos["sample_int"] / (2**32 - 1)
    assert np.allclose(ours, theirs, rtol=1e-6) and ours.min() < 0.2
    assert np.array_equal(keep_probability(np.array([5, 1]), 0.0), [1, 1])


def test_noise_follows_the_counts_to_the_power_three_quarters(text):
    questions = loss_sample(text, 4, 20, 0.0)
    share = numbered(text).counts ** 0.75
    share /= share.sum()
    found = np.bincount(questions.noise.ravel(), minlength=len(share)) / questions.noise.size
    assert found[:5] == pytest.approx(share[:5], rel=0.15)
    assert found[200:].sum() == pytest.approx(share[200:].sum(), rel=0.03)


def test_noise_beside_a_word_that_is_nearly_the_whole_text():
    counts = np.array([1_000_000, 6, 3, 1])
    true = np.zeros(40_000, dtype=np.int64)
    true[:10] = 1
    noise = _noise(counts, true, 5, np.random.default_rng(0))
    assert (noise != true[:, None]).all()
    share = np.array([6, 3, 1]) ** 0.75
    drawn = np.bincount(noise[10:].ravel(), minlength=4)[1:]
    np.testing.assert_allclose(drawn / drawn.sum(), share / share.sum(), atol=0.005)
