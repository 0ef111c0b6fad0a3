"""Which file is what, what is packed, and what is never opened."""

import bz2
import gzip
import io
import pickle
import struct
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from explorer.embedding import VectorFormatError, read_bytes, read_vectors, write_bytes
from explorer.embedding.formats import limits
from tests.embedding.formats.samples import array, fasttext, refusal, same_bits, vectors, zipped

TEXT = b"the 1 2\nking 3 4\n"


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.mark.parametrize("name", ["x.txt", "x.vec", "x.bin", "x.csv", "x.parquet", "x.safetensors"])
@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda data: zipped({"one": data}), lambda data: zipped({"a/x": data}, zipfile.ZIP_STORED)]
)
def test_any_format_may_be_packed(name, pack):
    given = vectors()
    assert same_bits(read_bytes(pack(write_bytes(given, name)), "x"), given)


def test_packed_models_and_arrays():
    assert len(read_bytes(gzip.compress(fasttext()), "x.bin.gz")) == 3
    assert (
        len(read_bytes(zipped({"m.npy": array(np.ones((2, 3))), "m.txt": b"a\nb\n", "README.md": b"?"}), "x.zip")) == 2
    )


@pytest.mark.parametrize("name", ["x.npy.gz", "x.npy"])
def test_a_packed_array_with_its_words_beside_it(tmp_path, name):
    data = array(np.ones((2, 3)))
    (tmp_path / name).write_bytes(gzip.compress(data))
    (tmp_path / "words.txt").write_text("a\nb\n")
    assert read_vectors(tmp_path / name).words == ("a", "b")


@pytest.mark.parametrize(
    "name, title",
    [("glove.6B.50d.txt", "glove.6B.50d"), ("a/b\\x.vec.gz", "x"), ("", "upload"), (".txt", ".txt"), ("x", "x")],
)
def test_the_name_of_the_vectors_is_that_of_the_file(name, title):
    assert read_bytes(TEXT, name).name == title


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    "dress",
    [
        lambda data: data,
        gzip.compress,
        lambda data: zipped({"archive/data.pkl": data, "archive/data/0": b"\0" * 40}, zipfile.ZIP_STORED),
        lambda data: zipped({"vectors.txt": data}),
        lambda data: zipped({"x.kv": data}),
    ],
)
@pytest.mark.parametrize("name", ["x.pkl", "x.txt", "x.bin", "x.npy", "x.kv"])
def test_a_pickle_in_any_dress_is_refused_and_never_run(tmp_path, protocol, dress, name):
    made = tmp_path / "made"
    data = dress(pickle.dumps(Payload(made), protocol))
    said = refusal(data, name)
    assert "pickle" in said and 'kv.save_word2vec_format("x.txt")' in said
    (tmp_path / name).write_bytes(data)
    with pytest.raises(VectorFormatError):
        read_vectors(tmp_path / name)
    assert not made.exists()


