"""The page "Generation" as a visitor uses it: models write, a piece is clicked, and words that look like markup stay words."""

from __future__ import annotations

SMALL = (
    "corpus=lee&width=16&layers=1&heads=2&context=16&batch=4&merges=50&words=500&steps=200&length=60&top_k=5"
    "&prompt=%3Cb%3Ebold%3C%2Fb%3E"
)
CHANCES = ".st-key-notice_generate_chances"


def test_a_clicked_piece_shows_what_it_was_chosen_from(page, serve):
    page.goto(f"{serve('streamlit_app.py')}generation?{SMALL}")
    page.wait_for_selector(".piece", timeout=120_000)
    page.wait_for_function("() => !document.body.innerText.includes('writing ...')", timeout=60_000)
    given = page.locator(".column .given")
    assert given.count() == 3 and given.first.inner_text() == "<b>bold</b>"
    second = page.locator(".column").nth(1).locator(".piece").nth(1)
    second.click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelectorAll('.column')[1]"
        "?.querySelectorAll('.piece')[1]?.classList.contains('chosen'))"
        " || document.querySelectorAll('.column')[1]?.querySelectorAll('.piece')[1]?.classList.contains('chosen')",
        timeout=30_000,
    )
    assert "5 of" in page.locator(CHANCES).inner_text()
