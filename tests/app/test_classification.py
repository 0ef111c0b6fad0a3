"""The page Text classification with the real engine behind it."""

from __future__ import annotations

import time

from explorer.app.classify_setting import ClassificationView
from explorer.applications.classification import ClassificationExperiment
from explorer.experiment import from_link, to_link

PATIENCE = 60.0
SMALL = {"texts": "films", "methods": "tfidf,glove", "most": "32", "draws": "1"}


def words(app):
    found = (*app.markdown, *app.caption, *app.info, *app.error, *app.warning)
    return "\n".join(one.value for one in found).replace("\\", "")


def wait(app, wanted):
    end = time.monotonic() + PATIENCE
    while wanted not in words(app):
        assert time.monotonic() < end, words(app)
        assert not app.exception
        time.sleep(0.05)
        app.run()
    return app


def learned(open_page, **settings):
    app = wait(open_page("classification.py", **{**SMALL, **settings}), "**nothing learned yet**")
    next(button for button in app.button if button.label == "Play").click().run()
    return wait(app, "**finished**")


def test_what_was_learned_is_shown_asked_and_told(open_page):
    app = learned(open_page)
    said = words(app)
    assert "With 16 labelled texts" in said and "Judged on 50 held-out texts" in said
    assert "mistakes to read" in said and "answered **" in said and "leans on “" in said
    assert "How far the view from inside agrees" in said and "no word speaks louder than" in said
    next(one for one in app.text_input if one.label == "Your own sentence").set_value("a <b>dull</b> film").run()
    wait(app, "Your sentence, read by each method")
    assert app.query_params["typed"] == "a <b>dull</b> film" and "“dull”" in words(app)
    next(one for one in app.text_input if one.label == "Your own sentence").set_value("🌹🌹").run()
    wait(app, "There is no word to read")
    assert not app.exception


def test_mistakes_lead_to_their_words_and_methods_are_chosen(open_page):
    app = learned(open_page, shown="glove")
    assert "GloVe average after 32 labelled texts" in words(app)
    next(button for button in app.button if button.label == "Why?").click().run()
    app.run()
    number = app.query_params["example"]
    assert f"Held-out text {number} of 200" in words(app)
    next(one for one in app.segmented_control if one.label == "Method").set_value("tfidf").run()
    app.run()
    assert app.query_params["shown"] == "tfidf" and "TF-IDF after 32 labelled texts" in words(app)
    assert not app.exception


def test_own_texts_are_asked_for(open_page):
    app = wait(open_page("classification.py", texts="own"), "Open a .csv file at the left")
    assert not app.error and not app.exception


def test_bad_links_are_named(open_page):
    app = open_page("classification.py", methods="tfidf,magic", most="7")
    notices = " ".join(warning.value for warning in app.warning)
    assert "magic" in notices and "most" in notices and not app.exception


def test_the_address_is_the_view():
    view = ClassificationView(texts="films", methods="gru", shown="gru", size=64, typed="a & b", way="inside", example=3)
    assert from_link(ClassificationView, to_link(view)) == (view, [])
    assert type(view.learning()) is ClassificationExperiment and view.learning().methods == "gru"
