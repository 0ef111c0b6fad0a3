"""Words that nobody foresaw: letter groups are gensim's, and all three ways answer from one run."""

from itertools import islice

import numpy as np
import pytest

from explorer.applications.contextual import odd_words
from explorer.applications.contextual.odd_words import OddWordsExperiment, candidates, compared, letter_groups
from explorer.embedding import EmbeddingExperiment
from explorer.frame import same_bits


@pytest.mark.parametrize("word", ["kingdoom", "a", "ü🙂ß", "presidnet"])
def test_letter_groups_are_gensims(word):
    from gensim.models.fasttext_inner import compute_ngrams_bytes

    for sizes in ((3, 6), (1, 2)):
        assert letter_groups(word, *sizes) == [one.decode() for one in compute_ngrams_bytes(word, *sizes)]


@pytest.fixture(scope="module")
def run(model):
    """A small run: little text, few words."""
    patch = pytest.MonkeyPatch()
    small = EmbeddingExperiment(corpus="lee", algorithm="fasttext", epochs=1, dimensions=10, buckets=1000)
    patch.setattr(OddWordsExperiment, "training", small)
    patch.setattr(odd_words, "CANDIDATES", 40)
    experiment = OddWordsExperiment()
    experiment.prepare()
    yield experiment, list(experiment.frames())
    patch.undo()


def test_a_run_counts_to_its_end(run, model):
    experiment, frames = run
    assert frames[-1].step == experiment.steps == 10 + 5 and frames[-1].metrics["done"] == 1.0
    assert [frame.step for frame in frames] == list(range(16))
    words = candidates(experiment.training)
    assert np.abs(frames[-1].arrays["subword"] - model.sentences(list(words))).max() < 1e-5
    again = list(islice(experiment.frames(), 3))
    assert all(same_bits(one, other) for one, other in zip(again, frames, strict=False))


def test_each_way_answers_or_says_that_it_cannot(run, model):
    made = compared(run[0], run[1][-1])
    first = made.words[0]
    assert made.by_table("qzxqzx").words == () and made.by_table("Goverment").words
    letters = made.by_letters(first)
    assert first not in letters.words and len(letters.words) == 5
    vectors = made.trained.vectors
    near = vectors[letters.words[0]]
    own = vectors[first]
    assert letters.cosines[0] == pytest.approx(near @ own / np.linalg.norm(near) / np.linalg.norm(own), abs=1e-5)
    pieces = made.by_subwords(model, "goverment")
    assert list(pieces.cosines) == sorted(pieces.cosines, reverse=True)
    with pytest.raises(ValueError, match="last frame"):
        compared(run[0], run[1][0])
