"""Kinds of answers, closeness, confidence and verdicts, each against something computed otherwise."""

import csv

import numpy as np
import pytest

from explorer.applications.answering.closeness import Asked, closeness
from explorer.applications.answering.confidence import PENALTY, calibration, learn, leave_one_out, order_quality
from explorer.applications.answering.experiment import AnsweringExperiment
from explorer.applications.answering.fitness import fitness
from explorer.applications.answering.kinds import Span, candidates, kind_of
from explorer.applications.answering.measured import FILE, measured, shipped_confidence
from explorer.applications.answering.reader import EVIDENCE, Reader
from explorer.applications.answering.scoring import same_words, shared_words
from explorer.applications.answering.sentences import Word, bounds_of, read_text
from explorer.applications.retrieval.collection import own_collection
from explorer.applications.retrieval.library import methods_for
from explorer.text.splitting import split_sentences


@pytest.mark.parametrize(
    ("question", "kind"),
    [("Who wrote it?", "person"), ("When was it?", "time"), ("In which year was it?", "time"), ("Where is it?", "place"),
     ("How many are there?", "number"), ("What is the capital?", "thing"), ("Which woman flew?", "person")],
)  # fmt: skip
def test_the_first_words_tell_what_is_wanted(question, kind):
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "wanted"),
    [("time", "It was sold on March 30, 1867, for money.", "March 30, 1867"), ("number", "It ate about 250,000 termites.", "250,000"),
     ("person", "It was written by George Orwell in London.", "George Orwell"), ("place", "He was born in Las Vegas.", "Las Vegas"),
     ("person", "The owner is Francisco d'Anconia.", "Francisco d'Anconia")],
)  # fmt: skip
def test_candidates_are_of_the_kind(kind, sentence, wanted):
    found = candidates(sentence, kind, "")
    assert wanted in [span.text for span in found]
    assert all(sentence[span.start : span.end] == span.text for span in found)


def test_what_the_question_says_is_no_answer():
    assert "Apollo" not in [span.text for span in candidates("Apollo has a sister, Artemis.", "person", "Who is the sister of Apollo?")]


def test_a_name_suits_who_and_a_people_does_not():
    sentence = "It was bought by Mary Jones in an Armenian town."

    def suits(words):
        start = sentence.index(words)
        return fitness(Span(start, start + len(words), words), sentence, "person", "Who bought it?")

    assert suits("Mary Jones") > 0.5 > 0 > suits("Armenian")


def test_closeness_falls_with_the_distance_of_the_partner():
    text = "sold one two three four five six bought"
    places = [(0, 4), (5, 8), (9, 12), (13, 18), (19, 23), (24, 28), (29, 32), (33, 39)]
    axes = np.eye(8)
    words = [Word(start, end, axes[i]) for i, (start, end) in enumerate(places)]
    asked = [Asked("bought", 2.0, axes[7])]
    spans = [Span(33 - 4, 32, "six"), Span(5, 8, "one")]
    near, far = closeness(spans, asked, words, text)
    assert near == pytest.approx(1.0) and far == pytest.approx(np.exp(-5 / 6))


def test_confidence_is_logistic_regression():
    from sklearn.linear_model import LogisticRegression

    generator = np.random.default_rng(0)
    rows = generator.normal(size=(80, 5)) * [1, 2, 3, 4, 5] + 1
    right = rows[:, 0] + generator.normal(size=80) > 1
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    other = LogisticRegression(C=1 / PENALTY, tol=1e-10, max_iter=1000).fit(scaled, right)
    made = learn(rows, right)
    assert made.chances(rows) == pytest.approx(other.predict_proba(scaled)[:, 1], abs=1e-4)
    left = leave_one_out(rows, right)
    assert left[3] == pytest.approx(learn(np.delete(rows, 3, 0), np.delete(right, 3)).chances(rows[3:4])[0])
    assert order_quality(np.array([0.9, 0.2, 0.5]), np.array([True, False, True])) == 1.0
    assert calibration(np.array([0.1, 0.15, 1.0]), np.array([False, True, True])) == [(0.125, 0.5, 2), (1.0, 1.0, 1)]


def test_the_shipped_evidence_belongs_to_the_questions_and_confidence_refuses():
    with FILE.open(encoding="utf-8") as stream:
        header = next(csv.reader(stream))
    assert len(set(header)) == len(header), "a column stands twice: a verdict would be taken for evidence"
    made = measured()
    chances, nothing = made.chances(), ~made.answerable
    assert not made.right[nothing].any()
    assert (chances[nothing] < 0.5).mean() > 0.7 and (chances[made.right] >= 0.5).mean() > 0.7
    assert 0 <= shipped_confidence().chance(dict.fromkeys(EVIDENCE, 0.0)) < 0.5


def test_what_is_shipped_is_what_comes_out():
    made, asked = measured(), 5
    *_, last = AnsweringExperiment(questions=asked).frames(wanted=lambda step: step == asked)
    assert last.arrays["evidence"] == pytest.approx(made.evidence[:asked], abs=1e-3)
    assert last.arrays["judged"] == pytest.approx(made.judged[:asked], abs=1e-4)


def test_verdicts_know_articles_and_overlap():
    assert same_words("The Eagle.", "eagle") and not same_words("Eagle two", "Eagle")
    assert shared_words("Marguerite Perey of the Institute", "Marguerite Perey") == pytest.approx(2 * 2 / (4 + 2))
    assert shared_words("one", "two") == 0.0


def test_a_reader_answers_from_a_text_of_ones_own():
    from explorer.applications.contextual.installed import contextual_model

    text = (
        "Anna Miller has a bakery in Springfield. She opened it on May 4, 1987, together with two friends.\n"
        "The river is 40 km long and flows to the sea.\n"
    )
    model = contextual_model()
    read = read_text(model, text.split("\n")[0])
    assert [read.text[start:end] for start, end in read.bounds] == split_sentences(read.text) and len(bounds_of("")) == 0
    collection = own_collection(text)
    reader = Reader(methods_for(collection, model.sentences([passage.text for passage in collection.passages]), model))
    found = reader.answer("When did Anna open the bakery?")
    assert found.text == "May 4, 1987" and found.sentence.number == 1 and set(found.evidence) == set(EVIDENCE)
    assert reader.answer("How long is the river?").text.startswith("40 km")
    with pytest.raises(ValueError):
        reader.answer(" ")
