import numpy as np
import pytest
from scipy.sparse import csr_matrix

from explorer.embedding import comparison
from explorer.embedding.comparison import Score, classify, compare, interval, pose
from explorer.text.cleaning import Cleaning, clean, cleaned
from explorer.text.sentences import Document


@pytest.fixture(scope="module")
def news():
    return cleaned("lee")


@pytest.fixture(scope="module")
def question(news):
    return pose(news)


def test_sentences_are_held_out_of_the_largest_documents(news, question):
    sizes = np.bincount([d for d, words in zip(news.document_of, news.sentences, strict=True) if len(set(words)) >= 3])
    assert [len(h) + len(p) for h, p in zip(question.held_out, question.pool, strict=True)] == sorted(sizes)[::-1][:10]
    for title, held_out, pool in zip(question.titles, question.held_out, question.pool, strict=True):
        assert not set(held_out) & set(pool)
        assert {news.titles[news.document_of[row]] for row in (*held_out, *pool)} == {title}
    assert question.labelled == (1, 2, 5, 10) and question.tested == sum(map(len, question.held_out))


@pytest.fixture(scope="module")
def scores(news, question):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "DRAWS", 5)
        return [score for score in compare(news, question) if score]


def test_every_kind_is_asked_with_every_number_of_labels(scores):
    assert [(score.labelled, score.kind) for score in scores] == [
        (n, kind) for n in (1, 2, 5, 10) for kind in ("one-hot", "learned here", "GloVe 6B")
    ]
    for score in scores:
        assert 0.05 < score.low < score.accuracy < score.high < 0.9
        assert (score.lead == 0) == (score.kind == "one-hot") and score.lead_low <= score.lead <= score.lead_high


def test_more_labels_help_and_all_do_better_than_chance(scores):
    plain = [score.accuracy for score in scores if score.kind == "one-hot"]
    assert plain == sorted(plain) and plain[0] > 0.12 and plain[-1] > 1.5 * plain[0]


def test_with_few_labels_learned_vectors_are_ahead(scores):
    leads = [score.lead for score in scores if score.kind == "learned here" and score.labelled <= 5]
    plain = [score.accuracy for score in scores if score.kind == "one-hot" and score.labelled <= 5]
    learned = [score.accuracy for score in scores if score.kind == "learned here" and score.labelled <= 5]
    assert min(leads) > 0 and sum(leads) > 0.12
    assert leads == pytest.approx([one - other for one, other in zip(learned, plain, strict=True)])


def test_repeatable_to_the_bit(news, question, scores, monkeypatch):
    monkeypatch.setattr(comparison, "LABELLED", (1,))
    monkeypatch.setattr(comparison, "DRAWS", 5)
    again = [score for score in compare(news, question) if score]
    assert again == scores[:3]


def test_columns_without_a_label_change_nothing():
    generator = np.random.default_rng(0)
    known = generator.poisson(0.2, (60, 40)).astype(float)
    known[:, 30:] = 0
    asked, classes = generator.poisson(0.2, (50, 40)).astype(float), np.repeat([0, 1, 2], 20)
    np.testing.assert_array_equal(
        classify(csr_matrix(known), classes, csr_matrix(asked)), classify(known, classes, asked)
    )


def test_an_interval_covers_the_mean_and_narrows_with_the_sentences():
    generator = np.random.default_rng(1)
    few, many = (interval(generator.random((10, n)) < 0.6, np.random.default_rng(0)) for n in (50, 2000))
    assert few[0] < 0.6 < few[1] and many[0] < 0.6 < many[1]
    assert many[1] - many[0] < few[1] - few[0]
    assert interval(np.ones((4, 9)), generator) == pytest.approx((1.0, 1.0))


@pytest.mark.parametrize("corpus", ["phrases", "own"])
def test_too_short_documents_are_named(corpus):
    with pytest.raises(ValueError, match="at least two documents of 9 sentences"):
        pose(cleaned(corpus, "One short text.", Cleaning(min_count=1)))


def test_a_language_glove_does_not_know_is_compared_without_it():
    generator = np.random.default_rng(0)
    words = [f"wx{i}q" for i in range(40)]
    documents = tuple(
        Document(str(d), tuple(" ".join(generator.choice(words[10 * d : 10 * d + 20], 6)) for _ in range(12)))
        for d in range(2)
    )
    text = clean(documents, Cleaning(min_count=1))
    kinds = {score.kind for score in compare(text, pose(text)) if score}
    assert kinds == {"one-hot", "learned here"}


def test_a_score_is_a_value():
    assert Score("one-hot", 1, 0.5, 0.4, 0.6) == Score("one-hot", 1, 0.5, 0.4, 0.6)
