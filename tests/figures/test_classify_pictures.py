"""The pictures of the page "Text classification" by their numbers, and what is said under them."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.figures.classify_answers import answers_notice, classify_answers
from explorer.figures.classify_confusion import classify_confusion, confusion_notice
from explorer.figures.classify_curves import Curves, classify_curves, curves_notice
from explorer.figures.classify_telling import classify_telling, telling_notice
from explorer.figures.classify_words import Verdict, classify_words, words_notice
from explorer.figures.palette import DARK, LIGHT

SCORES = np.array([[0.3, 0.6, np.nan], [0.7, 0.9, np.nan]])
CURVES = Curves(
    ("tfidf", "minilm"), ("TF-IDF", "MiniLM"), np.array([16, 32, 0]), SCORES, SCORES - 0.05, SCORES + 0.05, 0.25
)
MARKED = "<b>bold</b>"


def texts(figure) -> str:
    return " ".join(one.text for one in figure.layout.annotations)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_curves_hold_the_scores_and_name_their_ends(theme):
    figure = classify_curves(CURVES, theme, chosen=(1, 1))
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [line.y.tolist() for line in lines] == [[0.3, 0.6], [0.7, 0.9]]
    assert list(lines[1].customdata[1]) == [1, 1]
    assert "MiniLM 90 %" in texts(figure) and "majority 25 %" in texts(figure)
    assert figure.data[-1].x[0] == 32 and figure.data[-1].y[0] == 0.9
    unknown = [np.full((2, 3), np.nan)] * 3
    classify_curves(Curves(CURVES.names, CURVES.titles, CURVES.sizes, *unknown, 0.5), theme)


def test_a_lead_is_told_only_where_ranges_do_not_touch():
    said = curves_notice(CURVES, 400)
    assert "With 16 labelled texts MiniLM tells 70 % right, clearly more than TF-IDF 30 %" in said and "400 held-out" in said
    wide = Curves(CURVES.names, CURVES.titles, CURVES.sizes, SCORES, SCORES - 0.5, SCORES + 0.5, 0.25)
    assert "no clear lead over TF-IDF" in curves_notice(wide, 9)
    assert "Not clearly above always answering the most frequent label: TF-IDF" in curves_notice(wide, 9)
    assert curves_notice(Curves(CURVES.names, CURVES.titles, CURVES.sizes, *[np.full((2, 3), np.nan)] * 3, 0.5), 9) == ""


def test_a_lead_in_a_single_draw_is_said_to_be_one():
    once = Curves(CURVES.names, CURVES.titles, CURVES.sizes, SCORES, SCORES - 0.05, SCORES + 0.05, 0.25, np.array([[2, 2, 0], [2, 1, 0]]))
    said = curves_notice(once, 400)
    assert "With 16 labelled texts MiniLM" in said and "With 32 labelled texts, drawn once, MiniLM" in said
    assert "one draw" in said and "one draw" not in curves_notice(CURVES, 400)


def test_a_confusion_table_parts_right_from_wrong_and_shows_labels_as_they_are():
    table = np.array([[8, 2], [5, 5]])
    figure = classify_confusion((MARKED, "b"), table, LIGHT, chosen=(1, 0))
    right, wrong = (np.asarray(trace.z, dtype=float) for trace in figure.data)
    np.testing.assert_allclose(np.diag(right), [0.8, 0.5], rtol=1e-6)
    np.testing.assert_allclose([wrong[0, 1], wrong[1, 0]], [0.2, 0.5], rtol=1e-6)
    assert np.isnan(right[0, 1]) and np.isnan(wrong[0, 0])
    assert "<b>" not in figure.layout.xaxis.ticktext[0] and len(figure.layout.shapes) == 1
    said = confusion_notice("TF-IDF", ("one", "two"), table)
    assert "The commonest of its 7 mistakes: “two” taken for “one”, 5 times of 10" in said
    assert "every one of 4 texts" in confusion_notice("MiniLM", ("one", "two"), np.diag([2, 2]))


def test_words_are_drawn_relative_to_the_strongest_of_their_row():
    verdicts = [
        Verdict("tfidf", "TF-IDF", "good", 0.9, np.array([2.0, -1.0, 0.0])), Verdict("lstm", "LSTM", MARKED, 0.6, np.zeros(3)),
    ]  # fmt: skip
    figure = classify_words(("fine", MARKED, "film"), verdicts, LIGHT)
    np.testing.assert_allclose(figure.data[0].z, [[1.0, -0.5, 0.0], [0.0, 0.0, 0.0]])
    assert "<b>" not in figure.layout.xaxis.ticktext[1] and MARKED not in texts(figure)
    said = words_notice(("fine", "dull", "film"), verdicts)
    assert "TF-IDF leans on “fine”" in said and "They disagree" in said and "No word speaks for the answer of LSTM" in said
    agreed = [Verdict("tfidf", "TF-IDF", "good", 0.9, np.array([2.0, 1.9])), Verdict("glove", "GloVe", "good", 0.9, np.array([0.0, 1.0]))]
    assert words_notice(("a", "b"), agreed) == "All answer “good”. TF-IDF leans on “a”, “b”; GloVe leans on “b”."


def test_answers_are_a_table_with_the_right_label_marked():
    table = np.array([[0.9, 0.1], [0.02, 0.98]])
    figure = classify_answers(("tfidf", "lstm"), ("TF-IDF", "LSTM"), ("one", "two"), table, DARK, right=1)
    np.testing.assert_allclose(figure.data[0].z, table, rtol=1e-6)
    assert "✓" in figure.layout.xaxis.ticktext[1] and "✓" not in figure.layout.xaxis.ticktext[0]
    assert "98 %" in texts(figure) and "2 %" not in texts(figure).replace("98 %", "")
    assert answers_notice(("TF-IDF", "LSTM"), ("one", "two"), table, 1) == "LSTM is right. LSTM is surest: 98 % for “two”."
    assert answers_notice(("TF-IDF", "LSTM"), ("one", "two"), table[:, ::-1], 1).startswith("TF-IDF is right.")


def test_telling_words_are_bars_on_one_scale():
    words = [[("moon", 2.0), ("crew", 1.0)], [("tennis", 4.0)]]
    figure = classify_telling(("Apollo", "Agassi"), words, LIGHT)
    lengths = figure.data[0].x
    assert lengths[2] == max(lengths) and lengths[0] == pytest.approx(lengths[2] / 2) and figure.data[0].base.tolist() == [0, 0, 1]
    assert "“tennis” for “Agassi”" in telling_notice("TF-IDF", ("Apollo", "Agassi"), words)
