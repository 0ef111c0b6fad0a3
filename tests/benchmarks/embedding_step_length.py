"""How long the longest piece of a training of word vectors takes, for each algorithm on the Wikipedia articles.

    python tests/benchmarks/embedding_step_length.py [--seconds 6] [--algorithms skipgram glove]

Every frame is drawn. Two settings each: the suggested ones, and the dearest that are admitted. Two clocks: the wall, and the
processor time of the process (gensim computes in a thread of its own), which a busy machine disturbs less. The pieces up to
the first frame are listed apart.
"""

import argparse
import gc
import os
import sys
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.experiment import ALGORITHM_TITLES

DEAREST = {
    "skipgram": {"dimensions": 300, "window": 20, "negatives": 20, "subsample": 0.0},
    "cbow": {"dimensions": 300, "window": 20, "negatives": 20, "subsample": 0.0},
    "fasttext": {
        "dimensions": 300,
        "window": 20,
        "negatives": 20,
        "subsample": 0.0,
        "min_n": 1,
        "max_n": 8,
        "buckets": 10_000,
    },
    "glove": {"dimensions": 300, "window": 20},
    "ppmi": {"dimensions": 300, "window": 20},
    "tfidf": {"dimensions": 300, "passage": 1},
}


def pieces(experiment: EmbeddingExperiment, seconds: float) -> list[tuple[float, float, bool]]:
    """Milliseconds of each piece by the wall and by the processor, and whether frame 0 was already there.

    For some seconds, but until a hundred pieces came after frame 0.
    """
    out, begun = [], False
    training = iter(experiment.slices(wanted=lambda step: True))
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or sum(one[2] for one in out) < 100:
        before, busy = time.perf_counter(), time.process_time()
        frame = next(training, ...)
        if frame is ...:
            break
        out.append((1e3 * (time.perf_counter() - before), 1e3 * (time.process_time() - busy), begun))
        begun = begun or frame is not None
    return out


def row(name: str, experiment: EmbeddingExperiment, seconds: float) -> None:
    """Measure and print one experiment."""
    experiment.prepare()
    gc.collect()
    gc.freeze()  # as the app does once it has loaded what it needs
    measured = pieces(experiment, seconds)
    wall, own = ([one[clock] for one in measured if one[2]] for clock in (0, 1))
    start = max(one[1] for one in measured if not one[2])
    typical = sorted(own)[len(own) // 2]
    late = sorted(own)[int(0.99 * len(own))]
    print(
        f"{experiment.algorithm:10}{name:12}{len(own):8,}{typical:9.1f}{late:9.1f}{max(own):9.1f}{max(wall):9.1f}{start:9.1f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--algorithms", nargs="*", default=list(ALGORITHM_TITLES))
    options = parser.parse_args()
    print("milliseconds")
    print(f"{'':10}{'':12}{'pieces':>8}{'median':>9}{'99 %':>9}{'longest':>9}{'(wall)':>9}{'start':>9}")
    for algorithm in options.algorithms:
        for name, settings in (("suggested", {}), ("dearest", DEAREST[algorithm])):
            row(name, EmbeddingExperiment(algorithm=algorithm, **settings), options.seconds)


if __name__ == "__main__":
    main()
