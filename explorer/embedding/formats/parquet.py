"""Parquet: a column of words, and the numbers in a column of lists or in a column for each dimension."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from explorer.embedding.formats.columns import MOST_COUNT
from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.limits import LONGEST_WORD, check_shape, check_size
from explorer.embedding.formats.parquet_columns import Columns, find_columns
from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError, quoted
from explorer.embedding.formats.source import Source
from explorer.embedding.vectors import Vectors

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

MAGIC = b"PAR1"
LARGEST_FOOTER = 16 << 20
"""Bytes of what a file says about itself, at its end."""
MOST_TEXT, MOST_ENTRIES, DEEPEST = 4 << 20, 1 << 16, 8
"""Bytes of a text in it, entries of a list in it, lists inside lists."""
MOST_PIECES = 200_000
"""Columns times groups of rows."""
TOGETHER = 1 << 20
"""Numbers that are read at a time."""


def read_parquet(source: Source) -> Vectors:
    """Words and vectors, batch by batch; sizes are checked against the file's own description first."""
    import pyarrow as pa

    try:
        data = None if source.path is not None else source.whole()
        with _input(source, data) as file:
            _check_footer(file)
            columns = find_columns(_opened(file).schema_arrow)
            return _read(_opened(file, columns.word), columns, source)
    except VectorFormatError:
        raise
    except (pa.ArrowException, OSError, ValueError, LookupError, OverflowError, TypeError):
        raise VectorFormatError(
            "This parquet file is damaged, or packed in a way that cannot be read.", DOWNLOAD
        ) from None


def _input(source: Source, data: bytes | None) -> pa.NativeFile:
    import pyarrow as pa

    return pa.OSFile(str(source.path)) if data is None else pa.BufferReader(data)


def _check_footer(file: pa.NativeFile) -> None:
    size = file.size()
    if size >= 12:
        file.seek(size - 8)
        end = file.read(8)
        length = int.from_bytes(end[:4], "little")
        check_size(length, LARGEST_FOOTER, "The description of this parquet file's columns has")
    if size < 12 or end[4:] != MAGIC or length > size - 12:
        raise VectorFormatError("This parquet file does not end as one does.", DOWNLOAD)


def _opened(file: pa.NativeFile, words: str | None = None) -> parquet.ParquetFile:
    """The file; words stay numbers into a dictionary, so that a long one that is repeated is held once."""
    from pyarrow import parquet

    return parquet.ParquetFile(
        file,
        read_dictionary=None if words is None else [words],
        thrift_string_size_limit=MOST_TEXT,
        thrift_container_size_limit=MOST_ENTRIES,
        schema_depth_limit=DEEPEST,
        pre_buffer=False,
    )


