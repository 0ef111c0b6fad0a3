"""The page "Train embeddings" as a visitor uses it: play, look back, follow a word, bring hostile words, keep, present."""

from __future__ import annotations

import re

import pytest

MAP = ".st-key-embed-map .live-plot-picture"
NEIGHBOURS = ".st-key-embed-neighbours .live-plot-picture"
TABLE = ".st-key-notice_embed_neighbours"
STATUS = ".st-key-status_line_embed"
SMALL = "corpus=phrases&min_count=1&dimensions=5&epochs=20"
HOSTILE = (
    '<img src=x onerror="document.title=1"> ![x](http://example.com/x.png) [click](http://example.com) '
    "https://evil.example/x www.evil.example <script>document.title=2</script> <b>bold</b> :material/home: $\\frac{1}{2}$ `code` # heading.\n"
)


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def train(page, address):
    """The page with its first, untrained map."""

    def open_(query: str = SMALL):
        page.goto(f"{address}train_embeddings?{query}")
        page.wait_for_selector(f"{MAP} .main-svg", timeout=90_000)
        return page

    return open_


def status(page) -> str:
    return page.locator(STATUS).inner_text()


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def wait_for_state(page, state: str, timeout: int = 120_000) -> None:
    page.wait_for_function(
        "([selector, state]) => document.querySelector(selector)?.innerText.startsWith(state)",
        arg=[STATUS, state], timeout=timeout,
    )  # fmt: skip


WRITTEN = """selector => {
  const node = document.querySelector(selector), { xaxis, yaxis } = node._fullLayout, words = node._fullData.at(-1);
  const drawn = Object.fromEntries([...node.querySelectorAll(".textpoint text")].map((one) => [one.textContent, one]));
  return words.ids.map((word, i) => [word, drawn[word], words.x[i], words.y[i]]).filter(([, one]) => one).map(([word, one, x, y]) =>
    [word, Number(one.getAttribute("x")), Number(one.getAttribute("y")), xaxis.l2p(x), yaxis.l2p(y)]);
}"""
"""The words that are written: where the browser has them, and where their numbers say, in pixels."""


def places(page) -> dict[str, tuple[float, ...]]:
    return {word: tuple(numbers) for word, *numbers in page.evaluate(WRITTEN, MAP)}


def settled(page, selector: str) -> str:
    """A text once it stays the same."""
    before = None
    for _ in range(40):
        now = page.locator(selector).inner_text()
        if now == before:
            break
        before = now
        page.wait_for_timeout(500)
    return before


def test_words_move_into_shape_and_neighbours_change(train):
    page = train("corpus=lee&epochs=20")
    page.evaluate(f"document.querySelector('{MAP}').dataset.mine = 'yes'")
    first, table = places(page), page.locator(NEIGHBOURS).get_attribute("aria-label")
    press(page, "Play")
    wait_for_state(page, "finished")
    page.wait_for_timeout(1500)
    arrived = f"s => ({WRITTEN})(s).every(([, x, y, trueX, trueY]) => Math.hypot(x - trueX, y - trueY) < 0.5)"
    page.wait_for_function(arrived, arg=MAP)
    last = places(page)
    assert page.locator(MAP).get_attribute("data-mine") == "yes", "the node was replaced while training"
    assert int(page.locator(MAP).get_attribute("data-drawn")) >= 4
    common = first.keys() & last.keys()
    assert len(common) > 10 and all(first[word] != last[word] for word in common)
    assert page.locator(NEIGHBOURS).get_attribute("aria-label") != table
    assert "new since step" in page.locator(TABLE).inner_text()


def test_space_plays_and_pauses(train):
    page = train("corpus=lee&epochs=100")
    page.keyboard.press("Space")
    wait_for_state(page, "training")
    page.keyboard.press("Space")
    wait_for_state(page, "paused")
    stood = status(page)
    page.wait_for_timeout(1200)
    assert status(page) == stood and int(re.search(r"step (\d+)", stood)[1]) > 0


def test_the_scrubber_shows_an_earlier_moment(train):
    page = train()
    press(page, "Play")
    wait_for_state(page, "finished")
    before = settled(page, TABLE)
    page.locator("input[type=range][aria-label='Moment of the training']").focus()
    page.keyboard.press("Home")
    page.wait_for_function("s => /step 0\\b/.test(document.querySelector(s).innerText)", arg=STATUS)
    assert settled(page, TABLE) != before
    press(page, "newest")
    page.wait_for_function("([s, t]) => document.querySelector(s)?.innerText === t", arg=[TABLE, before])


