import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from threadpoolctl import threadpool_limits

from explorer.embedding import UnknownWord, Vectors, pretrained
from explorer.embedding.analogies import EPSILON, analogy, analogy_slices, cosines, evaluate_analogies
from explorer.embedding.questions import read_questions


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def few() -> Vectors:
    return pretrained().head(6000)


@pytest.fixture(scope="module")
def cased(few) -> Vectors:
    """A vocabulary with several spellings of a word, as word2vec's on Google News."""
    generator = np.random.default_rng(3)
    words, rows = [], []
    for row, word in enumerate(few.words[:4000]):
        spellings = [word.capitalize(), word, word.upper()][: 1 + row % 3]
        words += [one for one in spellings if one not in words[-3:]]
        rows += [row] * (len(words) - len(rows))
    matrix = few.matrix[rows] + 0.3 * generator.normal(size=(len(rows), few.dimensions))
    return Vectors(words, matrix)


def keyed(vectors: Vectors) -> KeyedVectors:
    made = KeyedVectors(vectors.dimensions)
    made.add_vectors(list(vectors.words), np.array(vectors.matrix))
    return made


def unit(vectors: Vectors) -> np.ndarray:
    return vectors.matrix.astype(float) / np.linalg.norm(vectors.matrix, axis=1, keepdims=True)


@pytest.mark.parametrize("question", [("man", "king", "woman"), ("paris", "france", "rome"), ("good", "better", "bad")])
def test_answers_are_those_of_gensim(few, question):
    a, b, c = question
    found = analogy(few, a, b, c, n=8)
    expected = keyed(few).most_similar(positive=[b, c], negative=[a], topn=8)
    assert list(found.words) == [word for word, _ in expected]
    np.testing.assert_allclose(found.scores, [score for _, score in expected], atol=2e-6)


def test_multiplied_cosines_are_those_of_gensim_but_for_epsilon(few):
    a, b, c = ("man", "king", "woman")
    found = analogy(few, a, b, c, method="mul", n=8)
    expected = dict(keyed(few).most_similar_cosmul(positive=[b, c], negative=[a], topn=20))
    assert list(found.words)[:5] == list(expected)[:5]
    close = (1 + unit(few) @ unit(few)[few.numbers(found.words)].T) / 2
    for i, word in enumerate(found.words):
        p, q, r = (float(close[few.number(one), i]) for one in (a, b, c))
        assert found.scores[i] == pytest.approx(q * r / (p + EPSILON), abs=1e-5)
        assert expected.get(word, q * r / (p + 1e-6)) == pytest.approx(q * r / (p + 1e-6), abs=1e-5)


def test_without_exclusion_a_word_of_the_question_wins(few):
    assert analogy(few, "man", "king", "woman").words[0] == "queen"
    assert analogy(few, "man", "king", "woman", exclude=False).words[0] == "king"


def test_rank_and_margin_of_an_expected_answer(few):
    found = analogy(few, "man", "king", "woman", n=3)
    first, second = (found.standing(row) for row in found.rows[:2])
    assert first.rank == 1 and first.margin == pytest.approx(found.scores[0] - found.scores[1])
    assert second.rank == 2 and second.margin == pytest.approx(-first.margin)
    assert found.standing(few.number("king")) is None
    ranked = np.argsort(-found.every, kind="stable")
    assert found.standing(int(ranked[100])).rank == 101


def test_what_is_unknown_is_named(few):
    with pytest.raises(UnknownWord, match="kingg"):
        analogy(few, "man", "kingg", "woman")
    with pytest.raises(ValueError, match="add or mul"):
        analogy(few, "man", "king", "woman", method="subtract")


def test_cosines_of_zero_vectors_are_zero():
    vectors = Vectors(["a", "b", "c"], np.array([[0, 0], [3, 4], [4, 3]], dtype=np.float32))
    np.testing.assert_allclose(cosines(vectors, np.array([0, 1])), [[0, 0, 0], [0, 1, 0.96]], atol=1e-6)


