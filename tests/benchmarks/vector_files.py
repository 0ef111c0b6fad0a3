"""How long files of word vectors take to read, side by side with gensim (and NumPy, where it reads them at all).

``python tests/benchmarks/vector_files.py [WORDS]``: the first words of GloVe 6B 50d, 100,000 unless told.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from explorer.embedding import pretrained, read_vectors, write_vectors  # noqa: E402

FORMATS = ("x.txt", "x.vec", "x.bin", "x.csv", "vectors.tsv", "x.npy", "x.parquet", "x.safetensors", "x.txt.gz")


def seconds(do: Callable[[], object]) -> float:
    """Processor time of the faster of two calls: other work on the machine hardly counts."""
    times = []
    for _ in range(2):
        begin = time.process_time()
        do()
        times.append(time.process_time() - begin)
    return min(times)


def main(words: int) -> None:
    """Print seconds, and how many times as long the others take."""
    from gensim.models import KeyedVectors

    logging.disable()
    given = pretrained().head(words)
    load = KeyedVectors.load_word2vec_format
    with tempfile.TemporaryDirectory() as folder:
        others: dict[str, dict[str, Callable[[], object]]] = {
            "x.txt": {
                "gensim": lambda: load(f"{folder}/x.txt", no_header=True),
                "numpy.loadtxt": lambda: np.loadtxt(
                    f"{folder}/x.txt", np.float32, usecols=range(1, 51), comments=None, encoding="utf-8"
                ),
            },
            "x.vec": {"gensim": lambda: load(f"{folder}/x.vec")},
            "x.bin": {"gensim": lambda: load(f"{folder}/x.bin", binary=True)},
        }
        for name in FORMATS:
            path = Path(folder, name)
            write = seconds(lambda path=path: write_vectors(given, path))
            ours = seconds(lambda path=path: read_vectors(path))
            theirs = {other: seconds(do) for other, do in others.get(name, {}).items()}
            ratios = ", ".join(f"{other} {taken / ours:.1f} times as long" for other, taken in theirs.items())
            print(
                f"{name:14s} {path.stat().st_size / 1e6:6.1f} MB  written in {write:5.2f} s, read in {ours:5.2f} s  {ratios}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
