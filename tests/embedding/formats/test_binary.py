"""word2vec's and fastText's binary files."""

import struct

import numpy as np
import pytest

from explorer.embedding import Vectors, read_bytes, read_vectors, write_bytes
from explorer.text.shipped import shipped
from tests.embedding.formats.samples import fasttext, refusal, same_bits, vectors

GIVEN = vectors(("the", "König", "日本"), 5, counts=False)
BINARY = write_bytes(GIVEN, "x.bin")


def binary(words: int, dimensions: int, rows: list[tuple[bytes, list[float]]]) -> bytes:
    body = b"".join(word + b" " + struct.pack(f"<{len(row)}f", *row) for word, row in rows)
    return b"%d %d\n" % (words, dimensions) + body


def test_line_feeds_between_words_are_optional():
    without = BINARY
    for word in GIVEN.words:
        without = without.replace(b"\n" + word.encode() + b" ", word.encode() + b" ")
    without = b"3 5\n" + without.removeprefix(b"3 5").rstrip(b"\n")
    assert same_bits(read_bytes(without, "x.bin"), GIVEN) and len(without) < len(BINARY)


def test_numbers_that_look_like_letters_are_numbers_still():
    letters = np.frombuffer(b"AAAAbbbb", "<f4")[None]
    found = read_bytes(b"1 2\nword AAAAbbbb", "x.bin")
    assert same_bits(found, Vectors(["word"], letters))


@pytest.mark.parametrize(
    "data, said",
    [
        (BINARY[:-2], "The file ends in the vector of row 3."),
        (BINARY[:60], "The file promises 3 words with 5 dimensions, which takes at least 70 bytes; it has 60."),
        (BINARY + BINARY, "promises 3 words, but more follows"),
        (BINARY.replace(b"3 5", b"9 5"), "promises 9 words with 5 dimensions"),
        (BINARY.replace(b"3 5", b"2000000 5"), "which takes at least 44,000,010 bytes"),
        (BINARY.replace(b"3 5", b"2000000 4000"), "32,000 MB of memory"),
        (BINARY.replace(b"3 5", b"3 5000"), "at most 4,096"),
        (BINARY.replace(b"3 5", b"0 5"), "0 words"),
        (binary(2, 2, [(b"a", [1e-40, 2]), (b"a", [3, 4])]), "“a” occurs twice, in row 1 and in row 2"),
        (binary(2, 2, [(b"a", [1e-40, 2]), (b"b", [0, 0])]), "“b” in row 2 are zero"),
        (binary(2, 2, [(b"a", [1e-40, 2]), (b"b", [0, float("nan")])]), "Number 2 of “b” in row 2 is not a number"),
        (binary(2, 2, [(b"a", [1e-40, 2]), (b"\xfcb", [3, 4])]), "row 2 is not UTF-8: its byte 1 is 0xFC"),
        (binary(2, 2, [(b"a", [1e-40, 2]), (b"b" * 501, [3, 4])]), "501 characters"),
        (binary(2, 2, [(b"a", [1e-40, 2]), (b"b" * 5000, [3, 4])]), "No word ends within 2,000 bytes in row 2"),
        (binary(2, 2, [(b"ab", [1e-40, 2]), (b"", [3, 4])]), "no word before the numbers in row 2"),
    ],
)
def test_what_is_wrong_with_word2vec_binary(data, said):
    assert said in refusal(data, "x.bin")


def test_vectors_of_fasttext_are_the_means_of_their_parts():
    """By hand: FNV-1a over the bytes of each n-gram, bytes above 127 with their sign."""
    data = fasttext(("der", "König", "</s>"), dimensions=4, buckets=50)
    found = read_bytes(data, "model.bin")
    rows = np.frombuffer(data[-53 * 16 :], "<f4").reshape(53, 4).astype(np.float64)
    for row, word in enumerate(found.words):
        ngrams = [f"<{word}>"[i : i + n] for i in range(len(word) + 2) for n in (2, 3, 4) if i + n <= len(word) + 2]
        parts = [rows[row], *(rows[3 + hashed(ngram) % 50] for ngram in ngrams if word != "</s>")]
        np.testing.assert_allclose(found[word], np.mean(parts, axis=0), rtol=1e-5, atol=1e-6)
    assert found.counts.tolist() == [100, 99, 98]


