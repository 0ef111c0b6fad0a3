"""`live_plot` in a real browser, drawn in place: what a visitor did to a picture outlives every update."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urlsplit

import pytest

APP = "tests/browser/apps/serve_plots.py"
CLOUD = ".st-key-cloud .live-plot-picture"
HEAT = ".st-key-heat .live-plot-picture"
SPACE = ".st-key-space .live-plot-picture"
SCATTER = ".st-key-scatter .live-plot-picture"
CAMERA = "node => node._fullLayout.scene._scene.getCamera().eye"
DISTANCE = f"node => Object.values(({CAMERA})(node)).reduce((sum, value) => sum + value ** 2, 0)"
RANGE = "node => [node._fullLayout.xaxis.range, node._fullLayout.yaxis.range].flat()"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve(APP)


@pytest.fixture
def moving(page, address):
    page.goto(address)
    drawn(page, CLOUD)
    drawn(page, HEAT)
    return page


@pytest.fixture
def still(page, address):
    page.goto(address + "still")
    drawn(page, SCATTER)
    return page


def drawn(page, selector: str, more: int = 1) -> int:
    """Wait until the plot has been drawn that many times more; return the count."""
    before = count(page, selector)
    page.wait_for_function(
        "([selector, least]) => Number(document.querySelector(selector)?.dataset.drawn ?? 0) >= least",
        arg=[selector, before + more],
    )
    return count(page, selector)


def count(page, selector: str) -> int:
    return page.evaluate("selector => Number(document.querySelector(selector)?.dataset.drawn ?? 0)", selector)


def centre(page, selector: str, right: float = 0.5, down: float = 0.5) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + right * box["width"], box["y"] + down * box["height"]


def drag(page, start: tuple[float, float], by: tuple[float, float], steps: int = 12, pause: int = 0) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(start[0] + by[0] * step / steps, start[1] + by[1] * step / steps)
        page.wait_for_timeout(pause)
    page.mouse.up()


def test_the_camera_is_kept_while_frames_arrive(moving):
    node = moving.locator(CLOUD)
    before = node.evaluate(CAMERA)
    start = centre(moving, CLOUD)
    moving.mouse.move(*start)
    moving.mouse.down()
    held, ticks = count(moving, CLOUD), count(moving, HEAT)
    for step in range(12):
        moving.mouse.move(start[0] + 10 * step, start[1] + 3 * step)
        moving.wait_for_timeout(120)
    assert count(moving, HEAT) >= ticks + 3, "other pictures go on"
    assert count(moving, CLOUD) == held, "this one waits for the hand"
    moving.mouse.up()
    turned = node.evaluate(CAMERA)
    assert abs(turned["x"] - before["x"]) + abs(turned["y"] - before["y"]) > 0.2
    drawn(moving, CLOUD, more=8)
    after = node.evaluate(CAMERA)
    assert after == pytest.approx(turned, abs=1e-6)


@pytest.mark.parametrize("turns", [1, 5])
def test_the_wheel_moves_the_camera_for_good(moving, turns):
    node = moving.locator(CLOUD)
    before = node.evaluate(DISTANCE)
    moving.mouse.move(*centre(moving, CLOUD))
    for _ in range(turns):
        moving.mouse.wheel(0, 120)  # without a pause, as a busy browser hands them on: all at once
    # It may hand them on late, too: wait for the move itself, not for a time.
    moved = f"before => Math.abs(({DISTANCE})(document.querySelector('{CLOUD}')) - before) > 0.01 * before"
    moving.wait_for_function(moved, arg=before)
    moving.wait_for_timeout(300)
    after = node.evaluate(CAMERA)
    drawn(moving, CLOUD, more=4)
    assert node.evaluate(CAMERA) == pytest.approx(after, abs=1e-6)


def test_zoom_is_kept_and_reset_brings_the_whole_picture_back(moving):
    node = moving.locator(HEAT)
    whole = node.evaluate(RANGE)
    drag(moving, centre(moving, HEAT, 0.3, 0.4), (150, 60), pause=40)
    moving.wait_for_timeout(300)
    near = node.evaluate(RANGE)
    assert near[1] - near[0] < 0.6 * (whole[1] - whole[0])
    drawn(moving, HEAT, more=6)
    assert node.evaluate(RANGE) == pytest.approx(near)
    moving.locator(HEAT).hover()
    moving.locator(".st-key-heat").get_by_role("button", name="Reset the view").click()
    moving.wait_for_function(f"whole => (({RANGE})(document.querySelector('{HEAT}')) + '') === whole + ''", arg=whole)


def test_the_nodes_stay_the_same_over_twenty_updates(moving):
    inner = {CLOUD: "canvas", HEAT: ".main-svg"}
    nodes = {selector: moving.query_selector(selector) for selector in inner}
    parts = {selector: moving.query_selector(f"{selector} {part}") for selector, part in inner.items()}
    for selector, part in inner.items():
        drawn(moving, selector, more=20)
        same = "(node, selector) => node.isConnected && node === document.querySelector(selector)"
        assert nodes[selector].evaluate(same, selector)
        assert parts[selector].evaluate(same, f"{selector} {part}")


def test_each_place_is_furnished_once_however_fast_the_updates(page, address):
    page.add_init_script("""
      window.furnished = 0;
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) if (node.classList?.contains("live-plot")) window.furnished += 1;
      }).observe(document, { childList: true, subtree: true });
    """)
    page.goto(address + "?every=0.01")
    drawn(page, HEAT, more=30)
    assert page.evaluate("window.furnished") == 2


def test_a_click_reaches_python_once_by_name(moving):
    moving.mouse.click(*centre(moving, HEAT))
    moving.get_by_text("selections 1").wait_for()
    told = moving.get_by_text("last click").inner_text()
    # customdata counts the cells of 12 rows by 20 columns.
    cell, x, y = (float(part) for part in told.replace("(", "").replace(",)", "").split()[2:])
    assert cell == 20 * y + x
    drawn(moving, HEAT, more=6)
    assert moving.get_by_text("selections 1").is_visible()
    moving.mouse.click(*centre(moving, HEAT, 0.4, 0.6))
    moving.get_by_text("selections 2").wait_for()


def test_a_drag_is_not_a_click(moving):
    drag(moving, centre(moving, HEAT), (40, 0))
    drawn(moving, HEAT, more=4)
    assert moving.get_by_text("selections 0").is_visible()


def test_in_space_a_click_counts_once_and_a_drag_not_at_all(page, address):
    page.goto(address + "deep")
    drawn(page, SPACE)
    page.get_by_text("found []").wait_for()
    drag(page, centre(page, SPACE), (60, 10), pause=60)
    drawn(page, SPACE, more=4)
    assert page.get_by_text("found []").is_visible()
    page.mouse.move(*centre(page, SPACE, 0.51))
    page.wait_for_timeout(300)
    page.mouse.click(*centre(page, SPACE), delay=300)
    page.get_by_text("found [('middle',)]").wait_for()
    drawn(page, SPACE, more=4)
    assert page.get_by_text("found [('middle',)]").is_visible()


def test_a_hover_label_stays_and_tells_the_newest_value(moving):
    moving.mouse.move(*centre(moving, HEAT))
    label = moving.locator(f"{HEAT} .hovertext").first
    label.wait_for()
    before = label.text_content()
    drawn(moving, HEAT, more=4)
    assert label.text_content() not in ("", before)


def test_a_lasso_names_the_points_within(still):
    corners = [(0.2, 0.35), (0.8, 0.35), (0.8, 0.7), (0.2, 0.7), (0.2, 0.35)]
    still.mouse.move(*centre(still, SCATTER, *corners[0]))
    still.mouse.down()
    for corner in corners[1:]:
        still.mouse.move(*centre(still, SCATTER, *corner), steps=5)
    still.mouse.up()
    told = still.get_by_text("kind lasso").inner_text()
    assert int(told.split("count ")[1].split()[0]) > 10
    assert "first ('word " in told


def test_files_are_real(moving, tmp_path):
    saved = {}
    for name, kind in ((CLOUD, "PNG"), (HEAT, "PNG"), (HEAT, "SVG")):
        moving.locator(name).hover()
        with moving.expect_download() as waiting:
            moving.locator(name).locator("..").get_by_role("button", name=f"as {kind}").click()
        target = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(target)
        saved[name, kind] = target
    assert saved[CLOUD, "PNG"].name == "the-cloud-points.png"
    for name, height in ((CLOUD, 320), (HEAT, 300)):
        width = moving.locator(name).evaluate("node => node.clientWidth")
        assert png_size(saved[name, "PNG"]) == (2 * width, 2 * height)
    assert corner_colour(moving, saved[HEAT, "PNG"]) == [252, 252, 250, 255], "the page's background, solid"
    root = ElementTree.parse(saved[HEAT, "SVG"]).getroot()
    assert root.tag.endswith("svg") and root.get("height") == "300"


def png_size(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def corner_colour(page, path: Path) -> list[int]:
    import base64

    code = """async (picture) => {
      const image = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
      const canvas = new OffscreenCanvas(4, 4);
      canvas.getContext("2d").drawImage(image, 0, 0);
      return [...canvas.getContext("2d").getImageData(1, 1, 1, 1).data];
    }"""
    return page.evaluate(code, base64.b64encode(path.read_bytes()).decode())


def test_words_are_words(moving):
    node = moving.locator(CLOUD)
    assert node.get_attribute("role") == "img"
    assert node.get_attribute("aria-label").startswith("sixty points <b>in space</b> ")
    words = moving.locator(".st-key-cloud figcaption")
    assert words.inner_text().startswith("sixty points <b>in space</b> ")
    assert words.locator("b").count() == 0


def test_the_buttons_are_reached_by_keyboard(still):
    tool = still.locator(".st-key-scatter").get_by_role("button", name="Download this picture as PNG")
    bar = still.locator(".st-key-scatter .live-plot-tools")
    still.mouse.move(5, 5)
    assert bar.evaluate("bar => getComputedStyle(bar).opacity") == "0"
    tool.focus()
    assert bar.evaluate("bar => getComputedStyle(bar).opacity") == "1"
    with still.expect_download() as waiting:
        still.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "words.png"


def test_leaving_and_coming_back(moving):
    for _ in range(3):
        old = moving.query_selector(CLOUD)
        moving.get_by_role("link", name="still").click()
        drawn(moving, SCATTER)
        moving.wait_for_function("node => !node.isConnected && node._fullLayout === undefined", arg=old)
        assert moving.locator(".live-plot").count() == 1
        moving.get_by_role("link", name="moving").click()
        drawn(moving, CLOUD, more=3)
        drawn(moving, HEAT)
        assert moving.locator(".live-plot").count() == 2
        assert moving.locator(f"{CLOUD} canvas").count() >= 1
        assert moving.locator(".live-plot-message:visible").count() == 0


def test_an_unseen_picture_waits_and_catches_up(moving):
    moving.set_viewport_size({"width": 1280, "height": 300})
    moving.locator("h1").scroll_into_view_if_needed()
    moving.wait_for_timeout(600)
    assert not moving.locator(HEAT).evaluate("node => node.getBoundingClientRect().top < innerHeight + 200"), "test"
    before = count(moving, HEAT)
    drawn(moving, CLOUD, more=5)
    assert count(moving, HEAT) == before
    moving.set_viewport_size({"width": 1280, "height": 900})
    drawn(moving, HEAT)


def test_it_is_as_wide_as_its_place(still):
    frame = still.locator(SCATTER)
    before = frame.evaluate("node => node._fullLayout.width")
    still.set_viewport_size({"width": 700, "height": 900})
    still.wait_for_function(
        f"before => {{ const node = document.querySelector('{SCATTER}');"
        " return node.clientWidth < before && node._fullLayout.width === node.clientWidth }",
        arg=before,
    )
    assert frame.evaluate("node => node.clientHeight") == 360


def test_colours_follow_the_page(page, address):
    page.emulate_media(color_scheme="dark")
    page.goto(address + "still")
    drawn(page, SCATTER)
    colour = "node => node._fullLayout.font.color"
    dark = page.locator(SCATTER).evaluate(colour)
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"dark => ({colour})(document.querySelector('{SCATTER}')) !== dark", arg=dark)
    assert dark.upper() == "#E7E6E1"
    assert page.locator(SCATTER).evaluate(colour).upper() == "#1E2126"
    grids = page.locator(SCATTER).evaluate("({_fullLayout: {xaxis, yaxis}}) => [xaxis.showgrid, yaxis.showgrid]")
    assert grids == [False, True], "the figure's own template wins where it says something"


def test_below_a_path(page, serve):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    below = serve(APP, server_baseUrlPath="unrolled")
    for place, selector in (("", CLOUD), ("still", SCATTER)):
        page.goto(below + place)
        drawn(page, selector)
    page.get_by_role("link", name="moving").click()
    drawn(page, CLOUD)
    found = {path for path in asked if path.endswith("plotly.min.js")}
    assert found == {"/unrolled/vendor/plotly.min.js"}, "a proxy forwards no other path"


def test_a_missing_library_is_explained_and_can_be_tried_again(page, address):
    page.route("**/vendor/plotly.min.js*", lambda route: route.fulfill(status=404, body="no"))
    page.goto(address + "still")
    page.get_by_text("drawing library could not be loaded from /vendor/plotly.min.js").wait_for()
    assert page.locator(SCATTER).evaluate("node => node.clientHeight") == 360
    page.unroute("**/vendor/plotly.min.js*")
    page.get_by_role("button", name="Draw this picture again").click()
    drawn(page, SCATTER)
    assert page.locator(".live-plot-message:visible").count() == 0
