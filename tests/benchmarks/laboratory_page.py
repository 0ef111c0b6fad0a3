"""What the page "Gradient laboratory" costs: a slider's answer, and how many pictures three live trainings give.

    python tests/benchmarks/laboratory_page.py [--moves 12 --seconds 15]

The page is run without a browser and its sliders are moved one after the other: the whole run of the script is measured, with
its sidebar, three profiles, the leading picture and the cards; the clock of the wall and the processor time of the process.
Then three trainings with the page's default settings play while something asks for them as often as the page does.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import explorer  # noqa: E402, F401 - first: it holds the libraries for arithmetic to one thread

WITHIN = 100.0
"""Milliseconds in which a slider is answered."""


def moved_sliders(moves: int) -> float:
    """Milliseconds of a run of the page after a slider was moved: prints and returns the median."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "explorer" / "app" / "router.py"), default_timeout=120)
    app.switch_page(str(ROOT / "pages" / "gradient_laboratory.py")).run()
    app.run()
    medians = []
    for label, values in (("Cut after", range(10, 100)), ("Length", range(60, 100)), ("Forget-gate bias", [k / 5 for k in range(1, 25)])):
        taken = []
        for value in list(values)[:moves]:
            slider = next(one for one in app.slider if one.label == label)
            slider.set_value(value)
            wall, processor = time.perf_counter(), time.process_time()
            app.run()
            taken.append((1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - processor)))
        walls, processors = zip(*taken, strict=True)
        medians.append(statistics.median(walls))
        print(f"{label:18} wall {medians[-1]:6.1f} ms   processor {statistics.median(processors):6.1f} ms")
    assert not app.exception
    return max(medians)


def live_pictures(seconds: float) -> None:
    """Pictures and updates per second of three trainings that are asked for as often as the page asks."""
    from explorer.app.laboratory_runs import Training
    from explorer.app.live import EVERY
    from explorer.app.process import close_engine, engine

    names = {cell: engine().start(run, "visit") for cell, run in Training().runs.items()}
    while any(not engine().frames_since(name, "visit").frames for name in names.values()):
        time.sleep(0.05)
    for name in names.values():
        engine().command(name, "visit", "play")
    end, polls, fresh = time.monotonic() + seconds, 0, dict.fromkeys(names, 0)
    seen = dict.fromkeys(names, 0)
    while time.monotonic() < end:
        polls += 1
        for cell, name in names.items():
            drawn = [frame.step for frame in engine().frames_since(name, "visit").frames if frame.arrays]
            fresh[cell] += drawn[-1] > seen[cell]
            seen[cell] = drawn[-1]
        time.sleep(EVERY)
    print(f"the page draws {polls / seconds:.1f} times a second; of these with a new picture:")
    for cell, name in names.items():
        steps = engine().frames_since(name, "visit").position
        print(f"  {cell:5} {fresh[cell] / seconds:4.1f} pictures/s   {steps / seconds:6.1f} updates/s")
    close_engine()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--moves", type=int, default=12)
    options.add_argument("--seconds", type=float, default=15.0)
    chosen = options.parse_args()
    logging.disable(logging.WARNING)
    slowest = moved_sliders(chosen.moves)
    print(f"a slider is answered in {slowest:.0f} ms (at most {WITHIN:.0f}): {'yes' if slowest <= WITHIN else 'NO'}")
    live_pictures(chosen.seconds)


if __name__ == "__main__":
    main()