def hashed(ngram: str) -> int:
    code = 2166136261
    for byte in ngram.encode():
        code = ((code ^ (byte if byte < 128 else byte | 0xFFFFFF00)) * 16777619) % 2**32
    return code


def test_single_characters_count_but_for_the_marks():
    data = fasttext(("ab",), dimensions=2, buckets=7, sizes=(1, 1))
    rows = np.frombuffer(data[-8 * 8 :], "<f4").reshape(8, 2)
    expected = (rows[0] + rows[1 + hashed("a") % 7] + rows[1 + hashed("b") % 7]) / 3
    np.testing.assert_allclose(read_bytes(data, "x.bin")["ab"], expected, rtol=1e-6)


@pytest.mark.parametrize("changed", [{"sizes": (0, 0)}, {"pruned": 0}])
def test_without_ngrams_a_word_is_its_own_row(changed):
    data = fasttext(dimensions=4, buckets=50, **changed)
    rows = np.frombuffer(data[-53 * 16 :], "<f4").reshape(53, 4)
    np.testing.assert_array_equal(read_bytes(data, "x.bin").matrix, rows[:3])


def test_labels_of_a_classifier_are_passed_over():
    found = read_bytes(fasttext(("gut", "schlecht", "__label__pos"), labels=1), "x.bin")
    assert found.words == ("gut", "schlecht")


def test_the_reference_programs_own_vectors():
    """The .vec beside the .bin was written by Facebook's program, with five significant digits."""
    folder = shipped("gensim", "test", "test_data", "toy-model.bin").parent
    for name in ("toy-model", "crime-and-punishment"):
        model, text = read_vectors(folder / f"{name}.bin"), read_vectors(folder / f"{name}.vec")
        assert model.words == text.words
        np.testing.assert_allclose(model.matrix, text.matrix, rtol=6e-5, atol=6e-6)


@pytest.mark.parametrize(
    "data, said",
    [
        (fasttext(version=13), "format version 13"),
        (fasttext(quantised=True), "compressed fastText model (.ftz)"),
        (fasttext(pruned=5), "compressed fastText model (.ftz)"),
        (fasttext(promised=9), "promises 9 words and 59 vectors of 4 numbers, which takes at least"),
        (fasttext(promised=2_000_000_000), "2,000,000,000 words; at most"),
        (fasttext(rows=52), "has the shape 52 x 4, its words and buckets ask for 53 x 4"),
        (fasttext(sizes=(2, 400)), "make no sense"),
        (fasttext(("a", "a")), "“a” occurs twice, in row 1 and in row 2"),
        (fasttext(("a", "b" * 600)), "600 characters"),
        (fasttext()[:-1], "The file ends in the matrix of vectors."),
        (fasttext()[:200], "which takes at least"),
        (fasttext()[:70], "The file ends in the head of a fastText model"),
        (fasttext()[:20], "The file ends in"),
        (fasttext().replace("König".encode(), b"K\xf6nig.") , "row 2 is not UTF-8: its byte 2 is 0xF6"),
        (fasttext(buckets=0, dimensions=0), "0 dimensions"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_fasttext(data, said):
    assert said in refusal(data, "x.bin")


def test_buckets_are_checked_before_memory_is_taken():
    head = bytearray(fasttext())
    head[8 + 8 * 4 : 8 + 9 * 4] = struct.pack("<i", 2_000_000_000)
    assert "holds 2,000,000,003 vectors of 4 numbers" in refusal(bytes(head), "x.bin")
