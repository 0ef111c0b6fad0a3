"""What does watching cost? Steps per second of Train live in a real browser against a bare torch loop.

    python tests/benchmarks/live_cost.py --seconds 6 --rounds 3

The server is the app's own (`measured_server.py`). A headless Chromium opens Train live and presses Play; while it
draws, the steps that the engine makes are counted in the server. Then Pause, and the same server process runs the
loop that one would write by hand, with the same model and batches, in a thread of its own, while the page stands
still. Live, bare, live, bare ...: the ratio of neighbours is taken. A round in which other programs used more than a
fifth of a core is made again while patience lasts; "others" says how many cores they used in the rounds that count.
Pause is clicked in the page, and the clock runs until the engine's last step. Loopback only, a few minutes.

With `--apart` the server may use one core alone and the browser the others, as if each had a machine of its own
(Linux only): otherwise the system moves the browser's threads onto the core that trains.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from company import Company, wait_for_quiet
from serving import OFFLINE, SWITCHES, ask, chromium, measured_server, rate

CASES = {
    "rose, as it comes": {"task": "rose", "steps": 100_000},
    "LSTM T=50 H=32 B=32": {"task": "characters", "length": 50, "hidden": 32, "batch": 32, "steps": 100_000},
}
DRAWN = """() => Object.fromEntries(["unrolled", "curves"].map(name => [name,
    Number(document.querySelector(`.st-key-train-${name} .live-plot-picture`)?.dataset.drawn ?? 0)]))"""
CLICK = """label => {
    const button = [...document.querySelectorAll("button")].find(one => one.innerText.includes(label));
    button.click();
    return Date.now() / 1000;
}"""
QUIET = 0.2
"""Cores that others may use in a round that counts."""
SETTLED = 0.6
"""Seconds without a step after which the engine is taken to stand still."""


@dataclass
class Measured:
    """What was found for one case, a number for each round."""

    live: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)
    curves: list[float] = field(default_factory=list)
    pause: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    def forget_round(self) -> None:
        """Take back the last round."""
        for numbers in vars(self).values():
            numbers.pop()

    def ratio(self) -> float:
        """The median of the ratios of neighbours."""
        return statistics.median(one / other for one, other in zip(self.live, self.bare, strict=True))


def measure(page: Any, address: str, query: dict[str, Any], given: argparse.Namespace) -> Measured:
    found, end = Measured(), time.monotonic() + min(given.patience, 1800.0)
    page.goto(f"{address}/train_live?{urlencode(query)}")
    page.wait_for_selector(".st-key-train-unrolled .main-svg", timeout=120_000)
    page.wait_for_timeout(2000)
    ask(address, "bare", seconds=1, **query)
    while len(found.live) < min(given.rounds, 20):
        wait_for_quiet(QUIET, end - time.monotonic())
        company = Company()
        one_round(page, address, query, min(given.seconds, 30.0), found)
        found.others.append(company.since())
        if found.others[-1] > QUIET and time.monotonic() < end:
            found.forget_round()
    return found


def one_round(page: Any, address: str, query: dict[str, Any], seconds: float, found: Measured) -> None:
    page.get_by_role("button", name="Play").first.wait_for(timeout=120_000)
    page.evaluate(CLICK, "Play")
    page.get_by_role("button", name="Pause").first.wait_for(timeout=120_000)
    page.wait_for_timeout(1500)
    drawn, before = page.evaluate(DRAWN), ask(address, "measure")
    page.wait_for_timeout(1000 * seconds)
    later, after = page.evaluate(DRAWN), ask(address, "measure")
    elapsed = after["now"] - before["now"]
    found.live.append(rate(before, after))
    found.pictures.append((later["unrolled"] - drawn["unrolled"]) / elapsed)
    found.curves.append((later["curves"] - drawn["curves"]) / elapsed)
    clicked = page.evaluate(CLICK, "Pause")
    found.pause.append(max(0.0, when_it_stood(address) - clicked))
    page.get_by_role("button", name="Play").first.wait_for(timeout=120_000)
    page.wait_for_timeout(500)
    found.bare.append(ask(address, "bare", seconds=seconds, **query)["rate"])


def when_it_stood(address: str) -> float:
    """The time of the engine's last step, once there has been none for a while."""
    while True:
        state = ask(address, "measure")
        if state["now"] - state["last"] > SETTLED:
            return state["last"]
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement, at most 30")
    parser.add_argument("--rounds", type=int, default=3, help="at most 20")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for quiet, each case")
    parser.add_argument("--apart", action="store_true", help="server and browser on cores of their own")
    given = parser.parse_args()
    where = chromium()
    if where is None:
        raise SystemExit("No Chromium was found.")
    from playwright.sync_api import sync_playwright

    heads = ("bare /s", "live /s", "ratio", "worst", "picture/s", "curves/s", "pause s", "worst s", "others")
    print(f"{'':22}" + "".join(f"{head:>11}" for head in heads))
    said, cores = [], sorted(os.sched_getaffinity(0)) if given.apart else []
    stay_on(cores[:1])
    with measured_server() as address, nullcontext(stay_on(cores[1:])), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=[*SWITCHES.split(), OFFLINE])
        for name, query in CASES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            found = measure(page, address, query, given)
            page.close()
            print(f"{name:22}{row(found)}", flush=True)
            said.append(
                f"{name}: {found.ratio():.2f} of the bare loop, {statistics.median(found.curves):.1f} updates/s"
            )
        browser.close()
    print("README: " + "; ".join(said) + " (targets: 0.85, 3, pause within 0.3 s).")


def stay_on(cores: list[int]) -> None:
    """Use these cores alone from now on, as do programs started later; all when none is named."""
    if cores:
        os.sched_setaffinity(0, cores)


def row(found: Measured) -> str:
    worst = min(one / other for one, other in zip(found.live, found.bare, strict=True))
    values = (
        statistics.median(found.bare), statistics.median(found.live), found.ratio(), worst,
        statistics.median(found.pictures), statistics.median(found.curves), statistics.median(found.pause), max(found.pause), statistics.median(found.others),
    )  # fmt: skip
    forms = ("11.1f", "11.1f", "11.2f", "11.2f", "11.1f", "11.1f", "11.2f", "11.2f", "11.2f")
    return "".join(f"{value:{form}}" for value, form in zip(values, forms, strict=True))


if __name__ == "__main__":
    main()
