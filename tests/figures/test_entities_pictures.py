"""Names in a sentence, F1 over the training, precision and recall of kinds: numbers where they belong, sentences from the data."""

import numpy as np
import pytest

from explorer.applications.entities.scoring import Counts
from explorer.applications.entities.tags import Entity
from explorer.figures.entities_columns import Columns, word_at
from explorer.figures.entities_curves import F1Line, entities_curves, line_names
from explorer.figures.entities_kinds import entities_kinds
from explorer.figures.entities_notices import f1_notice, faults_notice, kinds_notice, reading_notice, speaks_notice
from explorer.figures.entities_reading import ReadSentence, Taken, entities_reading
from explorer.figures.palette import theme

WORDS, KINDS = ("Lima", "won", "after", "<b>Eve</b>", "Poe", "scored"), ("LOC", "ORG", "PER")
TRUE = [Entity("ORG", 0, 1), Entity("PER", 3, 5)]


def read(true=TRUE, chosen=0):
    chances = np.full((4, 6), 0.25)
    first = Taken("both ways", [TRUE[0], Entity("PER", 3, 4)], np.full(6, 0.9), chances, np.array([1.0, 2.0, 0, 0, 0, -1.0]))
    other = Taken("one way", [Entity("LOC", 0, 1)], np.full(6, 0.6), None, np.array([3.0, 0, 0, 0, 0, 0]))
    return ReadSentence(WORDS, KINDS, [first, other], chosen, true, {"ORG": "organisation", "LOC": "place", "PER": "person"})


@pytest.mark.parametrize("true, rows", [(TRUE, 3), (None, 2)])
def test_each_name_stands_over_its_words_and_nothing_is_markup(true, rows):
    figure = entities_reading(read(true), theme())
    type(figure)(figure.to_dict())  # plotly validates it
    spans = [trace for trace in figure.data if trace.type == "bar" and len(trace.x) == 1]
    columns = Columns(WORDS, theme(), 900)
    assert spans[0].x[0] == pytest.approx(columns.centres[0])
    hatched = [trace for trace in spans if trace.marker.pattern.shape]
    assert len(hatched) == (2 if true else 0) and len([trace for trace in figure.data if trace.type == "heatmap"]) == 3
    assert "<b>Eve" not in str(figure.layout.xaxis2.ticktext) + "".join(str(trace.hovertext) for trace in figure.data)
    assert len({trace.yaxis for trace in figure.data}) == rows + 3 + 2


def test_a_click_names_the_word_it_was_made_on():
    columns = Columns(WORDS, theme(), 900)
    assert [word_at(WORDS, theme(), 900, x) for x in columns.centres] == list(range(6))
    assert word_at(WORDS, theme(), 900, -1) is None and word_at(WORDS, theme(), 900, 1e4) is None
    many = Columns(["Antananarivo"] * 40, theme(), 900)
    assert many.upright and np.allclose(many.widths, 1.0) and not columns.upright


def test_what_is_said_of_a_sentence():
    said = reading_notice(read())
    assert said.startswith("It finds 1 of 2 names rightly; “<b>Eve</b>” is taken for a person, but “<b>Eve</b> Poe” is a person.")
    assert "Reading one way, “Lima” is taken for a place." in said
    assert reading_notice(read(None)).startswith("It finds “Lima” (organisation), “<b>Eve</b>” (person).")
    told = speaks_notice(read())
    assert "“won” speaks most for what it says (50% of all influence). 75% comes from words after it; reading one way, exactly nothing" in told


def test_curves_kinds_and_faults():
    lines = [F1Line(name, np.array([0, 10]), np.array([0.1, top]), np.array([0.0, top - 0.05]), np.array([0.2, top + 0.05]))
             for name, top in (("both ways", 0.9), ("one way", 0.7))]  # fmt: skip
    figure = entities_curves(lines, theme(), name="F1", end=10, moment=10)
    type(figure)(figure.to_dict())
    assert figure.data[2].y[-1] == pytest.approx(0.9) and figure.data[5].line.dash == "dot" and line_names(["a", "b"])[1] == "┈┈┈ b"
    assert f1_notice(lines, "9 sentences") == "9 sentences: F1 both ways 90.0 % (85 to 95), one way 70.0 % (65 to 75)."
    assert f1_notice([lines[0], lines[0]], "9").endswith("overlap.")
    counts = {"LOC": Counts(3, 4, 6), "PER": Counts(5, 5, 5), "all": Counts(8, 9, 11)}
    figure = entities_kinds(counts, KINDS, {}, theme(dark=True))
    type(figure)(figure.to_dict())
    assert list(figure.data[1].x) == pytest.approx([0.75, 0.5, 0.6])
    assert kinds_notice(counts, {}) == "Hardest is “LOC”, F1 60.0 %: more are missed (3) than are claimed wrongly (1)."
    assert faults_notice({"missed": 2, "kind": 1}, 40) == "3 mistakes on 40 names: not found 2, wrong kind 1."
    assert faults_notice({"missed": 0}, 40) == "No mistake in 40 names."


@pytest.mark.parametrize(
    "counts, said",
    [
        (Counts(0, 500, 90), "None of the 90 names of the kind “LOC” is found, and 500 are claimed."),
        (Counts(0, 0, 90), "None of the 90 names of the kind “LOC” is found, and none is claimed."),
        (Counts(98, 100, 99), "Hardest is “LOC”, F1 98.5 %: more are claimed wrongly (2) than are missed (1)."),
        (Counts(98, 100, 100), "Hardest is “LOC”, F1 98.0 %: as many are claimed wrongly as are missed (2)."),
        (Counts(9, 9, 9), "Every name of every kind is found with its exact words, and nothing else."),
    ],
)
def test_the_hardest_kind(counts, said):
    assert kinds_notice({"LOC": counts, "PER": Counts(5, 5, 5), "all": counts}, {}) == said


def test_names_claimed_of_a_kind_that_there_is_not():
    said = kinds_notice({"PER": Counts(10, 10, 10), "LOC": Counts(0, 7, 0), "all": Counts(10, 17, 10)}, {})
    assert said == "Every name of every kind is found with its exact words, but 7 are claimed of kinds that have none here."
