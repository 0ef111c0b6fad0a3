"""The page "Text classification" as a visitor uses it: learn, click a point and a cell, keep the run."""

from __future__ import annotations

import pytest

CURVES = ".st-key-classify-curves .live-plot-picture"
TABLE = ".st-key-classify-confusion .live-plot-picture"
QUERY = "texts=films&methods=tfidf,glove&most=32&draws=1"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def click_at(page, selector: str, across: float, down: float) -> None:
    """Click on a picture, at pixels from its left and upper edge, or from the other edges where negative."""
    where = page.locator(selector)
    where.scroll_into_view_if_needed()
    page.wait_for_timeout(700)  # pictures are drawn once they come into sight, and then stay where they are
    box = where.bounding_box()
    x = box["x"] + (across if across >= 0 else box["width"] + across)
    page.mouse.move(x, box["y"] + (down if down >= 0 else box["height"] + down))
    page.mouse.click(x, box["y"] + (down if down >= 0 else box["height"] + down))


def test_points_and_cells_are_clicked(page, address, tmp_path):
    page.goto(f"{address}classification?{QUERY}")
    page.wait_for_selector(f"{CURVES} .main-svg", timeout=60_000)
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("() => document.querySelector('.st-key-status_line_classify')?.innerText.includes('finished')", timeout=60_000)
    point = page.locator(f"{CURVES} .scatterlayer .trace:has(.point) .point").first.bounding_box()
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.wait_for_function("() => location.search.includes('shown=tfidf') && location.search.includes('size=16')")
    click_at(page, TABLE, -40, -20)  # right below: positive, told right
    page.wait_for_selector("text=positive, told right")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save run").click()
    kept = tmp_path / "run.safetensors"
    download.value.save_as(kept)
    page.locator(".st-key-transport_classify").get_by_role("button", name="Reset").click()
    page.wait_for_selector("text=nothing learned yet")
    page.locator("input[type=file]").last.set_input_files(kept)
    page.wait_for_function("() => document.querySelector('.st-key-status_line_classify')?.innerText.includes('finished')")
