"""The page "Similarity and analogies" without a browser: every view, every link, what is said of unknown words."""

import csv
import io
import re
import time

import numpy as np
import pytest

from explorer.app.analogy_misses import results_csv
from explorer.app.analogy_question import PRESETS
from explorer.app.analogy_state import PAGE, VIEWS, Asking, listed, spelled
from explorer.embedding import UnknownWord, Vectors, evaluate_analogies, pretrained
from explorer.experiment import from_link, to_link
from explorer.figures.section_scores import Tested

FILE = "analogies.py"
PATIENCE = 60.0


def words(app) -> str:
    elements = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error)
    return re.sub(r"\\(.)", r"\1", "\n".join(element.value for element in elements))


def button(app, label):
    return next(one for one in (*app.button, *app.get("download_button")) if one.label == label)


def field(app, label):
    return next(one for one in app.text_input if one.label == label)


def wait(app, found):
    end = time.monotonic() + PATIENCE
    while not found(app):
        assert time.monotonic() < end, words(app)
        assert not app.exception
        time.sleep(0.1)
        app.run()
    return app


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn_from_a_link(open_page, view):
    app = open_page(FILE, view=view)
    assert not app.exception and not app.warning and not app.error
    assert app.session_state[f"{PAGE}:now"].view == view


def test_the_answer_the_rule_and_the_expected_rank_are_told(open_page):
    said = words(open_page(FILE))
    assert "The expected “queen” wins, 0.086 ahead of “throne”" in said
    assert "the answer would be “king”" in said and "“girl”" in said and "Nissim" in said
    said = words(open_page(FILE, a="usa", b="dollar", c="denmark", expected="krone"))
    assert "“krone” comes at rank 448" in said


def test_own_words_can_be_allowed(open_page):
    app = open_page(FILE)
    app.toggle[0].set_value(False).run()
    assert "“queen” comes at rank 2" in words(app) and not app.exception
    assert app.query_params["exclude"] in ("false", ["false"])


def test_a_preset_fills_the_question(open_page):
    app = open_page(FILE)
    app.button_group[-1].set_value(3).run()
    now = app.session_state[f"{PAGE}:now"]
    assert (now.a, now.b, now.c, now.expected) == PRESETS[3] and "“went” comes at rank 2" in words(app)
    assert field(app, "Word a").value == "walk"


@pytest.mark.parametrize("label, typed", [("Word a", "parisss"), ("Word b", "kingqueenn"), ("Expected", "quueeen")])
def test_an_unknown_word_is_named_with_its_nearest_spellings(open_page, label, typed):
    app = open_page(FILE)
    field(app, label).set_value(typed).run()
    assert f"“{typed}” is not among these 400,000 words" in words(app) and not app.exception
    if typed == "parisss":
        assert "Did you mean paris" in words(app)


def test_a_capital_letter_is_no_mistake():
    vectors = Vectors(["king", "Paris"], np.eye(2))
    assert [spelled(vectors, word) for word in ("King", " KING ", "Paris", "paris")] == [
        "king",
        "king",
        "Paris",
        "Paris",
    ]
    with pytest.raises(UnknownWord, match="queen"):
        spelled(vectors, "queen")


def test_an_empty_question_asks_for_words(open_page):
    app = open_page(FILE)
    field(app, "Word c").set_value("").run()
    assert "a is to b as c is to what" in words(app) and not app.exception


def test_two_words_are_compared_against_random_pairs(open_page):
    app = open_page(FILE, view="words", one="bank", other="river")
    assert [metric.value for metric in app.metric] == ["0.414", "66°", "6.88"]
    assert "random pairs" in words(app) and "“river” comes at rank" in words(app)
    field(app, "Another word").set_value("rivver1").run()
    assert "“rivver1” is not among" in words(app) and not app.exception


def test_a_list_of_words_has_its_odd_one_out(open_page):
    app = open_page(FILE, view="words", words="breakfast lunch dinner car")
    assert "“car” is clearly the odd one out" in words(app)
    field(app, "Words").set_value("breakfast").run()
    assert "between 2 and" in words(app)
    field(app, "Words").set_value("breakfast, lunhcc9").run()
    assert "“lunhcc9” is not among" in words(app) and not app.exception


@pytest.fixture
def few(monkeypatch) -> Vectors:
    """A small vocabulary in the place of the large one."""
    vectors = pretrained().head(3000)
    monkeypatch.setattr("explorer.app.shelf.pretrained", lambda: vectors)
    return vectors


def test_the_test_runs_pauses_and_ends_with_the_true_numbers(open_page, few):
    app = open_page(FILE, view="test")
    assert "Press Run the test" in words(app) and button(app, "Cancel").disabled
    button(app, "Run the test").click().run()
    wait(
        app,
        lambda app: (
            button(app, "Run the test").disabled if any(b.label == "Run the test" for b in app.button) else False
        ),
    )
    report = evaluate_analogies(few)
    assert f"{report.correct():,} of {report.covered():,} questions right" in words(app)
    app.toggle[0].set_value(False).run()
    loose = evaluate_analogies(few, exclude=False)
    assert f"{loose.correct():,} of {loose.covered():,} questions right" in words(app)
    button(app, "Cancel").click().run()
    wait(app, lambda app: "Press Run the test" in words(app))
    assert not app.exception


