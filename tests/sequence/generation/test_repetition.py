"""Repetition counted by hand."""

import math

from explorer.sequence.generation.repetition import distinct, grams, occurring, repeated

WORDS = ["the", "cat", "and", "the", "cat", "and", "the", "dog"]


def test_counted_by_hand():
    # the cat and | cat and the | and the cat | the cat and | cat and the | and the dog
    assert distinct(WORDS, 3) == 4 / 6
    assert repeated(WORDS, 3) == 1 - 4 / 6
    assert distinct(WORDS, 1) == 4 / 8


def test_what_occurs_elsewhere():
    assert occurring(["the", "cat", "sat"], set(grams(WORDS, 2)), 2) == 0.5


def test_a_text_too_short_has_no_share():
    assert math.isnan(distinct(["one", "two"], 3)) and math.isnan(occurring([], set(), 1))
