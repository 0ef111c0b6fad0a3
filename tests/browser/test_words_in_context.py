"""The page "Words in context" as a visitor uses it: a point, a head and a word are clicked, and the address follows."""

from __future__ import annotations

import re

import pytest

MAP, HEADS, HEAD = (f".st-key-context-{name} .live-plot-picture" for name in ("map", "heads", "head"))
PLACE = """([selector, mode, nth, point]) => {
    const node = document.querySelector(selector), drawn = node._fullData.filter((one) => (one.mode ?? "") === mode).at(nth);
    const [x, y] = [node._fullLayout[drawn.xaxis.replace("x", "xaxis")], node._fullLayout[drawn.yaxis.replace("y", "yaxis")]];
    const box = node.getBoundingClientRect();
    return [box.x + x._offset + x.d2p(drawn.x[point]), box.y + y._offset + y.d2p(drawn.y[point])];
}"""


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def click(page, picture: str, mode: str, nth: int, point: int) -> None:
    """Click a point of the nth trace of a mode, once nothing moves any more."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
    page.locator(picture).scroll_into_view_if_needed(timeout=60_000)  # what is out of sight is not drawn
    page.wait_for_selector(f"{picture} .main-svg", state="attached")
    before = None
    while (now := page.evaluate(PLACE, [picture, mode, nth, point])) != before:
        before = now
        page.wait_for_timeout(250)
    page.mouse.move(*now)
    page.mouse.click(*now)


def click_head(page, layer: int, head: int) -> None:
    """Click a small map."""
    page.locator(HEADS).scroll_into_view_if_needed(timeout=60_000)
    page.wait_for_selector(f"{HEADS} .main-svg", state="attached")
    page.wait_for_timeout(600)
    code = """([selector, across, down]) => {
        const node = document.querySelector(selector), { xaxis, yaxis } = node._fullLayout, box = node.getBoundingClientRect();
        return [box.x + xaxis._offset + xaxis.d2p(xaxis.tickvals[across]), box.y + yaxis._offset + yaxis.d2p(yaxis.tickvals[down])];
    }"""
    page.mouse.click(*page.evaluate(code, [HEADS, head - 1, layer - 1]))


def test_a_point_a_head_and_a_word_are_looked_at(page, address):
    page.goto(f"{address}words_in_context?word=bat")
    page.wait_for_selector(MAP, timeout=60_000)
    click(page, MAP, "markers+text", -1, 6)
    page.wait_for_url(re.compile("picked=7"))
    click_head(page, 2, 9)
    page.wait_for_url(re.compile("floor=2.*head=9|head=9.*floor=2"))
    click(page, HEAD, "text", 0, 2)
    page.wait_for_url(re.compile("looked=2"))
    page.wait_for_selector(".st-key-notice_context_head >> text=for “player” this head names")