def test_wrong_answers_are_listed_by_section(open_page, few):
    app = open_page(FILE, view="test")
    button(app, "Run the test").click().run()
    wait(app, lambda app: any(box.label == "Look into" and len(box.options) > 8 for box in app.selectbox))
    box = next(box for box in app.selectbox if box.label == "Look into")
    box.set_value("family").run()
    report = evaluate_analogies(few)
    misses = list(report.misses(report.sections[4], few.words))
    assert f"{len(misses)} of {report.covered(report.sections[4])} are wrong" in words(app)
    table = app.dataframe[0].value
    assert list(table["answer"]) == [miss.given for miss in misses][:500]


def test_two_sets_of_vectors_are_compared(open_page, few):
    app = open_page(FILE, view="test")
    app.session_state["shelf"] = {"smaller": pretrained().head(2000)}
    app.run()
    next(box for box in app.selectbox if box.label == "Compare with").set_value("smaller").run()
    button(app, "Run the test").click().run()
    wait(app, lambda app: "They were not asked the same questions" in words(app) and "“smaller”" in words(app))
    assert "“smaller”: 0." in words(app) and not app.exception
    next(box for box in app.selectbox if box.label == "Compare with").set_value("nothing").run()
    assert f"{PAGE}:beside:run" not in app.session_state and not app.exception


def test_human_judgements_stand_beside_the_cosines(open_page):
    said = words(open_page(FILE, view="test"))
    assert "Spearman's ρ is 0.503" in said and "353 of 353 pairs" in said and "0.265" in said


@pytest.mark.parametrize("groups, effect", [("flowers", "1.08"), ("maths", "1.50"), ("career", "1.71")])
def test_published_associations_are_found(open_page, groups, effect):
    app = open_page(FILE, view="groups", groups=groups)
    assert app.metric[0].value == effect and "Other lists for the same ideas can give another answer" in words(app)


def test_own_groups_are_compared_and_never_part_of_the_address(open_page):
    app = open_page(FILE, view="groups", groups="own")
    assert "Fill in the four lists" in words(app)
    lists = ("python perl haskell", "violin piano celloo9", "logic number rule", "beauty soul feeling")
    for label, text in zip(
        ("First group", "Second group", "Near to these", "Rather than to these"), lists, strict=True
    ):
        field(app, label).set_value(text).run()
    assert not app.exception and len(app.metric) == 2
    assert "“celloo9” is not among" in words(app) and "placed by 3 and 3 others" in words(app)
    assert set(app.query_params) == {"view", "groups"}
    field(app, "First group").set_value("violin python").run()
    assert "“violin” cannot be in both" in words(app) and not app.exception


def test_links_reproduce_what_is_shown():
    shown = Asking(
        view="words", one="bank", other="river", exclude=False, method="mul", restrict="30k", first="secret words"
    )
    again, notices = from_link(Asking, to_link(shown))
    assert not notices and again == shown.replace(first="") and "secret" not in str(to_link(shown))
    assert to_link(Asking()) == {"view": "analogy"}


def test_words_of_a_visitors_own_vectors_stay_out_of_the_address(open_page):
    app = open_page(FILE)
    app.session_state["shelf"] = {"mine": Vectors(["alpha", "beta", "gamma", "delta"], np.eye(4) + 0.1)}
    app.run()
    next(box for box in app.selectbox if box.label == "Vectors").set_value("mine").run()
    for label, word in zip(
        ("Word a", "Word b", "Word c", "Expected"), ("alpha", "beta", "gamma", "delta"), strict=True
    ):
        field(app, label).set_value(word).run()
    assert "The expected “delta” wins" in words(app)
    assert not app.exception and set(app.query_params) == {"view"}


@pytest.mark.parametrize("word", ["<img src=x onerror=alert(1)>", "[a](https://example.org)", "$x$ :smile:", "=1+1"])
def test_hostile_words_are_neither_known_nor_interpreted(open_page, word):
    app = open_page(FILE, a=word, words=word)
    assert not app.exception and "a" not in app.query_params
    said = " ".join(one.value for one in app.warning)
    assert said and not any(sign in re.sub(r"\\.", "", said) for sign in "<[]$*`:!")


def test_a_bad_link_is_named(open_page):
    app = open_page(FILE, view="<b>x</b>", method="subtract", restrict="-1")
    said = words(app)
    assert all(name in said for name in ("view", "method", "restrict")) and not app.exception


def test_results_are_taken_along_as_a_table(few):
    report = evaluate_analogies(few)
    rows = list(csv.reader(io.StringIO(results_csv([Tested("=cmd", report)]).decode())))
    assert len(rows) == 16 and rows[0][0] == "vectors" and rows[-1][3] == "all"
    assert int(rows[-1][6]) == report.correct() and float(rows[-1][7]) == report.accuracy()
    assert rows[1][0] == "'=cmd"


def test_lists_are_read_kindly():
    assert listed("a, b;c  a\nd") == ["a", "b", "c", "d"] and listed(" ") == []
