"""Visitors that ask at fixed times, whatever the answers take, and what became of their questions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np

Poll = Callable[[], Awaitable[object]]


@dataclass
class Polls:
    """How long answers took, in seconds, and how many questions were never asked because an answer was late."""

    taken: list[float] = field(default_factory=list)
    missed: int = 0

    def percentile(self, q: float) -> float:
        """In milliseconds."""
        return float(np.percentile(self.taken, q)) * 1000 if self.taken else float("nan")


async def keep_polling(poll: Poll, every: float, offset: float, until: float, found: Polls) -> None:
    """Poll at start + offset + k * every; an answer that takes longer than that makes the visitor miss the next."""
    due = time.monotonic() + offset
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        await poll()
        now = time.monotonic()
        found.taken.append(now - began)
        found.missed += int((now - began) // every)
        due += every * (1 + max(0, int((now - due) // every)))


async def poll_together(polls: list[Poll], every: float, seconds: float) -> Polls:
    """All visitors at once, spread evenly over the interval."""
    found, until = Polls(), time.monotonic() + seconds
    offsets = [k * every / len(polls) for k in range(len(polls))]
    tasks = [keep_polling(poll, every, offset, until, found) for poll, offset in zip(polls, offsets, strict=True)]
    await asyncio.gather(*tasks)
    return found
