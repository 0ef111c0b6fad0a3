"""The page "Retrieval" in a browser: a click on a box looks at that paragraph with the eyes of that method."""

from urllib.parse import parse_qs, urlsplit


def test_a_click_on_a_box_explains_it(page, serve):
    base = serve("streamlit_app.py")
    page.goto(f"{base}retrieval?corpus=wikipedia&question=Who+brought+aikido+to+France+in+1951%3F", wait_until="domcontentloaded")
    plot = page.locator(".js-plotly-plot").first
    plot.wait_for(timeout=120_000)
    page.get_by_text("Why was it found?").wait_for(timeout=60_000)
    box = plot.bounding_box()
    # The second lane of four, its second row.
    page.mouse.click(box["x"] + 30 + (box["width"] - 30) * 0.37, box["y"] + 34 + 42 * 1.5)
    page.wait_for_function("() => location.search.includes('method=bm25') && location.search.includes('looked=')", timeout=20_000)
    said = parse_qs(urlsplit(page.url).query)
    assert said["method"] == ["bm25"] and int(said["looked"][0]) > 0
    page.get_by_role("paragraph").filter(has_text="For BM25 this paragraph has rank 2.").wait_for(timeout=20_000)