def test_what_torch_and_joblib_write_is_refused(tmp_path):
    import joblib
    import torch

    torch.save({"x": torch.zeros(3)}, tmp_path / "new.pt")
    torch.save({"x": torch.zeros(3)}, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    joblib.dump({"x": np.zeros(3)}, tmp_path / "plain.joblib")
    joblib.dump({"x": np.zeros(3)}, tmp_path / "packed.joblib", compress=3)
    joblib.dump({"x": np.zeros(3)}, tmp_path / "packed.gz", compress=("gzip", 3))
    np.save(tmp_path / "x.npy", np.array([["a", 1]], dtype=object))
    for path in tmp_path.iterdir():
        with pytest.raises(VectorFormatError, match="pickle"):
            read_vectors(path)


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "The file is empty."),
        (b" \n\n", "only blank space"),
        ("\ufeff".encode(), "only blank space"),
        (b"\xff\xfea\x00b\x00", "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (bz2.compress(TEXT), "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x7fELF\x02\x01", "program"),
        (b"<!DOCTYPE html>\n<html><body>Not found</body></html>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7\nsize 1234\n", "git lfs pull"),
        (b'{"king": [1, 2]}', "JSON"),
        (b"It was the best of times,\nit was the worst of times\n", "do not end in numbers"),
        (b"the \x00\x01\x02\x03", "binary file of a kind that is not known"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "office document"),
        (zipped({}), "no files to choose from"),
        (zipped({"a.txt": TEXT, "b.txt": TEXT}), "which of these files holds the vectors: “a.txt”, “b.txt”"),
        (zipped({f"{i}.txt": TEXT for i in range(65)}), "more than 64 files"),
        (zipped({"a.zip": zipped({"b.txt": TEXT})}), "packed more than once"),
        (zipped({"a.gz": gzip.compress(TEXT)}), "packed more than once"),
        (gzip.compress(gzip.compress(TEXT)), "packed more than once"),
        (gzip.compress(zipped({"b.txt": TEXT})), "packed more than once"),
        (zipped({"a.txt": TEXT}, zipfile.ZIP_BZIP2), "packed in an unusual way"),
        (zipped({"a.txt": TEXT}, zipfile.ZIP_LZMA), "packed in an unusual way"),
        (zipped({"a.txt": TEXT})[:-30], "ends before its list of files"),
        (zipped({"a.txt": TEXT})[:40], "ends before its list of files"),
        (gzip.compress(TEXT * 1000)[:-20], "cannot be unpacked to its end"),
        (gzip.compress(b"")[:5], "cannot be unpacked to its end"),
        (gzip.compress(b""), "The file is empty."),
        (gzip.compress(TEXT)[:-6] + b"\0" * 6, "cannot be unpacked to its end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # packed data holds the time
)
def test_what_holds_no_vectors_is_told_with_what_to_do(data, said):
    assert said in refusal(data, "x.txt")


def test_a_zip_with_a_wrong_checksum_or_password():
    data = bytearray(zipped({"a.txt": TEXT * 40}, zipfile.ZIP_STORED))
    data[60] ^= 1
    assert "cannot be unpacked" in refusal(bytes(data), "x.zip")
    data = bytearray(zipped({"a.txt": TEXT}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refusal(bytes(data), "x.zip")


def test_files_that_unpack_to_too_much_are_stopped(monkeypatch):
    small = limits.UPLOADED._replace(unpacked=3_000_000)
    monkeypatch.setattr("explorer.embedding.formats.reading.UPLOADED", small)
    text = b"".join(b"w%d 1 2\n" % i for i in range(400_000))
    assert "unpacks to more than 3 MB" in refusal(gzip.compress(text))
    assert "a.txt has 5 MB; at most 3 MB" in refusal(zipped({"a.txt": text}))
    lying = bytearray(zipped({"a.txt": text}))
    at = lying.rfind(b"PK\x01\x02") + 24
    lying[at : at + 4] = struct.pack("<L", 1000)  # the size that the list of files tells
    assert "cannot be unpacked" in refusal(bytes(lying))


def test_a_bomb_takes_no_memory():
    """A gigabyte of repeated lines, packed a thousandfold, is refused at the second line."""
    line = b"w " + b"1 " * 500 + b"\n"
    bomb = gzip.compress(line * 100_000, 1)
    assert len(bomb) < 3_000_000
    tracemalloc.start()
    assert "“w” occurs twice, in line 1 and in line 2" in refusal(bomb)
    assert tracemalloc.get_traced_memory()[1] < 80_000_000
    tracemalloc.stop()


def test_a_zip_with_a_very_long_list_of_files_is_refused_unread():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i in range(25_000):
            archive.writestr(str(i), b"")
    tracemalloc.start()
    assert "too many files" in refusal(out.getvalue(), "x.zip")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_sizes_are_limited(tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.embedding.formats.reading.UPLOADED", limits.UPLOADED._replace(file=10))
    assert "The file has 17 bytes; at most 10 bytes can be read." in refusal(TEXT)
    monkeypatch.setattr("explorer.embedding.formats.reading.ON_DISK", limits.ON_DISK._replace(file=10))
    (tmp_path / "x.txt").write_bytes(TEXT)
    with pytest.raises(VectorFormatError, match="at most 10 bytes"):
        read_vectors(tmp_path / "x.txt")
    assert limits.LARGEST_UPLOAD == 200 << 20 and limits.MOST_WORDS * limits.MOST_DIMENSIONS > limits.MOST_NUMBERS


def test_the_matrix_is_limited_while_lines_come(monkeypatch):
    monkeypatch.setattr("explorer.embedding.formats.reading.UPLOADED", limits.UPLOADED._replace(numbers=100))
    text = "".join(f"w{i} 1 2\n" for i in range(60))
    assert "60 words with 2 dimensions take 480 bytes of memory; at most 400 bytes" in refusal(text)


def test_a_missing_file_is_no_wrong_format(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_vectors(tmp_path / "none.txt")


def test_a_folder_with_several_files_is_asked_about(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(TEXT)
    with pytest.raises(VectorFormatError, match="“a.txt”, “b.txt”"):
        read_vectors(tmp_path)


def test_paths_may_be_strings(tmp_path):
    (tmp_path / "x.txt").write_bytes(TEXT)
    assert read_vectors(str(tmp_path / "x.txt")).words == ("the", "king")
