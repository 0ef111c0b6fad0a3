"""Search methods against their formulas counted by hand, and questions whose answers really stand where they should."""

import math
from collections import Counter

import numpy as np
import pytest

from explorer.applications.retrieval.averaged import AveragedVectors
from explorer.applications.retrieval.collection import OWN_LIMIT, forms, own_collection
from explorer.applications.retrieval.contextual import Contextual
from explorer.applications.retrieval.evaluation import better, mean_reciprocal_rank, recall_at
from explorer.applications.retrieval.questions import questions, right_places, right_rows, titles
from explorer.applications.retrieval.ranking import rank_of, ranked
from explorer.applications.retrieval.word_match import Bm25, TfIdf
from explorer.text.passages import passages

TEXT = """The king bought a red rose in the garden of the king.
The queen purchased a white lily near the old castle wall.
A red castle stands above the river and the garden.
Numbers and letters are written on paper."""
QUESTION = "Who bought the red rose of the king?"


@pytest.fixture(scope="module")
def collection():
    return own_collection(TEXT)


def test_bm25_is_its_formula(collection):
    k1, b, documents = 1.5, 0.6, [Counter(words) for words in collection.documents]
    mean = np.mean([document.total() for document in documents])

    def score(document):
        total = 0.0
        for word in forms(QUESTION):
            n = sum(word in other for other in documents)
            idf = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
            f = document[word]
            total += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * document.total() / mean))
        return total

    assert Bm25(collection, k1, b).scores(QUESTION) == pytest.approx([score(document) for document in documents])


def test_tfidf_is_a_cosine(collection):
    counts = collection.counts.toarray()
    idf = np.log(len(counts) / (counts > 0).sum(axis=0))
    rows, wanted = counts * idf, collection.vector(QUESTION) * idf
    cosines = rows @ wanted / np.linalg.norm(rows, axis=1) / np.linalg.norm(wanted)
    assert TfIdf(collection).scores(QUESTION) == pytest.approx(cosines)


def test_averaged_vectors_find_what_is_said_in_other_words(collection):
    from explorer.embedding.installed import pretrained

    method = AveragedVectors(collection)
    idf, glove = TfIdf(collection).idf, pretrained()

    def mean(words):
        weights = [idf[collection.vocabulary[word]] for word in words if word in glove.index]
        return np.average([glove[word] for word in words if word in glove.index], axis=0, weights=weights)

    means = np.array([mean(words) for words in collection.documents])
    centre = means.mean(axis=0)
    wanted = mean(forms("castle wall")) - centre
    expected = [(row - centre) @ wanted / np.linalg.norm(row - centre) / np.linalg.norm(wanted) for row in means]
    assert method.scores("castle wall") == pytest.approx(expected, abs=1e-6)
    assert np.isnan(method.scores("qzxqzx")).all()


@pytest.mark.parametrize("kind", [TfIdf, Bm25, AveragedVectors])
def test_the_words_of_a_paragraph_add_up_to_its_score(collection, kind):
    method = kind(collection)
    scores = method.scores(QUESTION)
    for row in range(len(collection)):
        reasons = method.reasons(QUESTION, row)
        assert sum(reason.share for reason in reasons) == pytest.approx(scores[row], abs=1e-9)
        text = collection.passages[row].text
        assert all(text[reason.start : reason.end] == reason.word for reason in reasons)


def test_so_do_the_subwords_of_the_contextual_model(collection):
    from explorer.applications.contextual.installed import contextual_model

    model = contextual_model()
    method = Contextual(collection, model.sentences([passage.text for passage in collection.passages]), model)
    scores = method.scores(QUESTION)
    assert int(scores.argmax()) == 0
    assert sum(reason.share for reason in method.reasons(QUESTION, 0)) == pytest.approx(scores[0], abs=1e-4)
    assert np.isnan(method.scores("?!")).all()
    lines = own_collection("我們今天去公園散步" * 160)  # more subwords than the model reads, and no blank to cut at
    other = Contextual(lines, model.sentences([lines.passages[0].text]), model)
    cut = other._readable(lines.passages[0].text)
    assert 450 < len(model.pieces(cut)) <= 510 and other.reasons("park", 0)[-1].word == "separators"


def test_ranks_are_places_in_the_list():
    scores = np.array([0.2, 0.9, 0.2, 0.0, 0.9, -1.0])
    order = [found.row for found in ranked(scores, 10)]
    assert order == [1, 4, 0, 2]
    assert [rank_of(scores, [row]) for row in order] == [1, 2, 3, 4]
    assert rank_of(scores, [2, 4]) == 2 and rank_of(scores, [3]) == 0 and rank_of(scores, []) == 0


def test_recall_and_mean_reciprocal_rank():
    ranks = np.array([1, 2, 0, 6])
    assert recall_at(ranks, 5).value == 0.5 and recall_at(ranks, 6).value == 0.75
    found = mean_reciprocal_rank(ranks)
    assert found.value == pytest.approx((1 + 1 / 2 + 0 + 1 / 6) / 4) and found.low < found.value < found.high
    assert better(ranks, np.array([2, 2, 3, 0])) == (2, 1)
    assert np.isnan(recall_at(np.zeros(0), 5).value)


def test_own_paragraphs_are_capped_and_empty_ones_refused():
    assert len(own_collection("One word here.\n" * (OWN_LIMIT + 50))) == OWN_LIMIT
    long = own_collection("Green trees grow tall here. " * 500)
    assert len(long) > 5 and max(len(passage.text) for passage in long.passages) <= 1_600
    endless = own_collection("word " * 4_000 + "我們今天去公園散步" * 400)
    assert len(endless) > 10 and max(len(passage.text) for passage in endless.passages) <= 1_600
    assert sum(len(passage.text.replace(" ", "")) for passage in endless.passages) == 4 * 4_000 + 9 * 400
    with pytest.raises(ValueError, match="no paragraph"):
        own_collection(" \n?!\n")


def test_every_answer_stands_in_its_article_and_no_other_question_has_one():
    able = [question for question in questions() if question.is_answerable]
    assert len(able) >= 60 and len({question.article for question in able}) >= 50
    assert sum(not question.is_answerable for question in questions()) >= 12
    for question in able:
        places = right_places(question)
        assert places, question.text
        passage = passages()[places[0].row]
        assert passage.title == question.article and question.is_answered_by(passage.sentences[places[0].sentence])
    title = titles()[0]
    assert {passages()[row].title for row in right_rows(title)} == {title.text}
