"""A word is found as a whole word, and its vector is the one that it has in the reading."""

import numpy as np
import pytest

from explorer.applications.contextual import occurrences
from explorer.applications.contextual.occurrences import places, read_occurrences
from explorer.applications.contextual.told import MOST_SENTENCES, fitting, read_told


@pytest.mark.parametrize(
    "word, sentence, found",
    [
        ("bank", "Banks are no bank, a BANK is.", ["bank", "BANK"]),
        ("mother-in-law", "My mother-in-law's mother.", ["mother-in-law"]),
        ("new york", "New York is new.", ["New York"]),
        ("a.b", "a.b axb", ["a.b"]),
        ("🙂", "well 🙂 done", ["🙂"]),
        ("עולם", "שלום עולם", ["עולם"]),
        ("", "anything", []),
        ("café", "A café, cafés", ["café"]),
    ],
)
def test_places_of_a_word(word, sentence, found):
    assert [sentence[start:end] for start, end in places(word, sentence)] == found


def test_vectors_are_those_of_the_reading(model):
    sentence = "The bank by the river bank held Grandmother's goldsmithery."
    found = read_occurrences(model, "Bank", [("", "Nothing here."), ("money", sentence)])
    reading = model.read(sentence)
    assert found.without == ("Nothing here.",) and not found.is_told and len(found) == 2
    for k, number in enumerate(reading.occurrences("bank")):
        assert np.array_equal(found.vectors[:, k], reading.vector(number))
    assert found.items[1].before == "The bank by the river " and found.items[1].after.startswith(" held")
    cut = read_occurrences(model, "goldsmithery", [("", sentence)])
    (number,) = reading.occurrences("goldsmithery")
    assert np.array_equal(cut.vectors[:, 0], reading.vector(number))


def test_what_cannot_be_read_is_named(model):
    with pytest.raises(ValueError, match="none of the sentences"):
        read_occurrences(model, "bank", [("", "Banks only.")])
    with pytest.raises(ValueError, match="Sentence 2: .*512"):
        read_occurrences(model, "bank", [("", "A bank."), ("", "bank " * 100_000)])


def test_no_more_than_so_many(model, monkeypatch):
    monkeypatch.setattr(occurrences, "MOST", 3)
    found = read_occurrences(model, "bank", [("", "bank bank"), ("", "bank bank bank")])
    assert len(found) == 3 and found.left_out == 2


def test_sentences_with_and_without_a_sense():
    assert read_told("river | They sat. \n\n plain\r\n| bare") == (("river", "They sat."), ("", "plain"), ("", "bare"))
    with pytest.raises(ValueError, match="Line 2.*no sentence"):
        read_told("fine\nriver |  ")
    with pytest.raises(ValueError, match="Line 1.*40"):
        read_told("a" * 41 + "| sentence")
    assert len(read_told("x\n" * 1000)) == MOST_SENTENCES


def test_a_file_becomes_lines_that_are_read_again():
    text, left_out = fitting([("a", "one\ntwo | three"), ("", "four"), ("b", "too long " * 20)], 60)
    assert left_out == 1
    assert read_told(text) == (("a", "one two / three"), ("", "four"))
