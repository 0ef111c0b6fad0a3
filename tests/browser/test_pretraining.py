"""The page "Pre-train your own" as a visitor uses it: train, look inside, click a head, keep the run and open it again."""

from __future__ import annotations

import pytest

READING = ".st-key-pretrain-reading .live-plot-picture"
ATTENTION = ".st-key-pretrain-attention .live-plot-picture"
STATUS = ".st-key-status_line_pretrain"
SMALL = "corpus=lee&layers=2&heads=2&width=16&context=16&batch=2&steps=12"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def wait_for(page, selector: str, words: str, timeout: int = 60_000) -> None:
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)", arg=[selector, words], timeout=timeout
    )


def test_a_network_is_trained_looked_into_kept_and_opened_again(page, address, tmp_path):
    page.goto(f"{address}pretraining?{SMALL}&present=1")
    page.wait_for_selector(f"{READING} .main-svg", timeout=60_000)
    page.set_viewport_size({"width": 1280, "height": 720})
    box = page.locator(READING).bounding_box()
    assert box["y"] + box["height"] <= 720 and box["width"] > 1000, "a projector shows it without scrolling"
    page.get_by_role("button", name="End").first.click()
    page.wait_for_selector("[data-testid=stSidebar]")
    page.evaluate(f"document.querySelector('{READING}').dataset.mine = 'yes'")
    page.get_by_role("button", name="Play").first.click()
    wait_for(page, STATUS, "finished")
    assert page.locator(READING).get_attribute("data-mine") == "yes", "the node was replaced while training"
    page.get_by_text("Inside", exact=True).first.click()
    page.wait_for_selector(f"{ATTENTION} .main-svg")
    where = page.locator(ATTENTION)
    where.scroll_into_view_if_needed()
    page.wait_for_timeout(700)
    box = where.bounding_box()
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.55 * box["height"])
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 0.55 * box["height"])  # the last of the small maps
    page.wait_for_function("() => location.search.includes('head_shown=2') && location.search.includes('layer_shown=2')")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save run").first.click()
    path = tmp_path / "run.safetensors"
    download.value.save_as(path)
    page.goto(f"{address}pretraining?{SMALL.replace('steps=12', 'steps=9')}")
    page.wait_for_selector(f"{READING} .main-svg", timeout=60_000)
    page.locator("input[type=file]").last.set_input_files(path)
    wait_for(page, STATUS, "step 12 of 12")
