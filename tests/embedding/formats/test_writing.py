"""What is written is read back, to the bit; what a format cannot hold is refused with its word."""

import gzip
import os

import numpy as np
import pytest

from explorer.embedding import VectorFormatError, Vectors, read_bytes, read_vectors, write_bytes, write_vectors
from tests.embedding.formats.samples import AWKWARD, SPACED, same_bits, vectors

KEEP_COUNTS = ["x.csv", "x.csv.gz", "x.parquet", "x.safetensors", "x.tsv", "vectors.tsv", "x.zip", "folder"]
LOSE_COUNTS = ["x.txt", "x.vec", "x.w2v", "x.bin", "x.npy", "x.txt.gz", "x.vec.gz", "x.w2v.gz"]


@pytest.mark.parametrize("name", KEEP_COUNTS + LOSE_COUNTS)
def test_a_round_trip_gives_the_same_bits(tmp_path, name):
    given = vectors()
    write_vectors(given, tmp_path / "new" / name)
    read = read_vectors(tmp_path / "new" / name)
    assert same_bits(read, given)
    assert read.name == name.split(".")[0]
    if name in KEEP_COUNTS:
        np.testing.assert_array_equal(read.counts, given.counts)
    else:
        assert read.counts is None


@pytest.mark.parametrize("name", ["x.csv", "x.csv.gz", "x.parquet", "x.safetensors", "x.tsv", "x.zip", "x.npy"])
def test_counts_are_not_made_up(tmp_path, name):
    write_vectors(vectors(counts=False), tmp_path / name)
    assert read_vectors(tmp_path / name).counts is None


@pytest.mark.parametrize("name", KEEP_COUNTS[:4] + ["x.zip"] + LOSE_COUNTS[:4] + LOSE_COUNTS[5:])
def test_bytes_are_the_file(tmp_path, name):
    given = vectors()
    data = write_bytes(given, name)
    write_vectors(given, tmp_path / name)
    assert data == (tmp_path / name).read_bytes(), "equal vectors give equal bytes"
    assert same_bits(read_bytes(data, "named wrongly"), given)


@pytest.mark.parametrize("words, dimensions", [(("one",), 1), (("one", "7"), 1), (("one",), 300), (("a", "b"), 4096)])
@pytest.mark.parametrize("name", ["x.vec", "x.bin", "x.csv", "x.parquet", "x.safetensors", "x.npy", "x.tsv"])
def test_the_smallest_and_the_widest(tmp_path, name, words, dimensions):
    given = vectors(words, dimensions) if dimensions > 1 else Vectors(words, np.arange(1, len(words) + 1)[:, None])
    write_vectors(given, tmp_path / name)
    assert same_bits(read_vectors(tmp_path / name), given)


@pytest.mark.parametrize("name", ["x.csv", "x.csv.gz", "x.parquet", "x.safetensors"])
def test_some_formats_hold_any_word(tmp_path, name):
    given = vectors(SPACED, 3)
    write_vectors(given, tmp_path / name)
    assert same_bits(read_vectors(tmp_path / name), given)


@pytest.mark.parametrize("name", ["x.txt", "x.tsv", "x.npy", "x.zip", "x.txt.gz"])
def test_some_hold_spaces(tmp_path, name):
    given = vectors(("new york", "the", "new york city", "don 't", "c #"), 3)
    write_vectors(given, tmp_path / name)
    assert same_bits(read_vectors(tmp_path / name), given)


@pytest.mark.parametrize(
    "name, word, able",
    [
        ("x.txt", "a\tb", ".parquet"),
        ("x.txt", "route 66", ".csv"),
        ("x.txt", " lead", ".csv"),
        ("x.vec", "new york", ".txt"),
        ("x.w2v", "new york", ".txt"),
        ("x.vec", "x\ny", ".safetensors"),
        ("x.bin", "new york", ".parquet"),
        ("x.tsv", "a\tb", ".parquet"),
        ("x.zip", "x\ny", ".parquet"),
        ("folder", "x\ny", ".parquet"),
        ("x.npy", "x\ny", ".parquet"),
        ("x.npy", "cr\r", ".parquet"),
    ],
)
def test_a_word_that_does_not_fit_is_named_with_formats_that_hold_it(tmp_path, name, word, able):
    with pytest.raises(VectorFormatError) as refused:
        write_vectors(vectors(("fine", word), 2), tmp_path / name)
    shown = word.replace("\t", "\\u0009").replace("\n", "\\u000a").replace("\r", "\\u000d")
    assert f"“{shown}” (row 2)" in refused.value.problem and able in refused.value.remedy
    assert not [path for path in tmp_path.rglob("*") if path.stat().st_size]


