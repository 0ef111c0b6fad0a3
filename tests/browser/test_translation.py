"""The page "Translation" as a visitor uses it: type a number, let the network learn, cross over to words."""

from __future__ import annotations

import pytest

TREE = ".st-key-translate-tree .live-plot-picture"
STATUS = ".st-key-status_line_translate"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def wait_for(page, selector: str, words: str) -> None:
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)", arg=[selector, words], timeout=60_000
    )  # fmt: skip


def test_a_number_is_typed_the_network_learns_in_place_and_words_follow(page, address):
    page.goto(f"{address}translation?limit=1000&hidden=16&steps=300")
    page.wait_for_selector(f"{TREE} .main-svg", timeout=60_000)
    page.locator(".st-key-aside_question input").first.fill("28")
    page.keyboard.press("Enter")
    wait_for(page, ".st-key-translate_question", "achtundzwanzig")
    page.evaluate(f"document.querySelector('{TREE}').dataset.mine = 'yes'")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function(f"/step [1-9]/.test(document.querySelector('{STATUS}').innerText)", timeout=60_000)
    page.get_by_role("button", name="Pause").first.click()
    wait_for(page, STATUS, "paused")
    assert page.locator(TREE).get_attribute("data-mine") == "yes", "the node was replaced while training"
    assert "typed=28" in page.url
    page.get_by_text("Words across languages").first.click()
    wait_for(page, ".st-key-notice_translate_precision", "14 of 20")
    assert "view=words" in page.url
