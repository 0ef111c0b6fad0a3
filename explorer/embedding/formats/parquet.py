"""Parquet: a column of words, and the numbers in a column of lists or in a column for each dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from explorer.embedding.formats.columns import MOST_COUNT
from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.limits import LONGEST_WORD, check_shape, check_size
from explorer.embedding.formats.parquet_columns import Columns, find_columns
from explorer.embedding.formats.parquet_footer import Footer, read_footer
from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError, quoted
from explorer.embedding.formats.source import Source
from explorer.embedding.vectors import Vectors

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

MAGIC = b"PAR1"
LARGEST_FOOTER = 4 << 20
"""Bytes of what a file says about itself, at its end."""
MOST_TEXT, MOST_ENTRIES, DEEPEST = 4 << 20, 1 << 16, 8
"""Bytes of a text in it, entries of a list in it, lists inside lists."""
TOGETHER = 1 << 20
"""Numbers that are read at a time."""


def read_parquet(source: Source) -> Vectors:
    """Words and vectors, batch by batch; sizes are checked against the file's own description first."""
    import pyarrow as pa

    try:
        data = None if source.path is not None else source.whole()
        with _input(source, data) as file:
            footer = _footer(file)
            columns = find_columns(_opened(file).schema_arrow)
            return _read(_opened(file, columns.word), columns, footer, source)
    except VectorFormatError:
        raise
    except (pa.ArrowException, OSError, ValueError, LookupError, OverflowError, TypeError):
        raise VectorFormatError("This parquet file cannot be read.", DOWNLOAD) from None


def _input(source: Source, data: bytes | None) -> pa.NativeFile:
    import pyarrow as pa

    return pa.OSFile(str(source.path)) if data is None else pa.BufferReader(data)


def _footer(file: pa.NativeFile) -> Footer:
    size = file.size()
    length, end = 0, b""
    if size >= 12:
        file.seek(size - 8)
        end = file.read(8)
        length = int.from_bytes(end[:4], "little")
        check_size(length, LARGEST_FOOTER, "The description of this parquet file's columns has")
    if end[4:] != MAGIC or length > size - 12:
        raise VectorFormatError("This parquet file does not end as one does.", DOWNLOAD)
    file.seek(size - 8 - length)
    return read_footer(file.read(length))


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


def _read(file: parquet.ParquetFile, columns: Columns, footer: Footer, source: Source) -> Vectors:
    rows = footer.rows
    dimensions = _check_promised(footer, columns, source)
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


def _check_promised(footer: Footer, columns: Columns, source: Source) -> int:
    """Numbers in a row, as the file's description tells; refuses what is too large before anything is read."""
    values = unpacked = 0
    numbers, wanted = set(columns.numbers), set(columns.names)
    for piece in footer.pieces:
        column = piece.path
        if columns.listed and column.startswith(f"{columns.numbers[0]}."):
            column = columns.numbers[0]
        values += piece.values if column in numbers else 0
        unpacked += piece.unpacked if column in wanted else 0
    check_size(unpacked, source.limits.unpacked, "The columns of this file unpack to")
    dimensions = -(-values // footer.rows) if columns.listed and footer.rows else len(columns.numbers)
    check_shape(footer.rows, dimensions, source.limits)
    if values != footer.rows * dimensions:
        raise VectorFormatError(
            f"This parquet file holds {values:,} numbers for {footer.rows:,} words.",
            "Give every word a list of the same length.",
        )
    return dimensions


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
