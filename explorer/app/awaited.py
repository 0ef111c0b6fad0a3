"""What is made once per process, by a thread of its own, while the pages that need it show how far it is."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

import streamlit as st

T = TypeVar("T")
Tell = Callable[[str, float], None]
"""Told what is being done, and which share of the whole is behind it."""
LOOK = 0.1
"""Seconds between two looks at how far it is."""


class Awaited(Generic[T]):
    """A value that takes seconds to make. It goes on being made when the page that asked for it is left or runs anew.

    Parameters
    ----------
    make : callable
        ``(tell) -> value``; runs in a thread of its own, so it may not call streamlit. After an exception the next page that asks
        has it tried again.
    """

    def __init__(self, make: Callable[[Tell], T]) -> None:
        self._make, self._lock = make, Lock()
        self._values: list[T] = []
        self._thread: Thread | None = None
        self._failure: Exception | None = None
        self._stage, self._share = "", 0.0

    def get(self) -> T:
        """The value; until it is there the page shows a bar.

        Raises
        ------
        Exception
            What making it raised.
        """
        if not self._values:
            self._wait(self._begin())
        if not self._values:
            raise self._failure or RuntimeError("It was not made.")
        return self._values[0]

    def _begin(self) -> Thread:
        """The attempt that is under way, or a new one."""
        with self._lock:
            if self._thread is None or not (self._thread.is_alive() or self._values):
                self._failure, self._stage, self._share = None, "", 0.0
                self._thread = Thread(target=self._work, name="awaited", daemon=True)
                self._thread.start()
            return self._thread

    def _work(self) -> None:
        try:
            self._values.append(self._make(self._tell))
        except Exception as failure:  # told on the page that waits
            self._failure = failure

    def _tell(self, stage: str, share: float) -> None:
        self._stage, self._share = stage, min(max(share, 0.0), 1.0)

    def _wait(self, thread: Thread) -> None:
        thread.join(LOOK)  # what is nearly there needs no bar
        place = st.empty()
        while thread.is_alive():
            place.progress(self._share, text=f"{self._stage or 'Waiting for another library'} ...")
            thread.join(LOOK)
        place.empty()
