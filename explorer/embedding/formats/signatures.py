"""Files that hold no word vectors, or hold them in a way that is not opened, told by their first bytes."""

from __future__ import annotations

import re

from explorer.embedding.formats.lines import BOM
from explorer.embedding.formats.refusal import CONVERT, NOT_VECTORS, VectorFormatError, pickled

UNPACK = "Unpack it first, or pack it as .gz or .zip."
UTF8 = "Open it in an editor, and save it with the encoding UTF-8."
SIGNATURES = {
    b"BZh": ("This file is packed with bzip2.", UNPACK),
    b"\xfd7zXZ": ("This file is packed with xz.", UNPACK),
    b"\x28\xb5\x2f\xfd": ("This file is packed with zstd.", UNPACK),
    b"7z\xbc\xaf": ("This is a 7-Zip archive.", UNPACK),
    b"Rar!": ("This is a RAR archive.", UNPACK),
    b"\x89HDF": ("This is an HDF5 file.", "Save the matrix as .npy, and the words as .txt beside it."),
    b"SQLite format 3": ("This is an SQLite database.", "Save the vectors as .csv or .parquet."),
    b"GGUF": ("This is a GGUF language model.", NOT_VECTORS),
    b"ARROW1": ("This is an Arrow (Feather) file.", "Save the table as .parquet."),
    b"PARE": ("This parquet file is encrypted.", "Save it without encryption."),
    b"%PDF": ("This is a PDF document.", NOT_VECTORS),
    b"\xd0\xcf\x11\xe0": ("This is an old office document.", "Save the table as .csv."),
    b"\x89PNG": ("This is a PNG picture.", NOT_VECTORS),
    b"\xff\xd8\xff": ("This is a JPEG picture.", NOT_VECTORS),
    b"GIF8": ("This is a GIF picture.", NOT_VECTORS),
    b"\x7fELF": ("This is a program.", NOT_VECTORS),
    b"MZ\x90": ("This is a program.", NOT_VECTORS),
    b"FiNN": ("These are vectors in the format of finalfusion.", f"Save them as word2vec text ({CONVERT} in gensim)."),
    b"version https://git-lfs": (
        "This is only the note that Git LFS keeps in place of a large file.",
        "Fetch the file itself with: git lfs pull.",
    ),
    b"%%MatrixMarket": ("This is a sparse matrix.", "Save it as .npy, and the words as .txt beside it."),
    b"\xff\xfe\x00\x00": ("This file is saved as UTF-32.", UTF8),
    b"\xff\xfe": ("This file is saved as UTF-16.", UTF8),
    b"\xfe\xff": ("This file is saved as UTF-16.", UTF8),
}
TEXTS = {
    re.compile(rb"\s*<(!doctype html|html|head|body)[\s>]", re.IGNORECASE): (
        "This is a web page, not a file with vectors.",
        "Download the file itself: the link may lead to a page about it.",
    ),
    re.compile(rb"\s*[\[{]"): ("This looks like JSON.", "Save the vectors as .csv, .parquet or word2vec text."),
}
_OLD_PICKLE = re.compile(rb"(?:\(?[cid][\w.]+\n[\w.]+\n|\([dl]p\d+\n|\(?[dl]\.|ccopy_reg\n)")
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_others(head: bytes) -> None:
    """Refuse what is surely something else, pickles above all."""
    if not head:
        raise VectorFormatError("The file is empty.", NOT_VECTORS)
    if head[:1] == b"\x80" and head[1:2] in (b"\0", b"\1", b"\2", b"\3", b"\4", b"\5"):
        raise pickled("what pickle, joblib, PyTorch, or the save() of gensim writes")
    if _OLD_PICKLE.match(head):
        raise pickled("an object in Python's oldest format")
    if head.startswith(_ZLIB) and _CONTROL.search(head):
        raise pickled("packed with zlib, as joblib does")
    for signature, (problem, remedy) in SIGNATURES.items():
        if head.startswith(signature):
            raise VectorFormatError(problem, remedy)


def refuse_binary(head: bytes) -> None:
    """Refuse what is no text; a few control characters may stand in words."""
    if b"\0" in head:
        raise VectorFormatError("This is a binary file of a kind that is not known here, not text.", NOT_VECTORS)


def no_vectors(head: bytes) -> VectorFormatError:
    """Why a text holds no vectors."""
    for pattern, (problem, remedy) in TEXTS.items():
        if pattern.match(head.removeprefix(BOM)):
            return VectorFormatError(problem, remedy)
    if not head.removeprefix(BOM).strip():
        return VectorFormatError("The file holds only blank space.", NOT_VECTORS)
    return VectorFormatError("This is a text whose lines do not end in numbers, so it holds no vectors.", NOT_VECTORS)
