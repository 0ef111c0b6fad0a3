"""How fast gensim trains when it is advanced in slices, compared with one plain call of gensim.

    python tests/benchmarks/word2vec_slices.py [--rounds 4] [--epochs 3] [--algorithms skipgram cbow fasttext]

Both learn from the Wikipedia articles with equal settings, one worker and one numerical thread, in turns. The slices are the
whole live path, `experiment.slices` with no frame wanted, loss of every step and first and last picture included; the plain
call is `Word2Vec(sentences, ...)`, vocabulary included. Printed are words per second by the wall clock, and the ratio by two
clocks: the wall, and the processor time of the process, which other work on the machine disturbs less. All are medians of
the rounds.
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


def sliced(experiment: EmbeddingExperiment) -> tuple[float, float]:
    """Seconds of the live path, by the wall and by the processor."""
    experiment.prepare()
    began, busy = time.perf_counter(), time.process_time()
    for _ in experiment.slices(wanted=lambda step: False):
        pass
    return time.perf_counter() - began, time.process_time() - busy


def plain(experiment: EmbeddingExperiment) -> tuple[float, float]:
    """Seconds of one call of gensim, by the wall and by the processor."""
    sentences = read_text(experiment).sentences
    letters = {"min_n": experiment.min_n, "max_n": experiment.max_n, "bucket": experiment.buckets}
    kind, more = (FastText, letters) if experiment.algorithm == "fasttext" else (Word2Vec, {})
    began, busy = time.perf_counter(), time.process_time()
    kind(
        sentences, sg=int(experiment.algorithm != "cbow"), vector_size=experiment.dimensions, window=experiment.window,
        negative=experiment.negatives, sample=experiment.subsample, alpha=experiment.learning_rate,
        epochs=experiment.epochs, seed=experiment.seed, min_count=1, workers=1, **more,
    )  # fmt: skip
    return time.perf_counter() - began, time.process_time() - busy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--algorithms", nargs="*", default=["skipgram", "cbow", "fasttext"])
    options = parser.parse_args()
    print(
        f"{'algorithm':12}{'plain words/s':>16}{'slices words/s':>16}{'ratio':>8}{'processor':>11}   ratios of the rounds"
    )
    for algorithm in options.algorithms:
        experiment = EmbeddingExperiment(algorithm=algorithm, epochs=options.epochs)
        sliced(experiment.replace(epochs=1)), plain(experiment.replace(epochs=1))
        rounds = [(plain(experiment), sliced(experiment)) for _ in range(options.rounds)]
        words = options.epochs * sum(map(len, read_text(experiment).sentences))
        wall, busy = ([one[clock] / other[clock] for one, other in rounds] for clock in (0, 1))
        rates = [words / statistics.median(seconds for seconds, _ in side) for side in zip(*rounds, strict=True)]
        each = " ".join(f"{ratio:.2f}" for ratio in wall)
        print(
            f"{algorithm:12}{rates[0]:16,.0f}{rates[1]:16,.0f}{statistics.median(wall):8.2f}{statistics.median(busy):11.2f}"
            f"   {each}",
            flush=True,
        )


if __name__ == "__main__":
    main()
