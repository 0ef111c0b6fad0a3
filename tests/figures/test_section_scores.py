import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.embedding import evaluate_analogies, pretrained
from explorer.embedding.analogy_report import AnalogyReport
from explorer.figures.palette import DARK, LIGHT
from explorer.figures.score_notices import compared_notice, score_notice
from explorer.figures.section_scores import Tested, section_scores
from tests.figures.examples import texts


@pytest.fixture(scope="module")
def report() -> AnalogyReport:
    return evaluate_analogies(pretrained().head(6000))


def part(report: AnalogyReport, n: int, searched=0.4) -> AnalogyReport:
    return AnalogyReport(report.method, report.exclude, report.sections[:n], 0.3, searched)


def test_every_asked_section_has_its_accuracy_interval_and_baselines(report):
    spans, near, own, right = section_scores([Tested("few", report)], LIGHT).data
    asked = [section for section in report.sections if section.covered]
    shares = [report.accuracy(), *(report.accuracy(section) for section in asked)]
    np.testing.assert_allclose(right.x, shares)
    np.testing.assert_allclose(near.x, [report.share("nearest", one) for one in (None, *asked)])
    np.testing.assert_allclose(own.x, [report.share("including", one) for one in (None, *asked)])
    ends = np.asarray(spans.x).reshape(-1, 3)
    assert (ends[:, 0] <= shares).all() and (ends[:, 1] >= shares).all() and np.isnan(ends[:, 2]).all()
    lines = {section.name: i + 1 for i, section in enumerate(report.sections)}
    assert list(right.y) == [0, *(lines[section.name] for section in asked)]


def test_a_test_under_way_shows_how_far_it_is(report):
    figure = section_scores([Tested("few", part(report, 2))], DARK)
    go.Figure(figure.to_dict())
    bar = figure.layout.shapes[1]
    assert (bar.x0, bar.x1) == (0, 0.4) and (bar.y0 + bar.y1) / 2 == 3
    shown = texts(figure)
    assert "506" in shown and any(text.endswith("of 506") for text in shown) and "19,544" in shown


def test_before_the_first_section_names_stand_alone(report):
    figure = section_scores([Tested("few", part(report, 0, 0.0))], LIGHT)
    go.Figure(figure.to_dict())
    assert all(len(trace.x) == 0 for trace in figure.data) and "Currencies" in texts(figure)


def test_two_are_told_apart_and_do_not_cover_one_another(report):
    other = evaluate_analogies(pretrained().head(4000))
    figure = section_scores([Tested("<b>one</b>", report), Tested("other", other)], LIGHT)
    go.Figure(figure.to_dict())
    first, second = figure.data[1], figure.data[3]
    assert first.marker.color != second.marker.color and first.y[0] < 0 < second.y[0]
    assert not any("<b>one" in text for text in texts(figure))


def test_the_sentence_says_what_simpler_rules_score(report):
    said = score_notice(Tested("few", report))
    assert f"{report.correct():,} of {report.covered():,} questions right, {100 * report.accuracy():.1f} %" in said
    assert f"{100 * report.share('including'):.1f} %" in said and f"nearest to c alone, {100 * report.share('nearest'):.1f} %" in said
    loose = AnalogyReport("mul", False, report.sections)
    assert "own words barred" in score_notice(Tested("few", loose)) and "3CosMul" in score_notice(Tested("few", loose))
    assert score_notice(Tested("few", part(report, 0))) == ""


def test_sections_that_are_no_more_than_the_nearest_word_are_named():
    participles = evaluate_analogies(pretrained().head(30_000)).sections[9]
    said = score_notice(Tested("GloVe", AnalogyReport("add", True, (participles,))))
    assert "In “Present participles” a and b add hardly anything." in said


def test_two_sets_that_were_asked_different_questions_are_said_to_be(report):
    other = evaluate_analogies(pretrained().head(4000))
    said = compared_notice([Tested("one", report), Tested("other", other)])
    assert "not asked the same questions" in said and f"{report.covered():,}" in said
    assert "same questions" not in compared_notice([Tested("one", report), Tested("two", report)])
