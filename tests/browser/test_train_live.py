"""The page "Train live" as a visitor uses it: play, look back, type, bring hostile words, keep, present."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from explorer.app.presets import PRESETS

PICTURE = ".st-key-train-unrolled .live-plot-picture"
SENTENCE = ".st-key-notice_train_unrolled"
STATUS = ".st-key-status_line_train"
HOSTILE = (
    '<img src=x onerror="document.title=1"> ![x](http://example.com/x.png) [click](http://example.com) '
    "https://evil.example/x www.evil.example someone@evil.example <script>document.title=2</script> <b>bold</b> :material/home: $\\frac{1}{2}$ `code` # heading "
)


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def train(page, address):
    """The page with its first, untrained picture."""

    def open_(query: str = "task=rose"):
        page.goto(f"{address}train_live?{query}")
        page.wait_for_selector(f"{PICTURE} .main-svg", timeout=60_000)
        return page

    return open_


def status(page) -> str:
    return page.locator(STATUS).inner_text()


def step(page) -> int:
    return int(re.search(r"step ([\d,]+)", status(page))[1].replace(",", ""))


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def wait_for_state(page, state: str, timeout: int = 120_000) -> None:
    page.wait_for_function(
        "([selector, state]) => document.querySelector(selector)?.innerText.startsWith(state)",
        arg=[STATUS, state], timeout=timeout,
    )  # fmt: skip


def settled_sentence(page) -> str:
    """The sentence under the picture once it stays the same: it is drawn a moment after the status line."""
    before = None
    for _ in range(40):
        now = page.locator(SENTENCE).inner_text()
        if now == before:
            break
        before = now
        page.wait_for_timeout(500)
    return before


def type_example(page, text: str) -> None:
    field = page.get_by_role("textbox", name="Your own example")
    field.fill(text)
    field.press("Enter")


def test_a_network_learns_that_a_rose_is_red_and_a_violet_blue(train):
    page = train()
    page.evaluate(f"document.querySelector('{PICTURE}').dataset.mine = 'yes'")
    press(page, "Play")
    wait_for_state(page, "finished")
    assert page.locator(PICTURE).get_attribute("data-mine") == "yes", "the node was replaced while training"
    for phrase, colour in (("rose is", "red"), ("violet is", "blue")):
        type_example(page, phrase)
        page.wait_for_function(
            "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
            arg=[SENTENCE, f"expects “{colour}”"],
        )
        share = re.search(rf"expects “{colour}” with (\d+) %", page.locator(SENTENCE).inner_text())
        assert int(share[1]) > 90


def test_space_plays_and_pauses_and_the_arrow_steps(train):
    page = train()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("selector => /step 1\\b/.test(document.querySelector(selector).innerText)", arg=STATUS)
    page.keyboard.press("Space")
    wait_for_state(page, "training")
    page.keyboard.press("Space")
    wait_for_state(page, "paused")
    stood = step(page)
    page.wait_for_timeout(1200)
    assert step(page) == stood > 1


def test_arrows_on_a_slider_move_the_slider_alone_and_a_clicked_button_leaves_space_alone(train):
    page = train("task=rose&steps=100000")
    press(page, "Play")
    wait_for_state(page, "training")
    slider = page.get_by_test_id("stSidebar").get_by_role("slider").nth(2)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => /learning_rate|clip/.test(location.search)")
    page.wait_for_timeout(1000)
    wait_for_state(page, "training")
    page.get_by_role("heading", name="Train live").click()
    page.keyboard.press("Space")
    wait_for_state(page, "paused")
    press(page, "Play")
    wait_for_state(page, "training")
    page.keyboard.press("Space")
    wait_for_state(page, "paused")


def test_the_scrubber_shows_an_earlier_moment(train):
    page = train("task=rose&steps=200")
    press(page, "Play")
    wait_for_state(page, "finished")
    before = settled_sentence(page)
    page.locator("input[type=range][aria-label='Moment of the training']").focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText !== text", arg=[SENTENCE, before]
    )
    press(page, "newest")
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText === text", arg=[SENTENCE, before]
    )


def test_a_link_sets_the_controls_and_starts_nothing(train):
    page = train("task=adding&cell=gru&length=40&learning_rate=0.003")
    page.wait_for_timeout(1500)
    assert status(page).startswith("untrained")
    assert "task=adding" in page.url and "cell=gru" in page.url and "length=40" in page.url
    assert page.get_by_text("0.003", exact=True).first.is_visible()


def test_a_hostile_link_falls_back_and_names_the_field(train):
    page = train("task=rose&hidden=99999&cell=%3Cimg%20src=x%3E&learning_rate=nan&bidirectional=true&zzz=1")
    warning = page.get_by_test_id("stAlert").first.inner_text()
    for named in ("hidden", "cell", "learning_rate", "zzz"):
        assert named in warning
    assert page.locator("img[src='x']").count() == 0
    assert status(page).startswith("untrained")


@pytest.mark.parametrize("task", ["characters", "words"])
def test_hostile_text_is_read_as_text(page, address, task):
    page.goto(f"{address}train_live?task={task}&corpus=own&length=5&hidden=32&batch=16&steps=400&vocabulary=50")
    field = page.get_by_role("textbox", name="Paste a text")
    field.fill(HOSTILE * 30)
    field.press("Control+Enter")
    page.wait_for_selector(f"{PICTURE} .main-svg", timeout=60_000)
    press(page, "Play")
    wait_for_state(page, "finished")
    type_example(page, HOSTILE)
    page.wait_for_timeout(1500)
    main = page.get_by_test_id("stMain")
    assert main.locator("img").count() == 0
    assert main.locator("a[href]:not([href*='train_live'])").count() == 0
    assert main.locator("b", has_text="bold").count() == 0
    assert page.locator(f"{PICTURE} a").count() == 0
    assert page.title() == "Train live - Unrolled"
    assert "example" not in page.url, "a visitor's text must not be part of a link"


def test_a_run_is_saved_and_opened_again(train, tmp_path):
    page = train("task=rose&steps=120&hidden=8")
    press(page, "Play")
    wait_for_state(page, "finished")
    sentence = settled_sentence(page)
    with page.expect_download() as download:
        press(page, "Save run")
    path = tmp_path / "run.safetensors"
    download.value.save_as(path)
    page = train()
    page.locator("input[type=file]").last.set_input_files(path)
    page.wait_for_function("selector => /step 120\\b/.test(document.querySelector(selector)?.innerText)", arg=STATUS)
    # The status line comes first, the sentence a moment after it.
    page.wait_for_function(
        "([selector, sentence]) => document.querySelector(selector)?.innerText === sentence", arg=[SENTENCE, sentence]
    )
    assert "hidden=8" in page.url


def test_a_file_that_is_no_run_is_refused_in_words(train, tmp_path):
    page = train()
    path = tmp_path / "bad.safetensors"
    path.write_bytes(b"\x80\x04\x95 a pickle, perhaps")
    page.locator("input[type=file]").last.set_input_files(path)
    page.get_by_test_id("stSidebar").get_by_test_id("stAlert").wait_for()
    assert status(page).startswith("untrained")


def test_an_explosion_is_explained_and_what_came_before_is_kept(train):
    preset = next(preset for preset in PRESETS if preset.title == "An explosion, caught")
    page = train(urlencode(preset.link()))
    press(page, "Play")
    wait_for_state(page, "stopped")
    assert "step" in page.get_by_test_id("stAlert").first.inner_text()
    assert page.locator(f"{PICTURE} .main-svg").count() > 0


def test_presenting_hides_the_sidebar_and_arrows_turn_pages(train):
    page = train("task=rose&present=1")
    assert not page.get_by_test_id("stSidebar").is_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    box = page.locator(PICTURE).bounding_box()
    assert box["y"] + box["height"] <= 720 and box["width"] > 1000
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => location.search.includes('task=adding')")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.pathname.endsWith('step_by_step') && location.search.includes('present=1')")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_home_page_opens_a_preset(page, address):
    page.goto(address)
    page.get_by_role("link", name="A gate holds on").click()
    page.wait_for_selector(f"{PICTURE} .main-svg", timeout=60_000)
    assert "cell=gru" in page.url and "task=adding" in page.url
