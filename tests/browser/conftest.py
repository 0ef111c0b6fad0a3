"""A real browser and a real server for the tests of this folder.

Every page is watched: a request to a foreign host or an error in the page's own JavaScript fails the test.
Without a Chromium the tests are skipped with a banner at the end; with ``CI=true`` they fail instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox --disable-gpu --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader "
    "--disable-background-networking --disable-component-update --disable-sync --no-first-run --mute-audio"
)
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MISSING = "No Chromium was found (looked for {}): the browser was NOT tested. Install one: apt-get install chromium."

Serve = Callable[..., str]


def chromium() -> str | None:
    """Where the browser is: ``$CHROMIUM`` or the first known name on the path."""
    given = os.environ.get("CHROMIUM")
    return given or next((found for name in CHROMIUM if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """A headless Chromium, started once for each file of tests."""
    where = chromium()
    if where is None:
        text = MISSING.format(", ".join(CHROMIUM))
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(text)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=where, args=[*SWITCHES.split(), OFFLINE])
        yield started
        started.close()


@pytest.fixture(scope="module")
def visitor(browser) -> Iterator:
    """A window of 1280 x 900 whose cache is kept for one file of tests."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(visitor) -> Iterator:
    """A new tab, and so a new session, that must not speak to strangers and must not raise errors."""
    foreign: list[str] = []
    errors: list[str] = []

    def own(url: str) -> bool:
        return urlsplit(url).scheme in ("data", "blob") or urlsplit(url).hostname in ("127.0.0.1", "localhost")

    tab = visitor.new_page()
    tab.on("request", lambda request: own(request.url) or foreign.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    tab.close()
    assert foreign == [], "the page asked a foreign host"
    assert errors == [], "the page's JavaScript raised"


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """``serve(script, **options)`` returns the address of a server, e.g. ``http://127.0.0.1:40123/``; all files share it.

    Options are Streamlit's, with ``_`` for ``.``: ``server_baseUrlPath="unrolled"``.
    """
    running: list[subprocess.Popen] = []
    addresses: dict[str, str] = {}

    def start(script: str | Path, **options: str) -> str:
        wanted = f"{script} {sorted(options.items())}"
        if wanted in addresses:
            return addresses[wanted]
        port = free_port()
        base = f"http://127.0.0.1:{port}/{options.get('server_baseUrlPath', '')}".rstrip("/") + "/"
        running.append(launch(ROOT / script, port, options))
        wait_until_healthy(base, running[-1])
        addresses[wanted] = base
        return base

    yield start
    for process in running:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def launch(script: Path, port: int, options: dict[str, str]) -> subprocess.Popen:
    chosen = {"server_address": "127.0.0.1", "server_port": str(port), "server_fileWatcherType": "none"} | options
    flags = [f"--{name.replace('_', '.', 1)}={value}" for name, value in chosen.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *flags]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, text=True
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(base: str, process: subprocess.Popen, patience: float = 60.0) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with code {process.returncode}")
        try:
            with urllib.request.urlopen(base + "_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no server at {base} after {patience:.0f} s")


def pytest_terminal_summary(terminalreporter) -> None:
    """Say loudly that the browser was not tested, so that green does not mislead."""
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)]
    missing = [reason for reason in skipped if MISSING.partition("(")[0] in reason]
    if missing:
        terminalreporter.section("BROWSER NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.write_line(missing[0], red=True, bold=True)
