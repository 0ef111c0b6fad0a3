"""Centrality against networkx, overlap against counting by hand, and a document cut up."""

from collections import Counter

import networkx
import numpy as np
import pytest

from explorer.applications.summary.centrality import centrality, degree, eigenvector, graph, ranked
from explorer.applications.summary.comparison import interval
from explorer.applications.summary.document import document, own_document
from explorer.applications.summary.overlap import cut, measured, overlap, random_overlaps
from explorer.applications.summary.spaces import cosines, glove_cosines, read_together, tfidf_cosines

TEXT = (
    "The moon is far away from here. Nobody lives on it.\n"
    "Astronauts flew to the moon in a rocket. The rocket was tall and white. The astronauts walked on the moon. "
    "They came back to the earth safely. Rockets burn a lot of fuel. No. The earth is round and blue."
)


@pytest.fixture
def text():
    return own_document(TEXT)


@pytest.fixture
def alike():
    return cosines(np.random.default_rng(0).normal(size=(12, 4)))


def test_the_first_paragraph_is_left_out_and_short_sentences_too(text):
    assert text.reference == "The moon is far away from here. Nobody lives on it."
    assert [sentence.text for sentence in text.sentences][0].startswith("Astronauts") and len(text.sentences) == 6
    whole = own_document(TEXT, left_out=False)
    assert whole.reference == "" and len(whole.sentences) == 8 and whole.sentences[0].paragraph == 0
    assert document("t", ["One two three four five."] * 9, True, most=6).left == 2
    with pytest.raises(ValueError, match="at least 5"):
        own_document("One sentence of five words.")


@pytest.mark.parametrize("threshold", [0.0, 0.2])
def test_the_walk_is_pagerank(alike, threshold):
    links = graph(alike, threshold)
    assert np.diag(links).sum() == 0 and (links >= 0).all()
    expected = networkx.pagerank(networkx.from_numpy_array(links), alpha=0.85, tol=1e-12, max_iter=1000)
    assert eigenvector(links) == pytest.approx(np.array([expected[i] for i in range(12)]), abs=1e-8)
    assert centrality(alike, "degree", threshold) == pytest.approx(links.sum(0) / links.sum())


def test_sentences_without_links_are_all_the_same():
    nothing = np.zeros((4, 4))
    assert eigenvector(nothing) == pytest.approx(np.full(4, 0.25)) and degree(nothing) == pytest.approx(
        np.full(4, 0.25)
    )
    assert ranked(np.array([0.2, 0.3, 0.3, 0.2])).tolist() == [1, 2, 0, 3]
    assert ranked(centrality(nothing)).size == 0 == ranked(centrality(np.full((4, 4), 0.5), threshold=0.6)).size


def test_a_first_paragraph_has_words_and_not_too_many(text):
    assert own_document("* * *\n-\n" + TEXT) == text
    long = own_document("Moon rocket. " * 400 + TEXT[TEXT.index("\n") :])
    assert (len(long.reference_words), long.reference_left) == (500, 300)


def test_a_long_sentence_is_read_alone():
    assert read_together([900, 20, 30, 10, 301]) == [[3, 1], [2], [4], [0]]
    assert read_together([300, 300]) == [[0, 1]]


def test_overlap_is_counted_as_by_hand():
    ours, theirs = list("abcdaf"), list("abgdhff")
    shared = Counter(ours) & Counter(theirs)
    found = overlap(ours, theirs)
    assert (found.recall, found.precision) == (shared.total() / 7, shared.total() / 6) == (4 / 7, 4 / 6)
    assert overlap(ours, theirs, 2).recall == 1 / 6
    assert overlap(ours, ours, 2).f1 == 1.0 and overlap([], theirs).f1 == 0.0
    with pytest.raises(ValueError):
        overlap(ours, theirs, 0)


def test_a_summary_is_cut_to_the_length_of_the_paragraph(text):
    budget = len(text.reference_words)
    assert budget == 11 and len(cut(text, [1, 0, 2], budget)) == budget
    assert 0 < measured(text, [0, 2]) < 1 and measured(text, [4, 3]) == 0
    assert np.isnan(measured(text, []))
    assert (random_overlaps(text, draws=9) == random_overlaps(text, draws=9)).all()
    with pytest.raises(ValueError, match="not left out"):
        measured(own_document(TEXT, left_out=False), [0])


def test_sentences_are_alike_when_they_share_rare_words(text):
    for compare in (tfidf_cosines, glove_cosines):
        found = compare(text.sentences)
        assert found.shape == (6, 6) and found == pytest.approx(found.T, abs=1e-6) and np.abs(found).max() < 1 + 1e-5
        assert found[0, 2] > found[0, 4]
    assert tfidf_cosines(text.sentences)[0, 5] >= 0


def test_the_interval_holds_the_mean():
    values = np.random.default_rng(1).normal(size=40)
    low, high = interval(values)
    assert low < values.mean() < high and interval(values) == (low, high)
