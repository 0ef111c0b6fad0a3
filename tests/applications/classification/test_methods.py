"""Each way of reading against what it should be: scikit-learn in one go, torch, finite differences, the plain sum."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from explorer.applications.classification import ClassificationExperiment
from explorer.applications.classification.asking import agreement, ask, left_out
from explorer.applications.classification.averaged import vectors_of
from explorer.applications.classification.learning import learn, restore, to_bytes
from explorer.applications.classification.method import run_through
from explorer.applications.classification.regression import fit, softmax, towards
from explorer.applications.classification.texts import cut, labelled_texts
from explorer.embedding.installed import pretrained

FILMS = ClassificationExperiment(texts="films", methods="tfidf,glove,rnn,lstm,gru,minilm", updates=20, hidden=8)
SIZE = 32


@pytest.fixture(scope="module")
def data():
    return labelled_texts(FILMS)


@pytest.fixture(scope="module")
def learned(data):
    return {name: run_through(learn(FILMS, data, name, 0, SIZE)) for name in FILMS.names}


@pytest.mark.parametrize("classes", [2, 5])
@pytest.mark.parametrize("sparse", [False, True])
def test_a_regression_in_pieces_is_the_regression(classes, sparse):
    generator = np.random.default_rng(classes)
    rows = generator.normal(size=(80, 12)) * (generator.random((80, 12)) < 0.5)
    truth = np.arange(80) % classes
    found = run_through(fit(csr_matrix(rows) if sparse else rows, truth, classes, 3.0))
    whole = LogisticRegression(C=3.0, max_iter=5000, tol=1e-8).fit(rows, truth)
    np.testing.assert_allclose(softmax(found.scores(rows)), whole.predict_proba(rows), atol=2e-3)


def test_towards_is_above_the_mean_of_the_others():
    np.testing.assert_allclose(towards(np.array([[3.0, 1.0, 2.0]]), 0), [1.5])
    np.testing.assert_allclose(towards(np.array([[3.0, 1.0]]), 1), [-2.0])


def test_tfidf_is_scikit_learns(data, learned):
    rows = data.labelled(0, SIZE, 0)
    counter = TfidfVectorizer(analyzer=lambda text: text.words, sublinear_tf=True)
    known = counter.fit_transform([data.texts[i] for i in rows])
    whole = LogisticRegression(C=30.0, max_iter=5000, tol=1e-8).fit(known, data.classes[rows])
    asked = [data.texts[i] for i in data.held_out(0)]
    expected = whole.predict_proba(counter.transform(asked))
    np.testing.assert_allclose(softmax(run_through(learned["tfidf"].scores(asked))), expected, atol=5e-3)


@pytest.mark.parametrize("name", ["tfidf", "glove"])
def test_exact_shares_add_up_to_the_score(name, data, learned):
    classifier = learned[name]
    constant = towards(classifier.linear.bias, 1)
    for text in (*data.texts[:5], cut("good good bad film film film unheard-of zzzz")):
        score = towards(run_through(classifier.scores([text])), 1)[0]
        assert classifier.contributions(text, 1).sum() + constant == pytest.approx(score, abs=1e-9)


def test_glove_reads_joined_words_by_their_parts():
    glove = pretrained()
    vectors, known = vectors_of(["film", "qqzzxx", "film-king's"])
    assert known.tolist() == [True, False, True] and not vectors[1].any()
    parts = np.mean([glove.matrix[glove.index[word]] for word in ("film", "king", "s")], axis=0)
    np.testing.assert_allclose(vectors[2], parts, rtol=1e-6)


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("vectors", ["glove", "own"])
def test_a_networks_shares_are_its_gradient(name, vectors, data):
    network = run_through(learn(FILMS.replace(vectors=vectors), data, name, 0, SIZE))
    text = data.texts[int(data.labelled(0, SIZE, 0)[0])]
    inputs, lengths = network._batch([text])
    model = network._model.double()
    embedded = model.embed(inputs if vectors == "own" else inputs.double()).detach()
    shares = np.zeros(len(text.words))
    for i in range(len(text.words)):  # along the word's own vector, by central differences
        ends = []
        for step in (1e-5, -1e-5):
            moved = embedded.clone()
            moved[0, i] *= 1 + step
            with torch.no_grad():
                ends.append(towards(model.from_embedded(moved, lengths), 1).item())
        shares[i] = (ends[0] - ends[1]) / 2e-5
    model.float()
    np.testing.assert_allclose(network.contributions(text, 1), shares, rtol=2e-3, atol=1e-5)


def test_minilms_shares_are_gradients_of_its_words(data, learned):
    classifier = learned["minilm"]
    text = cut("an unforgettable film")
    shares = classifier.contributions(text, 1)
    assert shares.shape == (3,) and np.isfinite(shares).all() and np.abs(shares).max() > 0
    np.testing.assert_allclose(classifier.contributions(text, 0), -shares, atol=1e-5)


def test_a_word_left_out_is_measured_by_reading_again(learned):
    text = cut("a dull but honest film")
    fallen = run_through(left_out(learned["glove"], text, 1))
    whole, without = (towards(run_through(learned["glove"].scores([one])), 1)[0] for one in (text, cut("a dull but film")))
    assert fallen[3] == pytest.approx(whole - without)
    assert agreement(fallen, 2 * fallen + 1) == pytest.approx(1.0) and agreement(fallen, np.ones(5)) is None
    assert np.isfinite(run_through(left_out(learned["lstm"], cut("film"), 0))).all(), "a text without any word is read, too"


def test_only_words_that_speak_for_a_label_are_told():
    words = (*((word, "good") for word in ("fine", "great", "nice", "kind")), *((word, "poor") for word in ("bad", "dull", "awful", "sad")))
    own = ClassificationExperiment(texts="own", reviews=words, methods="tfidf,glove")
    data = labelled_texts(own)
    for name in own.names:
        told = run_through(learn(own, data, name, 0, 6)).telling(data.labels.index("good"), 8)
        assert {word for word, _ in told} <= {"fine", "great", "nice", "kind"} and all(value > 0 for _, value in told)


def test_weights_bring_back_what_had_learned(data, learned):
    weights = to_bytes({name: (SIZE, one) for name, one in learned.items()})
    text = data.texts[3]
    before, after = ask({name: (SIZE, one) for name, one in learned.items()}, text), ask(restore(FILMS, data, weights), text)
    for name in FILMS.names:
        np.testing.assert_allclose(after[name].probabilities, before[name].probabilities, atol=1e-5)
        np.testing.assert_allclose(after[name].contributions, before[name].contributions, atol=1e-4)


def test_foreign_weights_are_refused(data, learned):
    weights = to_bytes({"glove": (SIZE, learned["glove"])})
    for other in (FILMS.replace(methods="tfidf"), FILMS.replace(texts="topics")):
        with pytest.raises(ValueError, match="other s"):
            restore(other, labelled_texts(other), weights)
    with pytest.raises(ValueError, match="not a complete"):
        restore(FILMS, data, weights[:-9])
