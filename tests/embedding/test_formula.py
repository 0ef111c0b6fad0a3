from contextlib import suppress

import numpy as np
import pytest

from explorer.embedding import UnknownWord, Vectors
from explorer.embedding.formula import DEEPEST, parse
from explorer.embedding.formula_tokens import LONGEST, FormulaError

WORDS = ["king", "man", "woman", "ad-hoc", "new york", "24-hour", "don't", "2", "mean", "'s"]
VECTORS = Vectors(WORDS, np.random.default_rng(0).normal(size=(len(WORDS), 7)))


def value(text: str) -> np.ndarray:
    return parse(text).evaluate(VECTORS)


def vector(word: str) -> np.ndarray:
    return VECTORS[word].astype(np.float64)


@pytest.mark.parametrize(
    "text, weights",
    [
        ("king", {"king": 1}),
        ("king - man + woman", {"king": 1, "man": -1, "woman": 1}),
        ("king-man", {"king-man": 1}),
        ("king -man", {"king": 1, "man": -1}),
        ("ad-hoc - man", {"ad-hoc": 1, "man": -1}),
        ("24-hour", {"24-hour": 1}),
        ("-king", {"king": -1}),
        ("- - king", {"king": 1}),
        ("2 * king / 4", {"king": 0.5}),
        ("king * (1 + 2) * 0.5", {"king": 1.5}),
        ("(5-3)*king", {"king": 2}),
        ("1e-1 king".replace(" ", " * "), {"king": 0.1}),
        ("2 * (king - man) / 2 - king", {"king": 0, "man": -1}),
        ("mean(king, man + woman)", {"king": 0.5, "man": 0.5, "woman": 0.5}),
        ("mean (king)", {"king": 1}),
        ("mean - king", {"mean": 1, "king": -1}),
        ("mean(mean, mean)", {"mean": 1}),
        ('"new york" + “new york”', {"new york": 2}),
        ("'ad-hoc' + «+»", {"ad-hoc": 1, "+": 1}),
        ("don't", {"don't": 1}),
        ('"\'s" - "2"', {"'s": 1, "2": -1}),
        ("king − man × 3 ÷ 2", {"king": 1, "man": -1.5}),
        ("1990s + 2nd", {"1990s": 1, "2nd": 1}),
        ("u.s. + ...", {"u.s.": 1, "...": 1}),
        ("  king\t+\nman ", {"king": 1, "man": 1}),
    ],
)
def test_a_formula_is_a_weighted_sum(text, weights):
    found = parse(text)
    assert dict(found.weights) == pytest.approx(weights)
    assert found.words == tuple(weights)


@pytest.mark.parametrize(
    "text, position, says",
    [
        ("", 0, "Nothing"),
        ("   ", 0, "Nothing"),
        ("king man", 5, "no sign"),
        ("king +", 6, "word is missing"),
        ("* king", 0, "word is missing"),
        ("king - ()", 8, "word is missing"),
        ("king + (man", 7, "closed nowhere"),
        ("king) + man", 4, "closes nothing"),
        ("mean(king, man", 4, "closed nowhere"),
        ("king, man", 4, "mean"),
        ("mean()", 5, "word is missing"),
        ("king * man", 5, "multiplied"),
        ("2 / king", 2, "divided"),
        ("king / (2 - 2)", 5, "by 0"),
        ("king + 2", 5, "number"),
        ("mean(king, 2)", 4, "number"),
        ("3 * 4", 0, "number 12"),
        ('king + "man', 7, "not closed"),
        ('king + ""', 7, "no word"),
        ("king * 1e400", 5, "too large"),
        ("king * 1e308 * 1e308", 5, "too large"),
    ],
)
def test_an_error_says_where(text, position, says):
    with pytest.raises(FormulaError, match=says) as caught:
        parse(text)
    assert caught.value.position == position
    assert f"(character {position + 1})" in str(caught.value)


def test_values_are_those_of_the_vectors():
    assert value("king - man + woman") == pytest.approx(vector("king") - vector("man") + vector("woman"), abs=1e-12)
    mean = np.mean([vector("king"), vector("man") * 2, vector("new york")], axis=0)
    assert value('mean(king, 2 * man, "new york")') == pytest.approx(mean, abs=1e-12)
    assert value("ad-hoc - ad-hoc").tolist() == [0.0] * 7
    assert value("king").dtype == np.float64


def test_a_word_without_vector_is_named_and_the_nearest_offered():
    with pytest.raises(UnknownWord) as caught:
        value("king - womans")
    assert caught.value.word == "womans" and caught.value.nearest == ["woman"]


def test_forgotten_spaces_are_suspected_only_where_both_sides_are_words():
    with pytest.raises(FormulaError, match="king - man") as caught:
        value("woman + king-man")
    assert caught.value.position == 8
    with pytest.raises(UnknownWord):
        value("king-size")


def test_what_is_typed_is_bounded():
    assert parse("(" * DEEPEST + "king" + ")" * DEEPEST).weights == {"king": 1.0}
    for text in ("(" * (DEEPEST + 1) + "king", "-" * 900 + "king", "mean(" * 100 + "king"):
        with pytest.raises(FormulaError, match=f"More than {DEEPEST}"):
            parse(text)
    with pytest.raises(FormulaError, match="at most"):
        parse("k" * (LONGEST + 1))
    assert len(parse(" + ".join(["a"] * 250)).weights) == 1


def test_nothing_is_run():
    for text in ("__import__('os').system('true')", "king.__class__", "lambda: 1", "[king]", "king ** 2"):
        with suppress(FormulaError):
            assert set(parse(text).weights) <= set(text.split()) | {text}


def test_any_text_is_read_or_refused():
    chance = np.random.default_rng(0)
    pieces = ["king", "mean", "(", ")", ",", "+", "-", "*", "/", "2", ".5", '"', "'", " ", "-", "é", "\u200b", "“", "”"]
    read = 0
    for _ in range(3000):
        text = "".join(chance.choice(pieces, chance.integers(1, 12)))
        try:
            assert np.isfinite(list(parse(text).weights.values())).all()
            read += 1
        except FormulaError as error:
            assert 0 <= error.position <= len(text)
    assert read > 100
