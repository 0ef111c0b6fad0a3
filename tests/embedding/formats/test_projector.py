"""Pairs of files for the Embedding Projector, in a folder, beside each other, in a zip."""

import io
import json
import zipfile

import numpy as np
import pytest

from explorer.embedding import VectorFormatError, projector_bundle, read_bytes, read_vectors, write_vectors
from tests.embedding.formats.samples import refusal, vectors, zipped

NUMBERS = b"1\t2\n3\t4\n"
GIVEN = vectors(("new york", "König", "the"), 3)


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_bundle_has_the_form_that_the_projector_opens():
    files = members(projector_bundle(vectors(("new york", "König"), 3, counts=False)))
    assert list(files) == ["vectors.tsv", "metadata.tsv", "projector_config.json", "projector_config.pbtxt"]
    rows = [line.split("\t") for line in files["vectors.tsv"].splitlines()]
    np.testing.assert_array_equal(np.float32(rows), vectors(("new york", "König"), 3).matrix)
    assert files["metadata.tsv"] == "new york\nKönig\n", "a single column has no header"
    (one,) = json.loads(files["projector_config.json"])["embeddings"]
    assert one == {
        "tensorName": "word vectors", "tensorShape": [2, 3], "tensorPath": "vectors.tsv", "metadataPath": "metadata.tsv",
    }  # fmt: skip
    assert 'tensor_path: "vectors.tsv"\n  metadata_path: "metadata.tsv"' in files["projector_config.pbtxt"]


def test_several_columns_have_a_header():
    files = members(projector_bundle(GIVEN, {"cluster": ["a", "b", "a"]}))
    assert files["metadata.tsv"] == "word\tcount\tcluster\nnew york\t3\ta\nKönig\t2\tb\nthe\t1\ta\n"
    read = read_bytes(projector_bundle(GIVEN, {"cluster": ["a", "b", "a"]}), "x.zip")
    assert read == GIVEN and read.counts.tolist() == [3, 2, 1]


def test_only_the_first_words():
    files = members(projector_bundle(GIVEN, {"cluster": ["a", "b", "a"]}, n=2))
    assert files["metadata.tsv"].count("\n") == 3 and files["vectors.tsv"].count("\n") == 2
    assert '"tensorShape": [\n        2,\n        3\n' in files["projector_config.json"]


