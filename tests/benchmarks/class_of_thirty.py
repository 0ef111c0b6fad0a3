"""Thirty visitors on one server, each training a network of its own and asking again and again.

    python tests/benchmarks/class_of_thirty.py [--seconds 60] [--visitors 30] [--only engine | --only pages]

Twice: against an `Engine` alone (threads of one process ask it for frames, twice a second), and against the app's own
server (`measured_server.py`), with real sessions on Train live that speak Streamlit's websocket protocol: each poll
reruns the live part of the page, and is over when everything it draws has arrived. They poll as often as the page asks
for, which is more seldom in a crowd; `--every 0.5` has all of them poll twice a second whatever the page says. Before the crowd comes and after it has gone a
single visitor is measured in the same way, so that throughput can be compared. 300 seconds give the figures for
memory. Loopback only; at most ten minutes each.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from company import Company, wait_for_quiet
from polling import Polls, Visitor, poll_together
from serving import ROOT, ask, measured_server, rate

sys.path.insert(0, str(ROOT))

SETTINGS = {"task": "rose", "steps": 100_000}
"""Of every visitor, but for the seed."""
ALONE = 12.0
"""Seconds that the single visitor is measured, before and after."""
TWICE_A_SECOND = 0.5
READY = 120.0
"""Seconds that a page may take to have its untrained network."""


class Place(Protocol):
    """Where visitors go."""

    async def enter(self, number: int) -> Visitor: ...
    async def leave(self, number: int) -> None: ...
    def state(self) -> dict[str, float]: ...


@dataclass
class Found:
    """The measurements of one place."""

    alone: list[tuple[float, Polls]] = field(default_factory=list)
    crowd: list[tuple[float, Polls]] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    others: float = 0.0  # cores that other programs used meanwhile


async def measure(place: Place, visitors: int, seconds: float) -> Found:
    """One visitor, all visitors minute by minute, one visitor."""
    found, company = Found(), Company()
    polls = [await place.enter(0)]
    found.alone.append(await spell(place, polls, ALONE))
    polls += await asyncio.gather(*[place.enter(k) for k in range(1, visitors)])
    await poll_together(polls, 5.0)
    found.memory.append(place.state()["memory"] / 1e6)
    left = seconds
    while left > 0:
        found.crowd.append(await spell(place, polls, min(60.0, left)))
        found.memory.append(place.state()["memory"] / 1e6)
        left -= 60.0
    for k in range(1, visitors):
        await place.leave(k)
    await poll_together(polls[:1], 5.0)
    found.alone.append(await spell(place, polls[:1], ALONE))
    found.others = company.since()
    return found


async def spell(place: Place, polls: list[Visitor], seconds: float) -> tuple[float, Polls]:
    """Steps per second of all together, and the polls."""
    before = place.state()
    found = await poll_together(polls, seconds)
    return rate(before, place.state()), found


class Pages:
    """Train live on the app's own server, in a process of its own."""

    def __init__(self, address: str, every: float | None) -> None:
        self.address, self.every, self.tabs = address, every, {}

    async def enter(self, number: int) -> Visitor:
        from tab import Tab

        tab = await Tab.open(self.address, "train_live", urlencode({**SETTINGS, "seed": number}))
        give_up = time.monotonic() + READY
        while "untrained" not in tab.status:
            if time.monotonic() > give_up:
                raise TimeoutError(f"visitor {number} saw no network after {READY:.0f} s")
            await asyncio.sleep(0.3)
            await tab.poll()
        await tab.press("Play")
        self.tabs[number] = tab
        return tab.poll, lambda: self.every or tab.interval

    async def leave(self, number: int) -> None:
        await self.tabs.pop(number).close()

    def state(self) -> dict[str, float]:
        return ask(self.address, "measure")


