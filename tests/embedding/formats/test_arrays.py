"""NumPy arrays and safetensors."""

import io
import json
import pickle
import struct

import numpy as np
import pytest
from safetensors.numpy import save

from explorer.embedding import read_bytes, read_vectors, write_bytes
from tests.embedding.formats.samples import array, refusal, same_bits, vectors, zipped

MATRIX = np.float32([[1, 2, 3], [4, 5, 6]])
WORDS = json.dumps(["a b", "König"])


@pytest.mark.parametrize("kind", ["<f4", ">f4", "<f8", "<f2", "<i4", "|i1", "<u2", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays_of_any_numbers(tmp_path, kind, order):
    np.save(tmp_path / "x.npy", np.array(MATRIX.astype(kind), order=order))
    (tmp_path / "x.txt").write_text("a b\nKönig\n")
    found = read_vectors(tmp_path / "x.npy")
    assert found.words == ("a b", "König") and found.matrix.tolist() == MATRIX.tolist()
    assert found.matrix.flags.c_contiguous


@pytest.mark.parametrize(
    "name", ["x.txt", "x.words.txt", "x_words.txt", "words.txt", "vocab.txt", "x.tsv", "x.vocab", "metadata.tsv"]
)
def test_where_words_are_looked_for(tmp_path, name):
    np.save(tmp_path / "x.npy", MATRIX)
    (tmp_path / name).write_text("a b\nKönig\n")
    assert read_vectors(tmp_path / "x.npy").words == ("a b", "König")
    assert read_bytes(zipped({"x.npy": array(MATRIX), name: b"a b\nK\n"}), "x.zip").words == ("a b", "K")


def test_counts_of_a_vocabulary_are_kept(tmp_path):
    np.save(tmp_path / "x.npy", MATRIX)
    (tmp_path / "vocab.txt").write_text("the 100\nnew york 7\n")
    found = read_vectors(tmp_path / "x.npy")
    assert found.words == ("the", "new york") and found.counts.tolist() == [100, 7]


def test_vectors_of_the_same_name_are_not_taken_for_words(tmp_path):
    np.save(tmp_path / "x.npy", MATRIX)
    (tmp_path / "x.txt").write_text("a 1 2 3\nb 4 5 6\n")
    (tmp_path / "words.txt").write_text("c\nd\n")
    assert read_vectors(tmp_path / "x.npy").words == ("c", "d")


def lying(shape: str, kind: str = "<f4", data: bytes = MATRIX.tobytes()) -> bytes:
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + data


@pytest.mark.parametrize(
    "data, said",
    [
        (array(np.array([["a", 1]], dtype=object)), "NumPy array of objects, which is a Python pickle inside"),
        (array(np.zeros((2, 3), dtype=[("w", object), ("v", "f4")])), "a Python pickle inside"),
        (array(np.array([["a", "b"]])), "does not hold plain numbers"),
        (array(MATRIX.astype(complex)), "does not hold plain numbers"),
        (array(np.zeros((2, 3), dtype=[("w", "f4"), ("v", "f4")])), "does not hold plain numbers"),
        (array(MATRIX[0]), "no matrix with a row for each word"),
        (array(MATRIX[None]), "no matrix with a row for each word"),
        (array(MATRIX)[:-1], "describes 2 x 3 numbers, which takes 152 bytes; the file has 151"),
        (array(MATRIX) + b"more", "goes on after the array"),
        (lying("(2000000, 3)"), "which takes 24,000,128 bytes; the file has 152"),
        (lying("(2000000, 4000)"), "32,000 MB of memory"),
        (lying("(9999999, 3)"), "9,999,999 words"),
        (lying("(0, 3)"), "0 words"),
        (lying("(2, 3)", "|O"), "a Python pickle inside"),
        (lying("(-2, 3)"), "no matrix"),
        (lying("(" * 100), "no matrix"),
        (array(MATRIX)[:9], "The file ends in the head of a NumPy array"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\x7f", "The head of this NumPy array has 2,147,483,647 bytes"),
        (b"\x93NUMPY\x09\x00" + bytes(100), "format version 9.0"),
        (array(MATRIX * np.float32(np.nan)), "Number 1 of “a” in row 1 is not a number"),
        (
            array(np.float64([[1, 2, 3], [1, 2, 1e300]])),
            "Number 3 of “b” in row 2 is infinite, or too large for float32",
        ),
        (array(MATRIX * [[1], [0]]), "All numbers of “b” in row 2 are zero"),
        (array(np.ones((3, 3))), "words.txt has 2 words, and x.npy 3 vectors"),
    ],
)
def test_what_is_wrong_with_an_array(data, said):
    assert said in refusal(zipped({"x.npy": data, "words.txt": b"a\nb\n"}), "x.zip")


def test_an_array_alone_has_no_words():
    assert "x.npy holds numbers, but no words. Put a file with one word in each line" in refusal(array(MATRIX), "x.npy")
    assert "“a” occurs twice" in refusal(zipped({"x.npy": array(MATRIX), "words.txt": b"a\na\n"}), "x.zip")


@pytest.mark.parametrize("name", ["vectors", "embeddings", "anything.weight"])
@pytest.mark.parametrize("kind", ["<f4", "<f8", "<f2"])
def test_safetensors_with_words_in_the_metadata(name, kind):
    found = read_bytes(save({name: MATRIX.astype(kind)}, {"words": WORDS}), "x.safetensors")
    assert found.words == ("a b", "König") and found.matrix.tolist() == MATRIX.tolist()


def test_safetensors_with_words_beside_it_and_in_half_precision(tmp_path):
    upper = (MATRIX.view(np.uint32) >> 16).astype("<u2").tobytes()  # of numbers that need no more digits
    data = crafted({"emb": {"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 12]}}, upper)
    (tmp_path / "x.safetensors").write_bytes(data)
    (tmp_path / "words.txt").write_text("a b\nKönig\n")
    assert read_vectors(tmp_path / "x.safetensors").matrix.tolist() == MATRIX.tolist()


def test_safetensors_are_read_by_the_library():
    from safetensors.numpy import load

    given = vectors()
    loaded = load(write_bytes(given, "x.safetensors"))
    assert loaded["vectors"].tobytes() == given.matrix.tobytes() and loaded["counts"].tolist() == given.counts.tolist()


def crafted(header: object, data: bytes = MATRIX.tobytes()) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


ENTRY = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}


@pytest.mark.parametrize(
    "data, said",
    [
        (save({"a": MATRIX}), "holds numbers, but no words"),
        (save({"a": MATRIX, "b": MATRIX}, {"words": WORDS}), "several matrices (“a”, “b”), perhaps a whole model"),
        (save({"a": MATRIX[0]}, {"words": WORDS}), "no matrix of floating-point numbers"),
        (save({"a": MATRIX.astype("<i8")}, {"words": WORDS}), "no matrix of floating-point numbers"),
        (save({"a": MATRIX}, {"words": '["a"]'}), "not a list of 2 texts"),
        (save({"a": MATRIX}, {"words": '["a", 1]'}), "not a list of 2 texts"),
        (save({"a": MATRIX}, {"words": '["a", ["b"]]'}), "not a list of 2 texts"),
        (save({"a": MATRIX}, {"words": '["a", "b\\q"]'}), "The words in this safetensors file cannot be read"),
        (save({"a": MATRIX}, {"words": '["a", "\\ud800"]'}), "row 2 holds half a character"),
        (save({"a": MATRIX}, {"words": '["a", "a"]'}), "“a” occurs twice, in row 1 and in row 2"),
        (save({"a": MATRIX}, {"words": '["a", ""]'}), "no word before the numbers in row 2"),
        (save({"vectors": MATRIX, "counts": np.int64([1])}, {"words": WORDS}), "not one whole number for each word"),
        (save({"vectors": MATRIX, "counts": np.int64([1, -1])}, {"words": WORDS}), "not one whole number for each word"),
        (save({"a": MATRIX}, {"words": WORDS})[:-1], "does not agree with its size"),
        (save({"a": MATRIX}, {"words": WORDS}) + b"x", "does not agree with its size"),
        (crafted({"a": {**ENTRY, "shape": [2_000_000, 100]}}), "“a” is not as large as its shape says"),
        (crafted({"a": {**ENTRY, "data_offsets": [0, 800_000_000], "shape": [2_000_000, 100]}}), "does not agree"),
        (crafted({"a": {**ENTRY, "shape": [-2, -3]}}), "makes no sense"),
        (crafted({"a": {**ENTRY, "data_offsets": [24, 0]}}), "makes no sense"),
        (crafted({"a": 5}), "makes no sense"),
        (crafted(b'{"a":' + json.dumps(ENTRY).encode() + b',"a":' + json.dumps(ENTRY).encode() + b"}"), "cannot be read"),
        (crafted(b"{" * 60_000), "cannot be read"),
        (crafted(b'{"a' + b'\\"' * 1_000_000), "cannot be read"),
        (crafted(b'{"a":[' + b"[]," * 500_000 + b"1]}"), "lists too many parts"),
        (crafted(b'{"a":' + b"9" * 5000 + b"}"), "cannot be read"),
        (struct.pack("<Q", 10**9) + b"{}" + bytes(100), "ends within its own description"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_safetensors(data, said):
    assert said in refusal(data, "x.safetensors")


def test_a_pickle_named_npy_is_a_pickle():
    out = io.BytesIO()
    pickle.dump(MATRIX, out)
    assert "Python pickle" in refusal(out.getvalue(), "x.npy")


def test_the_name_does_not_matter():
    given = vectors()
    assert same_bits(read_bytes(write_bytes(given, "x.safetensors"), "x.txt"), given)
