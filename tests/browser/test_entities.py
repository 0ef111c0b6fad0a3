"""The page "Named entities" as a visitor uses it: train, click a word, click a mistake, bring a file and take one along."""

from __future__ import annotations

import pytest

PICTURE = ".st-key-entities-sentence .live-plot-picture"
STATUS = ".st-key-status_line_entities"
TINY = "hidden=8&batch=4&steps=12&beside=nothing"
FILE = "Ada B-PER\nlives O\nin O\nNew B-CITY\nYork I-CITY\n\n" * 10


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def wait_for_text(page, selector: str, text: str, timeout: int = 60_000) -> None:
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText.includes(text)",
        arg=[selector, text], timeout=timeout,
    )  # fmt: skip


def test_it_trains_explains_a_word_shows_a_mistake_and_learns_from_a_file(page, address, tmp_path):
    page.goto(f"{address}entities?{TINY}")
    page.wait_for_selector(f"{PICTURE} .main-svg", timeout=60_000)
    page.get_by_role("button", name="Play").first.click()
    wait_for_text(page, STATUS, "finished")
    page.wait_for_timeout(700)  # until it stays where it is
    box = page.locator(PICTURE).bounding_box()
    x, y = box["x"] + 0.3 * box["width"], box["y"] + 60  # over the second word, in the first row
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    page.wait_for_function("() => location.search.includes('word=2')")
    row = page.locator(".sentences .row").nth(1)
    told = row.locator("p").inner_text().split()[0]
    row.click()
    page.wait_for_function("() => /sentence=[1-9]/.test(location.search) && !location.search.includes('word=')")
    page.wait_for_selector(".sentences .row.chosen")
    assert told[:3] in page.locator(".sentences .row.chosen p").inner_text()
    page.goto(f"{address}entities?data=own&{TINY}")
    page.locator("input[type=file]").first.set_input_files({"name": "mine.conll", "mimeType": "text/plain", "buffer": FILE.encode()})
    wait_for_text(page, STATUS, "untrained")
    with page.expect_download() as download:
        page.get_by_role("button", name="Held-out sentences").click()
    assert download.value.path().read_text().split("\n")[3].startswith("New B-CITY ")
