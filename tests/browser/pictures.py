"""Makes the README's pictures from the running app: ``make pictures``, or ``python tests/browser/pictures.py``.

Starts a server of its own on a free loopback port, drives it with the installed Chromium, and writes
``assets/pictures/*.png``. With ``--all FOLDER`` every page is photographed light and dark, at 1280 and at 1920
pixels, playing and finished, for looking through.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.conftest import OFFLINE, SWITCHES, chromium, free_port, launch, wait_until_healthy  # noqa: E402

PICTURE = ".st-key-train-unrolled .live-plot-picture .main-svg"
STATUS = ".st-key-status_line_train"
STEPS = ".live-plot-picture .main-svg"


@contextmanager
def server() -> Iterator[str]:
    """The app on a free port of this machine."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    process = launch(ROOT / "streamlit_app.py", port, {})
    try:
        wait_until_healthy(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=15)


@contextmanager
def tab(browser: Browser, width: int, height: int, scheme: str, sharpness: float = 1.0) -> Iterator[Page]:
    """A window of its own, light or dark."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=sharpness
    )
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def train(page: Page, base: str, query: str, until: str | None) -> None:
    """Open Train live; press Play and wait for a state, or for a step given as ``">300"``."""
    page.goto(f"{base}train_live?{query}")
    page.wait_for_selector(PICTURE)
    if until is None:
        return
    page.get_by_role("button", name="Play").first.click()
    if until.startswith(">"):
        script = (
            "([s, n]) => Number(document.querySelector(s).innerText.match(/step ([\\d,]+)/)[1].replace(',', '')) > n"
        )
        page.wait_for_function(script, arg=[STATUS, int(until[1:])])
    else:
        script = "([s, state]) => document.querySelector(s).innerText.startsWith(state)"
        page.wait_for_function(script, arg=[STATUS, until])
    page.wait_for_timeout(1200)


def readme(browser: Browser, base: str, folder: Path) -> None:
    """The few pictures that the README shows."""
    with tab(browser, 1280, 900, "light") as page:
        page.goto(base)
        page.wait_for_selector(STEPS)
        page.wait_for_timeout(8000)
        page.screenshot(path=folder / "home.png")
    with tab(browser, 1280, 1240, "light") as page:
        train(page, base, "task=rose", "finished")
        page.screenshot(path=folder / "train-live.png")
    with tab(browser, 1280, 1240, "dark") as page:
        train(page, base, "task=adding&cell=gru", ">150")
        page.screenshot(path=folder / "train-live-dark.png")
    with tab(browser, 1280, 720, "light") as page:
        train(page, base, "task=rose&present=1", "finished")
        page.screenshot(path=folder / "present.png")
    with tab(browser, 1280, 1240, "light") as page:
        page.goto(f"{base}step_by_step")
        page.wait_for_selector(STEPS)
        page.wait_for_timeout(3000)
        page.screenshot(path=folder / "step-by-step.png")
    models(browser, base, folder)
    words(browser, base, folder)
    uses(browser, base, folder)


def models(browser: Browser, base: str, folder: Path, scheme: str = "light", width: int = 1280, mark: str = "") -> None:
    """Gradients, shapes, other architectures, and the race."""
    with tab(browser, width, 1400, scheme) as page:
        stand(page, f"{base}gradient_laboratory", 8)
        page.screenshot(path=folder / f"gradient-laboratory{mark}.png")
    for name, query, height, seconds in (
        ("topologies", "?shape=encoder-decoder&task=dates&cell=gru", 1500, 60),
        ("architectures", "?task=rose&layers=1", 1560, 40),
        ("race", "", 1480, 75),
    ):
        with tab(browser, width, height, scheme) as page:
            stand(page, f"{base}{name}{query}", 3)
            page.get_by_role("button", name="Play").first.click()
            page.wait_for_timeout(seconds * 1000)
            page.screenshot(path=folder / f"{name}{mark}.png")


def play(page: Page, address: str, seconds: float) -> None:
    """Open a page on which words move, press Play, and wait for the end, at most so long."""
    page.goto(address)
    page.wait_for_selector(STEPS)
    page.get_by_role("button", name="Play").first.click()
    page.locator("[class*=st-key-status_line] strong", has_text="finished").first.wait_for(timeout=seconds * 1000)
    page.wait_for_timeout(2500)


def stand(page: Page, address: str, wait: float = 5) -> None:
    """Open a page on which nothing moves by itself."""
    page.goto(address)
    page.wait_for_selector(STEPS)
    page.wait_for_timeout(wait * 1000)


def words(browser: Browser, base: str, folder: Path, scheme: str = "light", width: int = 1280, mark: str = "") -> None:
    """The pages of the word vectors."""
    with tab(browser, width, 1500, scheme) as page:
        play(page, f"{base}train_embeddings", 300)
        page.screenshot(path=folder / f"train-embeddings{mark}.png")
    with tab(browser, width, 1000, scheme) as page:
        play(page, f"{base}word_map?method=tsne&word=paris", 120)
        page.screenshot(path=folder / f"word-map{mark}.png")
    with tab(browser, width, 1060, scheme) as page:
        stand(page, f"{base}analogies")
        page.screenshot(path=folder / f"analogies{mark}.png")
    with tab(browser, width, 1700, scheme) as page:
        stand(page, f"{base}text_to_vectors", 9)
        page.screenshot(path=folder / f"text-to-vectors{mark}.png")


USES = (
    ("applications", "", 1180, None),
    ("words_in_context", "", 1480, None),
    ("pretraining", "", 1300, 150),
    ("classification", "", 1700, 240),
    ("entities", "", 1500, 150),
    ("translation", "?view=dates", 1400, 120),
    ("retrieval", "", 1700, None),
    ("answering", "", 1500, None),
    ("summary", "", 1400, None),
    ("generation", "", 1400, 150),
)
"""Pages on contextual models and uses: file, query, height, and the seconds that each may play, if it is to be played."""


def uses(browser: Browser, base: str, folder: Path, scheme: str = "light", width: int = 1280, mark: str = "") -> None:
    """Words in context, pre-training, and the applications."""
    for name, query, height, seconds in USES:
        with tab(browser, width, height, scheme) as page:
            page.goto(f"{base}{name}{query}")
            page.wait_for_selector("h1")
            if name != "applications":
                page.wait_for_selector(STEPS)
            if seconds:
                page.get_by_role("button", name="Play").first.click()
                with suppress(TimeoutError):
                    page.locator("[class*=st-key-status_line] strong", has_text="finished").first.wait_for(timeout=seconds * 1000)
            page.wait_for_timeout(12_000)
            page.screenshot(path=folder / f"{name.replace('_', '-')}{mark}.png")


def everything(browser: Browser, base: str, folder: Path) -> None:
    """Every page in every appearance, for looking through."""
    for scheme in ("light", "dark"):
        for width in (1280, 1920):
            for name, path in (("home", ""), ("step-by-step", "step_by_step")):
                with tab(browser, width, 1080, scheme) as page:
                    page.goto(base + path)
                    page.wait_for_selector(STEPS)
                    page.wait_for_timeout(5000)
                    page.screenshot(path=folder / f"{name}-{scheme}-{width}.png")
            with tab(browser, width, 1900, scheme) as page:
                train(page, base, "task=rose", ">300")
                page.screenshot(path=folder / f"train-playing-{scheme}-{width}.png")
                page.wait_for_function("s => document.querySelector(s).innerText.startsWith('finished')", arg=STATUS)
                page.wait_for_timeout(1200)
                page.screenshot(path=folder / f"train-finished-{scheme}-{width}.png")
            models(browser, base, folder, scheme, width, f"-{scheme}-{width}")
            words(browser, base, folder, scheme, width, f"-{scheme}-{width}")
            uses(browser, base, folder, scheme, width, f"-{scheme}-{width}")


def main() -> None:
    """Take the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--uses", action="store_true", help="only the pages on contextual models and uses")
    options.add_argument("--all", type=Path, metavar="FOLDER", help="photograph everything into this folder instead")
    chosen = options.parse_args()
    folder = chosen.all or ROOT / "assets" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with server() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*SWITCHES.split(), OFFLINE])
        (everything if chosen.all else uses if chosen.uses else readme)(browser, base, folder)
        browser.close()


if __name__ == "__main__":
    main()