class Alone:
    """An engine in this process, asked from threads as Streamlit would."""

    def __init__(self, visitors: int, every: float | None) -> None:
        import psutil
        import torch

        from explorer.runs import Engine

        torch.set_num_threads(1)
        self.engine, self.names, self.process = Engine(), {}, psutil.Process()
        self.threads, self.every = ThreadPoolExecutor(visitors), every or TWICE_A_SECOND
        self.engine.launch()

    async def enter(self, number: int) -> Visitor:
        from explorer.sequence import SequenceExperiment

        visit, last = f"visitor {number}", [-1]
        name = self.names[number] = self.engine.start(SequenceExperiment(**SETTINGS, seed=number), visit)
        self.engine.command(name, visit, "play")

        def look() -> None:
            with self.engine.attention():
                frames = self.engine.frames_since(name, visit, last[0]).frames
            last[0] = frames[-1].step if frames else last[0]

        return lambda: asyncio.get_running_loop().run_in_executor(self.threads, look), lambda: self.every

    async def leave(self, number: int) -> None:
        self.engine.drop(self.names.pop(number), f"visitor {number}")

    def state(self) -> dict[str, Any]:
        return {"steps": Steps.made, "now": time.monotonic(), "memory": self.process.memory_info().rss}


class Steps:
    """Steps that all courses of this process have made."""

    made = 0


def count_steps() -> None:
    from explorer.runs.course import Course

    record = Course.record

    def counted(self: Course, frame: Any, seconds: float, now: float) -> None:
        record(self, frame, seconds, now)
        Steps.made += frame is not None

    Course.record = counted


def show(title: str, found: Found, visitors: int) -> str:
    """Print the table; returns the sentence for the README."""
    polls = Polls([one for _, part in found.crowd for one in part.taken], sum(part.missed for _, part in found.crowd))
    alone = Polls([one for _, part in found.alone for one in part.taken], sum(part.missed for _, part in found.alone))
    one, many = (statistics.mean(pace for pace, _ in part) for part in (found.alone, found.crowd))
    print(f"\n{title:24}{'one visitor':>14}{f'{visitors} visitors':>14}{'ratio':>9}{'target':>12}")
    rows = [("steps per second", one, many, "0", ">= 0.8")]
    for q, target in ((50, ""), (95, "<= 150 ms"), (100, "")):
        name = f"poll {'max' if q == 100 else f'p{q}'}, ms"
        rows.append((name, alone.percentile(q), polls.percentile(q), "0", target))
    rows += [
        ("polls", len(alone.taken), len(polls.taken), "0", ""),
        ("missed", alone.missed, polls.missed, "0", "none"),
    ]
    for name, first, second, digits, target in rows:
        ratio = f"{second / first:9.2f}" if first else f"{'':9}"
        print(f"{name:24}{first:14,.{digits}f}{second:14,.{digits}f}{ratio}{target:>12}")
    print("memory, MB, at the start and after each minute: " + " ".join(f"{one:.0f}" for one in found.memory))
    print(f"other programs used {found.others:.2f} cores meanwhile")
    return (
        f"{title}: {visitors} visitors get {many / one:.2f} of one visitor's throughput, poll p95 "
        f"{polls.percentile(95):.0f} ms, {polls.missed} of {len(polls.taken) + polls.missed} missed, memory "
        f"{found.memory[0]:.0f} to {found.memory[-1]:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="with the crowd; 300 for the full figure")
    parser.add_argument("--visitors", type=int, default=30, help="at most 60")
    parser.add_argument("--every", type=float, help="seconds between two polls of a visitor")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for a quiet machine")
    parser.add_argument("--only", choices=("engine", "pages"))
    given = parser.parse_args()
    seconds, visitors, said = min(given.seconds, 600.0), min(given.visitors, 60), []
    wait_for_quiet(patience=min(given.patience, 1800.0))
    if given.only != "pages":
        count_steps()
        place = Alone(visitors, given.every)
        said.append(show("the engine alone", asyncio.run(measure(place, visitors, seconds)), visitors))
        place.engine.close()
    if given.only != "engine":
        with measured_server() as address:
            found = asyncio.run(measure(Pages(address, given.every), visitors, seconds))
            said.append(show("pages of the app", found, visitors))
    print("\nREADME: " + "; ".join(said) + ".")


if __name__ == "__main__":
    main()