@pytest.mark.parametrize("restrict", [2500, None])
@pytest.mark.parametrize("name", ["few", "cased"])
def test_the_whole_test_is_that_of_gensim(name, restrict, request):
    vectors = request.getfixturevalue(name)
    report = evaluate_analogies(vectors, restrict=restrict)
    known = keyed(vectors.head(restrict) if restrict else vectors)
    accuracy, sections = known.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=len(known))
    for mine, theirs in zip(report.sections, sections, strict=False):
        assert mine.name == theirs["section"] and mine.covered == len(theirs["correct"]) + len(theirs["incorrect"])
        wrong = {tuple(word.upper() for word in miss.question) for miss in report.misses(mine, vectors.words)}
        assert wrong == set(theirs["incorrect"])
    assert report.accuracy() == pytest.approx(accuracy) and report.total() == 19544 > report.covered() > 100
    assert report.done == 1.0 and len(report.sections) == 14


def brute(vectors: Vectors, rows: np.ndarray, method: str) -> np.ndarray:
    """Score of every word for one question, in double precision."""
    a, b, c = unit(vectors)[rows[:3]] @ unit(vectors).T
    if method == "add":
        return b - a + c
    return (1 + b) / 2 * (1 + c) / 2 / ((1 + a) / 2 + EPSILON)


def ranks(scores: np.ndarray, level: float) -> range:
    """Possible ranks, for words that are level but for rounding may count or not."""
    return range(1 + (scores > level + 1e-5).sum(), 2 + (scores > level + 1e-9).sum())


@pytest.mark.parametrize("method", ["add", "mul"])
def test_answers_ranks_and_the_baseline_are_those_of_a_plain_search(few, method):
    report = evaluate_analogies(few, method)
    words = unit(few)
    for section in report.sections[::3]:
        for i in range(0, section.covered, 97):
            rows = section.rows[i]
            scores = brute(few, rows, method)
            level = scores[rows[3]]
            assert section.including.given[i] == scores.argmax()
            assert section.including.ranks[i] in ranks(scores, level)
            scores[rows[:3]] = -np.inf
            assert section.excluding.given[i] == scores.argmax()
            assert section.excluding.ranks[i] in ranks(scores, level)
            near = words @ words[rows[2]]
            near[rows[:3]] = -np.inf
            assert section.nearest.given[i] == near.argmax()
            assert section.nearest.ranks[i] == (near.argmax() == rows[3])


def test_what_counts_follows_from_exclusion(few):
    strict, loose = evaluate_analogies(few, restrict=3000), evaluate_analogies(few, exclude=False, restrict=3000)
    assert strict.correct() > loose.correct()
    assert loose.accuracy() == strict.share("including") and strict.accuracy() == loose.share("excluding")
    assert 0 < strict.share("nearest") < strict.accuracy()


def test_reports_grow_and_pieces_are_many():
    reports = list(analogy_slices(pretrained(), restrict=20_000))
    done = [report.done for report in reports]
    assert done == sorted(done) and done[0] == 0 and done[-1] == 1 and len(reports) > 14
    assert [len(report.sections) for report in reports][-1] == 14
    names = [section.name for section in read_questions()]
    assert all([one.name for one in report.sections] == names[: len(report.sections)] for report in reports)


def test_a_vocabulary_without_the_words_is_asked_nothing():
    report = evaluate_analogies(Vectors(["x", "y"], np.eye(2)))
    assert report.covered() == 0 and np.isnan(report.accuracy()) and report.interval() == (0.0, 1.0)
    assert np.isnan(report.share("nearest")) and report.done == 1.0


def test_the_smallest_vocabulary_that_can_be_asked():
    vectors = Vectors(["boy", "girl", "king", "queen"], np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1]]))
    family = evaluate_analogies(vectors).sections[4]
    assert family.covered == 2 and family.excluding.correct == 2 and family.nearest.correct == 2