@pytest.mark.parametrize(
    "given, name, said",
    [
        (Vectors(["a", "b"], [[1, 2], [3, np.nan]]), "x.txt", "“b” (row 2) is not finite"),
        (Vectors(["a", ""], np.ones((2, 2))), "x.parquet", "0 characters"),
        (Vectors(["a", "b" * 501], np.ones((2, 2))), "x.csv", "501 characters"),
        (Vectors(["a\ud800"], np.ones((1, 2))), "x.vec", "row 1 holds half a character"),
        (Vectors(["a"], np.ones((1, 2))), "x.docx", "There is no format for “x.docx”. Choose one of .txt"),
        (Vectors(["a"], np.ones((1, 2))), "x.npy.gz", "Text can: .txt"),
        (Vectors(["a"], np.ones((1, 1))), "x.txt", "Save as .vec"),
    ],
)
def test_what_no_file_could_give_back_is_refused(tmp_path, given, name, said):
    with pytest.raises(VectorFormatError) as refused:
        write_vectors(given, tmp_path / name)
    assert said in str(refused.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.npy", "x.tsv", "folder"])
def test_pairs_are_no_bytes(name):
    with pytest.raises(VectorFormatError, match="several files. Choose .zip"):
        write_bytes(vectors(), name)


def test_a_file_is_replaced_only_when_the_new_one_is_complete(tmp_path, monkeypatch):
    path = tmp_path / "x.txt"
    write_vectors(vectors(), path)
    before = path.read_bytes()
    with pytest.raises(VectorFormatError):
        write_vectors(vectors(("a\tb",), 2), path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["x.txt"]


def test_an_array_does_not_write_over_vectors_of_the_same_name(tmp_path):
    given = vectors()
    write_vectors(given, tmp_path / "x.txt")
    write_vectors(given, tmp_path / "x.npy")
    assert sorted(os.listdir(tmp_path)) == ["x.npy", "x.txt", "x.words.txt"]
    assert same_bits(read_vectors(tmp_path / "x.txt"), given) and same_bits(read_vectors(tmp_path / "x.npy"), given)


def test_text_is_the_shortest_that_gives_the_number_back():
    data = write_bytes(Vectors(["a"], np.float32([[0.1, 1e-5, 16777216, -0.418]])), "x.txt")
    assert data == b"a 0.1 0.00001 16777216 -0.418\n"
    assert write_bytes(Vectors(["a"], np.float32([[0.1, 2]])), "x.vec") == b"1 2\na 0.1 2\n"
    assert (
        write_bytes(Vectors(['a"', "b"], [[1, 2], [3, 4]], [5, 6]), "x.csv")
        == b'word,count,d1,d2\n"a""",5,1,2\nb,6,3,4\n'
    )


def test_gzip_of_text_is_the_text():
    assert gzip.decompress(write_bytes(vectors(), "x.vec.gz")) == write_bytes(vectors(), "x.vec")


def test_random_words_survive_every_format_that_takes_them(tmp_path):
    """Words of any characters: a format gives them back, or says which one it cannot hold."""
    rng = np.random.default_rng(3)
    letters = list("ab ,;\t\n\r\"'=0.5-\u00a0\u2028\ufeff\x01\x85é日") + ["1 2", "nan", " "]
    held = 0
    for _ in range(60):
        words = {"".join(rng.choice(letters, rng.integers(1, 5))) for _ in range(rng.integers(1, 9))}
        given = vectors(tuple(sorted(words)), int(rng.integers(2, 5)), counts=False)
        for name in ("x.txt", "x.vec", "x.bin", "x.csv", "x.parquet", "x.safetensors", "x.zip"):
            try:
                data = write_bytes(given, name)
            except VectorFormatError as refused:
                assert "cannot hold the word" in str(refused) and name not in ("x.csv", "x.parquet", "x.safetensors")
                continue
            held += 1
            assert same_bits(read_bytes(data, name), given), (name, words)
    assert held > 200


def test_awkward_words_are_awkward():
    assert {'"', ",", "=1+1", "nan", "word"} <= set(AWKWARD)
