"""A table of words and values, as visitors write it."""

import pytest

from explorer.text.word_values import read_word_values


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_numbers_are_numbers(separator):
    text = "\n".join(separator.join(row) for row in (("word", "valence"), ("king", "0.7"), ("war", "-2e-1")))
    found = read_word_values(text.encode())
    assert found.title == "valence" and found.numbers == {"king": 0.7, "war": -0.2} and not found.groups


def test_a_head_is_found_by_what_lies_below_it():
    assert read_word_values(b"term,score\nking,1\nqueen,2").title == "score"
    assert read_word_values(b"king,1\nqueen,2").numbers == {"king": 1.0, "queen": 2.0}


def test_names_are_groups_the_largest_first():
    found = read_word_values(b"king,person\nparis,place\nrome,place\r\n\r\n")
    assert found.names == ["place", "person"] and found.groups["king"] == "person" and len(found) == 3
    assert found.title == "value" and not found.numbers


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   \n ", "no line"),
        (b"king\nqueen,1", "Line 1 has no value"),
        (b"king,1\n,2", "Line 2 has no word"),
        (b"king,1\nking,2", "Line 2 gives"),
        (b"king,1\nqueen," + b"x" * 300, "Line 2 has a cell"),
        (b"\n".join(b"w%d,%d" % (i, i) for i in range(60)) + b"\nlast,n/a", "Line 61 gives “last” the value “n/a”"),
        (b"\n".join(b"w%d,g%d" % (i, i) for i in range(60)), "60 different groups"),
        (b"PK\x03\x04 a sheet", "ZIP archive"),
        (b"w,1\n" * 100_001, "at most 100,000"),
    ],
)
def test_what_cannot_be_read_is_said(data, says):
    with pytest.raises(ValueError, match=says):
        read_word_values(data)


def test_the_same_line_twice_is_no_contradiction():
    assert read_word_values(b"king,1\nking,1").numbers == {"king": 1.0}
