import pytest

from explorer.text.labelled import MOST_TEXTS, check_labelled, read_labelled

GOOD, BAD = ("a fine film", "“so” funny", "a gem", "warm, wise"), ("dull, and long", "a bore", "flat", "no, no")
ROWS = [row for texts in zip(GOOD, BAD, strict=True) for row in zip(texts, ("good", "bad"), strict=True)]


def as_csv(rows=ROWS, header="text,label", separator=",") -> bytes:
    quoted = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    return "\n".join([header, *quoted]).encode()


def test_texts_and_labels_come_in_order():
    assert read_labelled(as_csv()) == tuple(ROWS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_and_other_columns(separator):
    rows = [("7", label, text, "x") for text, label in ROWS]
    header = separator.join(["number", "Label", " TEXT ", "more"])
    assert read_labelled(as_csv(rows, header, separator)) == tuple(ROWS)


def test_line_breaks_quotes_and_byte_order_marks():
    first = 'He said ""no"".\r\nThen yes'
    data = b"\xef\xbb\xbf" + as_csv([(first, "good"), *ROWS]).replace(b"\n", b"\r\n") + b"\r\n,\r\n\r\n"
    assert read_labelled(data)[0] == ('He said "no". Then yes', "good")
    assert len(read_labelled(data)) == len(ROWS) + 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"  \n ", "“text” and “label” are missing"),
        (b"text,label", "no text below them"),
        (b"text,label\n\n\n", "no text below them"),
        (as_csv(header="review,label"), "“text” is missing. It says “review”, “label”"),
        (as_csv(header="text,stars"), "“label” is missing. It says “text”, “stars”"),
        (as_csv(header="a fine film,good"), "“text” and “label” are missing"),
        (as_csv([(text, "good") for text, _ in ROWS]), "All 8 texts have the label “good”"),
        (as_csv([*ROWS, ("so so", "middling")]), "Only 1 different text has the label “middling”"),
        (as_csv([*ROWS, *[(f"{how} so", "middling") for how in ("so", "just", "ever")]]), "Only 3 different texts have"),
        (as_csv([*ROWS, *[("so so", "middling")] * 9]), "Only 1 different text has the label “middling”"),
        (as_csv([(f"text {i}", f"label {i % 13}") for i in range(99)]), "13 different labels; at most 12"),
        (as_csv([*ROWS, ("no label", "")]), "Line 10 has no label"),
        (as_csv([*ROWS, (" ", "good")]), "Line 10 has no text"),
        (b"text,label\nfine,good\nonly a text\n", "Line 3 has no label"),
        (as_csv([*ROWS, ("x" * 20_001, "good")]), "The text in line 10 has 20,001 characters; at most 20,000"),
        (as_csv([*ROWS, ("x", "y" * 31)]), "The label in line 10 has 31 characters"),
        (as_csv([*ROWS, ("x" * 200_000, "good")]), "Line 10 cannot be read as CSV"),
        (as_csv([("é", "good")]).decode().encode("latin-1"), "The file is not UTF-8 .line 2"),
        (as_csv().decode().encode("utf-16"), "saved as UTF-16"),
        (b"PK\x03\x04" + b"x" * 99, "ZIP archive"),
        (b"\x00\x01\x02" * 99, "binary file"),
        (b"text,label\n" + b"a,b\n" * 1_300_000, "5 MB"),
        (as_csv([ROWS[0], ROWS[1]] * (MOST_TEXTS // 2 + 1)), "too many texts: at most 20,000"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, said):
    with pytest.raises(ValueError, match=said) as refusal:
        read_labelled(data)
    assert len(str(refusal.value)) < 400


def test_the_line_is_counted_over_line_breaks_within_texts():
    with pytest.raises(ValueError, match="Line 4 has no label"):
        read_labelled(b'text,label\n"one\ntwo",good\nthree\n')


def test_what_was_read_is_checked_again_where_it_is_used():
    check_labelled(ROWS)
    with pytest.raises(ValueError, match="nothing to tell apart"):
        check_labelled([("a", "b")] * 9)


def test_a_first_line_without_end_names_no_columns():
    with pytest.raises(ValueError, match="must name the columns"):
        read_labelled(b"word " * 40_000)


def test_a_column_without_a_name_stays_where_it_is():
    lines = ["\ttext\tlabel", *(f"{i}\tnice thing number {i}\t{'good' if i % 2 else 'bad'}" for i in range(10))]
    assert read_labelled("\n".join(lines).encode())[1] == ("nice thing number 1", "good")
