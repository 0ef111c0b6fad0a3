"""How fast gensim trains when it is advanced in slices, compared with one plain call of gensim.

    python tests/benchmarks/word2vec_slices.py [--rounds 4] [--epochs 3] [--algorithms skipgram cbow fasttext]

Both learn from the Wikipedia articles with equal settings, one worker and one numerical thread, in turns. The slices are the
whole live path, `experiment.slices` with no frame wanted, loss of every step and first and last picture included; the plain
call is `Word2Vec(sentences, ...)`, vocabulary included. Printed are words per second by the wall clock and their ratio,
the median of the rounds.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))

from gensim.models import FastText, Word2Vec

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.reading import read_text


def sliced(experiment: EmbeddingExperiment) -> float:
    """Seconds of the live path."""
    experiment.prepare()
    began = time.perf_counter()
    for _ in experiment.slices(wanted=lambda step: False):
        pass
    return time.perf_counter() - began


def plain(experiment: EmbeddingExperiment) -> float:
    """Seconds of one call of gensim."""
    sentences = read_text(experiment).sentences
    letters = {"min_n": experiment.min_n, "max_n": experiment.max_n, "bucket": experiment.buckets}
    kind, more = (FastText, letters) if experiment.algorithm == "fasttext" else (Word2Vec, {})
    began = time.perf_counter()
    kind(
        sentences, sg=int(experiment.algorithm != "cbow"), vector_size=experiment.dimensions, window=experiment.window,
        negative=experiment.negatives, sample=experiment.subsample, alpha=experiment.learning_rate,
        epochs=experiment.epochs, seed=experiment.seed, min_count=1, workers=1, **more,
    )  # fmt: skip
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--algorithms", nargs="*", default=["skipgram", "cbow", "fasttext"])
    options = parser.parse_args()
    print(f"{'algorithm':12}{'plain words/s':>16}{'slices words/s':>16}{'ratio':>8}   ratios of the rounds")
    for algorithm in options.algorithms:
        experiment = EmbeddingExperiment(algorithm=algorithm, epochs=options.epochs)
        sliced(experiment.replace(epochs=1)), plain(experiment.replace(epochs=1))
        rounds = [(plain(experiment), sliced(experiment)) for _ in range(options.rounds)]
        words = options.epochs * sum(map(len, read_text(experiment).sentences))
        ratios = [one / other for one, other in rounds]
        rates = [words / statistics.median(seconds) for seconds in zip(*rounds, strict=True)]
        each = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"{algorithm:12}{rates[0]:16,.0f}{rates[1]:16,.0f}{statistics.median(ratios):8.2f}   {each}", flush=True)


if __name__ == "__main__":
    main()
