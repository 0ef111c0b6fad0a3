"""How large a file of word vectors may be; checked before anything is made of what it says about itself."""

from __future__ import annotations

from typing import NamedTuple

from explorer.embedding.formats.refusal import FEWER, VectorFormatError

LARGEST_FILE = 1 << 30
"""Bytes of a file on disk (glove.6B.300d.txt has 1.04 of these 1.07 GB), and of a packed one when unpacked."""
LARGEST_UPLOAD = 200 << 20
"""Bytes of an upload."""
LARGEST_UNPACKED_UPLOAD = 600 << 20
"""Bytes of a packed upload when unpacked."""
MOST_WORDS = 2_000_000
MOST_DIMENSIONS = 4_096
MOST_NUMBERS = 300_000_000
"""Words times dimensions: 1.2 GB of float32."""
MOST_NUMBERS_UPLOADED = 150_000_000
LONGEST_WORD = 500
"""Characters."""


class Limits(NamedTuple):
    """Bytes of the file, bytes when unpacked, and numbers of the matrix, at most."""

    file: int
    unpacked: int
    numbers: int


ON_DISK = Limits(LARGEST_FILE, LARGEST_FILE, MOST_NUMBERS)
UPLOADED = Limits(LARGEST_UPLOAD, LARGEST_UNPACKED_UPLOAD, MOST_NUMBERS_UPLOADED)


def check_size(size: int, most: int, what: str = "The file has") -> None:
    """Refuse more bytes than are read."""
    if size > most:
        raise VectorFormatError(f"{what} {megabytes(size)}; at most {megabytes(most)} can be read.", FEWER)


def check_shape(words: int, dimensions: int, limits: Limits) -> None:
    """Refuse a matrix that is larger than what is read, or empty."""
    if words < 1 or dimensions < 1:
        raise VectorFormatError(
            f"The file says that it holds {words:,} words with {dimensions:,} dimensions.",
            "Choose a file that holds at least one word and one number.",
        )
    if words > MOST_WORDS:
        raise VectorFormatError(f"The file holds {words:,} words; at most {MOST_WORDS:,} can be read.", FEWER)
    if dimensions > MOST_DIMENSIONS:
        raise VectorFormatError(
            f"The vectors have {dimensions:,} dimensions; at most {MOST_DIMENSIONS:,} can be read.",
            "Reduce them first, for example with PCA.",
        )
    if words * dimensions > limits.numbers:
        raise VectorFormatError(
            f"{words:,} words with {dimensions:,} dimensions take {megabytes(4 * words * dimensions)} of memory; "
            f"at most {megabytes(4 * limits.numbers)} can be read.",
            FEWER,
        )


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size:,} bytes"
