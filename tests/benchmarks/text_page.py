"""How long it takes to read, clean and count the Wikipedia articles, how long others wait, and what a control costs.

    python tests/benchmarks/text_page.py [--rounds 3]

Reading and cleaning are measured beside the least that has to be done: the same text cut by ``str.split`` and counted.
While the text is cleaned a second thread asks for its turn every millisecond; the longest wait is told. Then the page
"Text to vectors" is run without a browser, and its controls are moved one after the other.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from explorer.text import cleaning, corpora, sentences  # noqa: E402
from explorer.text.cleaning import Cleaning, clean, cleaned  # noqa: E402
from explorer.text.sentences import read_documents  # noqa: E402


def seconds(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def longest_wait(work: Callable[[], object]) -> float:
    """Seconds for which another thread did not get its turn while something was done."""
    waits, done = [0.0], threading.Event()

    def ask() -> None:
        last = time.perf_counter()
        while not done.wait(0.001):
            waits.append(time.perf_counter() - last)
            last = time.perf_counter()

    other = threading.Thread(target=ask)
    other.start()
    work()
    done.set()
    other.join()
    return max(waits)


def forget() -> None:
    """As on a fresh server."""
    for cache in (sentences._shipped, cleaning._kept, cleaning._cut, cleaning._with_rare_words, corpora._read):
        cache.cache_clear()


def reading(rounds: int) -> None:
    """Print how long the text takes."""
    text, took = corpora.read_corpus("wikipedia"), {"split and count": [], "read": [], "clean": [], "clean again": []}
    for _ in range(rounds):
        forget()
        took["split and count"].append(seconds(lambda: Counter(text.split())))
        took["read"].append(seconds(lambda: read_documents("wikipedia")))
        took["clean"].append(seconds(lambda: cleaned("wikipedia")))
        took["clean again"].append(seconds(lambda: cleaned("wikipedia", "", Cleaning(stop_words=True))))
    least = statistics.median(took["split and count"])
    for name, times in took.items():
        middle = statistics.median(times)
        print(f"{name:18s} {middle:6.2f} s   {middle / least:6.1f} x")
    forget()
    documents = read_documents("wikipedia")
    print(f"longest wait of another thread {1000 * longest_wait(lambda: clean(documents, Cleaning())):.0f} ms")


def controls(rounds: int) -> None:
    """Print how long a run of the page takes after a control was moved."""
    from streamlit.testing.v1 import AppTest

    logging.disable(logging.WARNING)
    app = AppTest.from_file(str(ROOT / "explorer" / "app" / "router.py"), default_timeout=120)
    print(f"the page, cold     {seconds(app.switch_page(str(ROOT / 'pages' / 'text_to_vectors.py')).run):6.2f} s")

    def slide(label: str, value: float) -> Callable[[], object]:
        return next(one for one in [*app.slider, *app.select_slider] if one.label == label).set_value(value).run

    moves = {
        "nothing": lambda i: app.run,
        "place of the window": lambda i: slide("Place of the window", 2 + i % 5),
        "sub-sampling": lambda i: slide("Sub-sampling", (1e-4, 1e-3)[i % 2]),
        "words in the table": lambda i: slide("How many", 20 + i % 30),
        "another sentence": lambda i: next(one for one in app.button if one.label == "Another sentence").click().run,
        "a window never had": lambda i: slide("Window", 6 + i),
    }
    for name, move in moves.items():
        times = [seconds(move(i)) for i in range(3 * rounds if name != "a window never had" else rounds)]
        print(f"{name:20s} {1000 * statistics.median(times):5.0f} ms, at most {1000 * max(times):.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    reading(given.rounds)
    controls(given.rounds)
