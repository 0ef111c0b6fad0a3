"""What there is once per process: the engine, and the warming up of heavy imports."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from explorer.runs.engine import Engine

_lock = threading.Lock()
imports = threading.RLock()
"""Held while large libraries are loaded in a thread of their own: two that need each other's parts must not do so at once."""
_engine: Engine | None = None
_page_drawn = threading.Event()
RUNS_PER_VISIT, RUNS = 14, 128
"""A race has up to seven contestants, with sweeps beside it; the rest is what was open on other pages."""
PATIENCE = 4.0
"""Seconds that warming up waits for a first page, which it would slow down."""
GRACE = 0.6
"""Seconds that a page has to reach the browser before warming up begins."""


def engine() -> Engine:
    """The engine of this process, started on first use."""
    global _engine
    with _lock:
        if _engine is None:
            _engine = Engine(runs_per_visit=RUNS_PER_VISIT, runs=RUNS, hold=_wait_for_a_page)
            _engine.launch()
        return _engine


def close_engine() -> None:
    """Stop the engine's thread; the next call of `engine` starts a new one."""
    global _engine
    with _lock:
        if _engine is not None:
            _engine.close()
            _engine = None


def start_warming() -> None:
    """Begin the heavy imports in the background, once."""
    with _lock:
        if not getattr(start_warming, "begun", False):
            start_warming.begun = True
            threading.Thread(target=_import_all, name="warming", daemon=True).start()


def page_drawn() -> None:
    """Say that a page has been sent: from now on warming up is in nobody's way."""
    _page_drawn.set()


def _wait_for_a_page() -> None:
    """Loading torch takes two seconds in which little else gets done: the first page goes first."""
    if _page_drawn.wait(PATIENCE):
        time.sleep(GRACE)


def _import_all() -> None:
    _wait_for_a_page()
    with imports:
        import explorer.app.views
        import explorer.sequence.prediction  # with them torch, which they hold to one thread
        import explorer.sequence.tracing
        import explorer.sequence.training  # noqa: F401
    time.sleep(0.01)  # whoever waits for a library goes first
    with imports:
        _import_for_words()

    # What is loaded now stays for good: collections need not look at it again.
    gc.collect()
    gc.freeze()


def _import_for_words() -> None:
    """What the pages of the word vectors need: each of these takes about a second, the first time."""
    import sklearn.cluster
    import sklearn.linear_model  # noqa: F401

    from explorer.embedding import pretrained

    with suppress(FileNotFoundError, ValueError):  # said on the page that asks for them
        pretrained()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Serve at once, warm up meanwhile; on the way out, stop the engine."""
    start_warming()
    engine()
    try:
        yield {}
    finally:
        close_engine()
