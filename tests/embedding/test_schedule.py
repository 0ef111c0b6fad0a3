"""An epoch in ten parts and many chunks."""

import numpy as np
import pytest

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.schedule import LONGEST, SHORTEST, falling, rate_at, tenths, words_at_once
from explorer.frame import Change


@pytest.mark.parametrize("longest", [40, 137, 9600])
def test_every_sentence_is_read_once_and_in_order(longest):
    lengths = np.random.default_rng(0).integers(1, 40, size=900)
    sentences = [[f"{i}.{k}" for k in range(length)] for i, length in enumerate(lengths)]
    parts = tenths(sentences, longest)
    assert [sentence for part in parts for chunk in part for sentence in chunk.sentences] == sentences
    sizes = [sum(chunk.words for chunk in part) for part in parts]
    assert len(sizes) == 10 and max(sizes) - min(sizes) < 2 * 40
    before = 0
    for chunk in (chunk for part in parts for chunk in part):
        assert chunk.before == before and chunk.words == sum(map(len, chunk.sentences)) <= longest
        before += chunk.words
    assert before == lengths.sum()


def test_chunks_of_a_part_are_about_equally_long():
    sentences = [["word"] * 20 for _ in range(5000)]
    for part in tenths(sentences, 4000):
        assert [chunk.words for chunk in part] == [pytest.approx(10_000 / 3, abs=20)] * 3


def test_a_sentence_longer_than_a_chunk_is_cut():
    parts = tenths([[str(i) for i in range(1000)]], 300)
    chunks = [chunk for part in parts for chunk in part]
    assert [chunk.words for chunk in chunks] == [300, 300, 300, 100]
    assert [word for chunk in chunks for word in chunk.sentences[0]] == [str(i) for i in range(1000)]


def test_a_tiny_text_leaves_parts_empty():
    parts = tenths([["a", "b"], ["c"]], 100)
    assert sum(bool(part) for part in parts) == 2


def test_dearer_settings_read_fewer_words_at_once():
    cheap, dear = (
        EmbeddingExperiment(algorithm="cbow"),
        {"dimensions": 300, "window": 20, "negatives": 20, "buckets": 1000},
    )
    assert words_at_once(cheap) == LONGEST < 10_000
    for algorithm in ("skipgram", "fasttext"):
        assert SHORTEST <= words_at_once(EmbeddingExperiment(algorithm=algorithm, **dear)) < 1000
    thinned, whole = (words_at_once(EmbeddingExperiment(subsample=share)) for share in (1e-4, 0.0))
    assert whole < thinned <= 2 * whole
    seeds = {words_at_once(EmbeddingExperiment(seed=seed, epochs=seed + 1, learning_rate=0.1)) for seed in range(3)}
    assert len(seeds) == 1


def test_the_rate_falls_evenly_and_follows_changes():
    assert [falling(0.1, share) for share in (0, 0.5, 1)] == pytest.approx([0.1, 0.05005, 1e-4])
    assert falling(5e-5, 0) == falling(5e-5, 1) == 5e-5
    experiment = EmbeddingExperiment(learning_rate=0.03)
    changes = [Change(5, "learning_rate", 0.1), Change(9, "learning_rate", 0.2)]
    assert [rate_at(step, experiment, changes) for step in (1, 4, 5, 8, 9, 50)] == [0.03, 0.03, 0.1, 0.1, 0.2, 0.2]
