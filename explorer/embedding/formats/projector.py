"""The pair of files that TensorFlow's Embedding Projector opens: numbers in one, words in the other."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import numpy as np

from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.layout import Layout
from explorer.embedding.formats.limits import check_shape
from explorer.embedding.formats.lines import blocks
from explorer.embedding.formats.numerals import parse_each, parse_numbers, written_rows
from explorer.embedding.formats.refusal import VectorFormatError, quoted
from explorer.embedding.formats.source import Source
from explorer.embedding.formats.text import OTHERS, check_words, wrong_count
from explorer.embedding.formats.word_list import WordList, check_rows, spoils_list
from explorer.embedding.vectors import Vectors

VECTORS, METADATA = "vectors.tsv", "metadata.tsv"
WRITTEN = (2000, 1, 1, 0, 0, 0)
"""The date in a zip: equal vectors give equal bytes."""
_BREAKS = re.compile(r"[\0\t\n\r]")


def read_projector(source: Source, layout: Layout, found: WordList) -> Vectors:
    """Lines of numbers, and the words that belong to them."""
    rows, read, dimensions = [], 0, 0
    with source.stream() as stream:
        for lines in blocks(stream):
            lines = [line.rstrip(b" \t\r") for line in lines]
            dimensions = dimensions or lines[0].count(layout.separator) + 1
            check_shape(read + len(lines), dimensions, source.limits)
            rows.append(_numbers(lines, layout, dimensions, read + 1))
            read += len(lines)
    found = check_rows(found, read, source.label)
    gathered = Gathered(dimensions, source.limits, lambda row: f"line {row + 1:,}")
    for block in rows:
        gathered.add(found.words[len(gathered) : len(gathered) + len(block)], block)
    return gathered.vectors(source.stem, found.counts)


def _numbers(lines: list[bytes], layout: Layout, dimensions: int, first: int) -> np.ndarray:
    text = b"\n".join(lines).replace(layout.separator, b"\n")
    if layout.decimal_comma:
        text = text.replace(b",", b".")
    even = all(line.count(layout.separator) == dimensions - 1 for line in lines)
    block = parse_numbers(text, len(lines) * dimensions) if even else None
    if block is None:
        rows = [_row(line, layout, dimensions, number) for number, line in enumerate(lines, first)]
        block = np.array(rows, dtype=np.float64)
    return block.reshape(len(lines), dimensions)


def _row(line: bytes, layout: Layout, dimensions: int, number: int) -> list[float]:
    fields = [field.strip() for field in line.split(layout.separator)]
    if layout.decimal_comma:
        fields = [field.replace(b",", b".") for field in fields]
    if len(fields) != dimensions:
        raise wrong_count(number, "", dimensions, len(fields) if any(fields) else 0)
    return parse_each(fields, f"line {number:,}")


def projector_bundle(
    vectors: Vectors, columns: Mapping[str, Sequence[object]] | None = None, n: int | None = None
) -> bytes:
    """A zip with what the Embedding Projector opens.

    On projector.tensorflow.org load ``vectors.tsv`` and ``metadata.tsv`` by hand; ``projector_config.json`` is for a page that
    serves them, and the folder as a whole opens with ``tensorboard --logdir``.

    Parameters
    ----------
    vectors : Vectors
    columns : mapping of str to sequence, optional
        More to say of each word, such as its cluster; the counts are there already, where they are known.
    n : int, optional
        Only the first so many words; the Projector grows slow above some ten thousand.

    Raises
    ------
    VectorFormatError
        For words that hold a tab or a line break, or columns that are not as long as there are words.
    """
    vectors = vectors if n is None else vectors.head(n)
    columns = {name: list(column)[: len(vectors)] for name, column in (columns or {}).items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, parts in projector_files(vectors, columns).items():
            info = zipfile.ZipInfo(name, WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as stream:
                stream.writelines(parts)
    return out.getvalue()


def projector_files(
    vectors: Vectors,
    columns: Mapping[str, Sequence[object]] | None = None,
    names: tuple[str, str] = (VECTORS, METADATA),
) -> dict[str, Iterator[bytes]]:
    """The files of a bundle by their names, each as pieces of bytes."""
    check_words(vectors, "A Projector bundle", lambda word: "\t" in word or spoils_list(word), OTHERS)
    table = _table(vectors, columns or {})
    shape = [len(vectors), vectors.dimensions]
    title = vectors.name or "word vectors"
    config = {
        "embeddings": [{"tensorName": title, "tensorShape": shape, "tensorPath": names[0], "metadataPath": names[1]}]
    }
    tensorboard = (
        f"embeddings {{\n  tensor_name: {json.dumps(title, ensure_ascii=False)}\n  tensor_shape: [{shape[0]}, {shape[1]}]\n"
        f"  tensor_path: {json.dumps(names[0])}\n  metadata_path: {json.dumps(names[1])}\n}}\n"
    )
    return {
        names[0]: (b"".join(row + b"\n" for row in rows) for _, rows in written_rows(vectors.matrix, "\t")),
        names[1]: _metadata(table),
        "projector_config.json": iter([json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n"]),
        "projector_config.pbtxt": iter([tensorboard.encode()]),
    }


def _table(vectors: Vectors, columns: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """Columns of the metadata by name, the words first."""
    counts = {} if vectors.counts is None else {"count": vectors.counts.tolist()}
    table = {"word": vectors.words, **counts, **columns}
    for name, column in table.items():
        if len(column) != len(vectors):
            raise VectorFormatError(
                f"The column {quoted(name)} has {len(column):,} cells for {len(vectors):,} words.",
                "Give one for each word.",
            )
        if any(_BREAKS.search(str(cell)) for cell in (name, *(column if name != "word" else ()))):
            raise VectorFormatError(
                f"A cell of the column {quoted(name)} holds a tab or a line break, which a Projector bundle cannot hold.",
                "Replace it by a space.",
            )
    return table


def _metadata(table: Mapping[str, Sequence[object]]) -> Iterator[bytes]:
    """One column has no header, several have one: so the Projector wants it."""
    if len(table) > 1:
        yield ("\t".join(table) + "\n").encode()
    for row in zip(*table.values(), strict=True):
        yield ("\t".join(map(str, row)) + "\n").encode()


def write_bundle(vectors: Vectors, stream: BinaryIO) -> None:
    """The zip, into a stream."""
    stream.write(projector_bundle(vectors))
