"""How many names are found that no training sentence has (in Wikipedia: few have)? By a tagger that reads both ways, one way, and knows less.

    python tests/benchmarks/entities.py [--seeds 3] [--steps 600] [--only "both ways" "one way"]

Trains each tagger on one thread and prints F1 of whole entities (95 % bootstrap interval of the first seed; then the mean over seeds)
on held-out sentences of known patterns, of new patterns, and on sentences of Wikipedia tagged by hand. Expected: both ways at
least 0.9 on new names, one way clearly below; new patterns and Wikipedia far below that.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import torch

from explorer.applications.entities import EntityExperiment
from explorer.applications.entities.examination import ENDS

TAGGERS = {
    "both ways": {},
    "one way": {"bidirectional": False},
    "both ways, tags fit together": {"chain": True},
    "one way, tags fit together": {"bidirectional": False, "chain": True},
    "both ways, without letters": {"letters": False},
    "both ways, without GloVe": {"vectors": False},
    "both ways, words alone": {"letters": False, "vectors": False},
}


def measure(experiment: EntityExperiment) -> tuple[dict[str, float], float]:
    """The metrics after the last update, and seconds of processor time."""
    experiment.prepare()
    started = time.thread_time()
    *_, last = experiment.frames(wanted=lambda step: False)
    return dict(last.metrics), time.thread_time() - started


def report(name: str, settings: dict, options: argparse.Namespace) -> None:
    found = [measure(EntityExperiment(**settings, steps=options.steps, seed=seed)) for seed in range(options.seeds)]
    first, told = found[0][0], []
    for end in ENDS:
        mean = np.mean([metrics[f"f1{end}"] for metrics, _ in found])
        told.append(f"{mean:7.3f} ({first[f'f1_low{end}']:.3f} to {first[f'f1_high{end}']:.3f})")
    print(f"{name:32}{''.join(f'{one:>26}' for one in told)}{np.mean([seconds for _, seconds in found]):9.1f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--only", nargs="*", default=[*TAGGERS], choices=[*TAGGERS])
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'F1 (mean of seeds; interval)':32}{'new names':>26}{'new patterns':>26}{'Wikipedia':>26}{'processor':>11}")
    for name in options.only:
        report(name, TAGGERS[name], options)


if __name__ == "__main__":
    main()