def test_a_clicked_word_is_followed(train):
    page = train()
    word = page.locator(f"{MAP} .textpoint text", has_text=re.compile("^sky$")).first
    box = word.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("s => document.querySelector(s).innerText.includes('“sky”')", arg=".st-key-notice_embed_map")


def test_typing_goes_on_while_the_page_is_drawn_again(train):
    page = train("algorithm=fasttext&corpus=lee&epochs=200")
    press(page, "Play")
    wait_for_state(page, "training")
    field = page.get_by_role("textbox", name="A word", exact=True)
    field.fill("")
    field.press_sequentially("ministeer", delay=250)
    field.press("Enter")
    page.wait_for_function(
        "s => document.querySelector(s)?.innerText.includes('“ministeer” never occurs')",
        arg=".st-key-notice_embed_pieces",
    )
    wait_for_state(page, "training")
    press(page, "Stop")


def test_hostile_text_is_read_as_text(page, address):
    page.goto(f"{address}train_embeddings?corpus=own&min_count=1&dimensions=5&epochs=5&punctuation=false")
    field = page.get_by_role("textbox", name="Paste a text")
    field.fill(HOSTILE * 30)
    field.press("Control+Enter")
    page.wait_for_selector(f"{MAP} .main-svg", timeout=60_000)
    watch = page.get_by_role("textbox", name="Words to watch")
    watch.fill("<img src=x>, <b>bold</b>, http, $, click")
    watch.press("Enter")
    press(page, "Play")
    wait_for_state(page, "finished")
    page.wait_for_timeout(1500)
    main = page.get_by_test_id("stMain")
    assert main.locator("img").count() == 0
    assert main.locator("b", has_text="bold").count() == 0
    assert page.locator(f"{MAP} a, {NEIGHBOURS} a").count() == 0
    assert main.locator("a[href*='example']").count() == 0
    assert page.locator(f"{NEIGHBOURS} text", has_text="<img_src=x>").count() == 1
    assert page.title() == "Train embeddings - Unrolled"
    assert "evil" not in page.url and "example" not in page.url, "a visitor's text must not be part of a link"


def test_a_run_is_saved_and_opened_again(train, tmp_path):
    page = train(SMALL + "&algorithm=cbow")
    press(page, "Play")
    wait_for_state(page, "finished")
    table = settled(page, TABLE)
    with page.expect_download() as download:
        press(page, "Save run")
    path = tmp_path / "run.safetensors"
    download.value.save_as(path)
    page = train("corpus=lee")
    page.locator("input[type=file]").last.set_input_files(path)
    wait_for_state(page, "finished")
    page.wait_for_function("([s, t]) => document.querySelector(s)?.innerText === t", arg=[TABLE, table])
    assert "algorithm=cbow" in page.url and "corpus=phrases" in page.url


def test_a_file_that_is_no_run_is_refused_in_words(train, tmp_path):
    page = train()
    path = tmp_path / "bad.safetensors"
    path.write_bytes(b"\x80\x04\x95 a pickle, perhaps")
    page.locator("input[type=file]").last.set_input_files(path)
    page.get_by_test_id("stSidebar").get_by_test_id("stAlert").wait_for()
    assert status(page).startswith("untrained")


def test_vectors_are_downloaded_and_sent_to_the_map(train, tmp_path):
    page = train()
    with page.expect_download() as download:
        press(page, "Download vectors")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    words, dimensions = map(int, head.split())
    assert path.name == "skipgram-phrases.vec" and dimensions == 5 and len(lines) == words > 50
    press(page, "Send to the map")
    page.get_by_role("link", name="Open the word map").wait_for()


def test_presenting_shows_the_map_without_scrolling(train):
    page = train(SMALL + "&present=1")
    assert not page.get_by_test_id("stSidebar").is_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_timeout(500)
    box = page.locator(MAP).bounding_box()
    assert box["y"] + box["height"] <= 720 and box["width"] > 1000
    title = "() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1')); return r.getBoundingClientRect().right }"
    assert page.evaluate(title) <= page.get_by_role("button", name="Play").first.bounding_box()["x"]
    page.set_viewport_size({"width": 1280, "height": 900})
