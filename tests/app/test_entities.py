"""The page Named entities with the real engine behind it: it trains, marks names, and takes files in and out."""

from __future__ import annotations

import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from explorer.app.entities_controls import KEEPING, _read
from explorer.app.entities_marks import line_of
from explorer.app.entities_setting import EntityView
from explorer.app.entities_text import text_notice
from explorer.applications.entities import EntityExperiment, material_of
from explorer.applications.entities.tags import Entity

PATIENCE = 90.0
PAGE = "entities.py"
TINY = {"hidden": "8", "batch": "4", "steps": "5"}


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning, *app.caption, *app.subheader)
    return "\n".join(element.value for element in elements)


def wait(app: AppTest, found: Callable[[str], bool]) -> AppTest:
    end = time.monotonic() + PATIENCE
    while not found(words(app)):
        assert time.monotonic() < end, words(app)
        assert not app.exception, app.exception
        time.sleep(0.1)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def notice(app: AppTest, name: str) -> str:
    return " ".join(app.session_state[f"entities:drawn:{name}"][2])


def test_two_taggers_train_and_a_typed_sentence_and_a_text_are_marked(open_page):
    app = wait(open_page(PAGE, **TINY), lambda text: "**untrained**" in text)
    press(app, "Play")
    wait(app, lambda text: "**finished**" in text)
    assert not app.exception and not app.error
    assert "names rightly" in notice(app, "sentence") and "both ways" in notice(app, "f1-0") and "one way" in notice(app, "f1-2")
    first, second = app.session_state["entities:run"], app.session_state["entities.one way:run"]
    assert second.base == first.base.replace(bidirectional=False)
    app.text_input[0].set_value("<b>Jordan</b> met [x](http://y.z) in Lima .").run()
    assert "rightly" not in notice(app, "sentence") and not app.exception
    app.text_area[0].set_value("Ada Lovelace lived in London. " * 60).run()
    assert "in 60 sentences" in words(app) and "first 40 sentences" in words(app)
    app.text_area[0].set_value("🎉").run()
    assert not app.exception
    # Another choice beside it lets go of the twin and trains the other three.
    app.selectbox[0].set_value("parts").run()
    wait(app, lambda text: "words + letters + GloVe" in text and "step 5" in text)
    assert "entities.one way:run" not in app.session_state and "entities.words:run" in app.session_state


def test_without_a_file_it_says_what_to_open(open_page):
    app = open_page(PAGE, data="own")
    assert "Open a CoNLL file" in words(app) and not app.exception
    text, told, problem = _read(b"Peter B-PER\nran O\n\n" * 6)
    assert "6 sentences, 6 names (PER)" in told and not problem
    assert _read(b"Peter B-PER\n")[2].startswith("The file has only 1 sentence")
    view = EntityView(data="own", own_train=text)
    assert list(view.members()) == ["both ways", "one way"] and KEEPING.shown(view.training()).own_train == text


def test_a_sentence_is_written_as_one_writes_it():
    line = line_of(("🎉", "Ada", "Lovelace", "(", "1815", ")", "lived", "."), [Entity("PER", 1, 3)], ("PER",), {"PER": "person"}, [])
    assert line.text == "🎉 Ada Lovelace (1815) lived."
    (name,) = line.names  # counted in the browser's units: the emoji takes two
    assert (name.start, name.end, name.look) == (3, 15, "wrong")
    missed = line_of(("Ada", "ran"), [], ("PER",), {}, [Entity("PER", 0, 1)]).names
    assert [(one.look, one.told) for one in missed] == [("missed", "not found: PER")]


def test_the_parts_of_a_tagger():
    view = EntityView(beside="parts", letters=False)
    assert list(view.members()) == ["words + GloVe", "words + letters + GloVe", "words + letters", "words"]
    assert "Of 30,000 characters the first 20,000" in text_notice(material_of(EntityExperiment()), [], 30_000)
