"""How long the gradient laboratory lets its page wait: profile, spectrum and T x T matrix of all three cells.

    python tests/benchmarks/laboratory.py [--hidden 64 --length 100 --samples 8 --repeats 15]

The profiles of all three cells stand behind a slider and must come within 100 ms; spectrum and matrix follow in pieces of at
most about 50 ms. Two clocks: the wall, and the processor time of this thread, which a busy machine disturbs less.
"""

import argparse
import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import explorer  # noqa: F401, I001 - first: it holds the libraries for arithmetic to one thread, before they load

from explorer.sequence.laboratory import LaboratoryExperiment, Probe
from explorer.sequence.laboratory.profile import profile

PARTS = ("profile", "spectrum", "matrix")
WITHIN = 100.0
"""Milliseconds in which a slider is answered."""


def clocks() -> tuple[float, float]:
    return time.perf_counter(), time.thread_time()


def milliseconds(before: tuple[float, float]) -> tuple[float, float]:
    """By the wall and by the processor."""
    return tuple(1e3 * (now - then) for now, then in zip(clocks(), before, strict=True))


def moved_slider(probe: Probe, repeats: int) -> float:
    """All three profiles, anew for each position of the slider; prints and returns the median by the wall."""
    taken = []
    for k in range(repeats + 2):
        probe = probe.replace(spectral_radius=0.5 + 0.05 * k)
        before = clocks()
        for cell in Probe.CELLS:
            profile(probe, cell)
        taken.append(milliseconds(before))
    first, rest = taken[0], sorted(taken[2:])
    wall, own = rest[len(rest) // 2]
    print(
        f"{probe.initialisation:12}{wall:9.1f}{sorted(one for _, one in rest)[len(rest) // 2]:9.1f}{rest[-1][0]:9.1f}{first[0]:9.1f}"
    )
    return wall


def pieces(experiment: LaboratoryExperiment) -> None:
    """Print for each part its milliseconds, and its longest piece."""
    experiment.prepare()
    slices = experiment.slices()
    for part in PARTS:
        before, longest, count = clocks(), 0.0, 0
        frame = None
        while frame is None:
            began = clocks()
            frame = next(slices)
            longest, count = max(longest, milliseconds(began)[1]), count + 1
        wall, own = milliseconds(before)
        print(f"{experiment.cell:6}{part:10}{wall:10.0f}{own:10.0f}{count:8}{longest:10.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    probe = Probe(hidden=options.hidden, length=options.length, samples=options.samples)
    gc.collect()
    gc.freeze()  # as the app does once it has loaded what it needs
    print(
        f"All three profiles, H={probe.hidden}, T={probe.length}, {probe.samples} samples, after a move of a slider (ms):"
    )
    print(f"{'weights':12}{'wall':>9}{'own':>9}{'longest':>9}{'first':>9}")
    walls = [
        moved_slider(probe.replace(initialisation=name), options.repeats)
        for name in ("default", "orthogonal", "identity", "spectral")
    ]
    print(f"slowest median {max(walls):.1f} ms, {'within' if max(walls) <= WITHIN else 'ABOVE'} {WITHIN:.0f} ms\n")
    print(f"{'cell':6}{'part':10}{'wall':>10}{'own':>10}{'pieces':>8}{'longest':>10}")
    for cell in Probe.CELLS:
        pieces(LaboratoryExperiment(given=probe, cell=cell))


if __name__ == "__main__":
    main()
