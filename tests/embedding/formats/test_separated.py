"""CSV and its kin: separators, headers, quotation marks, counts, and what is wrong with a table."""

import io

import numpy as np
import pandas as pd
import pytest

from explorer.embedding import read_bytes, write_bytes
from tests.embedding.formats.samples import SPACED, refusal, vectors

EXPECTED = [[0.1, 0.2], [0.3, -0.4], [5, 6]]


@pytest.mark.parametrize(
    "text",
    [
        "king,0.1,0.2\nqueen,0.3,-0.4\nman,5,6\n",
        "word,d1,d2\nking,0.1,0.2\nqueen,0.3,-0.4\nman,5,6\n",
        "word,0,1\nking,0.1,0.2\nqueen,0.3,-0.4\nman,5,6\n",
        "term,1,2\nking,0.1,0.2\nqueen,0.3,-0.4\nman,5,6\n",
        ",0,1\nking,0.1,0.2\nqueen,0.3,-0.4\nman,5,6\n",
        ",word,0,1\n0,king,0.1,0.2\n1,queen,0.3,-0.4\n2,man,5,6\n",
        "id;token;x;y\n7;king;0.1;0.2\n8;queen;0.3;-0.4\n9;man;5;6\n",
        "king;0,1;0,2\nqueen;0,3;-0,4\nman;5;6\n",
        "Wort;a;b\r\nking;0,1;0,2\r\nqueen;0,3;-0,4\r\nman;5;6\r\n",
        "king\t0.1\t0.2\nqueen\t0.3\t-0.4\nman\t5\t6\n",
        "word\tx\ty\nking\t0.1\t0.2\nqueen\t0.3\t-0.4\nman\t5\t6\n",
        "king, 0.1, 0.2\nqueen, 0.3, -0.4\nman, 5, 6\n",
        '"king","0.1","0.2"\n"queen","0.3","-0.4"\n"man","5","6"\n',
        "\ufeffking,0.1,0.2\r\nqueen,0.3,-0.4\r\nman,5,6",
    ],
)
@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x"])
def test_tables_of_many_manners_are_the_same_vectors(text, name):
    found = read_bytes(text.encode(), name)
    assert found.words == ("king", "queen", "man")
    np.testing.assert_array_equal(found.matrix, np.float32(EXPECTED))


def test_counts_are_kept():
    found = read_bytes(b"word,count,0,1\nthe,100,1,2\nof,50.0,3,4\n", "x.csv")
    assert found.counts.tolist() == [100, 50] and found.matrix.tolist() == [[1, 2], [3, 4]]


def test_a_first_row_of_numbers_is_no_header():
    assert read_bytes(b"word,0.5,1\nking,0,1\n", "x.csv").words == ("word", "king")


def test_quotation_marks():
    found = read_bytes(b'"a,b",1,2\n"say ""hi""",3,4\nplain,5,6\n"line\nbreak",7,8\n"""",9,1\n', "x.csv")
    assert found.words == ("a,b", 'say "hi"', "plain", "line\nbreak", '"')
    # Where tabs separate, few programs quote: a lone mark is a word.
    found = read_bytes(b'"\t1\t2\n"quoted ""once"""\t3\t4\n""\t5\t6\nthe\t7\t8\n', "x.tsv")
    assert found.words == ('"', 'quoted "once"', '""', "the")


@pytest.mark.parametrize("options", [{}, {"sep": ";"}, {"sep": "\t"}, {"header": False}, {"sep": ";", "decimal": ","}])
def test_pandas_tables_are_read(options):
    given = vectors(dimensions=3, counts=False)
    frame = pd.DataFrame(given.matrix, index=list(given.words))
    found = read_bytes(frame.to_csv(**options).encode(), "x.csv")
    assert found.words == given.words
    np.testing.assert_array_equal(found.matrix, given.matrix)


def test_pandas_reads_what_is_written():
    given = vectors(SPACED, 3)
    frame = pd.read_csv(
        io.BytesIO(write_bytes(given, "x.csv")), keep_default_na=False, lineterminator="\n", dtype={"word": str}
    )
    assert frame["word"].tolist() == [*given.words] and frame["count"].tolist() == given.counts.tolist()
    np.testing.assert_allclose(frame[["d1", "d2", "d3"]].to_numpy(np.float32), given.matrix, rtol=2e-7)


@pytest.mark.parametrize(
    "text, said",
    [
        ("a,1,2\nb,3\nc,4,5\n", "Line 2 (“b”) has 1 number where 2 are expected."),
        ("a,1,2\nb,3,4,5\nc,4,5\n", "Line 2 (“b”) has 3 numbers where 2 are expected."),
        ("new, york,1,2\nb,3,4\nc,4,5\nd,5,6\n", "Line 1 (“new”) has 3 numbers where 2 are expected."),
        ("word,x,y\na,1,2\nb,3,\nc,4,5\n", "Number 2 in line 3 (“b”) is “”, which is not a number."),
        ("word,x,y\na,1,2\nb,3,four\nc,4,5\n", "Number 2 in line 3 (“b”) is “four”"),
        ("word,x,y\na,1,2\nb,3,nan\nc,4,5\n", "Number 2 of “b” in line 3 is not a number (NaN)."),
        ("word,x,y\na,1,2\nb,0,0\n", "All numbers of “b” in line 3 are zero"),
        ("word,x,y\na,1,2\nb,1,2\na,4,5\n", "The word “a” occurs twice, in line 2 and in line 4."),
        ("word,x,y\na,1,2\n\nb,1,2\n", "Line 3 is blank"),
        ("word,x,y\na,1,2\n,1,2\n", "There is no word before the numbers in line 3."),
        (f"word,x,y\na,1,2\n{'b' * 501},1,2\n", "The word in line 3 has 501 characters"),
        ("word,count,x\na,7,2\nb,-1,2\n", "Line 3 gives the count “-1”. A count is a whole number"),
        ('a,1,2\n"b,3,4\nc,5,6\n', "Line 2 cannot be read as a table (a quotation mark is not closed)"),
        ('a,1,2\n"b"x,3,4\nc,5,6\n', "Line 2 cannot be read as a table"),
        ('a,1,2\n"b",3,4\rc,5,6\nd,7,"8"\n', "Line 2 cannot be read as a table"),
        ('a,1,2\n"b\n\nc",0,0\nd,5,6\n', "All numbers of “b\\u000a\\u000ac” in line 2 are zero"),
        ('a,1,2\nb,3,"1,5"\nc,5,6\n', "Line 2 (“b”) has 3 numbers"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, said):
    assert said in refusal(text, "x.csv")


def test_another_encoding_is_told():
    assert "Line 2 is not UTF-8: its byte 1 is 0xFC (in Windows-1252 “ü”)" in refusal(b"a,1,2\n\xfcber,3,4\n", "x.csv")


def test_an_open_quotation_mark_does_not_gather_the_file():
    rows = "".join(f"w{i},1,2\n" for i in range(100_000))
    assert "Line 3 cannot be read as a table (a quotation mark is not closed)" in refusal(
        f'a,1,2\nb,3,4\n"c,5,6\n{rows}'
    )
