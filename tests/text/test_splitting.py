import pytest

from explorer.text.splitting import LONGEST, split_sentences


@pytest.mark.parametrize(
    "paragraph, sentences",
    [
        ("Mr. Smith met Dr. Jones. They talked.", ["Mr. Smith met Dr. Jones.", "They talked."]),
        ("He lived in the U.S. The war began.", ["He lived in the U.S.", "The war began."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("J. R. R. Tolkien wrote it. So did C.S. Lewis.", ["J. R. R. Tolkien wrote it.", "So did C.S. Lewis."]),
        ("George W. Bush left. Few came.", ["George W. Bush left.", "Few came."]),
        ("Acme Inc. It grew.", ["Acme Inc.", "It grew."]),
        ("Acme Inc. Tokyo grew.", ["Acme Inc. Tokyo grew."]),
        ("It has oranges, pears, etc. The rest is gone.", ["It has oranges, pears, etc.", "The rest is gone."]),
        ("It weighs 3.5 kg, i.e. Little. Yes.", ["It weighs 3.5 kg, i.e. Little.", "Yes."]),
        ("Is it? It is! 1998 was hot.", ["Is it?", "It is!", "1998 was hot."]),
        (
            '"The falls have been isolated," she said. "In fact, no."',
            ['"The falls have been isolated," she said.', '"In fact, no."'],
        ),
        ('"What?" he asked. "Nothing."', ['"What?" he asked.', '"Nothing."']),
        ("They won (in 1990). Then they lost.", ["They won (in 1990).", "Then they lost."]),
        (
            "No. 5 came first. He said no. The rest said yes.",
            ["No. 5 came first.", "He said no.", "The rest said yes."],
        ),
        ("all is small. nothing is tall! is it?", ["all is small.", "nothing is tall!", "is it?"]),
        ("He wrote e.g. letters. Then he slept.", ["He wrote e.g. letters.", "Then he slept."]),
        ("我来了。你呢？好", ["我来了。", "你呢？", "好"]),
        ("no end at all", ["no end at all"]),
        ("  ", []),
    ],
)
def test_a_sentence_ends_where_it_ends(paragraph, sentences):
    assert split_sentences(paragraph) == sentences


def test_what_has_no_end_is_cut_at_a_blank():
    pieces = split_sentences("word " * 3_000 + "x" * 6_000)
    assert max(map(len, pieces)) <= LONGEST
    assert "".join(pieces).replace(" ", "") == "word" * 3_000 + "x" * 6_000


def test_a_long_row_of_marks_is_gone_through_once():
    """Tried from each of its marks, this would take minutes."""
    assert "".join(split_sentences("A" + "." * 100_000 + "a")).count(".") == 100_000
