"""The page "Topologies" as a visitor uses it: choose a shape, watch it learn, type a number."""

from __future__ import annotations

import pytest

GRAPH = ".st-key-shapes-graph .live-plot-picture"
ROW = ".st-key-shapes-row .live-plot-picture"
STATUS = ".st-key-status_line_shapes"
SENTENCE = ".st-key-notice_shapes_graph"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def shapes(page, address):
    """The page with its first picture."""

    def open_(query: str):
        page.goto(f"{address}topologies?{query}")
        page.wait_for_selector(f"{GRAPH} .main-svg", timeout=60_000)
        return page

    return open_


def wait_for(page, selector: str, words: str, timeout: int = 60_000) -> None:
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)", arg=[selector, words], timeout=timeout
    )  # fmt: skip


def test_a_graph_of_the_row_leads_to_its_shape_which_learns_in_place(shapes):
    page = shapes("shape=many-to-one&steps=3000")
    page.wait_for_selector(f"{ROW} .main-svg")
    box = page.locator(ROW).bounding_box()
    page.mouse.click(box["x"] + 0.7 * (box["width"] - 40), box["y"] + 60)
    page.wait_for_url("**shape=in-step**")
    wait_for(page, SENTENCE, "Every answer has a loss of its own")
    page.wait_for_selector(f"{GRAPH} .main-svg")
    page.evaluate(f"document.querySelector('{GRAPH}').dataset.mine = 'yes'")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function(f"/step [1-9]/.test(document.querySelector('{STATUS}').innerText)", timeout=60_000)
    page.get_by_role("button", name="Pause").first.click()
    wait_for(page, STATUS, "paused")
    assert page.locator(GRAPH).get_attribute("data-mine") == "yes", "the node was replaced while training"
    assert "Every answer has a loss of its own" in page.locator(SENTENCE).inner_text()


def test_a_typed_number_is_answered_and_hostile_words_stay_words(shapes):
    page = shapes("shape=encoder-decoder&task=numbers&limit=100&hidden=16&batch=4&steps=2")
    field = page.get_by_role("textbox", name="Your own example")
    field.fill("forty-two")
    field.press("Enter")
    wait_for(page, SENTENCE, "It writes")
    wait_for(page, ".st-key-notice_shapes_attention", "attention")
    page.locator(".st-key-shapes-attention").scroll_into_view_if_needed()
    page.wait_for_selector(".st-key-shapes-attention .main-svg")
    wait_for(page, ".st-key-notice_shapes_candidates", "greedy")
    field.fill("<img src=x onerror='document.title=1'>")
    field.press("Enter")
    page.wait_for_selector("[data-testid=stAlert]")
    assert page.title() != "1"
