"""Does the browser's memory level off while two plots are redrawn for long?

    python tests/benchmarks/heap_soak.py --minutes 3

Opens the demo page of the browser tests, lets it redraw as often as it can, and after every round collects
garbage and prints what is left: the JavaScript heap, the nodes of the document and its event listeners. At the
end it says how much the second half of the time still added, and how sure that number is: a single sample
jumps by half a megabyte with what was on its way at that moment. Loopback only, at most half an hour.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import OFFLINE, ROOT, SWITCHES, chromium, free_port, launch, wait_until_healthy  # noqa: E402

APP = ROOT / "tests" / "browser" / "apps" / "serve_plots.py"
UPDATES = "Number(document.querySelector('.st-key-heat .live-plot-picture')?.dataset.drawn ?? 0)"


class Sample(NamedTuple):
    seconds: float
    updates: int
    heap: float  # MB after a garbage collection
    nodes: int
    listeners: int


@contextlib.contextmanager
def demo_page(every: float) -> Iterator[Any]:
    """The demo page in a headless browser, with its server."""
    from playwright.sync_api import sync_playwright

    where = chromium()
    if where is None:
        raise SystemExit("No Chromium was found.")
    port = free_port()
    server = launch(APP, port, {})
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=where, args=[*SWITCHES.split(), OFFLINE])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"http://127.0.0.1:{port}/?every={every}")
            page.wait_for_function(f"{UPDATES} > 0", timeout=60_000)
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


def samples(page: Any, minutes: float, rounds: int) -> Iterator[Sample]:
    """One sample at the start and one after each of `rounds` equal spans of time."""
    session = page.context.new_cdp_session(page)
    start = time.monotonic()
    for number in range(rounds + 1):
        page.wait_for_timeout(max(0.0, start + number * minutes * 60 / rounds - time.monotonic()) * 1000)
        heap = min(collected(session) for _ in range(3))
        dom = session.send("Memory.getDOMCounters")
        yield Sample(time.monotonic() - start, page.evaluate(UPDATES), heap, dom["nodes"], dom["jsEventListeners"])


def collected(session: Any) -> float:
    """Megabytes of heap in use right after a garbage collection."""
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def growth(taken: list[Sample]) -> tuple[float, float]:
    """Kilobytes of heap for each hundred updates, by least squares, and the standard error of that."""
    import numpy as np

    updates = np.array([one.updates for one in taken], dtype=float)
    (slope, _), covariance = np.polyfit(updates, [one.heap for one in taken], 1, cov=True)
    return float(slope * 1e5), float(np.sqrt(covariance[0, 0]) * 1e5)


def verdict(slope: float, error: float) -> str:
    if slope <= 2 * error:
        return "no growth beyond the noise"
    return "THE HEAP KEEPS GROWING"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--every", type=float, default=0.1, help="seconds between two runs of the fragment")
    given = parser.parse_args()
    taken: list[Sample] = []
    print(f"{'seconds':>8} {'updates':>8} {'heap MB':>8} {'nodes':>7} {'listeners':>9}")
    with demo_page(given.every) as page:
        for one in samples(page, min(given.minutes, 30.0), max(given.rounds, 12)):
            taken.append(one)
            print(f"{one.seconds:8.0f} {one.updates:8d} {one.heap:8.2f} {one.nodes:7d} {one.listeners:9d}", flush=True)
    for name, part in (("first", taken[: len(taken) // 2]), ("second", taken[len(taken) // 2 :])):
        slope, error = growth(part)
        print(f"{name} half: {slope:+.0f} kB of heap for each 100 updates (standard error {error:.0f})")
    print(verdict(slope, error))


if __name__ == "__main__":
    main()
