"""Which columns of a parquet file hold the words, their counts and the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from explorer.embedding.formats.columns import count_column, is_row_number, plain, word_column
from explorer.embedding.formats.limits import MOST_DIMENSIONS
from explorer.embedding.formats.refusal import VectorFormatError, quoted

if TYPE_CHECKING:
    import pyarrow as pa

VECTOR_NAMES = ("vector", "vectors", "embedding", "embeddings", "emb")
MOST_OTHERS = 100
"""Columns beside those of the numbers."""
_KEEP = "Keep a column of words, and the numbers in one column of lists or in columns of floating-point numbers."


class Columns(NamedTuple):
    """Names of the columns; the numbers in one of lists, or one for each dimension."""

    word: str
    count: str | None
    numbers: list[str]
    listed: bool

    @property
    def names(self) -> list[str]:
        """All of them, as they are read."""
        return [self.word, *([] if self.count is None else [self.count]), *self.numbers]


def find_columns(schema: pa.Schema) -> Columns:
    """The columns of vectors; refuses a table that does not tell them clearly."""
    if len(schema) > MOST_DIMENSIONS + MOST_OTHERS:
        raise VectorFormatError(f"This parquet file has {len(schema):,} columns.", _KEEP)
    if len(set(schema.names)) < len(schema):
        raise VectorFormatError("Two columns of this parquet file have the same name.", _KEEP)
    word = _word(schema)
    whole = [field.name for field in schema if _is_whole(field.type)]
    count_at = count_column(whole)
    count = None if count_at is None else whole[count_at]
    lists = [field.name for field in schema if _is_list_of_numbers(field.type)]
    if lists:
        return Columns(word, count, [_named_or_only(lists, VECTOR_NAMES, "lists of numbers")], True)
    return Columns(word, count, _dimensions(schema, whole, count), False)


def _word(schema: pa.Schema) -> str:
    texts = [field.name for field in schema if _is_text(field.type)]
    if not texts:
        raise VectorFormatError("This parquet file has no column of words.", "Add a column “word” with the words.")
    named = word_column(texts)
    return texts[named] if named is not None else _named_or_only(texts, (), "text")


def _named_or_only(names: Sequence[str], known: Sequence[str], what: str) -> str:
    if len(names) == 1:
        return names[0]
    found = next((name for name in names if plain(name) in known), None)
    if found is None:
        listing = ", ".join(quoted(name) for name in names[:5])
        raise VectorFormatError(f"This parquet file has several columns of {what} ({listing}).", _KEEP)
    return found


def _dimensions(schema: pa.Schema, whole: Sequence[str], count: str | None) -> list[str]:
    import pyarrow as pa

    numbers = [field.name for field in schema if pa.types.is_floating(field.type)]
    others = [name for name in whole if name != count and not is_row_number(name) and name != "__index_level_0__"]
    if numbers and others:
        raise VectorFormatError(
            f"The column {quoted(others[0])} of this parquet file holds whole numbers beside columns of others.",
            "If it is a dimension, store it as floating-point numbers; otherwise leave it out.",
        )
    if not numbers and not others:
        raise VectorFormatError("This parquet file has no column of numbers.", _KEEP)
    return numbers or others


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _is_whole(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return pa.types.is_integer(kind)


def _is_list_of_numbers(kind: pa.DataType) -> bool:
    import pyarrow as pa

    types = pa.types
    listed = types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)
    return listed and (types.is_floating(kind.value_type) or types.is_integer(kind.value_type))
