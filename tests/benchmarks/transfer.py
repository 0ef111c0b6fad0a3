"""What pre-training buys: a model pre-trained here, put to use on a few labelled sentences, beside those without that start.

Prints accuracy with its 95 % interval for each way to begin and each number of labelled examples, and by how much the
fine-tuned model beats the same model from scratch, paired over the tested texts.

    python tests/benchmarks/transfer.py --units subwords --objective bert --steps 2000
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer.applications.transfer import METHOD_TITLES, TransferExperiment
from explorer.sequence.pretraining import PretrainingExperiment


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--objective", choices=("gpt", "bert"), default="bert")
    asked.add_argument("--units", choices=("characters", "subwords", "words"), default="subwords")
    asked.add_argument("--steps", type=int, default=2000)
    asked.add_argument("--width", type=int, default=64)
    asked.add_argument("--layers", type=int, default=3)
    asked.add_argument("--task", choices=("topics", "sentiment"), default="topics")
    asked.add_argument("--most", type=int, default=512)
    asked.add_argument("--repeats", type=int, default=3)
    given = asked.parse_args()
    base = PretrainingExperiment(
        objective=given.objective, units=given.units, steps=given.steps, width=given.width, layers=given.layers, context=64
    )
    weights = _pretrained(base)
    experiment = TransferExperiment(
        pretrained=base.model_dump_json(), weights=weights, task=given.task, most=given.most, repeats=given.repeats
    )
    _print(experiment)


def _pretrained(base: PretrainingExperiment) -> bytes:
    base.prepare()
    begun = time.process_time()
    for frame in base.frames(wanted=lambda step: False):
        last = frame
    held_out = last.metrics["held_out"]
    print(f"pre-training: {base.steps:,} steps, {time.process_time() - begun:.0f} s of processor time, {held_out:.3f} nats held out")
    return last.weights


def _print(experiment: TransferExperiment) -> None:
    experiment.prepare()
    begun = time.process_time()
    for frame in experiment.frames():
        last = frame
    found, tested = last.arrays, int(last.metrics["tested"])
    print(f"{tested} tested texts, {experiment.repeats} draws; the commonest label alone: {last.metrics['majority']:.2f}")
    print(f"{'':34}" + "".join(f"{n:>8} examples    " for n in found["examples"]))
    for row, title in enumerate(METHOD_TITLES.values()):
        cells = zip(found["accuracy"][row], found["low"][row], found["high"][row], strict=True)
        print(f"{title:34}" + "".join(f"  {share:.3f} ({low:.2f} to {high:.2f})" for share, low, high in cells))
    cells = zip(found["gain"], found["gain_low"], found["gain_high"], strict=True)
    print(f"{'fine-tuned minus from scratch':34}" + "".join(f" {gain:+.3f} ({low:+.2f} to {high:+.2f})" for gain, low, high in cells))
    print(f"{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
