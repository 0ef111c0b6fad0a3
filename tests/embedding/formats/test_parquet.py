"""Parquet tables of several shapes, and what is wrong with one."""

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from explorer.embedding import read_bytes, read_vectors, write_bytes
from explorer.embedding.formats.limits import UPLOADED
from tests.embedding.formats.samples import refusal, same_bits, vectors

MATRIX = np.float32([[1, 2, 3], [4, 5, 6]])
ROWS = list(MATRIX)
WORDS = ["new york", "König"]


def table(columns: dict, **options) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def frame(data: pd.DataFrame, **options) -> bytes:
    out = io.BytesIO()
    data.to_parquet(out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        table({"word": WORDS, "vector": ROWS}),
        table({"token": WORDS, "embedding": pa.array(ROWS, pa.list_(pa.float64()))}),
        table({"anything": WORDS, "v": pa.array([row.astype("f2") for row in ROWS], pa.large_list(pa.float16()))}),
        table({"w": pa.array(WORDS, pa.large_string()), "v": pa.array(ROWS, pa.list_(pa.float32(), 3))}),
        table({"w": pa.array(WORDS).dictionary_encode(), "v": pa.array(MATRIX.astype(int).tolist())}),
        table({"word": WORDS, "pos": ["NOUN", "NOUN"], "v": ROWS}),
        table({"word": WORDS, "a": MATRIX[:, 0], "b.c": MATRIX[:, 1], "d": MATRIX[:, 2].astype("f8")}),
        table({"id": [7, 8], "word": WORDS, "a": MATRIX[:, 0], "b": MATRIX[:, 1], "c": MATRIX[:, 2]}),
        table({"word": WORDS, **{f"d{i}": MATRIX[:, i].astype(int) for i in range(3)}}),
        table({"word": WORDS, "vector": ROWS}, row_group_size=1, compression="zstd"),
        table({"word": WORDS, "vector": ROWS}, use_dictionary=False, compression="gzip", data_page_version="2.0"),
        frame(pd.DataFrame(MATRIX, index=WORDS, columns=["x", "y", "z"])),
        frame(pd.DataFrame(MATRIX, index=WORDS, columns=["x", "y", "z"]).reset_index(names="word")),
        frame(pd.DataFrame({"word": WORDS, "vector": ROWS}, index=[5, 9])),
    ],
)
def test_tables_of_many_shapes_are_the_same_vectors(tmp_path, data):
    found = read_bytes(data, "x.parquet")
    assert found.words == tuple(WORDS) and found.matrix.tolist() == MATRIX.tolist() and found.counts is None
    (tmp_path / "x.parquet").write_bytes(data)
    assert same_bits(read_vectors(tmp_path / "x.parquet"), found)


def test_counts_are_kept():
    data = table({"word": WORDS, "frequency": [9, 8], "a": MATRIX[:, 0], "b": MATRIX[:, 1]})
    found = read_bytes(data, "x.parquet")
    assert found.counts.tolist() == [9, 8] and found.dimensions == 2


def test_pandas_reads_what_is_written():
    given = vectors(dimensions=4)
    read = pd.read_parquet(io.BytesIO(write_bytes(given, "x.parquet")))
    assert read["word"].tolist() == [*given.words] and read["count"].tolist() == given.counts.tolist()
    assert np.stack(read["vector"]).tobytes() == given.matrix.tobytes()


def test_many_batches_and_groups():
    rng = np.random.default_rng(0)
    matrix = rng.standard_normal((5_000, 300)).astype(np.float32)
    words = [f"w{i}" for i in range(5_000)]
    data = table({"word": words, "vector": list(matrix)}, row_group_size=700)
    found = read_bytes(data, "x.parquet")
    assert found.words == tuple(words)
    np.testing.assert_array_equal(found.matrix, matrix)


GOOD = table({"word": WORDS, "vector": ROWS})


