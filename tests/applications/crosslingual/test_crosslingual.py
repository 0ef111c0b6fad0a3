"""A rotation that is known is found again; the shipped example is measured as it is."""

import numpy as np
import pytest
from scipy.linalg import orthogonal_procrustes

from explorer.applications.crosslingual.dictionary import numbers_and_animals, read_dictionary
from explorer.applications.crosslingual.evaluation import leave_out, precision
from explorer.applications.crosslingual.mapping import Mapping
from explorer.embedding import UnknownWord, Vectors, pretrained


@pytest.fixture(scope="module")
def turned():
    """A part of GloVe, and its rotated, noised copy under other names."""
    generator = np.random.default_rng(0)
    source = pretrained().head(3000)
    rotation, _ = np.linalg.qr(generator.normal(size=(50, 50)))
    noise = 0.1 * source.matrix.std() * generator.normal(size=source.matrix.shape)
    target = Vectors([f"{word}_x" for word in source.words], source.matrix @ rotation + noise)
    return source, target, rotation


def test_a_rotated_noised_copy_is_aligned(turned):
    source, target, rotation = turned
    pairs = [(word, f"{word}_x") for word in source.words[:500]]
    mapping = Mapping.fit(source, target, pairs)
    rest = np.arange(500, 3000)
    cosines = (mapping.mapped[rest] * mapping.across[rest]).sum(axis=1)
    assert cosines.mean() >= 0.99 and mapping.directions == 50
    assert np.abs(mapping.here @ mapping.there.T - rotation).max() < 0.05


def test_with_many_pairs_it_is_orthogonal_procrustes(turned):
    source, target, _ = turned
    mapping = Mapping.fit(source, target, [(word, f"{word}_x") for word in source.words[:200]])
    left, right = source.unit[:200].astype(float), target.unit[:200].astype(float)
    expected, _ = orthogonal_procrustes(left - left.mean(0), right - right.mean(0))
    assert mapping.here @ mapping.there.T == pytest.approx(expected, abs=1e-8)


def test_what_the_pairs_say_nothing_about_is_left_out(turned):
    source, target, _ = turned
    assert Mapping.fit(source, target, [(word, f"{word}_x") for word in source.words[:20]]).directions == 19


def test_the_copy_of_a_word_is_found(turned):
    source, target, _ = turned
    mapping = Mapping.fit(source, target, [(word, f"{word}_x") for word in source.words[:500]])
    rest = np.arange(500, 3000)
    for method in ("nearest", "csls"):
        found = mapping.scores(rest, method).argmax(axis=1)
        assert (found == rest).mean() >= 0.99
    assert mapping.translate("king", 1)[0].word == "king_x"


def test_csls_by_its_definition(turned):
    source, target, _ = turned
    small, other = source.head(60), target.head(60)
    mapping = Mapping.fit(small, other, [(word, f"{word}_x") for word in small.words[:40]])
    cosines = mapping.mapped @ mapping.across.T
    by_hand = np.empty_like(cosines)
    for i in range(60):
        for j in range(60):
            here = np.sort(cosines[i])[-10:].mean()
            there = np.sort(cosines[:, j])[-10:].mean()
            by_hand[i, j] = 2 * cosines[i, j] - here - there
    assert mapping.scores(np.arange(60)) == pytest.approx(by_hand, abs=1e-5)


def test_csls_helps_against_hubs():
    """A target word that is near everything is the nearest of many, and by CSLS of few."""
    generator = np.random.default_rng(1)
    common = generator.normal(size=20)
    points = generator.normal(size=(200, 20)) + 0.6 * common
    noisy = points + 0.9 * generator.normal(size=points.shape)
    noisy[0] = common * 2
    source = Vectors([f"s{i}" for i in range(200)], points)
    target = Vectors([f"t{i}" for i in range(200)], noisy)
    mapping = Mapping(source, target, np.eye(20), np.eye(20), np.zeros(20), np.zeros(20))
    hubs = {
        method: (mapping.scores(np.arange(200), method).argmax(axis=1) == 0).sum() for method in ("nearest", "csls")
    }
    right = {
        method: (mapping.scores(np.arange(200), method).argmax(axis=1) == np.arange(200)).mean()
        for method in ("nearest", "csls")
    }
    assert hubs["csls"] < hubs["nearest"] and right["csls"] > right["nearest"]


def test_the_shipped_example_left_out_one_by_one():
    english, italian, dictionary = numbers_and_animals()
    assert len(dictionary) == len(english) == len(italian) == 20 and english.dimensions == 300
    guesses = [guess for part in leave_out(english, italian, dictionary.pairs) for guess in part]
    assert len(guesses) == len(dictionary)
    for method in ("nearest", "csls"):
        found = precision(guesses, dictionary.pairs, method)
        low, high = found.interval
        print(f"{method}: {found.right} of {found.asked} = {found.share:.2f} ({low:.2f} to {high:.2f})")
        assert 0 <= low <= found.share <= high <= 1 and found.share > 1 / len(italian)


def test_a_pair_left_out_is_not_known_under_another_translation():
    english, italian, _ = numbers_and_animals()
    pairs = [("one", "uno"), ("one", "due"), ("two", "due"), ("three", "tre")]
    parts = list(leave_out(english, italian, pairs))
    assert [len(part) for part in parts] == [2, 1, 1]


def test_dictionaries_in_many_spellings():
    english, italian, _ = numbers_and_animals()
    found = read_dictionary(
        "\ufeffone\tuno\n\ntwo, due\nthree;tre\nfour quattro\nnosuch\tuno\none\tuno\n", english, italian
    )
    assert found.pairs == (("one", "uno"), ("two", "due"), ("three", "tre"), ("four", "quattro"))
    assert found.unknown_source == ("nosuch",) and found.unknown_target == ()


@pytest.mark.parametrize(
    "text, says",
    [
        ("one\n", "Line 1"),
        ("one\tuno\na b c d\n", "Line 2"),
        ("", "Only 0"),
        ("x\ty\nv\tw\n", "Only 0"),
        ("a" * 10_000_001, "at most"),
    ],
)
def test_dictionaries_that_cannot_be_used(text, says):
    english, italian, _ = numbers_and_animals()
    with pytest.raises(ValueError, match=says):
        read_dictionary(text, english, italian)


def test_files_that_do_not_fit_each_other():
    english, _, _ = numbers_and_animals()
    with pytest.raises(ValueError, match="300 numbers"):
        Mapping.fit(english, pretrained().head(20), [("one", "one")])
    with pytest.raises(ValueError, match="two pairs"):
        Mapping.fit(english, english, [])
    with pytest.raises(UnknownWord):
        Mapping.fit(english, english, [("one", "one"), ("two", "two")]).translate("zebra")
