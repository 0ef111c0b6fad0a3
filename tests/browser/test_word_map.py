"""The page "Word map" as a visitor uses it: points, a click, a lasso, the wheel, t-SNE, hostile words, files."""

from __future__ import annotations

import pytest

MAP = ".st-key-map-map .live-plot-picture"
NEAR = ".st-key-map-near .live-plot-picture"
STATUS = ".st-key-status_line_map"
DRAWN = "selector => Number(document.querySelector(selector)?.dataset.drawn ?? 0)"
POINT = """([selector, word]) => {
  const node = document.querySelector(selector), box = node.getBoundingClientRect();
  for (const trace of node._fullData) {
    if (!trace.customdata || trace.mode !== "markers" || !trace.text?.length) continue;
    const at = Array.from(trace.text).indexOf(word);
    if (at < 0) continue;
    const { xaxis, yaxis } = node._fullLayout;
    return [box.x + xaxis._offset + xaxis.d2p(trace.x[at]), box.y + yaxis._offset + yaxis.d2p(trace.y[at])];
  }
}"""
PLACES = """selector => {
  const node = document.querySelector(selector);
  const trace = node?._fullData?.find(({ customdata, text, mode }) => mode === "markers" && customdata && text?.length);
  return trace && [Array.from(trace.x).slice(0, 50), Array.from(trace.y).slice(0, 50), trace.x.length];
}"""
NAMES = "selector => Array.from(document.querySelector(selector)._fullData.at(-1).text)"


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def word_map(page, address):
    """The page with its map, once it is at rest."""
    page.set_default_timeout(60_000)

    def open_(query: str = "words=200"):
        page.goto(f"{address}word_map?{query}")
        settle(page)
        return page

    return open_


def settle(page, selector: str = MAP) -> None:
    """Wait until the picture stays the same for a moment."""
    page.wait_for_function(f"selector => ({DRAWN})(selector) > 0", arg=selector)
    before = -1
    while before != (before := page.evaluate(DRAWN, selector)):
        page.wait_for_timeout(1200)


def point(page, word: str) -> tuple[float, float]:
    found = page.evaluate(POINT, [MAP, word])
    return found[0], found[1]


def wait_for_chosen(page, word: str) -> None:
    page.wait_for_function("word => new URLSearchParams(location.search).get('word') === word", arg=word)
    settle(page)


def test_every_word_is_a_point_and_names_are_written(word_map):
    page = word_map()
    assert page.evaluate(PLACES, MAP)[2] == 200
    assert len(page.evaluate(NAMES, MAP)) > 30
    assert page.locator(f"{MAP} .point").count() >= 200


def test_a_click_on_a_point_shows_its_neighbours_and_one_on_those_goes_on(word_map):
    page = word_map()
    page.mouse.click(*point(page, "billion"))
    wait_for_chosen(page, "billion")
    near = page.locator(f"{NEAR} .textpoint").all_text_contents()
    assert "million" in near and len(near) >= 40
    lines = page.locator(f"{MAP} .js-line").count()
    assert lines >= 1
    settle(page, NEAR)
    box = page.locator(f"{NEAR} .textpoint", has_text="trillion").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for_chosen(page, "trillion")


def test_a_word_is_found_by_typing(word_map):
    page = word_map()
    field = page.get_by_role("combobox", name="Find a word")
    field.fill("presid")
    page.get_by_role("option", name="president", exact=True).click()
    wait_for_chosen(page, "president")
    assert "<b>president</b>" in page.evaluate(NAMES, MAP)


def test_a_lasso_lists_and_isolates_and_back_leads_back(word_map):
    page = word_map("words=500")
    page.get_by_role("radio", name="Lasso").or_(page.get_by_role("button", name="Lasso")).first.click()
    settle(page)
    box = page.locator(MAP).bounding_box()
    x, y = box["x"] + 0.5 * box["width"], box["y"] + 0.4 * box["height"]
    page.mouse.move(x - 70, y - 60)
    page.mouse.down()
    for dx, dy in ((70, -60), (70, 60), (-70, 60), (-70, -60)):
        page.mouse.move(x + dx, y + dy, steps=6)
    page.mouse.up()
    page.get_by_text("inside what you drew").wait_for()
    told = page.get_by_text("inside what you drew").inner_text()
    count = int(told.split()[0])
    assert 5 < count < 400
    page.get_by_role("button", name="Isolate").click()
    page.get_by_text("Isolated:").wait_for()
    settle(page)
    assert page.evaluate(PLACES, MAP)[2] == count
    page.locator(".st-key-map-undo button").click()
    page.wait_for_function(f"selector => ({PLACES})(selector)[2] === 500", arg=MAP)


def test_the_wheel_zooms_other_words_are_named_and_the_view_stays(word_map):
    page = word_map("words=2000")
    before = set(page.evaluate(NAMES, MAP))
    box = page.locator(MAP).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(6):
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(60)
    page.wait_for_timeout(800)
    settle(page)
    ranges = "selector => document.querySelector(selector)._fullLayout.xaxis.range"
    near, after = page.evaluate(ranges, MAP), set(page.evaluate(NAMES, MAP))
    assert len(after - before) > 10, "names that had no room before"
    page.get_by_test_id("stSidebar").get_by_text("Clusters", exact=True).first.wait_for()
    page.mouse.click(*point(page, next(iter(word for word in after - before if "<" not in word and "&" not in word))))
    page.wait_for_function("() => location.search.includes('word=')")
    settle(page)
    assert page.evaluate(ranges, MAP) == pytest.approx(near)
    page.locator(MAP).hover()
    page.locator(".st-key-map-map").get_by_role("button", name="Reset the view").click()
    page.wait_for_function(f"([selector, x]) => Math.abs(({ranges})(selector)[0] - x) > 1e-3", arg=[MAP, near[0]])


