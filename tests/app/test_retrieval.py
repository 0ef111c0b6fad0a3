"""The page "Retrieval" without a browser: searching, one's own text, strange questions, and what the address may say."""

import re
import time

import numpy as np
import pytest

from explorer.app.retrieve_passage import marked
from explorer.app.retrieve_setting import FIRST, RetrievalView
from explorer.applications.retrieval.ranking import METHODS, Reason
from explorer.experiment import from_link, to_link
from explorer.figures.palette import theme
from explorer.figures.retrieve_ranks import HALF, Hit, Lane, ranks_notice, retrieve_ranks
from explorer.figures.retrieve_reasons import SMALL, by_form, reasons_notice, retrieve_reasons
from explorer.figures.retrieve_recall import order, rank_strip, recall_curves, recall_notice

FILE = "retrieval.py"
HOSTILE = 'Where is the <img src=x onerror="alert(1)"> [castle](http://evil.example) $x$ `y`?'


def texts(app):
    return " ".join(one.value for kind in (app.markdown, app.caption, app.info, app.error, app.warning) for one in kind).replace("\\", "").replace("\u2060", "")


def test_a_question_is_searched_in_four_ways_and_all_of_them_can_be_asked(open_page):
    app = open_page(FILE)
    assert not app.exception and "A paragraph that is known to answer (✓) stands at rank" in texts(app)
    assert "Milliseconds for 4,691 paragraphs" in texts(app) and "Why was it found?" in [one.value for one in app.subheader]
    next(button for button in app.button if button.label == "Ask all of them").click().run()
    patience = time.monotonic() + 60
    while "has a right paragraph among its first five" not in texts(app) and time.monotonic() < patience:
        app.run()
        assert not app.exception
    assert "has a right paragraph among its first five" in texts(app)
    for question, said in (("", "Type a question"), ("🙂?!", "Type a question"), ("مرحبا بالعالم", "Milliseconds"), (HOSTILE, "Milliseconds")):
        field = next(one for one in app.text_input if one.label == "Question")
        field.set_value(question).run()
        assert not app.exception and said in texts(app), question


def test_own_paragraphs_are_read_on_demand_and_stay_out_of_the_address(open_page):
    app = open_page(FILE, corpus="own")
    assert not app.exception and "There is no paragraph to search" in texts(app)
    app.text_area[0].set_value("The king lives in a castle.\nThe <b>fish</b> swims in the [river](http://evil.example).").run()
    patience = time.monotonic() + 60
    while "Your text has 2 paragraphs" not in texts(app):
        assert time.monotonic() < patience and not app.exception
        app.run()
    next(button for button in app.button if button.label == "Read them").click().run()
    while "Milliseconds for 2 paragraphs" not in texts(app):
        assert time.monotonic() < patience and not app.exception
        app.run()
    field = next(one for one in app.text_input if one.label == "Question")
    field.set_value("Where does the fish swim?").run()
    assert not app.exception and "Milliseconds for 2 paragraphs" in texts(app)
    for one in [*app.markdown, *app.caption]:
        assert not any(sign in re.sub(r"\\.", "", one.value) for sign in ("<", "](", "://"))
    address = str(dict(app.query_params))
    assert "fish" not in address and "own" in address


def test_links_carry_the_question():
    shown = RetrievalView(question="Who is who?", shown=4, method="bm25", looked=7, k1=2.0)
    assert from_link(RetrievalView, to_link(shown)) == (shown, [])
    assert to_link(RetrievalView()) == {"corpus": "wikipedia"} and FIRST


def test_marks_are_markup_and_nothing_else_is():
    text = "A *castle* stands [here](x)."
    reasons = [Reason("castle", 3, 9, 0.5), Reason("here", 19, 23, 0.0)]
    said = marked(text, reasons)
    assert ":blue-background[**\u2060castle\u2060**]" in said and "\\*" in said and "[here]" not in said


def lanes():
    hits = {name: [3, 7, 9] if name != "glove" else [9, 4] for name in METHODS}
    return [Lane(name, METHODS[name], tuple(Hit(row, f"<b>{row}</b>", "¶ 1", "text", 0.5, row == 7) for row in rows)) for name, rows in hits.items()]


def test_lanes_join_what_is_one_paragraph():
    figure = retrieve_ranks(lanes(), theme(), ranks=3, chosen=7)
    assert len(figure.layout.shapes) == 2 + 2 + 3  # 3 and 7 in three lanes each, 9 in all four
    assert [tuple(bar.customdata) for bar in figure.data] == [(3, 7, 9), (3, 7, 9), (9, 4), (3, 7, 9)]
    assert np.allclose(figure.data[1].base, 1 - HALF) and "<b>3</b>" not in str(figure.layout.annotations[4].text)
    assert "Of 4 paragraphs, 1 is in every lane" in ranks_notice(lanes(), {"bm25": 2}) and "BM25 2" in ranks_notice(lanes(), {"bm25": 2})


def test_methods_that_found_nothing_agree_with_nobody():
    hit = Hit(3, "t", "¶ 1", "text", 0.5)
    some = [Lane("bm25", "BM25", ()), Lane("glove", "GloVe", (hit,)), Lane("minilm", "MiniLM", (hit,))]
    assert ranks_notice(some, None).startswith("Only GloVe and MiniLM found anything; they put the same paragraph first.")
    assert ranks_notice(some[:2], None).startswith("Only GloVe found anything.")
    assert ranks_notice(some[1:], None).startswith("All methods put the same paragraph first.")


def test_words_for_a_paragraph_count_for_it_when_its_score_is_negative():
    reasons = [Reason("for", 0, 3, 0.2), Reason("castle", 4, 10, 0.2), Reason("bank", 11, 15, -0.6)]
    assert retrieve_reasons({"X": reasons[1:]}, theme()).data[0].x[0] == pytest.approx(0.5)
    assert "add more than the whole of X's score" in reasons_notice("X", [reasons[1], Reason("bank", 11, 15, -0.1)], ["castle"])


def test_reasons_are_summed_by_word_and_small_words_together():
    reasons = [Reason("Castle", 0, 6, 0.2), Reason("castle", 9, 15, 0.3), Reason("the", 16, 19, 0.4), Reason(".", 20, 21, 0.1)]
    assert by_form(reasons) == {"castle": pytest.approx(0.5), SMALL: pytest.approx(0.5)}
    figure = retrieve_reasons({"BM25": reasons, "MiniLM": []}, theme())
    assert list(figure.data[0].x) == [pytest.approx(0.5), 0.0] and len(figure.data[1].x) == 0
    assert "50 % of X's score" in reasons_notice("X", reasons, ["castle"])
    assert "finds nothing" in reasons_notice("X", [], ["castle"])


def test_recall_and_the_strip_show_the_ranks():
    ranks = {name: np.array([1, 3, 0]) if name != "bm25" else np.array([2, 1, 30]) for name in METHODS}
    curves = recall_curves(ranks, theme())
    assert curves.data[1].y[0] == pytest.approx(1 / 3) and curves.data[1].y[2] == pytest.approx(2 / 3)
    assert order(ranks).tolist() == [0, 1, 2]
    strip = rank_strip(ranks, ["a", "b", "c"], theme())
    assert strip.data[0].z[0].tolist() == [1.0, pytest.approx(0.8), 0.0]
    assert "Of 3 questions BM25" in recall_notice(ranks)
