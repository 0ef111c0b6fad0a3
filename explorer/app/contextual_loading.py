"""The contextual model for a page: read once for the whole process, by a thread of its own, while the page says how far it is."""

from __future__ import annotations

import time
from threading import Lock, Thread
from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.app.process import imports
from explorer.applications.contextual.installed import NAME, contextual_model, is_read

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel

LOOK = 0.1
"""Seconds between two looks at how far the reading is."""


class _Reading:
    """One attempt to read the model; goes on to its end when the page that began it is left."""

    def __init__(self) -> None:
        self.stage, self.share = "", 0.0
        self.failure: Exception | None = None
        self.thread = Thread(target=self._read, name="contextual-model", daemon=True)
        self.thread.start()

    def _read(self) -> None:
        try:
            with imports:
                contextual_model(self._tell)
        except Exception as failure:  # told on the page that waits
            self.failure = failure

    def _tell(self, stage: str, share: float) -> None:
        self.stage, self.share = stage, share


_lock = Lock()
_attempt: list[_Reading] = []


def loaded_model() -> ContextualModel:
    """The model. Until it is there the page shows what is being done; where it cannot be read the page says why, and ends."""
    if not is_read():
        failure = _wait(_begin())
        if failure is not None:
            _stop(failure)
    return contextual_model()


def _begin() -> _Reading:
    """The attempt that is under way, or a new one."""
    with _lock:
        if not _attempt or not _attempt[0].thread.is_alive():
            _attempt[:] = [_Reading()]
        return _attempt[0]


def _wait(attempt: _Reading) -> Exception | None:
    place = st.empty()
    while attempt.thread.is_alive():
        said = attempt.stage or "Waiting for another library"
        place.progress(attempt.share, text=f"{NAME} is read once for everybody, which takes a few seconds. {said} ...")
        time.sleep(LOOK)
    place.empty()
    return attempt.failure


def _stop(failure: Exception) -> None:
    known = isinstance(failure, (FileNotFoundError, ValueError))
    said = str(failure) if known else f"The model {NAME} could not be read: {type(failure).__name__}: {failure}"
    st.error(safe_markdown(said), icon=":material/package_2:")
    st.button("Try again", icon=":material/refresh:", key="contextual_again")
    st.stop()
