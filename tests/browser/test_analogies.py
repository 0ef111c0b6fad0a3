"""The page "Similarity and analogies" as a visitor uses it: ask, bring own words, run the test, take results along."""

from __future__ import annotations

import csv

import pytest

PLANE = ".st-key-analogy-plane .live-plot-picture"
SECTIONS = ".st-key-analogy-sections .live-plot-picture"
SAID = ".st-key-notice_analogy_plane"
DOUBT = ".st-key-notice_analogy_doubt"
SCORED = ".st-key-notice_analogy_sections"
HOSTILE = ("<img/src=x/onerror=document.title=1>", "[a](http://evil.example)", "<b>bold</b>", "$\\frac{1}{2}$")


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("streamlit_app.py")


@pytest.fixture
def ask(page, address):
    """The page with its first picture."""

    def open_(query: str = "view=analogy", picture: str = PLANE):
        page.goto(f"{address}analogies?{query}")
        page.wait_for_selector(f"{picture} .main-svg", timeout=90_000)
        return page

    return open_


def written(page, picture: str) -> list[str]:
    """The words written beside the points of a picture."""
    return page.evaluate(
        "s => [...document.querySelectorAll(s)].map((n) => n.textContent)", f"{picture} .textpoint text"
    )


def wait_for(page, selector: str, words: str, timeout: int = 60_000) -> None:
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
        arg=[selector, words],
        timeout=timeout,
    )


def test_the_parallelogram_appears_and_is_redrawn_in_place(ask):
    page = ask()
    assert {"man", "king", "woman", "queen ✓", "king − man + woman"} <= set(written(page, PLANE))
    assert "“king” is nearer" in page.locator(SAID).inner_text()
    page.evaluate(f"document.querySelector('{PLANE}').dataset.mine = 'yes'")
    page.get_by_text("usa : dollar :: denmark").click()
    wait_for(page, SAID, "“euro”")
    page.wait_for_function(
        f"() => [...document.querySelectorAll('{PLANE} .textpoint text')].some((n) => n.textContent === 'krone ✓')"
    )
    assert page.locator(PLANE).get_attribute("data-mine") == "yes" and "a=usa" in page.url


def test_a_typed_question_is_answered_and_a_mistake_explained(ask):
    page = ask()
    for label, name, word in (
        ("Word a", "a", "france"), ("Word b", "b", "paris"), ("Word c", "c", "italy"), ("Expected", "expected", "rome"),
    ):  # fmt: skip
        field = page.get_by_role("textbox", name=label)
        field.fill(word)
        field.press("Enter")
        page.wait_for_function("said => location.search.includes(said)", arg=f"{name}={word}")
    wait_for(page, SAID, "“rome”")
    field = page.get_by_role("textbox", name="Word c")
    field.fill("itally")
    field.press("Enter")
    page.get_by_text("“itally” is not among these 400,000 words. Did you mean italy").wait_for()


def test_the_whole_test_runs_live_to_the_known_result(ask):
    page = ask("view=test", SECTIONS)
    page.evaluate(f"document.querySelector('{SECTIONS}').dataset.mine = 'yes'")
    page.get_by_role("button", name="Run the test").click()
    page.get_by_role("button", name="Pause").wait_for()
    wait_for(page, SCORED, "9,033 of 19,544 questions right, 46.2 %", timeout=180_000)
    assert page.locator(SECTIONS).get_attribute("data-mine") == "yes", "the node was replaced while the test ran"
    page.get_by_text("are wrong; in").wait_for()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Results").click()
    with open(caught.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[-1][3:7] == ["all", "19544", "19544", "9033"]
    page.get_by_role("button", name="Cancel").click()
    wait_for(page, SCORED, "Press Run the test")


def test_words_of_a_visitors_own_file_are_shown_as_text(ask, tmp_path):
    lines = [
        f"{word} {' '.join(str((i * 7 + k * 3) % 11 - 5) for k in range(6))}"
        for i, word in enumerate((*HOSTILE, "plain"))
    ]
    (tmp_path / "own.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = ask()
    page.locator(".st-key-analogy_bar").get_by_role("combobox").click()
    page.get_by_role("option", name="Open a file").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "own.txt")
    page.get_by_text("“man” is not among these 5 words").wait_for(timeout=30_000)
    for label, word in zip(("Word a", "Word b", "Word c", "Expected"), HOSTILE, strict=True):
        field = page.get_by_role("textbox", name=label)
        field.fill(word)
        field.press("Enter")
        page.wait_for_timeout(400)
    page.wait_for_selector(f"{PLANE} .main-svg")
    wait_for(page, DOUBT, f"The expected “{HOSTILE[3]}”")
    shown = " ".join(written(page, PLANE))
    assert "<b>bold</b>" in shown and HOSTILE[0][:12] in shown
    assert page.title() == "Similarity and analogies - Unrolled"
    assert page.locator("img[src='x'], a[href*='evil.example'], .katex").count() == 0
    assert "bold" not in page.url and "evil" not in page.url


def test_the_picture_fills_a_projector(page, address):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{address}analogies?view=analogy&present=1")
    page.wait_for_selector(f"{PLANE} .main-svg", timeout=90_000)
    box = page.locator(PLANE).bounding_box()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert box["y"] >= 0 and box["y"] + box["height"] <= 720
