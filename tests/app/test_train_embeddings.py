"""Train embeddings with the real engine behind it: the moments of a run, a second run, files, and when things go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.embedding_keeping import FORMATS, name_of, newest_vectors
from explorer.app.embedding_look import Look, parsed, usual_words
from explorer.app.embedding_pair import together
from explorer.app.process import engine
from explorer.embedding.experiment import EmbeddingExperiment
from explorer.embedding.formats.reading import read_bytes
from explorer.embedding.formats.writing import write_bytes
from explorer.runs.report import Report

PATIENCE = 60.0
PAGE = "train_embeddings.py"
SMALL = {"corpus": "phrases", "min_count": "1", "dimensions": "5", "epochs": "3"}
BEST = "<b>bold</b> *star* [link](http://evil.example) ok "


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.error, *app.warning, *app.caption, *app.subheader)
    return "\n".join(element.value for element in elements)


def wait(app: AppTest, found: Callable[[str], bool]) -> AppTest:
    end = time.monotonic() + PATIENCE
    while not found(words(app)):
        assert time.monotonic() < end, words(app)
        assert not app.exception
        time.sleep(0.1)
        app.run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    found = [button for button in app.button if button.label == label]
    assert found, f"no {label} among {[button.label for button in app.button]}: {words(app)}"
    return found[0].click().run()


def ready(open_page, **settings: str) -> AppTest:
    return wait(open_page(PAGE, **{**SMALL, **settings}), lambda text: "**untrained**" in text)


def finished(open_page, **settings: str) -> AppTest:
    app = press(ready(open_page, **settings), "Play")
    return wait(app, lambda text: "**finished**" in text)


def notice(app: AppTest, name: str) -> str:
    return " ".join(app.session_state[f"embed:drawn:{name}"][2])


def places(app: AppTest) -> np.ndarray:
    return app.session_state["embed:still"].places


def test_words_move_and_neighbours_change(open_page):
    app = ready(open_page, corpus="lee", min_count="5")
    before, table = places(app), notice(app, "neighbours")
    press(app, "Play")
    wait(app, lambda text: "**finished**" in text)
    assert np.abs(places(app) - before).max() > 0.01
    assert notice(app, "neighbours") != table and "new since step" in notice(app, "neighbours")
    assert "epoch 3.0 of 3" in words(app)


def test_looking_back_shows_the_first_moment_again(open_page):
    app = ready(open_page)
    table, loss = notice(app, "neighbours"), notice(app, "loss")
    press(app, "Play")
    wait(app, lambda text: "**finished**" in text)
    assert notice(app, "loss") != loss
    app.session_state["embed:moment"] = 0
    app.run()
    assert (notice(app, "neighbours"), notice(app, "loss")) == (table, loss)
    assert "step 0 " in words(app) and not app.exception


@pytest.mark.parametrize("algorithm", ["cbow", "fasttext", "glove", "ppmi", "tfidf"])
def test_every_algorithm_runs_to_its_end(open_page, algorithm):
    app = finished(open_page, algorithm=algorithm, **({"buckets": "1000"} if algorithm == "fasttext" else {}))
    assert not app.exception and not app.error
    assert ("GloVe is a matrix factorisation" in words(app)) == (algorithm == "glove")
    assert ("A word in pieces" in words(app)) == (algorithm == "fasttext")
    if algorithm == "glove":
        assert "miss the logarithm by" in notice(app, "fit")
    if algorithm == "fasttext":
        assert "“kingdoom” never occurs in this text" in notice(app, "pieces")


def test_watched_words_can_be_chosen_and_unknown_ones_say_so(open_page):
    app = ready(open_page)
    field = next(one for one in app.text_input if one.label == "Words to watch")
    field.set_value("Violet, rosse").run()
    columns = app.session_state["embed:drawn:neighbours"]
    assert "violet" in columns[2][0] and not app.exception
    assert b"Did you mean" in columns[1].data and b"rosse" in columns[1].data


def test_the_vectors_of_contexts_begin_at_zero_and_are_learned(open_page):
    app = ready(open_page)
    next(one for one in app.button_group if one.label == "Vectors of").set_value("output").run()
    assert "begin at zero" in notice(app, "map")
    assert b"its vector is zero" in app.session_state["embed:drawn:neighbours"][1].data.replace(b"<br>", b" ")
    press(app, "Play")
    wait(app, lambda text: "**finished**" in text)
    assert "begin at zero" not in notice(app, "map") and "new since step" in notice(app, "neighbours")


def test_a_second_run_stands_beside_the_first_and_plays_with_it(open_page):
    app = ready(open_page)
    next(one for one in app.selectbox if one.label == "Lay beside").set_value("ppmi").run()
    wait(app, lambda text: "beside it" in text)
    press(app, "Play")
    wait(app, lambda text: "**finished**" in text and "beside it: finished" in text)
    assert "PPMI + SVD, 5 dimensions agree with a cosine of" in app.session_state["embed:maps"].sentence
    assert "moved most" in app.session_state["embed:maps"].sentence
    press(app, "Reset")
    wait(app, lambda text: "**untrained**" in text and "beside it: untrained" in text)
    next(one for one in app.selectbox if one.label == "Lay beside").set_value("").run()
    assert "beside it" not in words(app) and not app.exception


def test_stability_is_measured_and_can_be_cancelled(open_page):
    app = ready(open_page)
    press(app, "Measure stability")
    wait(app, lambda text: "3 trainings compared" in text.replace("\\", ""))
    assert notice(app, "stability").startswith("Two trainings that differ only in their seed share")
    app = press(ready(open_page, corpus="lee", min_count="5", epochs="200"), "Measure stability")
    press(app, "Cancel")
    assert "Measure stability" in [button.label for button in app.button] and not app.exception


def test_vectors_are_sent_to_the_other_pages(open_page):
    app = press(finished(open_page), "Send to the map")
    name = "Skip-gram on Phrases, 5 d, epoch 3"
    assert name in app.session_state["shelf"]
    kept = app.session_state["shelf"][name]
    assert kept.dimensions == 5 and "rose" in kept
    assert app.session_state["map:source"] == app.session_state["analogy:source"] == name


def test_vectors_download_in_every_format_and_come_back(open_page):
    app = finished(open_page)
    vectors = newest_vectors(app.session_state["embed:run"], app.session_state["visit"])
    for suffix in FORMATS:
        back = read_bytes(write_bytes(vectors, f"vectors{suffix}"), f"vectors{suffix}")
        assert back.words == vectors.words
        np.testing.assert_array_equal(back.matrix, vectors.matrix)


def test_own_text_that_is_not_there_yet_is_asked_for(open_page):
    app = open_page(PAGE, corpus="own")
    wait(app, lambda text: "There is no text yet" in text.replace("\\", ""))
    assert not app.exception


def test_own_text_of_which_nothing_is_left_says_what_would_fit(open_page):
    app = open_page(PAGE, corpus="own")
    app.text_area[0].set_value("one two three four five six seven eight nine ten eleven twelve").run()
    wait(app, lambda text: "Choose a least count" in text.replace("\\", ""))
    assert not app.exception


def test_words_with_markup_are_shown_as_text_and_stay_out_of_the_link(open_page):
    app = open_page(PAGE, corpus="own", min_count="1", dimensions="5", epochs="2", punctuation="false")
    app.text_area[0].set_value((BEST + "a b c d e f g h i j k l. ") * 20).run()
    wait(app, lambda text: "**untrained**" in text)
    field = next(one for one in app.text_input if one.label == "Words to watch")
    field.set_value("bold, <b>nothing</b>").run()
    assert not app.exception and "evil" not in str(dict(app.query_params))
    data = app.session_state["embed:drawn:neighbours"][1].data.replace(b"<br>", b" ")
    assert b"<b>nothing" not in data and b"&lt;b&gt;nothing" in data


def test_all_words_alike_is_warned_of(open_page):
    app = finished(open_page, corpus="lee", min_count="5", epochs="2", dimensions="100")
    assert "All words look alike" in words(app) and "more epochs or fewer dimensions" in words(app)


def test_a_run_that_was_dropped_is_missed_in_words(open_page):
    app = finished(open_page)
    engine().drop(app.session_state["embed:run"].name, app.session_state["visit"])
    app.run()
    assert "was dropped" in words(app) and not app.exception


def test_a_bad_link_is_named(open_page):
    app = open_page(PAGE, **{**SMALL, "dimensions": "<b>9</b>", "algorithm": "glove", "negatives": "99"})
    notices = " ".join(warning.value for warning in app.warning)
    assert "dimensions" in notices and "negatives" in notices and not app.exception


def test_words_to_watch_are_read_from_a_line():
    assert parsed("King, New York ,king", lower=True) == ("king", "new_york")
    assert parsed("king Queen", lower=False) == ("king", "Queen")
    assert parsed("a b c d e f g h", lower=True) == tuple("abcdef") and parsed(" , ", True) == ()


def test_without_wishes_meaningful_words_are_watched():
    counts = {"the": 90, "city": 9, "zebra": 8, "king": 5, "and": 4}
    assert usual_words(counts, 3) == ["king", "city", "zebra"]
    assert usual_words({}, 3) == []


def test_stop_words_are_left_out_of_the_map_only_if_wished():
    vocabulary = ("the", "city", "of", "king")
    assert Look(words=50).rows(vocabulary, 4).tolist() == [1, 3]
    assert Look(words=50, hide_stop_words=False).rows(vocabulary, 3).tolist() == [0, 1, 2]
    assert Look(words=1).rows(vocabulary, 4).tolist() == [1]


def test_two_runs_do_what_one_of_them_does():
    def report(state: str, position: int) -> Report:
        return Report(state, position, position, position, (), (), (), None, 0.0, 0, 10, state == "playing")

    assert together(report("finished", 10), report("playing", 4)).state == "playing"
    assert together(report("finished", 10), report("paused", 4)).state == "paused"
    assert together(report("failed", 3), report("paused", 4)).state == "paused"
    assert together(report("finished", 10), report("finished", 9)).state == "finished"
    assert together(report("failed", 3), report("failed", 3)).state == "failed"
    assert together(report("ready", 0), None).state == "ready"


def test_vectors_have_a_telling_name():
    assert name_of(EmbeddingExperiment(), 45) == "Skip-gram on Wikipedia, 50 d, epoch 4.5"
    assert (
        name_of(EmbeddingExperiment(algorithm="ppmi", corpus="lee", dimensions=50), 20)
        == "PPMI + SVD on News, 50 d, iteration 20"
    )
