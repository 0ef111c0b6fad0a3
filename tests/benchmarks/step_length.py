"""How long the longest piece of a training takes at the corners of what is admitted.

    python tests/benchmarks/step_length.py [--seconds 3]

For every task and cell the sizes are pushed to the edge of the estimate, one after another; each corner is trained
for some seconds with every frame drawn. Two clocks: the wall, and the processor time of this thread, which a busy
machine disturbs less. The first pieces, which load code and memory, are listed apart.
"""

import argparse
import gc
import sys
import time
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from explorer.sequence import SequenceExperiment
from explorer.sequence.cost import LONGEST_UPDATE, milliseconds
from explorer.sequence.experiment import TASK_TITLES
from explorer.sequence.training import train

CORNERS = {
    "wide": {"hidden": 256},
    "long": {"length": 200},
    "deep": {"layers": 3},
    "both ways": {"bidirectional": True, "layers": 3},
    "many words": {"vocabulary": 5000},
    "pixels": {"reading": "pixels"},
    "spectral": {"hidden": 256, "initialisation": "spectral"},
}
APPLIES = {
    "long": ("characters", "words", "adding", "recall"),
    "both ways": ("adding", "digits", "speech"),
    "many words": ("words",),
    "pixels": ("digits",),
    "spectral": ("speech",),
}
HELD_BACK = 12
"""Pieces at the start that are listed apart."""


def at_the_edge(task: str, cell: str, settings: dict) -> SequenceExperiment | None:
    """The largest admissible batch with these sizes, with fewer units where even one sequence is too slow."""
    for hidden in (settings.get("hidden", 64), 192, 128, 96, 64, 48, 32, 16, 8, 4):
        for batch in (256, 192, 128, 96, 64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1):
            try:
                return SequenceExperiment(
                    **{"task": task, "cell": cell, **settings, "hidden": hidden, "batch": batch, "steps": 100_000}
                )
            except ValueError:
                continue
    return None


def pieces(experiment: SequenceExperiment, seconds: float, drawn: bool) -> tuple[list[float], list[float]]:
    """Milliseconds of each piece of a training, by the wall and by the processor."""
    wall, own = [], []
    training = train(experiment, wanted=lambda step: drawn)
    while not drawn and next(training) is None:  # the frame of step 0 is always drawn
        pass
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(wall) < 2 * HELD_BACK:
        before, busy = time.perf_counter(), time.thread_time()
        next(training)
        own.append(1e3 * (time.thread_time() - busy))
        wall.append(1e3 * (time.perf_counter() - before))
    return wall, own


def row(task: str, cell: str, corner: str, experiment: SequenceExperiment, seconds: float) -> float:
    """Measure and print one corner; its longest piece by the processor."""
    experiment.prepare()
    _, updates = pieces(experiment, seconds / 3, drawn=False)
    wall, own = pieces(experiment, seconds, drawn=True)
    sizes = f"B{experiment.batch} H{experiment.hidden} L{experiment.layers}{' x2' if experiment.bidirectional else ''}"
    middle = sorted(updates[HELD_BACK:])[len(updates[HELD_BACK:]) // 2]
    longest = max(own[HELD_BACK:])
    print(
        f"{task:11}{cell:6}{corner:12}{sizes:18}{milliseconds(experiment):9.1f}{middle:8.1f}"
        f"{longest:9.1f}{max(wall[HELD_BACK:]):9.1f}{max(own[:HELD_BACK]):9.1f}",
        flush=True,
    )
    return longest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--cells", nargs="*", default=["rnn", "lstm", "gru"])
    parser.add_argument("--tasks", nargs="*", default=list(TASK_TITLES))
    options = parser.parse_args()
    torch.set_num_threads(1)
    gc.collect()
    gc.freeze()  # as the app does once it has loaded what it needs
    print(f"milliseconds; the estimate admits {LONGEST_UPDATE:.0f}")
    print(
        f"{'task':11}{'cell':6}{'corner':12}{'sizes':18}{'estimate':>9}{'update':>8}{'longest':>9}{'(wall)':>9}{'start':>9}"
    )
    longest = 0.0
    for task, cell, (corner, settings) in product(options.tasks, options.cells, CORNERS.items()):
        experiment = at_the_edge(task, cell, settings) if task in APPLIES.get(corner, (task,)) else None
        if experiment is not None:
            longest = max(longest, row(task, cell, corner, experiment, options.seconds))
    print(f"longest piece by the processor: {longest:.1f} ms")


if __name__ == "__main__":
    main()
