"""Does the word map stay fluid, and does the browser's memory level off, over many changes of its settings?

    python tests/benchmarks/map_soak.py --changes 50 --words 12000

Drives the real page in a headless Chromium. First it moves and zooms a map of many words and prints how long frames took;
then it goes round its settings (methods, 2-D and 3-D, switches, colours, a chosen word, few and many words) so many times,
and prints after each round what is left after a garbage collection: heap, nodes, listeners, and drawing contexts of the
graphics card. Warnings of the browser's console are counted and shown. Without a graphics card, frames are drawn in
software: compare the numbers with one another, not with those of a laptop. Loopback only.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import OFFLINE, ROOT, SWITCHES, chromium, free_port, launch, wait_until_healthy  # noqa: E402

PICTURE = ".st-key-map-map .live-plot-picture"
DRAWN = f"Number(document.querySelector('{PICTURE}')?.dataset.drawn ?? 0)"
FRAMES = """() => {
  window.frames_ = [];
  let last = performance.now();
  const note = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""
CONTEXTS = """() => {
  const get = HTMLCanvasElement.prototype.getContext;
  window.contexts_ = 0;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    const fresh = !this.asked_ && /webgl/.test(kind);
    const found = get.call(this, kind, ...more);
    if (fresh && found) { this.asked_ = true; window.contexts_ += 1; }
    return found;
  };
}"""
IGNORED = ("GPU stall due to ReadPixels", "Failed to load resource", "willReadFrequently")
"""What software drawing, an address below the root and letters in space say, whatever the page does."""


@contextlib.contextmanager
def word_map(query: str, said: Counter[str]) -> Iterator[Any]:
    """The page in a headless browser, with its server."""
    from playwright.sync_api import sync_playwright

    where = chromium()
    if where is None:
        raise SystemExit("No Chromium was found.")
    port = free_port()
    server = launch(ROOT / "streamlit_app.py", port, {})
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=where, args=[*SWITCHES.split(), OFFLINE])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(120_000)
            page.add_init_script(f"({CONTEXTS})()")
            page.on("console", lambda message: note(message, said))
            page.on("pageerror", lambda error: said.update([f"error: {error}"]))
            page.goto(f"http://127.0.0.1:{port}/word_map?{query}")
            settle(page)
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


def note(message: Any, said: Counter[str]) -> None:
    if message.type in ("warning", "error") and not any(one in message.text for one in IGNORED):
        said.update([message.text[:120]])


def settle(page: Any, quiet: float = 1.2) -> None:
    """Wait until the picture has not been drawn again for a moment."""
    page.wait_for_function(f"{DRAWN} > 0")
    before = -1
    while before != (before := page.evaluate(DRAWN)):
        page.wait_for_timeout(quiet * 1000)


def fluid(page: Any) -> None:
    """Move and zoom, and print how long frames took."""
    box = page.locator(PICTURE).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("frames_.length = 0")
    for step in range(60):
        page.mouse.move(x + 2 * step, y + step)
        page.wait_for_timeout(16)
    told("moving", page.evaluate("frames_"))
    page.mouse.up()
    settle(page)
    page.mouse.move(x, y)
    page.evaluate("frames_.length = 0")
    for _ in range(15):
        page.mouse.wheel(0, -60)
        page.wait_for_timeout(50)
    told("zooming", page.evaluate("frames_"))
    settle(page)


def told(what: str, frames: list[float]) -> None:
    import numpy as np

    half, most, worst = np.quantile(frames, [0.5, 0.95, 1.0])
    print(
        f"{what}: {len(frames)} frames, median {half:.0f} ms, 95 % below {most:.0f} ms, longest {worst:.0f} ms",
        flush=True,
    )


def changes(page: Any) -> list[tuple[str, Callable[[], None]]]:
    """What is changed, one after the other, again and again."""
    side = page.get_by_test_id("stSidebar")

    def press(text: str) -> Callable[[], None]:
        return lambda: side.get_by_text(text, exact=True).first.click()

    def find(word: str) -> Callable[[], None]:
        def act() -> None:
            field = page.get_by_role("combobox", name="Find a word")
            field.fill(word)
            field.press("Enter")

        return act

    return [
        ("normalise", press("Normalise")), ("king", find("king")), ("whiten", press("Whiten")), ("in space", press("3-D")),
        ("formula", press("Formula")), ("PCA", press("PCA")), ("in the plane", press("3-D")), ("paris", find("paris")),
        ("t-SNE", press("t-SNE")), ("PCA", press("PCA")),
    ]  # fmt: skip


def collected(page: Any, session: Any) -> str:
    """What is left after a garbage collection."""
    heap = []
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
        heap.append(session.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
    dom = session.send("Memory.getDOMCounters")
    canvases = page.evaluate("document.querySelectorAll('canvas').length")
    contexts = page.evaluate("contexts_")
    return f"{min(heap):8.1f} {dom['nodes']:8d} {dom['jsEventListeners']:9d} {canvases:8d} {contexts:9d}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--words", type=int, default=12_000)
    given = parser.parse_args()
    said: Counter[str] = Counter()
    began = time.monotonic()
    with word_map(f"words={given.words}", said) as page:
        print(f"{given.words:,} words, first picture settled after {time.monotonic() - began:.0f} s")
        fluid(page)
        session = page.context.new_cdp_session(page)
        print(
            f"{'changes':>8} {'seconds':>8} {'heap MB':>8} {'nodes':>8} {'listeners':>9} {'canvases':>8} {'contexts':>9}"
        )
        todo = changes(page)
        for number in range(given.changes + 1):
            if number % len(todo) == 0:
                print(f"{number:8d} {time.monotonic() - began:8.0f} {collected(page, session)}", flush=True)
            if number < given.changes:
                todo[number % len(todo)][1]()
                settle(page, 0.8)
    print("console:", dict(said) or "nothing")


if __name__ == "__main__":
    main()
