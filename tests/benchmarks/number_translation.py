"""Numbers from English into German, letter by letter: how soon are 99 % of unseen ones right, and what does attention do?

    python tests/benchmarks/number_translation.py [--steps 1500] [--seed 0] [--limit 1000000] [--seconds 180]

Trains the default experiment and the same without attention, one after the other, with one torch thread, and prints at
each exam the share of 512 held-out numbers that are written without a fault (greedy), with the seconds by the wall and
by the processor until then. Expected below one million: at least 99 % with attention within three minutes, hardly any
without it.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.evaluation import exact_share, speak_slices
from explorer.sequence.encoder_decoder.model import build_model, load_model
from explorer.sequence.encoder_decoder.tasks.numbers import is_held_out
from explorer.sequence.encoder_decoder.training import is_exam, train
from explorer.sequence.pace import Pace, run_through

GOAL = 0.99
OTHERS = 5000
"""Further held-out numbers that are asked for at the end."""


def measure(experiment: EncoderDecoderExperiment, longest: float) -> None:
    """Train to the last step or so many seconds by the wall; print one line per exam and one at the end."""
    experiment.prepare()
    weights = sum(weight.numel() for weight in build_model(experiment).parameters())
    name = "with attention" if experiment.attention else "without attention"
    print(f"\n{name}: {weights:,} weights\n{'step':>6}{'exact':>8}{'loss':>8}{'wall':>8}{'processor':>11}")
    started, busy, reached, best = time.perf_counter(), time.process_time(), None, 0.0
    weighted = None
    for frame in train(experiment, wanted=lambda step: is_exam(experiment, step)):
        seconds, own = time.perf_counter() - started, time.process_time() - busy
        if frame is not None and "exact" in frame.metrics:
            exact = frame.metrics["exact"]
            print(f"{frame.step:6}{exact:8.2%}{frame.metrics['loss']:8.4f}{seconds:7.1f}s{own:10.1f}s", flush=True)
            best, weighted = max(best, exact), frame.weights
            reached = reached or ((seconds, own, frame.step) if exact >= GOAL else None)
        if seconds > longest:
            break
    if reached:
        print(
            f"{name}: {GOAL:.0%} after {reached[0]:.1f} s by the wall ({reached[1]:.1f} s processor), step {reached[2]}"
        )
    else:
        print(f"{name}: {GOAL:.0%} not reached in {seconds:.0f} s by the wall ({own:.0f} s processor); best {best:.2%}")
    share, count = exact_of_others(experiment, weighted)
    print(f"{name}: {share:.2%} of {count:,} other held-out numbers, by the weights of the last exam")


def exact_of_others(experiment: EncoderDecoderExperiment, weights: bytes) -> tuple[float, int]:
    """Share of held-out numbers that are mostly not among the 512 of the exams, and how many those are."""
    model = load_model(experiment, weights)
    numbers = torch.arange(experiment.limit)
    others = numbers[is_held_out(numbers)]
    batch = model.task.pairs(others[:: max(1, len(others) // OTHERS)][:OTHERS])
    return exact_share(model, batch, run_through(speak_slices(model, batch, Pace()))), len(batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=EncoderDecoderExperiment().steps)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, default=EncoderDecoderExperiment().limit)
    parser.add_argument("--seconds", type=float, default=180.0)
    options = parser.parse_args()
    print(f"numbers below {options.limit:,}, English into German; {GOAL:.0%} of the held-out numbers is the goal")
    for attention in (True, False):
        settings = {"steps": options.steps, "seed": options.seed, "limit": options.limit, "attention": attention}
        measure(EncoderDecoderExperiment(**settings), options.seconds)


if __name__ == "__main__":
    main()
