"""Small vectors, and files of them made by hand, for tests of the formats."""

from __future__ import annotations

import io
import struct
import zipfile

import numpy as np

from explorer.embedding import VectorFormatError, Vectors, read_bytes

AWKWARD = ("the", ",", '"', "a=b", "ümlaut", "日本", "-", "=1+1", "<b>", "'", "3", "1990", "nan", "\u00a0", "word")
"""Words that a careless reader loses: marks of punctuation, figures, a name of a column, a space that is none."""
SPACED = ("new york", "a\tb", "x\ny", "x\r\ny", " lead", 'say "hi"', "a,b", "7")


def vectors(words: tuple[str, ...] = AWKWARD, dimensions: int = 7, seed: int = 0, counts: bool = True) -> Vectors:
    """Numbers of all sizes, denormal ones among them."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.integers(-38, 38, (len(words), dimensions))
    matrix = (rng.standard_normal((len(words), dimensions)) * scale).astype(np.float32)
    matrix[0, :2] = 1e-45, -0.0
    return Vectors(words, matrix, np.arange(len(words), 0, -1) if counts else None)


def same_bits(one: Vectors, other: Vectors) -> bool:
    """Equal words and equal bits (0 and -0 differ)."""
    return one.words == other.words and one.matrix.tobytes() == other.matrix.tobytes()


def refusal(data: bytes | str, name: str = "x.txt") -> str:
    """Why an upload is refused; fails when it is not."""
    try:
        found = read_bytes(data.encode() if isinstance(data, str) else data, name)
    except VectorFormatError as error:
        assert error.problem and error.remedy and str(error) == f"{error.problem} {error.remedy}"
        return str(error)
    raise AssertionError(f"{name} was read: {found!r}")


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def array(matrix: np.ndarray) -> bytes:
    """The matrix as ``.npy``."""
    out = io.BytesIO()
    np.save(out, matrix)
    return out.getvalue()


def fasttext(
    words: tuple[str, ...] = ("der", "König", "</s>"), dimensions: int = 4, buckets: int = 50, *,
    promised: int | None = None, rows: int | None = None, quantised: bool = False, labels: int = 0, pruned: int = -1,
    sizes: tuple[int, int] = (2, 4), version: int = 12, magic: int = 793712314, seed: int = 0,
) -> bytes:  # fmt: skip
    """A model as ``FastText::saveModel`` writes it, with settings that may lie."""
    rng = np.random.default_rng(seed)
    entries = len(words) if promised is None else promised
    settings = (dimensions, 5, 5, 1, 5, 1, 2, 2, buckets, *sizes, 100)
    out = struct.pack("<2i12id", magic, version, *settings, 1e-4)
    out += struct.pack("<3i2q", entries, entries - labels, labels, 1_000, pruned)
    for i, word in enumerate(words):
        out += word.encode() + b"\0" + struct.pack("<qb", 100 - i, i >= entries - labels)
    height = len(words) - labels + buckets
    matrix = rng.standard_normal((height, dimensions)).astype("<f4")
    return out + struct.pack("<B2q", quantised, height if rows is None else rows, dimensions) + matrix.tobytes()
