"""The head of a safetensors file, read and checked before anything is made of the rest."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

MOST_HEADER_BYTES = 12_000_000
"""An own text of 5 MB, with its quotes and line ends marked twice, is most of it."""
MOST_TENSORS = 6_000
"""About twice what a history keeps."""
MOST_PARTS = 120_000
"""Brackets, commas and quotation marks in a piece of JSON, each; a few bytes of it can become a thousand in memory."""
SIZES = {"F64": 8, "F32": 4, "F16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}
"""Bytes of a number, for the types a run may hold."""
OTHER_FORMATS = {
    b"PK\x03\x04": "This is a zip archive or a PyTorch checkpoint, not a saved run. "
    "Such files can run code when they are opened, so they are never opened here.",
    b"\x80": "This looks like a Python pickle. Opening one can run code, so it is never opened here.",
    b"\x1f\x8b": "This file is compressed; unpack it first.",
    b"\x89HDF": "This is an HDF5 file, not a saved run.",
    b"\x93NUMPY": "This is a NumPy array, not a saved run.",
    b"%PDF": "This is a PDF, not a saved run.",
}
NOT_A_RUN = "This is not a saved run: choose a file ending in .safetensors that was saved here."
TOO_MANY_PARTS = "This file is damaged: it lists more than any run has."
INCOMPLETE = "This file is damaged or incomplete: save the run again."


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says about itself: texts by name, and type and shape of each array."""

    metadata: dict[str, str]
    tensors: dict[str, tuple[str, list[int]]]


def require(condition: bool, complaint: str) -> None:
    """Raise `ValueError` with the complaint unless the condition holds."""
    if not condition:
        raise ValueError(complaint)


def require_few_parts(text: bytes) -> None:
    """Raise `ValueError` for JSON of more pieces than any run has, at little cost and before it is parsed."""
    text = text.replace(rb"\\", b"").replace(rb"\"", b"")  # what is left of marks begins or ends a string
    require(text.count(b'"') <= MOST_PARTS, TOO_MANY_PARTS)
    bare = re.sub(rb'"[^"]*"', b"", text)
    require(bare.count(b",") <= MOST_PARTS and bare.count(b"[") + bare.count(b"{") <= MOST_PARTS, TOO_MANY_PARTS)


def read_header(data: bytes) -> Header:
    """The head of a safetensors file.

    Eight bytes (little-endian) give its length; then comes JSON, with type, shape and place of each array.

    Raises
    ------
    ValueError
        When it is something else, too large, or does not agree with the size of the file.
    """
    length = int.from_bytes(data[:8], "little")
    if len(data) < 10 or data[8:9] != b"{" or length > MOST_HEADER_BYTES:
        raise ValueError(_what_it_is(data))
    require(8 + length <= len(data), INCOMPLETE)
    entries = _entries(data[8 : 8 + length])
    metadata = entries.pop("__metadata__", {})
    require(isinstance(metadata, dict) and all(isinstance(text, str) for text in metadata.values()), NOT_A_RUN)
    require(len(entries) <= MOST_TENSORS, f"This file holds {len(entries):,} arrays; no run has so many.")
    tensors = {name: _tensor(entry) for name, entry in entries.items()}
    stored = sum(SIZES[kind] * math.prod(shape) for kind, shape in tensors.values())
    require(8 + length + stored == len(data), INCOMPLETE)
    return Header(metadata, tensors)


def _what_it_is(data: bytes) -> str:
    for magic, sentence in OTHER_FORMATS.items():
        if data.startswith(magic):
            return sentence
    return INCOMPLETE if not data else NOT_A_RUN


def _entries(text: bytes) -> dict[str, Any]:
    require_few_parts(text)
    try:
        entries = json.loads(text, object_pairs_hook=_told_once)
    except (ValueError, RecursionError):
        raise ValueError(INCOMPLETE) from None
    require(isinstance(entries, dict), NOT_A_RUN)
    return entries


def _told_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without doubled names: what is checked has to be what is loaded."""
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise ValueError("doubled name")
    return entries


def _tensor(entry: Any) -> tuple[str, list[int]]:
    require(isinstance(entry, dict), INCOMPLETE)
    kind, shape = entry.get("dtype"), entry.get("shape")
    require(isinstance(kind, str) and kind in SIZES, INCOMPLETE)
    require(isinstance(shape, list) and len(shape) <= 8, INCOMPLETE)
    require(all(type(size) is int and 0 <= size < 2**40 for size in shape), INCOMPLETE)
    return kind, shape
