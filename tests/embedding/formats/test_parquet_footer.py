"""The description of a parquet file, read here, is what the library reads."""

import io

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from explorer.embedding import VectorFormatError
from explorer.embedding.formats.parquet_footer import read_footer


def written(columns: dict, **options) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def footer(data: bytes) -> bytes:
    return data[-8 - int.from_bytes(data[-8:-4], "little") : -8]


WORDS = [f"word {i}" for i in range(100)]
LISTS = {"word": WORDS, "vector": [np.arange(5.0)] * 100}
FLAT = {"word": WORDS, "count": list(range(100)), **{f"d{i}.x": np.arange(100.0) for i in range(40)}}


@pytest.mark.parametrize("columns", [LISTS, FLAT])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"row_group_size": 7},
        {"write_page_index": True, "write_page_checksum": True, "data_page_version": "2.0"},
        {"compression": "none", "use_dictionary": False, "write_statistics": False, "version": "1.0"},
        {"compression": "zstd", "store_schema": False, "sorting_columns": [parquet.SortingColumn(0)]},
    ],
)
def test_it_agrees_with_the_library(columns, options):
    data = written(columns, **options)
    theirs = parquet.read_metadata(io.BytesIO(data))
    found = read_footer(footer(data))
    groups = [theirs.row_group(i) for i in range(theirs.num_row_groups)]
    pieces = [group.column(k) for group in groups for k in range(group.num_columns)]
    assert found.rows == theirs.num_rows == 100
    assert [*found.pieces] == [
        (piece.path_in_schema, piece.num_values, piece.total_uncompressed_size) for piece in pieces
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x19" * 100,
        b"\x1c" * 100,
        b"\x16\x80",
        b"\x19\xfc\xff\xff\xff\x7f",
        b"\x18\xff\xff\xff\xff\x0f",
        b"\x1b\xff\xff\xff\x7f\x66",
        b"\x16" + b"\xff" * 20,
        footer(written(LISTS))[:-20],
    ],
)
def test_what_makes_no_sense_is_refused(data):
    with pytest.raises(VectorFormatError, match="cannot be read"):
        read_footer(data)


def test_columns_in_other_files_are_refused():
    parts = footer(written({"word": ["a"]}))
    at = parts.index(b"\x19\x1c\x19\x1c") + 4  # groups, of columns, of which the first begins
    with pytest.raises(VectorFormatError, match="lie in other files"):
        read_footer(parts[:at] + b"\x18\x03/x/" + bytes([parts[at] - 0x10]) + parts[at + 1 :])