@pytest.mark.parametrize(
    "columns, said",
    [
        ({"cluster": ["a"]}, "“cluster” has 1 cells for 3 words"),
        ({"x": ["a", "b\tc", "d"]}, "“x” holds a tab"),
        ({"x\n": [1, 2, 3]}, "holds a tab"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, said):
    with pytest.raises(VectorFormatError, match=said):
        projector_bundle(GIVEN, columns)


def test_equal_vectors_give_equal_bytes():
    assert projector_bundle(GIVEN) == projector_bundle(GIVEN)


@pytest.mark.parametrize(
    "vectors_name, words_name",
    [
        ("vectors.tsv", "metadata.tsv"),
        ("my_vectors.tsv", "my_metadata.tsv"),
        ("tensors.tsv", "metadata.tsv"),
        ("x.tsv", "x_metadata.tsv"),
        ("x.tsv", "metadata.tsv"),
        ("x.tsv", "x.txt"),
        ("x.tsv", "words.txt"),
    ],
)
def test_names_of_pairs(tmp_path, vectors_name, words_name):
    (tmp_path / vectors_name).write_bytes(NUMBERS)
    (tmp_path / words_name).write_text("King\nQueen\n")
    found = read_vectors(tmp_path / vectors_name)
    assert found.words == ("King", "Queen") and found.matrix.tolist() == [[1, 2], [3, 4]]
    assert read_vectors(tmp_path) == found
    assert (
        read_bytes(zipped({f"folder/{vectors_name}": NUMBERS, f"folder/{words_name}": b"King\nQueen\n"}), "x.zip")
        == found
    )


@pytest.mark.parametrize(
    "metadata, words, counts",
    [
        ("label\tcount\na\t5\nb\t6\n", ("a", "b"), [5, 6]),
        ("index\tword\n0\ta\n1\tb\n", ("a", "b"), None),
        ("first\tsecond\r\na\tx\r\nb\ty\r\n", ("a", "b"), None),
        ("word\na\nb\n", ("a", "b"), None),
        ("1990\n2000\n", ("1990", "2000"), None),
        ("\ufeffa\nb", ("a", "b"), None),
    ],
)
def test_metadata(metadata, words, counts):
    found = read_bytes(zipped({"vectors.tsv": NUMBERS, "metadata.tsv": metadata.encode()}), "x.zip")
    assert found.words == words
    assert (None if found.counts is None else found.counts.tolist()) == counts


def test_numbers_may_be_packed(tmp_path):
    import gzip

    write_vectors(GIVEN, tmp_path / "vectors.tsv")
    (tmp_path / "vectors.tsv.gz").write_bytes(gzip.compress((tmp_path / "vectors.tsv").read_bytes()))
    (tmp_path / "vectors.tsv").unlink()
    assert read_vectors(tmp_path / "vectors.tsv.gz") == GIVEN


@pytest.mark.parametrize(
    "numbers, metadata, said",
    [
        ("1\t2\n3\n4\t5\n", "a\nb\nc\n", "Line 2 has 1 number where 2 are expected."),
        ("1\t2\n3\t4\t5\n6\t7\n", "a\nb\nc\n", "Line 2 has 3 numbers where 2 are expected."),
        ("1\t2\n3\t4\n", "a\nb\nc\n", "metadata.tsv has 3 words, and vectors.tsv 2 vectors."),
        ("1\t2\n3\t4\n5\t6\n", "a\nb\n", "metadata.tsv has 2 words, and vectors.tsv 3 vectors."),
        ("1\t2\n3\t4\n", "a\na\n", "The word “a” occurs twice, in line 1 and in line 2."),
        ("1\t2\n3\tnan\n", "a\nb\n", "Number 2 of “b” in line 2 is not a number (NaN)."),
        ("1\t2\n0\t0\n", "a\nb\n", "All numbers of “b” in line 2 are zero"),
        ("1\t2\n3\t4\n", "a\n\nb\n", "Line 2 of metadata.tsv is blank"),
        ("1\t2\n3\t4\n", "x\ty\na\tb\nc\n", "Line 3 of metadata.tsv has 1 columns where its first has 2."),
        ("1\t2\n3\t4\n", "word\tcount\na\tmany\nb\t2\n", "Line 2 of metadata.tsv gives the count “many”"),
        ("1\t2\n3\t4\n", "a\n" + "b" * 20_001 + "\n", "Line 2 of metadata.tsv is longer than 20,000 bytes"),
        ("1\t2\n3\t4\n", "a\n" + "b" * 501 + "\n", "The word in line 2 has 501 characters"),
    ],
)
def test_pairs_that_do_not_fit_are_refused(numbers, metadata, said):
    assert said in refusal(zipped({"vectors.tsv": numbers.encode(), "metadata.tsv": metadata.encode()}), "x.zip")


def test_one_of_a_pair_alone_is_told_so():
    assert "vectors.tsv holds numbers, but no words." in refusal(NUMBERS, "vectors.tsv")
    assert "no vectors" in refusal("King\nQueen\n", "metadata.tsv")


def test_words_of_another_encoding_are_told_with_their_line():
    said = refusal(zipped({"vectors.tsv": NUMBERS, "metadata.tsv": b"a\nK\xf6nig\n"}), "x.zip")
    assert "Line 2 is not UTF-8: its byte 2 is 0xF6" in said


def test_a_single_row_of_whole_numbers_is_no_header():
    found = read_bytes(zipped({"vectors.tsv": b"1\t2\n", "metadata.tsv": b"King\n"}), "x.zip")
    assert found.words == ("King",) and found.matrix.tolist() == [[1, 2]]
