"""Cutting text: nothing is lost, pairs are joined as brute force joins them, and unknown words are paid for."""

import math
from collections import Counter

import pytest

from explorer.sequence.pretraining.pieces import Characters, Words, chunks
from explorer.sequence.pretraining.spelling import ANY, Spelling
from explorer.sequence.pretraining.subwords import Subwords

STRANGE = "Été naïve, 2,300 αβγ! שלום \U0001f600\nA\tnew\u00a0line  here"


def pair_counts(words):
    """How often each two neighbours meet."""
    counts = Counter()
    for parts, n in words.values():
        for pair in zip(parts, parts[1:], strict=False):
            counts[pair] += n
    return counts


def join(parts, pair):
    made, i = [], 0
    while i < len(parts):
        both = tuple(parts[i : i + 2]) == pair
        made.append("".join(pair) if both else parts[i])
        i += 2 if both else 1
    return made


@pytest.fixture(scope="module")
def text():
    from tests.sequence.pretraining.conftest import TEXT

    return TEXT


def learned(unit, text, masked=False):
    return {
        "characters": lambda: Characters.learn(text, masked),
        "words": lambda: Words.learn(text, 30, masked),
        "subwords": lambda: Subwords.learn(text, 60, masked),
    }[unit]()


@pytest.mark.parametrize("unit", ["characters", "words", "subwords"])
def test_nothing_is_lost(unit, text):
    pieces = learned(unit, text)
    for one in (text[:500], STRANGE, "", "\U0001f600" * 50):
        parts = pieces.cut(one)
        assert "".join(parts) == one and len(pieces.encode(one)) == len(parts)
    known = "The old man sees the river."
    assert pieces.decode(pieces.encode(known)) == known or unit == "words"
    assert pieces.pieces[pieces.start] == "\n"


def test_merges_are_those_of_brute_force(text):
    """At every turn the pair that `tokenizers` joins is (one of) the most frequent, and met as often as we say."""
    pieces = Subwords.learn(text, 60, False)
    assert len(pieces.merges) == 60
    words = {chunk: (list(chunk), n) for chunk, n in Counter(chunks(text)).items()}
    for merge in pieces.merges:
        counts = pair_counts(words)
        assert counts[merge[:2]] == max(counts.values()) == merge.count
        words = {chunk: (join(parts, merge[:2]), n) for chunk, (parts, n) in words.items()}
    for chunk, (parts, _) in words.items():
        assert pieces.cut(chunk) == parts


def test_a_word_is_spelled_as_the_library_cuts_it(text):
    pieces = Subwords.learn(text, 60, False)
    for word in (" remembers", " lowest", "The", " unheardof"):
        steps = pieces.spell(word)
        assert steps[0] == list(word) and steps[-1] == pieces.cut(word)
        assert all(len(after) < len(before) for before, after in zip(steps, steps[1:], strict=False))


def test_pairs_of_one_letter_with_itself():
    """“aaaa” holds two pairs that can be joined at once, “aaa” and “aa” one each."""
    pieces = Subwords.learn("baaaa baaa baa " * 40, 1, False)
    assert pieces.merges == (("a", "a", 160),)


def test_the_hidden_piece_comes_last_and_text_never_holds_it(text):
    pieces = learned("words", text, masked=True)
    assert pieces.mask == len(pieces) - 1 and pieces.pieces[-1] == "[MASK]"
    assert pieces.mask not in pieces.encode("[MASK] the")
    assert learned("words", text).mask is None


def test_words_that_are_not_known_are_paid_for_letter_by_letter(text):
    pieces = learned("words", text)
    rare = [chunk for chunk in set(chunks(text)) if chunk not in pieces.numbers]
    assert rare and all(pieces.unsaid([one]) > 1.0 for one in rare)
    assert pieces.unsaid([" the", "\n"]) == 0.0
    assert pieces.unsaid([" zyxq"]) > pieces.unsaid([rare[0]])


def test_chances_of_a_spelling_add_up():
    spelling = Spelling({"ab": 3, "abc": 2, "b": 1})
    letters = ["a", "b", "c", ""]
    for before in ("\x02", "\x02a", "ab", "zz"):
        seen = sum(spelling._chance(before, letter) for letter in letters)
        assert seen + (ANY + 1 - len(letters)) * spelling._chance(before, "\u4e00") == pytest.approx(1.0)
    assert spelling.nats("ab") < spelling.nats("ba")
    assert Spelling({}).nats("x") == pytest.approx(2 * math.log(ANY + 1))
