"""The page "Text to vectors" as a visitor uses it: a cell back to its sentences, a word of the window, an own text."""

from __future__ import annotations

import re

import pytest

from explorer.text.cleaning import Cleaning, cleaned
from explorer.text.windows import meetings

TABLE = ".st-key-text-company .live-plot-picture"
WINDOW = ".st-key-text-window .live-plot-picture"
BEHIND = ".st-key-behind_cell"
WRITTEN = ".st-key-sentence_written"
HOSTILE = (
    'The <img src=x onerror="document.title=1"> king met the <b>queen</b> at [home](http://evil.example) and www.evil.example. '
    "The <b>queen</b> met the king in $x$ :smile: `code`.\n\n=1+1 likes *stars* and ~~tildes~~. The king likes =1+1."
)


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def text_page(page, address):
    def open_(query: str):
        page.goto(f"{address}text_to_vectors?{query}")
        return page

    return open_


def words_of(page, picture: str) -> list[str]:
    """The words along the table's rows."""
    return page.evaluate("selector => document.querySelector(selector).layout.yaxis.ticktext", picture)


def click_point(page, picture: str, place: str) -> None:
    """Click a point of a picture, given as JavaScript that makes it of the picture's node, once nothing moves any more."""
    page.wait_for_selector(picture, timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.locator(picture).scroll_into_view_if_needed()
    page.wait_for_selector(f"{picture} .main-svg")
    code = """([selector, place]) => {
        const node = document.querySelector(selector), { xaxis, yaxis } = node._fullLayout, box = node.getBoundingClientRect();
        const [x, y] = new Function("node", `return ${place}`)(node);
        return [box.x + xaxis._offset + xaxis.l2p(x), box.y + yaxis._offset + yaxis.l2p(y)];
    }"""
    before = None
    while (now := page.evaluate(code, [picture, place])) != before:
        before = now
        page.wait_for_timeout(300)
    page.mouse.move(*now)
    page.mouse.click(*now)


def wait_for_text(page, selector: str, words: str) -> None:
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
        arg=[selector, words],
        timeout=30_000,
    )


def test_a_cell_leads_back_to_its_sentences(text_page):
    page = text_page("corpus=lee&stop_words=true&shown=12")
    page.wait_for_selector(TABLE, timeout=60_000)
    page.locator(TABLE).scroll_into_view_if_needed()
    page.wait_for_selector(f"{TABLE} .main-svg")
    shown = words_of(page, TABLE)
    text = cleaned("lee", "", Cleaning(stop_words=True))
    assert shown == list(text.counts)[:12]
    page.evaluate(f"document.querySelector('{TABLE}').dataset.mine = 'yes'")
    for row, column in ((1, 4), (3, 2)):
        click_point(page, TABLE, f"[{column}, {row}]")
        found = meetings(text.sentences, shown[row], shown[column], 5)
        sentences = {one.sentence for one in found}
        wait_for_text(
            page, BEHIND, f"They meet {len(found)} times in {len(sentences)} sentences" if len(found) > 1 else "They"
        )
        assert page.locator(f"{BEHIND} .stMarkdownColoredBackground").first.inner_text().strip("\u2060") == shown[row]
        first = text.sources[min(sentences)][:60]
        assert first.split()[0] in page.locator(BEHIND).inner_text()
    assert page.locator(TABLE).get_attribute("data-mine") == "yes", "the node was replaced"
    assert re.search(r"row=4.*column=3|column=3.*row=4", page.url)


def test_a_click_on_a_word_moves_the_window(text_page):
    page = text_page("corpus=phrases&sentence=45&centre=3")
    click_point(page, WINDOW, "[node._fullData[2].x[1], node._fullData[2].y[1]]")
    wait_for_text(page, ".st-key-notice_text_window", "“poppy” alone")
    assert "centre=2" in page.url


def test_a_hostile_text_is_letters_everywhere_and_stays_out_of_the_address(text_page):
    page = text_page("corpus=own&min_count=1&sentence=1")
    field = page.get_by_label("Paste a text")
    field.fill(HOSTILE)
    field.press("Control+Enter")
    page.wait_for_selector(WRITTEN)
    assert HOSTILE.split(". ")[0] in page.locator(WRITTEN).inner_text().replace("\u2060", "")
    for picture in (WINDOW, TABLE, ".st-key-text-zipf .live-plot-picture"):
        page.locator(picture).scroll_into_view_if_needed()
        page.wait_for_selector(f"{picture} .main-svg")
    main = page.locator("[data-testid=stMain]")
    assert main.locator("img, script, a[href*=evil]").count() == 0
    assert page.title() == "Text to vectors - Unrolled"
    assert main.locator("b").filter(has_text="queen").count() == 0
    assert main.locator("del").filter(has_text="<").count() > 0, "what was removed is struck through"
    assert "king" not in page.url and "queen" not in page.url


def test_the_files_are_there_and_cannot_act(text_page):
    page = text_page("corpus=own&min_count=1&punctuation=false")
    field = page.get_by_label("Paste a text")
    field.fill(HOSTILE)
    field.press("Control+Enter")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Words and counts (.csv)").click()
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "rank,word,count,share,zipf,kept"
    assert any(line.split(",")[1] == "'=" for line in lines) and not any(
        line.split(",")[1] == "=" for line in lines[1:]
    )
