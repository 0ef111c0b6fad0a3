"""safetensors: the matrix, the counts, and the words as JSON in the metadata or in a file beside it."""

from __future__ import annotations

import json
import math
import re
from typing import BinaryIO, NamedTuple

import numpy as np

from explorer.embedding.formats.gathering import Gathered
from explorer.embedding.formats.limits import check_shape, check_size
from explorer.embedding.formats.numpy_array import without_words
from explorer.embedding.formats.refusal import DOWNLOAD, FEWER, VectorFormatError, quoted
from explorer.embedding.formats.source import Source
from explorer.embedding.formats.word_list import WordList, check_rows, words_beside
from explorer.embedding.vectors import Vectors

LARGEST_HEADER = 64 << 20
"""Bytes of the JSON at the begin; the words are in it."""
MOST_STRUCTURE = 1 << 20
"""Bytes of it that are not inside texts: a few of them can become a hundred in memory."""
SIZES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}
VECTORS = ("vectors", "vector", "embeddings", "embedding", "embedding.weight", "weight", "input")
_ANEW = 'Save it anew: safetensors.numpy.save_file({"vectors": matrix}, "x.safetensors", {"words": json.dumps(words)}).'


class Tensor(NamedTuple):
    """Name, type and shape of an array, and where its bytes begin and end."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


def is_safetensors(head: bytes) -> bool:
    """Whether bytes begin as the format does: a length, and JSON."""
    return len(head) > 9 and 2 <= int.from_bytes(head[:8], "little") < 1 << 40 and head[8:9] == b"{"


def read_safetensors(source: Source) -> Vectors:
    """One matrix, (V, d), its words, and the counts where there are some."""
    data = source.whole()
    length = int.from_bytes(data[:8], "little")
    if length > len(data) - 8:
        raise VectorFormatError("This safetensors file ends within its own description.", DOWNLOAD)
    check_size(length, LARGEST_HEADER, "The description in this safetensors file has")
    tensors, metadata = _described(data[8 : 8 + length], len(data) - 8 - length)
    matrix = _matrix(tensors)
    check_shape(*matrix.shape, source.limits)
    found = _words(metadata, matrix.shape[0]) or words_beside(source)
    if found is None:
        raise without_words(source.label)
    found = check_rows(found, matrix.shape[0], source.label)
    loaded = _loaded(data)
    gathered = Gathered(matrix.shape[1], source.limits, lambda row: f"row {row + 1:,}")
    gathered.add(found.words, loaded[matrix.name])
    return gathered.vectors(source.stem, _counts(loaded, len(found.words), found))


def _described(header: bytes, room: int) -> tuple[list[Tensor], dict]:
    """Arrays and metadata, once they agree with the size of the file."""
    entries = _parsed(header)
    metadata = entries.pop("__metadata__", {})
    tensors = [_tensor(name, entry) for name, entry in entries.items()]
    if not isinstance(metadata, dict) or max((tensor.end for tensor in tensors), default=0) != room:
        raise VectorFormatError("The description in this safetensors file does not agree with its size.", DOWNLOAD)
    return tensors, metadata


def _parsed(header: bytes) -> dict:
    try:
        text = header.decode()
    except UnicodeDecodeError:
        raise _unreadable() from None
    if len(_structure(text)) > MOST_STRUCTURE:
        raise VectorFormatError("The description in this safetensors file lists too many parts.", _ANEW)
    try:
        return json.loads(text, object_pairs_hook=_told_once)
    except (ValueError, RecursionError):
        raise _unreadable() from None


def _structure(text: str) -> str:
    """JSON without its texts: what is left shows how many parts it has, before it is parsed."""
    text = text.replace("\\\\", "").replace('\\"', "")  # what is left of quotation marks begins or ends a text
    return re.sub(r'"[^"]*"', "", text)


def _unreadable() -> VectorFormatError:
    return VectorFormatError("The description in this safetensors file cannot be read.", DOWNLOAD)


def _told_once(pairs: list[tuple[str, object]]) -> dict:
    """An object without doubled names: what is checked has to be what is loaded."""
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise ValueError("doubled name")
    return entries


def _tensor(name: str, entry: object) -> Tensor:
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [int(begin), int(end)]} if (
            len(shape) <= 8 and all(type(n) is int and 0 <= n < 1 << 40 for n in shape) and 0 <= begin <= end
        ):
            tensor = Tensor(name, dtype, tuple(shape), begin, end)
        case _:
            raise VectorFormatError("The description in this safetensors file makes no sense.", DOWNLOAD)
    if dtype in SIZES and end - begin != math.prod(shape) * SIZES[dtype]:
        raise VectorFormatError(f"The array {quoted(name)} is not as large as its shape says.", DOWNLOAD)
    return tensor


def _matrix(tensors: list[Tensor]) -> Tensor:
    matrices = [tensor for tensor in tensors if len(tensor.shape) == 2 and tensor.dtype in SIZES]
    named = [tensor for name in VECTORS for tensor in matrices if tensor.name == name]
    if not matrices:
        raise VectorFormatError("This safetensors file holds no matrix of floating-point numbers.", _ANEW)
    if len(matrices) > 1 and not named:
        listing = ", ".join(quoted(tensor.name) for tensor in matrices[:5])
        raise VectorFormatError(
            f"This safetensors file holds several matrices ({listing}), perhaps a whole model.",
            f"Keep the one with the word vectors. {_ANEW}",
        )
    return (named or matrices)[0]


def _words(metadata: dict, rows: int) -> WordList | None:
    """Words of the metadata: a JSON list of texts, as many as there are rows."""
    text = metadata.get("words", metadata.get("vocab"))
    if not isinstance(text, str):
        return None
    if "".join(_structure(text).split()) != f"[{',' * (rows - 1)}]":
        raise VectorFormatError(
            f"The words in this safetensors file are not a list of {rows:,} texts, one for each row.", _ANEW
        )
    try:
        words = json.loads(text)
    except ValueError:
        raise VectorFormatError("The words in this safetensors file cannot be read.", _ANEW) from None
    return check_rows(WordList(words, None, "its metadata"), rows, "the file")


def _loaded(data: bytes) -> dict[str, np.ndarray]:
    from safetensors import SafetensorError, deserialize

    try:
        parts = dict(deserialize(data))
    except (SafetensorError, ValueError, OverflowError, MemoryError):
        raise VectorFormatError("This safetensors file is damaged.", f"{DOWNLOAD} {FEWER}") from None
    return {name: array for name, part in parts.items() if (array := _array(part)) is not None}


def _array(part: dict) -> np.ndarray | None:
    """An array as numbers; None for types that are not looked at."""
    if part["dtype"] == "BF16":  # the upper half of a float32
        wide = np.frombuffer(part["data"], "<u2").astype(np.uint32) << 16
        return wide.view(np.float32).reshape(part["shape"])
    kinds = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4"}
    kind = kinds.get(part["dtype"])
    return None if kind is None else np.frombuffer(part["data"], kind).reshape(part["shape"])


def _counts(loaded: dict[str, np.ndarray], rows: int, found: WordList) -> np.ndarray | None:
    counts = loaded.get("counts")
    if counts is None:
        return None if found.counts is None else np.array(found.counts)
    if counts.shape != (rows,) or counts.dtype.kind != "i" or counts.min() < 0:
        raise VectorFormatError("The counts in this safetensors file are not one whole number for each word.", _ANEW)
    return counts


def write_safetensors(vectors: Vectors, stream: BinaryIO) -> None:
    """``vectors``, ``counts`` where they are known, and the words in the metadata."""
    from safetensors.numpy import save

    arrays = {"vectors": np.ascontiguousarray(vectors.matrix)}
    if vectors.counts is not None:
        arrays["counts"] = np.ascontiguousarray(vectors.counts)
    stream.write(save(arrays, {"words": json.dumps(vectors.words, ensure_ascii=False)}))
