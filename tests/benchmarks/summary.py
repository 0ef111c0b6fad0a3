"""How much of an article's first paragraph the sentences in its middle say, against its next sentences and random ones.

``python tests/benchmarks/summary.py`` leaves the first paragraph of each Wikipedia article out, ranks its next sentences
(at most 60) in three spaces, cuts every summary to the length of that paragraph and prints the overlap of words and of
pairs of words (F1), with the 95 % interval over the articles (bootstrap), and how often each beats the first sentences.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import torch

from explorer.applications.summary.comparison import NAMES, WAYS, OverlapExperiment, interval


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=60)
    options.add_argument("--sentences", type=int, default=60)
    options.add_argument("--method", choices=("eigenvector", "degree"), default="eigenvector")
    given = options.parse_args()
    torch.set_num_threads(1)
    report(OverlapExperiment(articles=given.articles, sentences=given.sentences, method=given.method))


def report(experiment: OverlapExperiment) -> None:
    """Print one table."""
    experiment.prepare()
    begun = time.process_time()
    last = [frame for frame in experiment.slices() if frame is not None][-1]
    print(f"{experiment.method}, {last.step} articles, {time.process_time() - begun:.0f} s of processor time")
    for name, table in last.arrays.items():
        lead = table[:, WAYS.index("lead")]
        for way, values in zip(WAYS, table.T, strict=True):
            low, high = interval(values)
            print(
                f"  {name:6s} {NAMES[way]:17s} {values.mean():.3f}  (95 %: {low:.3f} to {high:.3f}){'' if way == 'lead' else against(values - lead)}"
            )


def against(more: np.ndarray) -> str:
    """How much more than the first sentences of the same article."""
    low, high = interval(more)
    return f"   {more.mean():+.3f} against the first sentences (95 %: {low:+.3f} to {high:+.3f}), ahead in {(more > 0).sum()} of {len(more)}"


if __name__ == "__main__":
    main()
