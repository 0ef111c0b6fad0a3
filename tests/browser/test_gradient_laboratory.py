"""The page "Gradient laboratory" as a visitor uses it: a slider redraws, a cell of the table shows its way, three networks train."""

from __future__ import annotations

import pytest

PROFILES = ".st-key-lab-before-profiles .live-plot-picture"
MATRIX = ".st-key-lab-before-detail-matrix .live-plot-picture"
LIVE = ".st-key-lab-training-profiles .live-plot-picture"
DRAWN = "selector => Number(document.querySelector(selector)?.dataset.drawn ?? 0)"
ZEROS = "selector => document.querySelector(selector)._fullData.find(({ name }) => name === 'GRU zero')?.x?.length ?? 0"
TITLES = "selector => document.querySelector(selector)._fullLayout.annotations.map(({ text }) => text).join(' | ')"
CELL = """([selector, x, y]) => {
  const node = document.querySelector(selector), box = node.getBoundingClientRect(), { xaxis, yaxis } = node._fullLayout;
  return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
}"""


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


def settle(page, selector: str) -> None:
    """Wait until the picture stays the same for a moment."""
    page.wait_for_function(f"selector => ({DRAWN})(selector) > 0", arg=selector)
    before = -1
    while before != (before := page.evaluate(DRAWN, selector)):
        page.wait_for_timeout(400)


def test_a_cell_shows_its_way_and_a_slider_redraws_in_place(page, address):
    page.set_default_timeout(60_000)
    page.goto(f"{address}gradient_laboratory?length=30&hidden=16")
    page.locator(MATRIX).scroll_into_view_if_needed()  # what is out of sight is not drawn
    settle(page, MATRIX)
    page.mouse.click(*page.evaluate(CELL, [MATRIX, 18, 20]))
    page.wait_for_function("() => location.search.includes('row=20') && location.search.includes('column=18')")
    page.wait_for_function(f"selector => ({TITLES})(selector).includes('from step 20 back to state 18')", arg=MATRIX)
    page.locator(PROFILES).scroll_into_view_if_needed()
    settle(page, PROFILES)
    page.evaluate("selector => document.querySelector(selector).mine = true", PROFILES)
    page.get_by_role("slider", name="Cut after").focus()
    for steps in range(1, 6):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("steps => location.search.includes(`window=${steps}`)", arg=steps)
    page.wait_for_function(f"selector => ({ZEROS})(selector) === 25", arg=PROFILES)
    assert page.evaluate("selector => document.querySelector(selector).mine", PROFILES), "the node stayed"
    page.wait_for_function("() => location.search.includes('window=5')")


def test_three_networks_train_before_ones_eyes(page, address):
    page.set_default_timeout(60_000)
    page.goto(f"{address}gradient_laboratory?view=training&length=20&hidden=16&batch=8")
    page.get_by_text("untrained", exact=True).first.wait_for()
    settle(page, LIVE)
    before = page.evaluate(DRAWN, LIVE)
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function(f"([selector, n]) => ({DRAWN})(selector) >= n + 4", arg=[LIVE, before])
    page.get_by_role("button", name="Pause").first.click()
    page.get_by_text("paused", exact=True).first.wait_for()
    page.get_by_role("radio", name="Explosion and clipping").or_(page.get_by_text("Explosion and clipping")).first.click()
    page.wait_for_function("() => location.search.includes('view=explosion')")
    page.get_by_role("button", name="Play").first.click()
    page.get_by_text("The training came apart at step 2: the loss was").first.wait_for()
