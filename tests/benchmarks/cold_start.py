"""How soon a freshly started server has its first page usable, and how long the next pages take.

Prints, in seconds: from starting the process to the health answer, to the title and to the first button of a
page; then, on the warm server, from a click in the navigation to the next page's title and picture.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from explorer.app.pages import PAGES  # noqa: E402
from tests.browser.conftest import OFFLINE, SWITCHES, chromium, free_port, launch, wait_until_healthy  # noqa: E402

ROUNDS = 3
PICTURE = ".live-plot-picture .main-svg"


def cold(browser, path: str, ready: str) -> tuple[float, float, float]:
    """Seconds from starting a server to its health, to a page's title, and to its first control."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    began = time.perf_counter()
    process = launch(ROOT / "streamlit_app.py", port, {})
    try:
        wait_until_healthy(base, process)
        healthy = time.perf_counter() - began
        page.goto(base + path)
        page.wait_for_selector("h1", timeout=60_000)
        title = time.perf_counter() - began
        page.wait_for_selector(ready, timeout=60_000)
        return healthy, title, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=15)
        page.context.close()


def next_page(page: Page, name: str) -> tuple[float, float]:
    """Seconds from a click in the navigation to the page's title and to its first picture."""
    section = next(spec.section for spec in PAGES if spec.title == name)
    if section:
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    link = page.get_by_test_id("stTopNavDropdownLink" if section else "stTopNavLink").filter(has_text=name).first
    link.wait_for()
    began = time.perf_counter()
    link.click()
    page.wait_for_function("name => document.querySelector('h1')?.innerText.includes(name)", arg=name)
    title = time.perf_counter() - began
    page.wait_for_selector(PICTURE, timeout=60_000)
    return title, time.perf_counter() - began


def warm(browser) -> dict[str, tuple[float, float]]:
    """Medians of several rounds through the pages of one warm server."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    process = launch(ROOT / "streamlit_app.py", port, {})
    try:
        wait_until_healthy(base, process)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(base)
        page.wait_for_selector(PICTURE, timeout=60_000)
        page.wait_for_timeout(15_000)
        times: dict[str, list[tuple[float, float]]] = {}
        for _ in range(ROUNDS + 1):
            for name in ("Train live", "Step by step", "Unrolled"):
                times.setdefault(name, []).append(next_page(page, name))
                page.wait_for_timeout(1000)
        return {name: tuple(map(statistics.median, zip(*rows[1:], strict=True))) for name, rows in times.items()}
    finally:
        process.terminate()
        process.wait(timeout=15)


def main() -> None:
    """Measure and print."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*SWITCHES.split(), OFFLINE])
        print(f"{'cold server':24}{'health':>9}{'title':>9}{'usable':>9}   seconds, median of {ROUNDS}")
        for path, ready in (
            ("", "a[data-testid='stPageLink-NavLink']"),
            ("train_live?task=rose", ".st-key-train-play button"),
        ):
            rows = [cold(browser, path, ready) for _ in range(ROUNDS)]
            health, title, usable = map(statistics.median, zip(*rows, strict=True))
            print(f"{path.split('?')[0] or 'home':24}{health:9.2f}{title:9.2f}{usable:9.2f}")
        print(f"\n{'next page':24}{'title':>9}{'picture':>9}   seconds, median of {ROUNDS}")
        for name, (title, picture) in warm(browser).items():
            print(f"{name:24}{title:9.2f}{picture:9.2f}")
        browser.close()


if __name__ == "__main__":
    main()
