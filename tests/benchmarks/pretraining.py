"""Bits per character of a small GPT on held-out Wikipedia articles, against the seconds it took.

    python tests/benchmarks/pretraining.py [--steps 5000] [--threads 1] [--units characters] [--neighbours 0] [--save run.safetensors]

Trains the experiment as the app would, in the same pieces, and examines it now and then on the stretches that the app
shows; at the end on all held-out articles (each tenth of them, 271,316 characters), every character with 64 to 128
before it. With ``--neighbours 4`` (291,200 parameters, one thread) 2.089 was reached after 524 seconds of the processor;
what was learned from then has about 1.8 bits: it is the step to other articles that is wide.
"""

import argparse
import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from explorer.sequence.pretraining import PretrainingExperiment, load_model
from explorer.sequence.pretraining.model import parameters
from explorer.sequence.pretraining.reading import source
from explorer.sequence.pretraining.scoring import perplexity
from explorer.sequence.pretraining.training import train

LOOKS = 12
"""Examinations on the way."""


def measure(experiment: PretrainingExperiment) -> bytes:
    """Train, printing what is measured on the way; the last weights."""
    started, busy = time.perf_counter(), time.process_time()
    apart = max(1, experiment.steps // LOOKS)
    print(f"{'step':>7}{'seconds':>9}{'processor':>11}{'loss':>8}{'bits':>8}{'induction':>11}{'gain':>8}")
    for frame in train(experiment, wanted=lambda step: step % apart == 0):
        if frame is not None and frame.arrays:
            own, wall, metrics = time.process_time() - busy, time.perf_counter() - started, frame.metrics
            heads = "".join(f"{metrics.get(name, float('nan')):{size}.3f}" for name, size in (("induction", 11), ("repetition_gain", 8)))
            bits = metrics.get("bits_per_character", float("nan"))
            print(f"{frame.step:7}{wall:9.1f}{own:11.1f}{metrics['loss']:8.3f}{bits:8.3f}{heads}", flush=True)
    return frame.weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("steps", "batch", "width", "layers", "heads", "context", "neighbours", "merges", "words", "seed"):
        parser.add_argument(f"--{name}", type=int)
    parser.add_argument("--learning-rate", type=float)
    for name in ("objective", "units", "positions", "optimizer", "corpus"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save", type=Path)
    options = {name: value for name, value in vars(parser.parse_args()).items() if value is not None}
    threads, save = options.pop("threads"), options.pop("save", None)
    experiment = PretrainingExperiment(**options)
    text = source(experiment)
    torch.set_num_threads(threads)
    print(f"{experiment.units}: {parameters(experiment, len(text.pieces)):,} parameters, {len(text.pieces):,} pieces, "
          f"{len(text.training):,} to learn from, {threads} thread{'s' * (threads > 1)}")  # fmt: skip
    weights = measure(experiment)
    if save:
        save.write_bytes(weights)
    if experiment.objective == "gpt":
        score = perplexity(load_model(experiment, weights), text.pieces, text.corpus.held_out)
        print(f"all {score.characters:,} held-out characters: {score.bits_per_character:.4f} bits per character, "
              f"perplexity {score.perplexity:.2f} per piece, {score.unsaid / score.characters / math.log(2):.4f} bits to spell "
              "what is unknown")  # fmt: skip


if __name__ == "__main__":
    main()
