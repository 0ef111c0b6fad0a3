"""The page Named entities with the real engine behind it: it trains, marks names, and takes files in and out."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from streamlit.testing.v1 import AppTest

from explorer.app.components import marked_names
from explorer.app.entities_controls import KEEPING, _read
from explorer.app.entities_marks import line_of
from explorer.app.entities_scores import known_notice
from explorer.app.entities_setting import EntityView
from explorer.app.entities_text import first_of, text_notice
from explorer.applications.entities import EntityExperiment, material_of
from explorer.applications.entities.asking import Answer
from explorer.applications.entities.material import NEW_NAMES, NEW_PATTERNS, REAL
from explorer.applications.entities.tags import Entity, entities

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
    assert "Of 30,000 characters the first 20,000" in text_notice(material_of(EntityExperiment()), [], 0, 30_000)


def test_names_that_are_known_all_the_same():
    material = material_of(EntityExperiment())
    assert [known_notice(material, part).split(" stand")[0].split(" names ")[1] for part in (NEW_NAMES, NEW_PATTERNS)] == ["0", "0"]
    learned = {" ".join(words[one.start : one.end]).lower() for words, tags in material.training for one in entities(tags)}
    real = [" ".join(words[one.start : one.end]).lower() for words, tags in material.parts[REAL] for one in entities(tags)]
    number = sum(name in learned for name in real)
    assert known_notice(material, REAL) == f"Of their {len(real)} names {number} stand in training sentences, too." and number


def test_a_click_means_a_sentence_not_a_row():
    heard = [marked_names._first_time("test:rows", {"serial": i, "number": number}) for i, number in enumerate((7, 0, "7", True, 9))]
    assert heard == [7, None, None, None, 9] and marked_names._first_time("test:rows", {"serial": 4, "number": 9}) is None


def test_a_held_out_file_can_be_removed(open_page):
    app = open_page(PAGE, data="own", beside="nothing", **TINY)
    app.session_state["entities:values"] |= {"own_train": "Ada B-PER\nran O\n\n" * 20, "own_test": "Eve B-PER\nran O\n\n" * 7}
    wait(app.run(), lambda text: "**untrained**" in text)
    assert notice(app, "f1-0").startswith("7 sentences")
    [button for button in app.button if button.label == "Remove it"][1].click().run()
    wait(app, lambda text: "**untrained**" in text)
    assert notice(app, "f1-0").startswith("4 sentences") and len([one for one in app.button if one.label == "Remove it"]) == 1


def test_of_a_long_text_little_is_read_while_it_trains():
    assert first_of([("a",)] * 90) == [("a",)] * 40 and len(first_of([("a",) * 150] * 20)) == 6 and len(first_of([("a",) * 2000])) == 1
    answer = Answer(("Ada",), ("B-PER",), np.ones(1), np.ones((2, 1)))
    told = text_notice(material_of(EntityExperiment()), [answer] * 40, 60, 900)
    assert told.startswith("40 names in the first 40 of 60 sentences: PER 40.") and "for the file" in told
