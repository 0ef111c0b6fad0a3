"""Nearest neighbours among 400,000 words, exactly, by us and by gensim, in turn.

Run with ``python tests/benchmarks/neighbours.py``.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
import explorer  # noqa: E402, F401, I001 - first: one thread for arithmetic

import numpy as np  # noqa: E402

from explorer.embedding import neighbours_of, pretrained  # noqa: E402

QUERIES, N = 200, 10


def main() -> None:
    """Print the medians and their ratio; both must give the same words."""
    from gensim.models import KeyedVectors

    vectors = pretrained()
    other = KeyedVectors(vectors.dimensions)
    other.add_vectors(list(vectors.words), np.array(vectors.matrix))
    words = [vectors.words[i] for i in np.random.default_rng(0).choice(20_000, QUERIES, replace=False)]
    neighbours_of(vectors, words[:1], N), other.most_similar(words[0], topn=N)
    ours, theirs, equal = [], [], 0
    for word in words:
        began = time.perf_counter()
        rows = neighbours_of(vectors, [word], N).rows[0]
        between = time.perf_counter()
        found = other.most_similar(word, topn=N)
        ours.append(between - began)
        theirs.append(time.perf_counter() - between)
        equal += [vectors.words[row] for row in rows] == [one for one, _ in found]
    p50, p95 = (np.percentile([ours, theirs], q, axis=1) * 1000 for q in (50, 95))
    print(f"ours   p50 {p50[0]:.1f} ms, p95 {p95[0]:.1f} ms\ngensim p50 {p50[1]:.1f} ms, p95 {p95[1]:.1f} ms")
    print(f"p50 of gensim's: {p50[0] / p50[1]:.2f}; the same ten words in {equal} of {QUERIES} queries")


if __name__ == "__main__":
    main()
