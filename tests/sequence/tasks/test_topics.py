from collections import Counter

import pytest

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks.topics import ARTICLES, HELD_OUT_PART, KNOWN, TITLE, hide_titles, read_sentences
from explorer.text.sentences import read_documents
from explorer.text.tokens import split_words


@pytest.fixture(scope="module")
def topics():
    return make_task(SequenceExperiment(task="topics"))


def sentences(task, batch):
    return [tuple(batch.inputs[i, : int(batch.lengths[i])].tolist()) for i in range(len(batch))]


def test_there_are_at_least_six_long_articles():
    sizes = {document.title: len(document.sentences) for document in read_documents("wikipedia")}
    assert len(set(ARTICLES)) >= 6 and all(sizes[title] > 300 for title in ARTICLES)


def test_sentences_are_those_of_the_article_and_different():
    found = read_sentences()
    assert len({sentence for article in found for sentence in article}) == sum(map(len, found))
    text = " ".join(
        split_words(" ".join(next(d.sentences for d in read_documents("wikipedia") if d.title == "Aristotle")))
    )
    inside = [s for s in found[ARTICLES.index("Aristotle")] if TITLE not in s]
    assert len(inside) > 50 and all(" ".join(sentence) in text for sentence in inside)


def test_no_word_of_a_title_is_left():
    words = {word for title in ARTICLES for word in title.lower().split()}
    for article in read_sentences():
        assert not words & {word for sentence in article for word in sentence}
    hidden = hide_titles(split_words("Lincoln's war, Aristotle’s; Albanians"))
    assert hidden == [TITLE, TITLE, ",", TITLE, ";", "albanians"]


def test_nothing_is_both_learned_and_held_out(topics):
    """Different sentences may look alike once their rare words are unknown; no others are in both parts."""
    different = {sentence for article in read_sentences() for sentence in article}
    alike = Counter(tuple(topics.known.numbers.get(word, 0) for word in sentence) for sentence in different)
    both = set(sentences(topics, topics.training)) & set(sentences(topics, topics.held_out()))
    assert all(alike[sentence] > 1 for sentence in both) and len(both) <= 1
    assert len(topics.training) == sum(len(article) - len(article[::HELD_OUT_PART]) for article in read_sentences())


def test_every_article_is_judged_equally(topics):
    assert Counter(topics.held_out().targets.tolist()) == dict.fromkeys(range(len(ARTICLES)), 16)
    assert topics.baseline.score == 1 / len(ARTICLES)


def test_the_vocabulary_is_that_of_the_training_part(topics):
    assert len(topics.vocabulary) == KNOWN + 1
    used = {number for row in sentences(topics, topics.training) for number in row}
    assert used >= set(range(1, KNOWN + 1))


def test_what_is_watched_is_short_and_mostly_known(topics):
    steps = topics.steps(topics.watched())
    assert 7 <= len(steps) <= 16 and steps.count("<unknown>") <= 1


def test_typed_sentences_hide_titles_too(topics):
    batch = topics.encode("Lincoln was the 16th president")
    assert topics.steps(batch)[0] == TITLE and topics.expected(batch) == [""] * 5
    with pytest.raises(ValueError, match="41 words and punctuation marks; at most 40"):
        topics.encode("word " * 41)
