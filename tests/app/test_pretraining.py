"""The page "Pre-train your own" with the real engine behind it: both objectives, every chapter, what visitors type, and files."""

from __future__ import annotations

import math
import time

import pytest

from explorer.app.pretrain_controls import KEEPING
from explorer.app.pretrain_pieces import after_merges, excerpt
from explorer.app.pretrain_setting import CHAPTERS, PretrainView
from explorer.app.pretrain_table import milestones
from explorer.experiment import from_link, to_link
from explorer.runs.archive import to_bytes

PATIENCE = 60.0
PAGE = "pretraining.py"
TINY = {"corpus": "lee", "layers": "2", "heads": "2", "width": "16", "context": "16", "batch": "2", "steps": "6"}


def words(app):
    return "\n".join(one.value for one in (*app.markdown, *app.caption, *app.info, *app.error, *app.warning)).replace("\\", "")


def wait(app, wanted):
    end = time.monotonic() + PATIENCE
    while wanted not in words(app):
        assert time.monotonic() < end, words(app)
        assert not app.exception, app.exception
        time.sleep(0.05)
        app.run()
    return app


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def field(app, label):
    return next(one for one in app.text_input if one.label == label)


def trained(open_page, **settings):
    app = wait(open_page(PAGE, **{**TINY, **settings}), "**untrained**")
    press(app, "Play")
    return wait(app, "**finished**")


def test_a_gpt_shows_what_it_expects_and_writes_at_every_moment(open_page):
    app = trained(open_page, objective="gpt")
    assert "At step 6 its first guess is right for" in words(app)
    assert "bits per character (frequencies alone:" in words(app)
    assert "| step | it writes |" in words(app) and "| **6** |" in words(app) and "| 0 |" in words(app)
    field(app, "A beginning").set_value("Ünïcode 🙂 שלום <b>").run()
    assert "The network of step 6 writes" in words(app) and not app.exception
    field(app, "Your own text").set_value("to be or not to be " * 20).run()
    assert "of 16 characters" in words(app), "as much of it as the network sees"


def test_a_bert_fills_gaps_and_says_what_a_gap_is(open_page):
    app = trained(open_page, objective="bert", units="words", words="500")
    assert "| step | gap 1 | gap 2 |" in words(app) and "bits per hidden piece" in words(app)
    field(app, "A text with gaps").set_value("No gap here").run()
    assert "[MASK]" in words(app) and "| gap 1 |" not in words(app)
    assert not app.exception


def test_heads_and_places_are_measured(open_page):
    app = trained(open_page, chapter="inside", positions="learned", layer_shown="2", head_shown="2")
    said = words(app)
    assert "Layer 2, head 2" in said and "an induction head" in said and "looking evenly would give" in said
    assert "Two neighbouring places have a cosine of" in said
    assert app.query_params["chapter"] == "inside" and app.query_params["layer_shown"] == "2"
    press(app, "See one appear")
    wait(app, "**untrained**")
    assert app.query_params["corpus"] == "repeated" and not app.error


def test_merges_are_shown_as_they_were_learned(open_page):
    app = wait(open_page(PAGE, **TINY, chapter="pieces", units="subwords", merges="100"), "**untrained**")
    assert "100 merges turn" in words(app) and "Merge 1 of 100 joined" in words(app)
    field(app, "A word").set_value("🙂 x").run()
    assert "it is" in words(app) and not app.exception
    field(app, "A word").set_value(" ").run()
    assert "Type a word" in words(app)


def test_fewer_merges_cut_as_if_fewer_had_been_learned():
    from explorer.sequence.pretraining import vocabulary

    many, few = (vocabulary(PretrainView(corpus="lee", units="subwords", merges=merges).training()) for merges in (200, 50))
    text = excerpt("The prime minister said yesterday that the government would not agree to the proposal of the opposition.", 400)
    assert after_merges(many, text, 50) == few.cut(text)
    assert after_merges(many, text, 200) == many.cut(text) and after_merges(many, text, 0) == list(text)


def test_without_a_text_of_ones_own_it_says_what_to_do_and_with_one_it_learns_it(open_page):
    app = wait(open_page(PAGE, **{**TINY, "corpus": "own"}), "There is no text of your own yet")
    app.text_area[0].set_value("the cat <b>sat</b> on the mat, said 🙂 the hat. " * 30).run()
    wait(app, "**untrained**")
    assert not app.error and "cat" not in str(app.query_params)


def test_a_measurement_grows_and_can_be_cancelled(open_page):
    app = trained(open_page, chapter="use", labelled="sentiment", examples="8", draws="1")
    assert "Nothing is measured yet" in words(app)
    press(app, "Measure")
    end = time.monotonic() + PATIENCE
    while "pretrain:drawn:transfer" not in app.session_state:
        assert time.monotonic() < end and not app.exception
        time.sleep(0.05)
        app.run()
    press(app, "Cancel")
    wait(app, "With the GPT of characters at step 6")
    assert not app.error


def test_learned_text_is_charged_for_its_unknown_words_like_held_out_text():
    from explorer.app.pretrain_reading import _spelt
    from explorer.sequence.pretraining.reading import source

    read = source(PretrainView(corpus="lee", units="words", words=500).training())
    text = read.corpus.training
    spelt = read.pieces.unsaid(read.pieces.cut(text)) / len(text) / math.log(2)
    assert _spelt(read) == pytest.approx(spelt) and spelt > 0.1


def test_the_address_is_the_view_and_never_holds_what_was_typed():
    for chapter in CHAPTERS:
        view = PretrainView(objective="bert", chapter=chapter, layer_shown=2, text="secret " * 100, corpus="own")
        assert "text" not in to_link(view)
        found, notices = from_link(PretrainView, to_link(view))
        assert not notices and found.chapter == chapter and found.layers == view.layers


def test_a_saved_run_opens_with_its_settings(open_page):
    experiment = PretrainView(**TINY, objective="gpt").training()
    frames = list(experiment.frames((), lambda step: step == 6))
    opened = KEEPING.open(to_bytes(KEEPING.kind, experiment.model_dump_json(), (), frames))
    assert opened.experiment == experiment and opened.frames[-1].step == 6
    assert KEEPING.name(experiment) == "gpt-characters"


@pytest.mark.parametrize("steps, shown, kept", [([0, 1, 2, 5, 9, 10, 20], 10, [0, 5, 9, 10, 20]), ([0], 0, [0])])
def test_rows_are_kept_of_moments_far_apart_and_of_the_one_shown(steps, shown, kept):
    assert milestones(steps, shown) == kept
