"""The app's own server, with four more addresses for the benchmarks of this folder.

``/measure`` tells what the engine has done so far, ``/bare`` runs a plain torch loop in a thread of this very process
while the engine has nothing to do, ``/shares`` tells what each course has had of its time, and ``/trim`` gives free memory
back, so that what is left is in use.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
from pathlib import Path

# As in streamlit_app.py: read when the libraries load.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import psutil  # noqa: E402
import streamlit as st  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import JSONResponse  # noqa: E402
from starlette.routing import Route  # noqa: E402

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

from explorer.app.process import engine, lifespan  # noqa: E402
from explorer.app.vendor import plotly_route  # noqa: E402
from explorer.runs.course import Course  # noqa: E402


class Counter:
    """Steps that the engine has made, and when it made the last one."""

    steps = 0
    last = 0.0
    busy = 0.0  # seconds of processor that the engine's thread has used


def count(record=Course.record):
    """Let every course report its steps; costs well under a microsecond each."""

    def counted(self, frame, seconds, now):
        record(self, frame, seconds, now)
        if frame is not None:
            Counter.steps += 1
            Counter.last = time.time()
            Counter.busy = time.thread_time()

    Course.record = counted


def measure(request: Request) -> JSONResponse:
    stats = engine().stats()
    return JSONResponse({
        "now": time.time(), "steps": Counter.steps, "last": Counter.last, "watched": stats.watched_runs,
        "courses": stats.courses, "busy": Counter.busy, "cpu": time.process_time(), "memory": psutil.Process().memory_info().rss,
    })  # fmt: skip


def bare(request: Request) -> JSONResponse:
    from bare_loop import bare_steps_per_second

    from explorer.experiment import from_link
    from explorer.sequence import SequenceExperiment

    given = dict(request.query_params)
    seconds = min(float(given.pop("seconds")), 30.0)
    experiment, notices = from_link(SequenceExperiment, given)
    busy = time.thread_time()
    rate = bare_steps_per_second(experiment, seconds)
    return JSONResponse({"rate": rate, "busy": time.thread_time() - busy, "notices": notices})


def shares(request: Request) -> JSONResponse:
    """Seconds of computing and steps of every course there is."""
    courses = list(engine()._register.courses)
    return JSONResponse([
        {"kind": type(one.experiment).__name__, "cell": getattr(one.experiment, "cell", ""), "bidirectional": getattr(one.experiment, "bidirectional", False),
         "seconds": one.computed, "step": one.tip, "alive": one.alive}
        for one in courses
    ])  # fmt: skip


def trim(request: Request) -> JSONResponse:
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    return measure(request)


count()
routes = [plotly_route(), Route("/measure", measure), Route("/bare", bare), Route("/shares", shares), Route("/trim", trim)]
app = st.App(ROOT / "explorer" / "app" / "router.py", lifespan=lifespan, routes=routes)
