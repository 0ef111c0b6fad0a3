"""Is a race live? Seven architectures with the page open: pictures per second, answers of controls, fairness of time.

    python tests/benchmarks/race_live.py [--seconds 10] [--rounds 3] [--apart]

The server is the app's own (`measured_server.py`), the browser a headless Chromium that opens the page "Race" with seven
architectures on the adding problem and presses Play. Counted is how often the curves are drawn anew in the page while all of
them train. Then controls are used, each several times: the time runs in the browser, from the click until what was asked for
stands on the page. The same buttons are pressed in a tab without a browser, which takes in what the server sends and draws
nothing: that is the server's part of it. Then, the seconds of computing that the engine gave to each of the seven between two moments: the largest
over the smallest is the unfairness. "others" says how many cores other programs used meanwhile. Loopback only, a few minutes.

With `--apart` the server may use one core alone and the browser the others, as if each had a machine of its own (Linux only).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlencode

from company import Company
from live_cost import stay_on
from serving import OFFLINE, SWITCHES, ask, chromium, measured_server
from tab import Tab

SEVEN = "rnn,lstm,gru,bidirectional,window,tcn,transformer"
QUERY = {"task": "adding", "entries": SEVEN, "steps": 100_000}
DRAWN = """() => Number(document.querySelector(".st-key-race-curves .live-plot-picture")?.dataset.drawn ?? 0)"""
ANSWER = """async ([name, done]) => {
    const found = new Function(`return ${done}`);
    const [kind, label] = name.split(":");
    const all = [...document.querySelectorAll(kind === "slider" ? "[role=slider]" : "button, label, [role=radio]")];
    const target = kind === "slider" ? all.find(one => (one.getAttribute("aria-label") ?? "").includes(label)) : all.find(one => one.innerText.includes(label));
    const began = performance.now();
    if (kind === "slider") { target.focus(); target.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", code: "ArrowRight", keyCode: 39, bubbles: true})); }
    else target.click();
    while (!found()) {
        if (performance.now() - began > 20000) return -1;
        await new Promise(resolve => setTimeout(resolve, 4));
    }
    return performance.now() - began;
}"""
"""Use a control and wait for what it brings about; milliseconds, -1 when it never came."""
BUTTON = """[...document.querySelectorAll("button")].some(one => one.innerText.includes("{}"))"""
HEADING = """[...document.querySelectorAll(".st-key-race-curves text")].some(one => one.textContent.includes("{}"))"""
ADDRESS = """location.search.includes("{}")"""
CONTROLS = (
    ("Pause", "button:Pause", BUTTON.format("Play")),
    ("Play", "button:Play", BUTTON.format("Pause")),
    ("compare by training loss", "button:training loss", HEADING.format("training loss")),
    ("compare by held-out error", "button:held-out error", HEADING.format("held-out error")),
    ("one architecture less", "button:Window", ADDRESS.format("entries=rnn%2Clstm%2Cgru%2Cbidirectional%2Ctcn")),
    ("and back", "button:Window", ADDRESS.format("entries=rnn%2Clstm%2Cgru%2Cbidirectional%2Cwindow")),
)


def measure_pictures(page: Any, seconds: float) -> float:
    """Times that the curves are drawn anew in a second."""
    before, began = page.evaluate(DRAWN), page.evaluate("performance.now()")
    page.wait_for_timeout(1000 * seconds)
    after, ended = page.evaluate(DRAWN), page.evaluate("performance.now()")
    return 1000 * (after - before) / (ended - began)


def measure_controls(page: Any, rounds: int) -> dict[str, list[float]]:
    """Milliseconds until each control had its answer on the page."""
    found: dict[str, list[float]] = {name: [] for name, _, _ in CONTROLS}
    for _ in range(rounds):
        for name, target, done in CONTROLS:
            page.wait_for_timeout(700)
            found[name].append(page.evaluate(ANSWER, [target, done]))
    return found


def measure_fairness(page: Any, address: str, seconds: float) -> tuple[dict[str, float], float]:
    """Seconds of computing that each contestant had, and the largest over the smallest."""
    before = _shares(address)
    page.wait_for_timeout(1000 * seconds)
    after = _shares(address)
    had = {name: after[name][0] - before[name][0] for name in before if name in after}
    return had, max(had.values()) / min(had.values())


def _shares(address: str) -> dict[str, tuple[float, int]]:
    courses = [one for one in ask(address, "shares") if one["kind"] == "Contestant" and one["alive"]]
    return {one["cell"] + " both ways" * one["bidirectional"]: (one["seconds"], one["step"]) for one in courses}


async def measure_server(address: str, rounds: int) -> dict[str, list[float]]:
    """Milliseconds until the server has answered a button, while all seven train."""
    tab, found = await Tab.open(address, "race", urlencode(QUERY)), {"Pause": [], "Play": []}
    while "Play" not in tab.buttons:
        await asyncio.sleep(0.3)
        await tab.poll()
    await tab.press("Play")
    for _ in range(3 * rounds):
        for label in found:
            for _ in range(3):
                await asyncio.sleep(0.3)
                await tab.poll()
            found[label].append(1000 * await tab.press(label))
    await tab.close()
    return found


def measure(address: str, page: Any, given: argparse.Namespace, say: Callable[[str], None]) -> None:
    page.goto(f"{address}/race?{urlencode(QUERY)}")
    page.wait_for_selector(".st-key-race-curves .main-svg", timeout=120_000)
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Play").first.click()
    page.get_by_role("button", name="Pause").first.wait_for(timeout=60_000)
    page.wait_for_timeout(4000)
    company = Company()
    pictures = [measure_pictures(page, given.seconds) for _ in range(given.rounds)]
    say(
        f"curves drawn a second: {statistics.median(pictures):.1f} (least {min(pictures):.1f}); others {company.since():.2f} cores"
    )
    had, unfair = measure_fairness(page, address, 2 * given.seconds)
    say(
        f"seconds of computing in {2 * given.seconds:.0f} s: "
        + ", ".join(f"{name} {one:.2f}" for name, one in had.items())
    )
    say(f"largest over smallest: {unfair:.3f}; others {company.since():.2f} cores")
    controls = measure_controls(page, given.rounds)
    for name, taken in controls.items():
        say(f"{name:28}{statistics.median(taken):8.0f} ms, worst {max(taken):.0f} ms")
    every = [one for taken in controls.values() for one in taken]
    page.goto("about:blank")
    with ThreadPoolExecutor(1) as apart:  # playwright has an event loop of its own in this thread
        served = apart.submit(asyncio.run, measure_server(address, given.rounds)).result()
    for name, taken in served.items():
        say(f"{name + ', the server alone':28}{statistics.median(taken):8.0f} ms, worst {max(taken):.0f} ms")
    alone = [one for taken in served.values() for one in taken]
    say(f"others {company.since():.2f} cores")
    print(
        f"README: seven architectures: {statistics.median(pictures):.1f} pictures/s, the server answers a button in {statistics.median(alone):.0f} ms "
        f"(worst {max(alone):.0f}), on the page controls answer in {statistics.median(every):.0f} ms (worst {max(every):.0f}), computing time within {100 * (unfair - 1):.1f} % (targets: 3, 100 ms, 10 %)."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--apart", action="store_true", help="server and browser on cores of their own")
    given = parser.parse_args()
    where = chromium()
    if where is None:
        raise SystemExit("No Chromium was found.")
    from playwright.sync_api import sync_playwright

    cores = sorted(os.sched_getaffinity(0)) if given.apart else []
    stay_on(cores[:1])
    with measured_server() as address, nullcontext(stay_on(cores[1:])), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=[*SWITCHES.split(), OFFLINE])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        measure(address, page, given, lambda text: print(text, flush=True))
        browser.close()


if __name__ == "__main__":
    main()
