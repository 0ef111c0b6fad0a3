"""Lines of a text file, some megabytes at a time."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.embedding.formats.refusal import VectorFormatError, quoted
from explorer.embedding.formats.source import Bounded

BLOCK = 1 << 22
"""Bytes that are read at a time; a line must be shorter."""
MOST_BLANK = 1_000
"""Blank lines in a row that are told; whoever reads them refuses the first, or the word that they are part of."""
BOM = b"\xef\xbb\xbf"


def blocks(stream: Bounded) -> Iterator[list[bytes]]:
    """Lines without their line feeds (a carriage return before it stays), blank ones at the end of the file left out.

    A byte-order mark is dropped.
    """
    rest, blank, number = _without_mark(stream.read(BLOCK)), 0, 1
    while rest:
        chunk = stream.read(BLOCK)
        end = rest.rfind(b"\n") if chunk else len(rest)
        if end < 0:
            raise VectorFormatError(
                f"Line {number:,} is longer than {BLOCK:,} bytes.",
                "No vector is so long: end every line with a line feed.",
            )
        lines = rest[:end].split(b"\n")
        rest = rest[end + 1 :] + chunk
        number += len(lines)
        # Blank lines are held back until something follows them.
        filled = next((i for i in range(len(lines), 0, -1) if lines[i - 1].strip()), 0)
        if filled:
            yield [b""] * min(blank, MOST_BLANK) + lines[:filled]
            blank = 0
        blank += len(lines) - filled


def decoded(words: list[bytes], first: int) -> list[str]:
    """Words of consecutive lines as text; refuses what is not UTF-8, with its line (`first` is that of the first word)."""
    try:
        return b"\n".join(words).decode().split("\n") if words else []
    except UnicodeDecodeError:
        for line, word in enumerate(words, first):
            decode(word, f"Line {line:,}")
        raise


def decode(text: bytes, where: str, remedy: str = "Save the file as UTF-8, or replace the word.") -> str:
    """A piece of a file as text; refuses what is not UTF-8."""
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        byte = text[error.start]
        raise VectorFormatError(
            f"{where} is not UTF-8: its byte {error.start + 1:,} is 0x{byte:02X} "
            f"(in Windows-1252 {quoted(bytes([byte]).decode('cp1252', 'replace'))}).",
            remedy,
        ) from None


def _without_mark(data: bytes) -> bytes:
    return data[len(BOM) :] if data.startswith(BOM) else data
