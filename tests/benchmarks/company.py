"""Who else is using the processor? A figure taken in company says little, so every figure tells."""

from __future__ import annotations

import contextlib
import time

import psutil


class Company:
    """Cores that other programs have used since the last look."""

    def __init__(self) -> None:
        self._last = self._look()

    def since(self) -> float:
        """Cores used by others on average since the last call; 0 is best."""
        before, self._last = self._last, self._look()
        elapsed, busy, own = (now - then for now, then in zip(self._last, before, strict=True))
        return max(0.0, busy - own) / max(elapsed, 1e-9)

    @staticmethod
    def _look() -> tuple[float, float, float]:
        """Time, seconds that all cores were busy, and those that this program and its children used."""
        times, own = psutil.cpu_times(), 0.0
        me = psutil.Process()
        for process in [me, *me.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                own += sum(process.cpu_times()[:2])
        idle = times.idle + getattr(times, "iowait", 0.0)
        return time.monotonic(), sum(times[:8]) - idle, own


def wait_for_quiet(limit: float = 0.2, patience: float = 0.0) -> bool:
    """Wait until others use less than `limit` cores for three seconds, but no longer than `patience` seconds."""
    end = time.monotonic() + patience
    while True:
        company = Company()
        time.sleep(3.0)
        if company.since() < limit:
            return True
        if time.monotonic() > end:
            return False
