"""Who can remember over 100 steps? The adding problem (Hochreiter and Schmidhuber 1997) for all three cells.

    python tests/benchmarks/adding.py [--length 100] [--steps 3000] [--cells rnn gru lstm]

Trains the suggested experiment of each cell until its held-out error falls below 0.01, or to the last step. Expected
at length 100: GRU and LSTM get below 0.01, the tanh RNN stays near 1/6, the error of always answering 1.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.training import train

SOLVED = 0.01
EVERY = 50
"""Steps between two looks at the held-out error."""


def measure(experiment: SequenceExperiment) -> tuple[int, float, float, float]:
    """Steps made, held-out error, and seconds by the wall and by the processor."""
    started, busy = time.perf_counter(), time.process_time()
    step, error = 0, float("nan")
    for frame in train(experiment, wanted=lambda step: step % EVERY == 0):
        if frame is not None and frame.arrays:
            step, error = frame.step, frame.metrics["held_out"]
            if error < SOLVED:
                break
    return step, error, time.perf_counter() - started, time.process_time() - busy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cells", nargs="*", default=["rnn", "gru", "lstm"])
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"always answering 1: {1 / 6:.4f}; solved: below {SOLVED}")
    print(f"{'cell':6}{'steps':>7}{'held-out error':>16}{'seconds':>9}{'processor':>11}")
    for cell in options.cells:
        experiment = SequenceExperiment(
            task="adding", cell=cell, length=options.length, steps=options.steps, seed=options.seed
        )
        make_task(experiment)
        step, error, seconds, own = measure(experiment)
        print(f"{cell:6}{step:7}{error:16.4f}{seconds:9.1f}{own:11.1f}", flush=True)


if __name__ == "__main__":
    main()