def test_t_sne_plays_moves_and_is_scrubbed(word_map):
    page = word_map("words=500&method=tsne&iterations=500")
    start = page.evaluate(PLACES, MAP)
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function(f"([selector, x]) => Math.abs(({PLACES})(selector)[0][0] - x) > 0.5", arg=[MAP, start[0][0]])
    page.wait_for_function(
        "s => document.querySelector(s)?.innerText.startsWith('finished')", arg=STATUS, timeout=120_000
    )
    settle(page)
    end = page.evaluate(PLACES, MAP)
    assert max(end[0]) - min(end[0]) > 5
    page.locator("input[type=range][aria-label='Moment of the training']").focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        f"([selector, x]) => Math.abs(({PLACES})(selector)[0][0] - x) < 1e-6", arg=[MAP, start[0][0]]
    )


def test_a_map_in_space_and_back_in_the_plane(word_map):
    page = word_map()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for _ in range(3):
        page.get_by_test_id("stSidebar").get_by_text("3-D", exact=True).click()
        page.wait_for_function("s => !!document.querySelector(s)._fullLayout.scene?._scene", arg=MAP)
        settle(page)
        page.get_by_test_id("stSidebar").get_by_text("3-D", exact=True).click()
        page.wait_for_function("s => !document.querySelector(s)._fullLayout.scene", arg=MAP)
        settle(page)
    assert not [text for text in said if "WebGL contexts" in text]


def test_many_words_are_drawn_below_their_names(word_map):
    page = word_map("words=5000&names=50")
    assert page.evaluate(PLACES, MAP)[2] == 5000
    order = """selector => {
      const level = (node) => Number(getComputedStyle(node).zIndex) || 0, root = document.querySelector(selector);
      return [level(root.querySelector(".main-svg")), level(root.querySelector(".gl-container"))];
    }"""
    words, points = page.evaluate(order, MAP)
    assert words > points
    assert page.locator(f"{MAP} .textpoint").count() >= 30


def test_markup_in_words_is_shown_letter_by_letter(word_map, tmp_path):
    words = [
        "<b>bold</b>",
        "<img src=x onerror=alert(1)>",
        "[a](http://evil.example)",
        "![i](http://evil.example/i.png)",
        "$x$",
        "%{x}",
    ]
    rows = "\n".join(
        f"{word}\t{i + 1}\t{i * i % 7}\t{(3 * i) % 5}\t{(2 * i) % 3}"
        for i, word in enumerate([*words, "plain", "other"])
    )
    path = tmp_path / "own.tsv"
    path.write_text("word\ta\tb\tc\td\n" + rows, encoding="utf-8")
    page = word_map()
    page.get_by_role("combobox", name="Vectors").click()
    page.get_by_role("option", name="Open a file ...").click()
    page.locator("input[type=file]").first.set_input_files(path)
    page.wait_for_function(f"selector => ({PLACES})(selector)?.[2] === 7", arg=MAP)
    settle(page)
    written = page.locator(f"{MAP} .textpoint").all_text_contents()
    assert "<b>bold</b>" in written and "plain" in written
    page.mouse.click(*page.evaluate(POINT, [MAP, "&lt;b&gt;bold&lt;/b&gt;"]))
    page.locator(NEAR).wait_for()
    settle(page, NEAR)
    main = page.get_by_test_id("stMain")
    assert main.locator("img[src='x']").count() == 0 and main.locator("a[href*='evil']").count() == 0
    assert page.locator(f"{MAP} a, {NEAR} a").count() == 0
    assert "evil" not in page.url and "bold" not in page.url


def test_the_browsers_back_leads_through_links(word_map, address):
    page = word_map("words=200&word=million")
    page.goto(f"{address}word_map?words=200&word=billion&across=3")
    settle(page)
    page.go_back()
    page.wait_for_function("() => location.search.includes('word=million')")
    settle(page)
    assert "<b>million</b>" in page.evaluate(NAMES, MAP)


def test_files_are_real(word_map, browser, tmp_path):
    page = word_map("words=200&word=million")
    page.locator(MAP).hover()
    with page.expect_download() as waiting:
        page.locator(".st-key-map-map").get_by_role("button", name="as SVG").click()
    waiting.value.save_as(tmp_path / "map.svg")
    picture = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "trustworthiness" in picture and "million" in picture and "PCA" in picture
    page.get_by_test_id("stMain").locator(".st-key-bar_map [data-testid=stPopoverButton]").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="The map as a page, HTML").click()
    waiting.value.save_as(tmp_path / "map.html")
    alone = browser.new_context(offline=True).new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "map.html").as_uri())
    alone.wait_for_selector(".main-svg")
    assert alone.evaluate("document.querySelector('.js-plotly-plot')._fullData[0].x.length") == 200
    assert len([url for url in asked if not url.startswith(("data:", "blob:"))]) == 1
    alone.context.close()


def test_the_whole_map_is_seen_on_a_small_screen(word_map):
    page = word_map()
    page.set_viewport_size({"width": 1280, "height": 720})
    settle(page)
    box = page.locator(MAP).bounding_box()
    assert box["y"] + box["height"] <= 720 and box["height"] >= 400
    page.set_viewport_size({"width": 1280, "height": 900})
