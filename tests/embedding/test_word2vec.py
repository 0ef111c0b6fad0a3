"""gensim in chunks: the bits of gensim itself, whoever else trains; and failures that are seen."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from gensim.models import Word2Vec

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.reading import read_text
from explorer.embedding.schedule import LOWEST_RATE, Chunk
from explorer.embedding.slicing import run_through
from explorer.embedding.word2vec import Failing, begin_word2vec, fresh, know_words, train_chunk, untrained

ROOT = Path(__file__).parents[2]
LEE = EmbeddingExperiment(corpus="lee", dimensions=12, epochs=2, learning_rate=0.05, seed=5)


@pytest.fixture(scope="module")
def text():
    return read_text(LEE)


def learner_of(experiment, text):
    return run_through(begin_word2vec(experiment, text))


def gensims_own(text, experiment):
    model = Word2Vec(
        sg=int(experiment.algorithm == "skipgram"), vector_size=experiment.dimensions, window=experiment.window,
        negative=experiment.negatives, sample=experiment.subsample, seed=experiment.seed, workers=1, min_count=1,
        sorted_vocab=0,
    )  # fmt: skip
    model.build_vocab_from_freq(text.counts, corpus_count=len(text.sentences))
    return model


@pytest.mark.parametrize("algorithm", ["skipgram", "cbow"])
def test_a_chunk_gives_the_bits_of_gensim(text, algorithm):
    experiment = LEE.replace(algorithm=algorithm)
    learner, plain = learner_of(experiment, text), gensims_own(text, experiment)
    assert np.array_equal(learner.matrix(), plain.wv.vectors)
    first = text.sentences[:400]
    chunk = Chunk(first, 0, sum(map(len, first)))
    for rate in (0.05, 0.03):
        train_chunk(learner.model, chunk, rate)
        plain.train(first, total_examples=400, epochs=1, start_alpha=rate, end_alpha=rate)
    assert np.array_equal(learner.matrix(), plain.wv.vectors)
    assert np.array_equal(learner.output(), plain.syn1neg) and np.abs(plain.syn1neg).max() > 0.1


def test_steps_are_gensims_calls_one_after_another(text):
    learner, plain = learner_of(LEE, text), gensims_own(text, LEE)
    done, words = 0, sum(map(len, text.sentences))
    for step in range(1, 21):
        numbers = run_through(learner.step(step, 0.05))
        for chunk in learner._parts[(step - 1) % 10]:
            rate = 0.05 - (0.05 - LOWEST_RATE) * done / (2 * words)
            plain.train(
                chunk.sentences, total_examples=len(chunk.sentences), epochs=1, start_alpha=rate, end_alpha=rate
            )
            done += chunk.words
        assert numbers == {"epoch": step / 10, "learning_rate": pytest.approx(rate)}
    assert done == 2 * words
    assert np.allclose(learner.matrix(), plain.wv.vectors, atol=1e-6)


def test_about_as_good_as_one_plain_call(text):
    """The loss after as many epochs as one call of gensim makes with its own schedule."""
    learner, plain = learner_of(LEE, text), gensims_own(text, LEE)
    before = run_through(learner.loss())
    for step in range(1, 21):
        run_through(learner.step(step, 0.05))
    plain.train(text.sentences, total_examples=len(text.sentences), epochs=2, start_alpha=0.05, end_alpha=LOWEST_RATE)
    theirs = run_through(learner._sample.measure(plain.wv.vectors, plain.syn1neg, together=False))
    assert run_through(learner.loss()) == pytest.approx(theirs, rel=0.02) and theirs < 0.8 * before


def test_learners_do_not_share_what_they_learn(text):
    one, other = learner_of(LEE, text), learner_of(LEE, text)
    run_through(one.step(1, 0.05))
    assert not np.array_equal(one.matrix(), other.matrix()) and not other.output().any()
    run_through(other.step(1, 0.05))
    assert np.array_equal(one.matrix(), other.matrix())
    assert one.model.wv.key_to_index is other.model.wv.key_to_index


def test_the_vocabulary_keeps_its_order(text):
    model = untrained(text, True, 4, 5, 5, 1e-3, 0)
    assert model.wv.index_to_key == list(text.counts)
    assert [model.wv.get_vecattr(word, "count") for word in text.counts] == list(text.counts.values())


def test_nothing_is_noted_for_every_call(text):
    model = run_through(fresh(untrained(text, True, 4, 5, 5, 1e-3, 0)))
    for _ in range(3):
        train_chunk(model, Chunk(text.sentences[:5], 0, 50), 0.05)
    assert model.lifecycle_events is None and model.train_count == 3


def test_a_failure_in_gensims_thread_is_raised_not_waited_for(text):
    class Failure(Word2Vec):
        broken = True

        def _do_train_job(self, *job):
            if self.broken:
                raise MemoryError("no room")
            return super()._do_train_job(*job)

    class Broken(Failing, Failure):
        pass

    model = Broken(vector_size=4, workers=1, min_count=1, sorted_vocab=0)
    know_words(model, text)
    chunk = Chunk(text.sentences[:5], 0, 50)
    with pytest.raises(MemoryError, match="no room"):
        train_chunk(model, chunk, 0.05)
    model.broken = False
    train_chunk(model, chunk, 0.05)
    assert model.syn1neg.any()


def test_another_hash_seed_gives_the_same_bits():
    settings = {"corpus": "phrases", "min_count": 1, "epochs": 1, "dimensions": 5}
    code = (
        "import hashlib; from explorer.embedding import EmbeddingExperiment; "
        f"print(hashlib.sha256([*EmbeddingExperiment(**{settings}).frames()][-1].weights).hexdigest())"
    )
    seed = str(int(os.environ.get("PYTHONHASHSEED", "0").replace("random", "0")) + 1)
    there = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    here = [*EmbeddingExperiment(**settings).frames()][-1].weights
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()
