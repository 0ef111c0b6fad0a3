"""The page "Architectures" as a visitor uses it: train, click an input and a head, keep the run, change the architecture."""

from __future__ import annotations

import pytest

PICTURE = ".st-key-arch-reach .live-plot-picture"
ATTENTION = ".st-key-arch-attention .live-plot-picture"
SENTENCE = ".st-key-notice_arch_reach"
STATUS = ".st-key-status_line_arch"
SMALL = "task=rose&hidden=16&layers=2&steps=40"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def arch(page, address):
    """The page with its first, untrained picture."""

    def open_(query: str = SMALL):
        page.goto(f"{address}architectures?{query}")
        page.wait_for_selector(f"{PICTURE} .main-svg", timeout=60_000)
        return page

    return open_


def wait_for_text(page, selector: str, text: str, timeout: int = 60_000) -> None:
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText.includes(text)",
        arg=[selector, text], timeout=timeout,
    )  # fmt: skip


def click_at(page, selector: str, across: float, down: float) -> None:
    """Click on a picture, at shares of its width and height."""
    where = page.locator(selector)
    where.scroll_into_view_if_needed()
    page.wait_for_timeout(700)  # pictures are drawn once they come into sight, and then stay where they are
    box = where.bounding_box()
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def test_inputs_and_heads_are_clicked_while_the_same_pictures_stay(arch, tmp_path):
    page = arch()
    page.evaluate(f"document.querySelector('{PICTURE}').dataset.mine = 'yes'")
    page.get_by_role("button", name="Play").first.click()
    wait_for_text(page, STATUS, "finished", 120_000)
    assert page.locator(PICTURE).get_attribute("data-mine") == "yes", "the node was replaced while training"
    click_at(page, PICTURE, 0.66, 0.25)  # under "bowl", the fifth of seven words
    page.wait_for_function("() => location.search.includes('looked=5')")
    wait_for_text(page, SENTENCE, "from “bowl”")
    click_at(page, ATTENTION, 0.93, 0.62)  # the last of the small maps
    page.wait_for_function("() => location.search.includes('head_shown=2') && location.search.includes('layer_shown=2')")
    wait_for_text(page, ".st-key-notice_arch_attention", "head 2 of layer 2")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save run").first.click()
    path = tmp_path / "run.safetensors"
    download.value.save_as(path)
    page = arch("task=rose&cell=average&hidden=16")
    page.locator("input[type=file]").last.set_input_files(path)
    wait_for_text(page, STATUS, "step 40")
    page.wait_for_function("() => location.search.includes('cell=transformer') || !location.search.includes('cell=')")


def test_another_architecture_is_one_click_away(arch):
    page = arch("task=rose&cell=gru&hidden=16&present=1")
    page.get_by_text("Average", exact=True).first.click()
    page.wait_for_function("() => location.search.includes('cell=average')")
    wait_for_text(page, SENTENCE, "The answer sees 6 of 7 inputs")
    wait_for_text(page, STATUS, "untrained")
    page.set_viewport_size({"width": 1280, "height": 720})
    box = page.locator(PICTURE).bounding_box()
    assert box["y"] + box["height"] <= 720 and box["width"] > 1000, "a projector shows it without scrolling"
    page.set_viewport_size({"width": 1280, "height": 900})
