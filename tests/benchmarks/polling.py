"""Visitors that ask at fixed times, whatever the answers take, and what became of their questions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np

Poll = Callable[[], Awaitable[object]]
Interval = Callable[[], float]
Visitor = tuple[Poll, Interval]
"""How a visitor asks, and after how many seconds again."""


@dataclass
class Polls:
    """How long answers took, in seconds, and how many questions were never asked because an answer was late."""

    taken: list[float] = field(default_factory=list)
    missed: int = 0

    def percentile(self, q: float) -> float:
        """In milliseconds."""
        return float(np.percentile(self.taken, q)) * 1000 if self.taken else float("nan")


async def keep_polling(visitor: Visitor, offset: float, until: float, found: Polls) -> None:
    """Poll at fixed times; an answer that takes longer than the interval makes the visitor miss the next."""
    poll, interval = visitor
    due = time.monotonic() + offset
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        began, every = time.monotonic(), interval()
        await poll()
        now = time.monotonic()
        found.taken.append(now - began)
        found.missed += int((now - began) // every)
        due += every * (1 + max(0, int((now - due) // every)))


async def poll_together(visitors: list[Visitor], seconds: float) -> Polls:
    """All visitors at once, spread evenly over the interval."""
    found, until = Polls(), time.monotonic() + seconds
    offsets = [k * interval() / len(visitors) for k, (_, interval) in enumerate(visitors)]
    tasks = [keep_polling(one, offset, until, found) for one, offset in zip(visitors, offsets, strict=True)]
    await asyncio.gather(*tasks)
    return found
