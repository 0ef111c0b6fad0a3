import numpy as np
import pytest
from scipy.stats import binomtest

from explorer.embedding.analogy_report import AnalogyReport, Answers, Miss, SectionScore, wilson

WORDS = ("man", "king", "woman", "queen", "prince")


def section(name="family", asked=3) -> SectionScore:
    rows = np.array([[0, 1, 2, 3], [1, 0, 3, 2], [0, 1, 2, 4]])[:asked]
    excluding = Answers(np.array([3, 2, 3], np.int32)[:asked], np.array([1, 1, 2], np.int32)[:asked])
    including = Answers(np.array([1, 2, 1], np.int32)[:asked], np.array([2, 1, 3], np.int32)[:asked])
    nearest = Answers(np.array([4, 4, 4], np.int32)[:asked], np.array([0, 0, 1], np.int32)[:asked])
    return SectionScore(name, 10, rows, excluding, including, nearest)


@pytest.mark.parametrize("correct, asked", [(0, 5), (3, 5), (5, 5), (9033, 19544), (1, 1)])
def test_the_interval_is_wilsons(correct, asked):
    expected = binomtest(correct, asked).proportion_ci(method="wilson")
    np.testing.assert_allclose(wilson(correct, asked), [expected.low, expected.high], atol=1e-6)


def test_numbers_of_a_section_and_of_all():
    one, two = section(), section("currency", 1)
    report = AnalogyReport("add", True, (one, two))
    assert (report.correct(), report.covered(), report.total()) == (3, 4, 20)
    assert report.accuracy(one) == pytest.approx(2 / 3) and report.accuracy(two) == 1
    assert report.share("nearest") == 0.25 and report.share("including") == 0.25
    assert AnalogyReport("add", False, (one, two)).correct() == 1


def test_misses_name_the_question_the_answer_and_the_rank():
    one = section()
    misses = list(AnalogyReport("add", True, (one,)).misses(one, WORDS))
    assert misses == [Miss(("man", "king", "woman", "prince"), "queen", 2)]
    assert [miss.rank for miss in AnalogyReport("add", False, (one,)).misses(one, WORDS)] == [2, 3]


def test_a_section_survives_as_arrays():
    one = section()
    again = SectionScore.from_arrays("family", one.arrays())
    assert again.total == 10 and again.title == "Family"
    for kind in ("excluding", "including", "nearest"):
        for mine, theirs in zip(getattr(one, kind), getattr(again, kind), strict=True):
            np.testing.assert_array_equal(mine, theirs)
