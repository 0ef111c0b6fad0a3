"""How well a rotation carries words across languages: left out, and fitted to the pair itself.

``python tests/benchmarks/crosslingual.py`` prints precision at 1 with and without CSLS on the twenty pairs that gensim
ships, in both directions, and what is found of two larger files that were made for it: a space of words and its rotated,
noised copy, written to disk and read again, with a dictionary of 500 of the words.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from explorer.applications.crosslingual.dictionary import numbers_and_animals, read_dictionary
from explorer.applications.crosslingual.evaluation import METHODS, precision
from explorer.applications.crosslingual.experiment import CrossingExperiment, guesses_of
from explorer.applications.crosslingual.mapping import Mapping
from explorer.embedding import Vectors, pretrained, read_vectors, write_vectors

WORDS, TOLD, NOISE = 3000, 500, 0.1


def main() -> None:
    english, italian, dictionary = numbers_and_animals()
    backwards = tuple((other, one) for one, other in dictionary.pairs)
    tested("English into Italian", CrossingExperiment(given=english, target=italian, pairs=dictionary.pairs))
    tested("Italian into English", CrossingExperiment(given=italian, target=english, pairs=backwards))
    larger_files()


def tested(title: str, experiment: CrossingExperiment) -> None:
    """Print what leaving out every pair finds."""
    begun = time.process_time()
    last = [frame for frame in experiment.slices() if frame is not None][-1]
    print(f"{title}, {len(experiment.pairs)} pairs, {time.process_time() - begun:.1f} s of processor time")
    for known in (False, True):
        guesses = guesses_of(last, experiment, known)
        for method in METHODS:
            found = precision(guesses, experiment.pairs, method)
            low, high = found.interval
            how = "fitted to the pair" if known else "left out"
            print(
                f"  {method:8s} {how:19s} {found.right:4d} of {found.asked:4d} = {found.share:.3f}  (95 %: {low:.3f} to {high:.3f})"
            )


def larger_files() -> None:
    """Print how well a rotated, noised copy of a part of GloVe is laid on the original."""
    generator = np.random.default_rng(0)
    source = pretrained().head(WORDS)
    rotation, _ = np.linalg.qr(generator.normal(size=(source.dimensions, source.dimensions)))
    noise = NOISE * source.matrix.std() * generator.normal(size=source.matrix.shape)
    target = Vectors([f"{word}_x" for word in source.words], source.matrix @ rotation + noise)
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "one.txt"), Path(folder, "other.txt")
        for vectors, path in zip((source, target), files, strict=True):
            write_vectors(vectors, path)
        one, other = (read_vectors(path) for path in files)
    pairs = read_dictionary("\n".join(f"{word}\t{word}_x" for word in source.words[:TOLD]), one, other).pairs
    mapping, rest = Mapping.fit(one, other, pairs), np.arange(TOLD, WORDS)
    cosines = (mapping.mapped[rest] * mapping.across[rest]).sum(axis=1)
    error = np.abs(mapping.here @ mapping.there.T - rotation).max()
    print(f"two files of {WORDS:,} words, a rotated copy with {NOISE:.0%} noise, {TOLD} pairs told")
    print(
        f"  mean cosine of the {len(rest):,} other words with their copies {cosines.mean():.4f}, rotation off by at most {error:.4f}"
    )
    for method in METHODS:
        right = mapping.scores(rest, method).argmax(axis=1) == rest
        print(f"  {method:8s} finds {right.sum():,} of {len(rest):,} = {right.mean():.4f}")


if __name__ == "__main__":
    main()
