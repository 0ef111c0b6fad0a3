"""The page "Race" as a visitor uses it: four architectures at once, drawn in place, compared, taken along, presented."""

from __future__ import annotations

import csv
import io

import pytest

PICTURE = ".st-key-race-curves .live-plot-picture"
STATUS = ".st-key-status_line_race"
SMALL = "task=adding&length=10&budget=500&batch=8&steps=60&entries=rnn,gru,tcn,window"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def open_race(page, address, query: str) -> None:
    page.goto(f"{address}race?{query}")
    page.wait_for_selector(f"{PICTURE} .main-svg", timeout=60_000)


def test_a_race_is_drawn_in_place_compared_and_taken_along(page, address):
    open_race(page, address, SMALL)
    page.evaluate(f"document.querySelector('{PICTURE}').dataset.mine = 'yes'")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function(
        "s => document.querySelector(s).innerText.startsWith('finished')", arg=STATUS, timeout=60_000
    )
    assert page.locator(PICTURE).get_attribute("data-mine") == "yes", "the node was replaced while training"
    names = set(page.locator(f"{PICTURE} .annotation-text").all_text_contents())
    assert {"RNN", "GRU", "TCN", "Window"} <= names and any(one.startswith("GRU 0.") for one in names)
    page.get_by_text("training loss", exact=True).first.click()
    page.wait_for_function(
        "s => [...document.querySelectorAll(s + ' .annotation-text')].some(one => one.textContent.startsWith('training loss'))", arg=PICTURE
    )  # fmt: skip
    with page.expect_download() as download:
        page.get_by_role("button", name="Table as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["architecture"] for row in rows] == ["RNN", "GRU", "Window", "TCN"]
    assert all(row["updates"] == "60" and float(row["seconds"]) > 0 for row in rows)


def test_on_a_projector_both_panels_are_seen_at_once(page, address):
    page.set_viewport_size({"width": 1280, "height": 720})
    open_race(page, address, f"{SMALL}&present=1")
    box = page.locator(PICTURE).bounding_box()
    assert box["y"] + box["height"] <= 720 and box["width"] > 1000
    assert not page.get_by_test_id("stSidebar").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