def _read(file: parquet.ParquetFile, columns: Columns, source: Source) -> Vectors:
    rows = file.metadata.num_rows
    dimensions = _check_promised(file.metadata, columns, source)
    gathered = Gathered(dimensions, source.limits, lambda row: f"row {row + 1:,}")
    counts: list[np.ndarray] = []
    for batch in file.iter_batches(max(1, TOGETHER // dimensions), columns=columns.names, use_threads=False):
        first = len(gathered)
        gathered.add(_words(batch.column(columns.word), first), _matrix(batch, columns, dimensions, first))
        if columns.count is not None:
            counts.append(_counts(batch.column(columns.count), first))
    if len(gathered) != rows:
        raise VectorFormatError(f"This parquet file promises {rows:,} rows, but holds {len(gathered):,}.", DOWNLOAD)
    return gathered.vectors(source.stem, np.concatenate(counts) if counts else None)


def _check_promised(metadata: parquet.FileMetaData, columns: Columns, source: Source) -> int:
    """Numbers in a row, as the description of the columns tells; refuses what is too large before anything is read."""
    if metadata.num_row_groups * metadata.num_columns > MOST_PIECES:
        raise VectorFormatError(
            f"This parquet file has {metadata.num_row_groups:,} groups of {metadata.num_columns:,} columns.",
            "Write it anew with larger groups of rows.",
        )
    values = unpacked = 0
    numbers, wanted = set(columns.numbers), set(columns.names)
    for piece in _pieces(metadata):
        column = piece.path_in_schema
        if columns.listed and column.startswith(f"{columns.numbers[0]}."):
            column = columns.numbers[0]
        if column in numbers:
            values += piece.num_values
        if column in wanted:
            unpacked += piece.total_uncompressed_size
    check_size(unpacked, source.limits.unpacked, "The columns of this file unpack to")
    rows = metadata.num_rows
    dimensions = -(-values // rows) if columns.listed and rows > 0 else len(columns.numbers)
    check_shape(rows, dimensions, source.limits)
    if values != rows * dimensions:
        raise VectorFormatError(
            f"This parquet file holds {values:,} numbers for {rows:,} words.",
            "Give every word a list of the same length.",
        )
    return dimensions


def _pieces(metadata: parquet.FileMetaData) -> Iterator[parquet.ColumnChunkMetaData]:
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        for k in range(group.num_columns):
            yield group.column(k)


def _words(column: pa.Array, first: int) -> list[str]:
    from pyarrow import compute

    longest = compute.max(compute.binary_length(column.dictionary)).as_py() or 0
    if longest > 4 * LONGEST_WORD:
        raise VectorFormatError(
            f"One of the words of row {first + 1:,} and those after it has {longest:,} bytes.",
            f"A word may have {LONGEST_WORD} characters: remove it, or check which column holds the words.",
        )
    words = column.dictionary_decode().to_pylist()
    if None in words:
        raise VectorFormatError(
            f"Row {first + words.index(None) + 1:,} has no word.", "Add the word, or remove the row."
        )
    return words


def _matrix(batch: pa.RecordBatch, columns: Columns, dimensions: int, first: int) -> np.ndarray:
    if not columns.listed:
        parts = [batch.column(name).to_numpy(zero_copy_only=False) for name in columns.numbers]
        return np.stack(parts, axis=1).astype(np.float32)
    from pyarrow import compute

    column = batch.column(columns.numbers[0])
    lengths = compute.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False)
    wrong = np.flatnonzero(lengths != dimensions)
    if wrong.size:
        i = int(wrong[0])
        raise VectorFormatError(
            f"Row {first + i + 1:,} ({quoted(_words(batch.column(columns.word), first)[i])}) has {lengths[i]:,} numbers "
            f"where {dimensions:,} are expected.",
            "Give every word a list of the same length.",
        )
    return column.flatten().to_numpy(zero_copy_only=False).reshape(len(batch), dimensions)


def _counts(column: pa.Array, first: int) -> np.ndarray:
    counts = column.to_numpy(zero_copy_only=False)
    wrong = np.flatnonzero(~((counts >= 0) & (counts < MOST_COUNT)))
    if column.null_count or wrong.size:
        row = first + (int(wrong[0]) if wrong.size else 0) + 1
        raise VectorFormatError(f"Row {row:,} has no count.", "A count is a whole number, 0 or more.")
    return counts.astype(np.int64)


def write_parquet(vectors: Vectors, stream: BinaryIO) -> None:
    """Columns ``word``, ``count`` where it is known, and ``vector``, a list of float32."""
    import pyarrow as pa
    from pyarrow import parquet

    flat = pa.array(np.ascontiguousarray(vectors.matrix).reshape(-1))
    columns = {"word": pa.array(vectors.words, pa.string())}
    if vectors.counts is not None:
        columns["count"] = pa.array(vectors.counts)
    columns["vector"] = pa.FixedSizeListArray.from_arrays(flat, vectors.dimensions)
    # Float32 numbers of vectors hardly repeat: a dictionary of them would only cost.
    parquet.write_table(pa.table(columns), stream, use_dictionary=False, row_group_size=100_000)
