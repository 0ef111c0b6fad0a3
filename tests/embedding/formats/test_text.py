"""GloVe, word2vec and fastText text: what is read, and how what is wrong is told."""

import numpy as np
import pytest

from explorer.embedding import VectorFormatError, read_bytes, read_vectors
from explorer.text.shipped import shipped
from tests.embedding.formats.samples import refusal

GLOVE = "the 0.25 -1.5 3e-2\nking 1 2 3\nqueen .5 +4 5.\n"
WORD2VEC = f"3 3\n{GLOVE}"


@pytest.mark.parametrize("text", [GLOVE, WORD2VEC])
@pytest.mark.parametrize("name", ["x.txt", "x.vec", "no suffix", "x.csv", "x.pkl"])
def test_content_decides_and_not_the_name(text, name):
    found = read_bytes(text.encode(), name)
    assert found.words == ("the", "king", "queen")
    np.testing.assert_array_equal(found.matrix, np.float32([[0.25, -1.5, 0.03], [1, 2, 3], [0.5, 4, 5]]))
    assert found.counts is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", " \n"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\t") if text[0] == "t" else text,
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n \n",
        lambda text: text.replace("\n", "\r\n") + "\r\n\r\n",
    ],
)
@pytest.mark.parametrize("text", [GLOVE, WORD2VEC])
def test_line_ends_marks_and_blanks_do_not_matter(change, text):
    found = read_bytes(change(text).encode(), "x.txt")
    assert found == read_bytes(text.encode(), "x.txt") and found.words[0] == "the"


def test_words_may_contain_spaces():
    found = read_bytes(b"new york 1 2\n. . . 3 4\nthe 5 6\nat name@domain.com 7 8\n", "x.txt")
    assert found.words == ("new york", ". . .", "the", "at name@domain.com")
    np.testing.assert_array_equal(found.matrix, [[1, 2], [3, 4], [5, 6], [7, 8]])


def test_words_may_be_numbers_and_odd_spaces():
    found = read_bytes("the 1 2\n2 3 4\n1990 5 6\nnan 7 8\n\u00a0 9 1\na\u2028b 2 3\n\x85 4 5\n".encode(), "x.txt")
    assert found.words == ("the", "2", "1990", "nan", "\u00a0", "a\u2028b", "\x85")


