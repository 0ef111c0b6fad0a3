"""A matrix that grows row by row, and needs its memory once."""

from __future__ import annotations

import numpy as np

LARGEST = 1 << 24
"""Numbers of a slab: 64 MB. What is so large goes back to the system as soon as it is let go; what is smaller need not."""


class Slabs:
    """Rows of float32, kept in a few large pieces.

    Parameters
    ----------
    dimensions : int
        Numbers in a row.
    """

    def __init__(self, dimensions: int) -> None:
        self._slabs: list[np.ndarray] = []
        self._dimensions, self._rows, self._room = dimensions, 0, 0

    def add(self, block: np.ndarray) -> None:
        """Copy rows, (n, d)."""
        while len(block):
            if not self._room:
                # As large as all before it, so that few words take little.
                self._room = max(len(block), min(self._rows, LARGEST // self._dimensions), 1)
                self._slabs.append(np.empty((self._room, self._dimensions), dtype=np.float32))
            slab = self._slabs[-1]
            n = min(self._room, len(block))
            slab[len(slab) - self._room : len(slab) - self._room + n] = block[:n]
            block, self._room, self._rows = block[n:], self._room - n, self._rows + n

    def matrix(self) -> np.ndarray:
        """All rows as one matrix, (rows, d); may be asked for once."""
        if len(self._slabs) == 1 and not self._room:
            return self._slabs.pop()
        out = np.empty((self._rows, self._dimensions), dtype=np.float32)
        end = self._rows
        while self._slabs:
            slab = self._slabs.pop()
            rows = slab[: len(slab) - self._room]
            out[end - len(rows) : end] = rows
            end, self._room = end - len(rows), 0
        return out
