"""Who waits for a page goes first: the engine rests while several pages are being made, but only for so long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 0.06
"""Seconds of rest in a row."""
SHARE = 0.25
"""Seconds of rest that a second of training pays for: with a crowd always waiting, training keeps 80 %."""
SEVERAL = 2
"""Pages at work at once from which the engine makes room: a single one comes along well beside the training."""
SHORTEST = 0.001
"""Less than this is not worth a rest, in seconds."""


class Attention:
    """Counts the pages at work, and lets the engine wait until there are few.

    Rest has to be earned by training. One visitor's page is never in the training's way, which it would otherwise
    halt for a sixth of the time; thirty visitors, of whom some are always waiting, cannot bring it to a halt.
    """

    def __init__(self, longest: float = LONGEST, share: float = SHARE, several: int = SEVERAL) -> None:
        self.longest, self.share, self.several = longest, share, several
        self._quiet = threading.Condition()
        self._pages = 0
        self._purse = longest

    @contextmanager
    def held(self) -> Iterator[None]:
        """While inside, the engine makes room."""
        with self._quiet:
            self._pages += 1
        try:
            yield
        finally:
            with self._quiet:
                self._pages -= 1
                if self._pages < self.several:
                    self._quiet.notify_all()

    @property
    def called(self) -> bool:
        """Whether several wait and there is rest left to give."""
        return self._pages >= self.several and self._purse >= SHORTEST

    def earn(self, seconds: float) -> None:
        """Put aside rest for this much training."""
        self._purse = min(self.longest, self._purse + seconds * self.share)

    def rest(self) -> float:
        """Wait until few need attention or the purse is empty; returns the seconds spent."""
        if not self.called:
            return 0.0
        began = time.monotonic()
        with self._quiet:
            self._quiet.wait_for(lambda: self._pages < self.several, timeout=self._purse)
        spent = time.monotonic() - began
        self._purse = max(0.0, self._purse - spent)
        return spent