def test_a_padding_token_of_zeros_is_left_out():
    found = read_bytes(b"<pad> 0 0\nthe 1 2\nof 3 4\n", "x.txt")
    assert found.words == ("the", "of") and found.matrix.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text, said",
    [
        # another count of numbers
        ("the 1 2 3\nking 1 2\nof 1 2 3\n", "Line 2 (“king”) has 2 numbers where 3 are expected."),
        ("the 1 2 3\nking 1 2 3 4\nof 1 2 3\n", "Line 2 (“king”) has 4 numbers where 3 are expected."),
        ("the 1 2 3\nof 1 2 3\nking\n", "Line 3 (“king”) has 0 numbers where 3 are expected."),
        ("the 1 2 3\nof 1 2 3\nking 1", "cut off: download it again"),
        ("the 1 2 3\nking\t1 2 3 4\nof 1 2 3\n", "Line 2 (“king”) has 4 numbers"),
        ("# mine\nthe 1 2 3\nof 1 2 3\n", "Line 1 (“#”) has 0 numbers where 3 are expected."),
        ("the 1 2 3\n\nking 1 2 3\n", "Line 2 is blank"),
        (" 1 2 3\nking 1 2 3\nof 1 2 3\n", "Line 1 has 2 numbers where 3 are expected."),
        # what is no number
        ("the 1 2 3\nking 1 x 3\nof 1 2 3\n", "Number 2 in line 2 (“king”) is “x”, which is not a number."),
        ("the 1 2 3\nking 1 1_0 3\nof 1 2 3", "“1_0”"),
        ("the 1 2 3\nking 1 0x1p3 3\nof 1 2 3", "“0x1p3”"),
        ("the 1 2 3\nking 1 2,5 3\nof 1 2 3", "“2,5”"),
        # numbers that are none
        ("the 1 2 3\nking 1 nan 3\n", "Number 2 of “king” in line 2 is not a number (NaN)."),
        ("the 1 2 3\nking 1 2 -inf\n", "Number 3 of “king” in line 2 is infinite"),
        ("the 1 2 3\nking 1 2 1e39\n", "too large for float32"),
        ("the 1 2 3\nking 0 -0 0\n", "All numbers of “king” in line 2 are zero"),
        ("<pad> 0 0\nthe 1 2\n<unk> 0 0\n", "All numbers of “<unk>” in line 3 are zero"),
        # words
        ("the 1 2\nking 3 4\nthe 5 6\n", "The word “the” occurs twice, in line 1 and in line 3."),
        (f"the 1 2\n{'b' * 501} 3 4\n", "The word in line 2 has 501 characters (“bbbbb"),
        ("the 1 2\na\u0007b 3 4\na\u0007b 3 4\n", "“a\\u0007b”"),
        # headers that lie
        ("4 3\nthe 1 2 3\nking 1 2 3\n", "The first line promises 4 words, but the file ends after 2 (line 3)."),
        ("1 3\nthe 1 2 3\nking 1 2 3\n", "The first line promises 1 words, but more follow (line 3)."),
        ("2 4\nthe 1 2 3\nking 1 2 3\n", "promises vectors of 4 numbers, but most lines have 3."),
        ("3000000 3\nthe 1 2 3\n", "3,000,000 words; at most 2,000,000"),
        ("5 9999\nthe 1 2 3\n", "9,999 dimensions; at most 4,096"),
        ("2000000 300\nthe 1 2 3\n", "2,400 MB of memory; at most 600 MB"),
        ("99999999999999999 3\nthe 1 2 3\n", "at most 2,000,000"),
        ("0 3\n", "0 words with 3 dimensions"),
        ("4 3\n", "ends after 0"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, said):
    assert said in refusal(text)


@pytest.mark.parametrize("text, line", [(b"the 1 2\nK\xf6nig 3 4\n", 2), (b"2 2\nthe 1 2\nK\xf6nig 3 4\n", 3)])
def test_another_encoding_is_told_with_line_and_byte(text, line):
    assert f"Line {line} is not UTF-8: its byte 2 is 0xF6 (in Windows-1252 “ö”)" in refusal(text)


def test_a_fault_far_down_is_found_there():
    lines = [f"w{i} {i + 1} 2" for i in range(300_000)]
    lines[287_654] = "w287654 1 two"
    assert "Number 2 in line 287,655 (“w287654”) is “two”" in refusal("\n".join(lines))


def test_a_line_without_end_is_refused():
    assert "Line 2 is longer than 4,194,304 bytes" in refusal("the 1 2\n" + "a" * 9_000_000)


def test_numbers_are_rounded_correctly():
    """Halfway cases and long decimals: as Python's float and NumPy's cast make them."""
    texts = ["0.1", "1.00000005960464477539", "16777217", "3.4028234e38", "1e-45", "0." + "3" * 300, "-0", "1E+2"]
    found = read_bytes(f"a {' '.join(texts)}\nb {' '.join(texts)} ".encode(), "x.txt")
    np.testing.assert_array_equal(found.matrix[0], np.array([float(text) for text in texts]).astype(np.float32))


def test_real_files_of_gensim():
    folder = shipped("gensim", "test", "test_data", "test_glove.txt").parent
    glove = read_vectors(folder / "test_glove.txt")
    assert (len(glove), glove.dimensions, glove.words[:3]) == (76, 50, ("the", "ö", "é"))
    english = read_vectors(folder / "EN.1-10.cbow1_wind5_hs0_neg10_size300_smpl1e-05.txt")
    assert (len(english), english.dimensions, english.words[:2]) == (20, 300, ("one", "two"))
    with pytest.raises(VectorFormatError, match="Line 150 is not UTF-8: its byte 1 is 0x97"):
        read_vectors(folder / "pang_lee_polarity_fasttext.vec")
