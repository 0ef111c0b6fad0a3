"""The page Summary with the real engine and the real model behind it."""

from __future__ import annotations

import time

import numpy as np
from streamlit.testing.v1 import AppTest

from explorer.app.process import engine
from explorer.app.summary_setting import SummaryView
from explorer.applications.summary.centrality import centrality
from explorer.experiment import from_link, to_link

PAGE = "summary.py"
OWN = "A first paragraph that nobody may choose.\n" + " ".join(f"Sentence number {i} speaks of the {w}." for i, w in enumerate(
    ("moon", "moon and stars", "sea", "moon and sea", "forest", "city"))) + " *Not* <b>markup</b> at all here."  # fmt: skip


def wait(app: AppTest, found) -> AppTest:
    end = time.monotonic() + 60
    while not found(app):
        assert time.monotonic() < end and not app.exception, app.exception
        time.sleep(0.25)
        app.run()
    return app


def notice(app: AppTest, name: str) -> str:
    key = f"summary:drawn:{name}"
    return " ".join(app.session_state[key][2]) if key in app.session_state else ""


def words(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.markdown, *app.info, *app.warning, *app.error, *app.caption))


def test_an_article_in_three_spaces(open_page):
    app = wait(open_page(PAGE, title="Astronomer", sentences="3"), lambda app: "MiniLM" in notice(app, "lanes"))
    found = next(iter(reversed(app.session_state["summary:summaries"].values())))
    assert [lane.space for lane in found.lanes] == ["tfidf", "glove", "minilm"]
    frames = engine().frames_since(app.session_state["summary:run"].name, app.session_state["visit"]).frames
    for lane in found.lanes:
        assert np.allclose(lane.scores, centrality(frames[-1].arrays[lane.space])) and len(lane.chosen) == 3
    assert "random sentences reach" in notice(app, "overlap1") and not app.exception


def test_an_own_text_and_an_empty_one(open_page):
    app = open_page(PAGE, source="own")
    assert any("Paste or open a text" in info.value for info in app.info)
    app.text_area[0].set_value("Too short.").run()
    assert "needs at least" in words(app)
    app.text_area[0].set_value(OWN).run()
    wait(app, lambda app: "MiniLM" in notice(app, "lanes"))
    assert "text" not in app.query_params and "<b>" not in words(app) and not app.exception


def test_a_link_leads_back():
    view = SummaryView(title="Autism", method="degree", threshold=0.1, sentence=4)
    assert from_link(SummaryView, to_link(view)) == (view, [])
