"""Does the order of Bai, Kolter and Koltun (2018) come out here? The adding problem for five architectures of one size.

    python tests/benchmarks/race_adding.py [--length 100] [--budget 5000] [--steps 2000] [--seeds 1] [--entries rnn lstm ...]

Trains the contestants of a race one after the other, all on the same sequences, and prints what each ended with beside the
paper's Table 1 (its sequences are 600 steps long, its networks have about 70,000 parameters). Expected at length 100: the
RNN stays near 1/6, the error of always answering 1, and the TCN gets far below it; so do GRU, LSTM and Transformer.
Seconds are those of the processor in this thread, pictures included. A few minutes.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from explorer.sequence.race import Race
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.published import ADDING

SOLVED = 0.01
EVERY = 50
"""Updates between two looks at the held-out error."""


def measure(contestant: Contestant) -> dict[str, float]:
    """Train to the end; what came of it."""
    contestant.prepare()
    began, best, solved, found = time.thread_time(), float("inf"), float("nan"), {}
    for frame in contestant.frames(wanted=lambda step: step % EVERY == 0):
        if frame.step == 0:
            found |= {name: frame.metrics[name] for name in ("parameters", "activation_bytes")}
        if "score" in frame.metrics:
            error = frame.metrics["score"]
            best = min(best, error)
            if error < SOLVED and solved != solved:
                solved = frame.step
            found |= {"end": error, "updates": frame.step}
    return found | {"best": best, "solved": solved, "seconds": time.thread_time() - began}


def row(title: str, contestant: Contestant, found: dict[str, float], paper: float | None) -> str:
    beside = f"{paper:12.2g}" if paper is not None else f"{'-':>12}"
    return (
        f"{title:12}{contestant.hidden:8}{found['parameters']:12,.0f}{found['updates']:9,.0f}{found['end']:12.5f}{found['best']:12.5f}"
        f"{found['solved']:10.0f}{1000 * found['seconds'] / found['updates']:8.1f}{found['seconds']:9.0f}{beside}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--budget", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument(
        "--rate", type=float, default=0.005, help="of the gated networks; the others' are multiples of it"
    )
    parser.add_argument("--entries", nargs="*", default=["rnn", "lstm", "gru", "tcn", "transformer"])
    given = parser.parse_args()
    torch.set_num_threads(1)
    race = Race(
        task="adding", length=given.length, budget=given.budget, steps=given.steps, batch=given.batch, seeds=given.seeds,
        learning_rate=given.rate, entries=",".join(given.entries),
    )  # fmt: skip
    print(
        f"adding, {race.length} steps, about {race.budget:,} parameters each; always answering 1: {1 / 6:.4f}; solved: below {SOLVED}"
    )
    heads = ("hidden", "parameters", "updates", "error", "best", "solved at", "ms", "seconds", "Bai T=600")
    print(
        f"{'':12}"
        + "".join(f"{head:>{width}}" for head, width in zip(heads, (8, 12, 9, 12, 12, 10, 8, 9, 12), strict=True))
    )
    ended: dict[str, float] = {}
    for name, contestant in race.lineup().contestants.items():
        found = measure(contestant)
        ended[name] = found["end"]
        print(row(ENTRIES[name].title, contestant, found, ADDING.values.get(name)), flush=True)
    for name, reason in race.lineup().left_out.items():
        print(f"{ENTRIES[name].title:12}does not start: {reason}")
    if {"rnn", "tcn"} <= ended.keys():
        here, there = ended["rnn"] / ended["tcn"], ADDING.values["rnn"] / ADDING.values["tcn"]
        print(f"RNN's error over the TCN's: {here:,.1f} here, {there:,.0f} in the paper.")


if __name__ == "__main__":
    main()
