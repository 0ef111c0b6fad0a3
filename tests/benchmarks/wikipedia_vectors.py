"""What the suggested settings reach on the Wikipedia articles: WordSim-353, mean cosine and seconds, over seeds.

    python tests/benchmarks/wikipedia_vectors.py [--seeds 3] [--algorithms skipgram]

One worker and one numerical thread; no frame is drawn but the first and the last.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.experiment import ALGORITHM_TITLES

SHOWN = ("wordsim", "simlex", "collapse")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--algorithms", nargs="*", default=list(ALGORITHM_TITLES))
    options = parser.parse_args()
    print(f"{'':12}{'seed':>6}{'WordSim':>10}{'SimLex':>10}{'cosine':>10}{'seconds':>10}{'processor':>11}")
    for algorithm in options.algorithms:
        scores = []
        for seed in range(options.seeds):
            experiment = EmbeddingExperiment(algorithm=algorithm, seed=seed)
            experiment.prepare()
            began, busy = time.perf_counter(), time.process_time()
            *_, last = experiment.frames(wanted=lambda step: False)
            seconds, busy = time.perf_counter() - began, time.process_time() - busy
            scores.append([last.metrics[name] for name in SHOWN])
            numbers = "".join(f"{value:10.3f}" for value in scores[-1])
            print(f"{algorithm:12}{seed:6}{numbers}{seconds:10.1f}{busy:11.1f}", flush=True)
        means = "".join(f"{statistics.mean(values):10.3f}" for values in zip(*scores, strict=True))
        pairs = f"{last.metrics['wordsim_pairs']:.0f} and {last.metrics['simlex_pairs']:.0f} pairs"
        print(f"{algorithm:12}{'mean':>6}{means}   {pairs}", flush=True)


if __name__ == "__main__":
    main()