@pytest.mark.parametrize(
    "data, said",
    [
        (table({"word": WORDS}), "no column of numbers"),
        (table({"vector": ROWS}), "no column of words"),
        (table({"one": WORDS, "two": WORDS, "v": ROWS}), "several columns of text (“one”, “two”)"),
        (table({"word": WORDS, "a": ROWS, "b": ROWS}), "several columns of lists of numbers (“a”, “b”)"),
        (table({"word": WORDS, "a": [0.5, 1], "rank2": [1, 2]}), "“rank2” of this parquet file holds whole numbers"),
        (table({"word": WORDS, "v": [[1.0, 2], [3.0]]}), "3 numbers for 2 words"),
        (table({"word": ["a", "b", "c"], "v": [[1.0, 2], [3.0], [4.0, 5, 6]]}), "Row 2 (“b”) has 1 numbers where 2"),
        (table({"word": WORDS, "v": [[1.0, 2], None]}), "3 numbers for 2 words"),
        (table({"word": WORDS, "v": [[1.0, 2], [3.0, None]]}), "Number 2 of “König” in row 2 is not a number"),
        (table({"word": WORDS, "v": [1.0, None]}), "Number 1 of “König” in row 2 is not a number"),
        (table({"word": ["a", None], "v": ROWS}), "Row 2 has no word"),
        (table({"word": ["a", "a"], "v": ROWS}), "“a” occurs twice, in row 1 and in row 2"),
        (table({"word": ["a", "b" * 600], "v": ROWS}), "600 characters"),
        (table({"word": ["a", "b" * 6000], "v": ROWS}), "has 6,000 bytes"),
        (table({"word": WORDS, "count": [1, None], "v": ROWS}), "Row 2 has no count"),
        (table({"word": WORDS, "count": [1, -1], "v": ROWS}), "Row 2 has no count"),
        (table({"word": WORDS, "v": [[0.0, 0], [1.0, 2]]}), "All numbers of “new york” in row 1 are zero"),
        (table({"word": pa.array([], pa.string()), "v": pa.array([], pa.list_(pa.float32()))}), "0 words"),
        (table({"word": ["x"], "v": [np.ones(5000)]}), "5,000 dimensions; at most 4,096"),
        (table({"word": WORDS, "v": [["a"], ["b"]]}), "no column of numbers"),
        (GOOD[:-1], "does not end as one does"),
        (GOOD[:-8] + b"\xff\xff\xff\x7fPAR1", "description of this parquet file's columns has 2,147 MB"),
        (GOOD[:-8] + b"\xff\xff\x00\x00PAR1", "does not end as one does"),
        (GOOD[:4] + bytes(len(GOOD) - 12) + GOOD[-8:], "description of this parquet file's columns cannot be read"),
        (b"PAR1", "does not end as one does"),
    ],
)
def test_what_is_wrong_is_told(data, said):
    assert said in refusal(data, "x.parquet")


def test_a_small_file_of_a_huge_matrix_is_refused_before_it_is_read(monkeypatch):
    """Repeated values are packed to almost nothing; how many there are is in the description."""
    monkeypatch.setattr("explorer.embedding.formats.reading.UPLOADED", UPLOADED._replace(numbers=1_000_000))
    lists = pa.FixedSizeListArray.from_arrays(pa.array(np.ones(4_000_000, dtype=np.float32)), 4_000)
    data = table({"word": pa.array(["w"] * 1_000), "vector": lists})
    assert len(data) < 100_000
    assert "16 MB of memory; at most 4 MB" in refusal(data, "x.parquet")


def test_a_long_word_that_is_repeated_is_held_once():
    words = pa.DictionaryArray.from_arrays(np.zeros(2_000, dtype=np.int32), ["w" * 1_000_000])
    data = table({"word": words, "v": np.ones(2_000, dtype=np.float32)})
    assert len(data) < 500_000
    assert "has 1,000,000 bytes" in refusal(data, "x.parquet")
