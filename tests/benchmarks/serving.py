"""Start the measured server on a free port of the loopback, and ask it."""

from __future__ import annotations

import contextlib
import json
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import OFFLINE, ROOT, SWITCHES, chromium, free_port, launch, wait_until_healthy  # noqa: E402

__all__ = ["OFFLINE", "ROOT", "SWITCHES", "ask", "chromium", "measured_server", "rate"]

SERVER = ROOT / "tests" / "benchmarks" / "measured_server.py"


@contextlib.contextmanager
def measured_server() -> Iterator[str]:
    """The address of a server, without a slash at its end; it stops on the way out."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = launch(SERVER, port, {"client_showErrorDetails": "none"})
    try:
        wait_until_healthy(f"{address}/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(address: str, path: str, timeout: float = 60.0, **given: Any) -> dict[str, Any]:
    """What the server says at one of its extra addresses."""
    with urllib.request.urlopen(f"{address}/{path}?{urlencode(given)}", timeout=timeout) as answer:
        return json.load(answer)


def rate(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Steps per second between two measurements, by the server's own clock."""
    return (other["steps"] - one["steps"]) / (other["now"] - one["now"])
