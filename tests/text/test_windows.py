import numpy as np
import pytest

from explorer.text.cleaning import cleaned
from explorer.text.windows import context, count_pairs, keep_probabilities, meetings


def test_context_ends_with_the_sentence():
    assert context(6, 2, 2) == [0, 1, 3, 4]
    assert context(6, 0, 3) == [1, 2, 3] and context(6, 5, 1) == [4] and context(1, 0, 5) == []


@pytest.mark.parametrize("window", [1, 2, 5, 30])
def test_pairs_are_counted_as_the_window_slides(window):
    lengths = [1, 2, 7, 20]
    slid = sum(len(context(length, centre, window)) for length in lengths for centre in range(length))
    assert count_pairs(lengths, window) == slid


def test_kept_shares_are_those_of_gensim():
    from gensim.models import Word2Vec

    text = cleaned("lee")
    model = Word2Vec(vector_size=2, min_count=5, sample=1e-3)
    model.build_vocab(text.sentences)
    for word, chance in keep_probabilities(text.counts, 1e-3).items():
        assert model.wv.get_vecattr(word, "sample_int") / (2**32 - 1) == pytest.approx(chance, abs=1e-6)


def test_without_a_threshold_every_word_is_kept():
    assert keep_probabilities({"a": 9, "b": 1}, 0) == {"a": 1.0, "b": 1.0}


def test_meetings_add_up_to_the_cell_of_the_matrix():
    from explorer.embedding.counts import cooccurrence

    text = cleaned("lee")
    cells, vocabulary = cooccurrence(text.sentences, window=5, min_count=1)
    row = {word: i for i, word in enumerate(vocabulary)}
    for one, other in [
        ("new", "south"),
        ("the", "government"),
        ("said", "he"),
        ("the", "the"),
        ("wales", "palestinian"),
    ]:
        found = meetings(text.sentences, one, other, 5)
        assert sum(1 / met.distance for met in found) == pytest.approx(cells[row[one], row[other]])
        for met in found[:5]:
            words = text.sentences[met.sentence]
            assert (words[met.places[0]], words[met.places[1]]) == (one, other) and 1 <= met.distance <= 5


def test_meetings_do_not_cross_sentences():
    assert meetings([["a"], ["b"], ["a", "x", "b"]], "a", "b", 5)[0].places == (0, 2)
    assert meetings([["a"], ["b"]], "a", "b", 5) == [] and np.size(meetings([["a"]], "a", "a", 5)) == 0
