"""Memory of the server after each page was opened once, in one visit, and its training played for a while.

Prints the resident memory of the server's process in megabytes, page by page, and the largest.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import psutil
from playwright.sync_api import Page, TimeoutError, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from explorer.app.pages import PAGES  # noqa: E402
from tests.browser.conftest import OFFLINE, SWITCHES, chromium, free_port, launch, wait_until_healthy  # noqa: E402

LIMIT = 2500
"""Megabytes that all pages together must not reach."""
PLAYED = 8.0
"""Seconds that each page is played."""


def played(page: Page, address: str) -> bool:
    """Open a page, wait for its first picture, press what begins its work; whether there was something to press."""
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    with suppress(TimeoutError):  # some pages begin with a field to fill in
        page.wait_for_selector(".live-plot-picture .main-svg", timeout=30_000)
    button = page.get_by_role("button", name="Play", exact=False).first
    pressed = button.count() > 0 and button.is_enabled()
    if pressed:
        button.click()
    page.wait_for_timeout(PLAYED * 1000)
    return pressed


def main() -> None:
    """Measure and print."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    server = launch(ROOT / "streamlit_app.py", port, {})
    most = 0.0
    try:
        wait_until_healthy(base, server)
        process = psutil.Process(server.pid)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=[*SWITCHES.split(), OFFLINE])
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            print(f"{'page':28}{'MB':>8}")
            for spec in PAGES:
                pressed = played(page, base + spec.url_path)
                memory = process.memory_info().rss / 1e6
                most = max(most, memory)
                print(f"{spec.title:28}{memory:8.0f}{'  played' if pressed else ''}", flush=True)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=15)
    print(f"{'largest':28}{most:8.0f}   {'below' if most < LIMIT else 'NOT below'} {LIMIT:,}")


if __name__ == "__main__":
    main()
