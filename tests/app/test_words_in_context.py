"""The page "Words in context" without a browser: words, links, own sentences, and texts that are no sentences."""

import csv
import io
import re
import time

import pytest

from explorer.app import contextual_loading
from explorer.app.awaited import Awaited
from explorer.app.context_downloads import cosines_csv, vectors_csv
from explorer.app.context_sentence import within
from explorer.app.context_settings import PAGE
from explorer.applications.contextual import odd_words
from explorer.applications.contextual.occurrences import Occurrence
from explorer.applications.contextual.odd_words import OddWordsExperiment
from explorer.embedding import EmbeddingExperiment
from explorer.text.shipped import DamagedPackage

FILE = "words_in_context.py"
HOSTILE = "weight | The <b>light</b> [bag](http://evil.example).\nlamp | Turn off the light.\nlamp | A light שלום 🙂 $x$.\nweight | =light as\nnothing"


def said(app) -> str:
    elements = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error)
    return re.sub(r"\\(.)", r"\1", "\n".join(element.value for element in elements)).replace("\u2060", "")


def field(elements, label):
    return next(one for one in elements if one.label == label)


def scene(app):
    return list(app.session_state[f"{PAGE}:scenes"].values())[-1]


def test_the_page_tells_its_numbers(open_page):
    app = open_page(FILE)
    assert not app.exception and not app.warning and not app.error
    text = said(app)
    gap = scene(app).gap
    assert gap.gap[6] > 0.08 and f"a gap of {gap.gap[6]:.3f}, in layer 0 {gap.gap[0]:.3f}" in text
    assert "means the same for 10 of 10" in text and "| **bank** | 10 |" in text
    assert "gives 100 % to the subword before" in text and "Attention is not explanation" in text
    assert "Rank agreement (Spearman)" in text and "none belongs to a prediction head" in text
    assert "no row, no vector" in text and "king ##do ##om" in text


def test_a_link_brings_the_view_back(open_page):
    app = open_page(FILE, word="spring", layer="3", centre="own", colour="cluster", picked="11", floor="2", head="9")
    assert not app.exception and not app.warning
    text = said(app)
    assert "Layer 2, head 9" in text and "adjusted Rand index" in text and "a gap of" in text
    assert app.query_params["word"] == "spring" and app.query_params["picked"] == "11"
    field(app.selectbox, "Head").set_value(3).run()
    assert app.query_params["head"] == "3" and "Layer 2, head 3" in said(app)
    field(app.selectbox, "Word looked at").set_value(2).run()
    assert app.query_params["looked"] == "2" and "for “hot” this head names" in said(app)
    app = open_page(FILE, word="<b>", layer="77")
    assert "word" in said(app) and "layer" in said(app) and not app.exception


def test_own_sentences_with_and_without_senses(open_page):
    app = open_page(FILE, word="own")
    assert "Type a word and a few sentences" in said(app) and "Who looks at whom" in [one.value for one in app.subheader]
    field(app.text_input, "Your word").set_value("light").run()
    app.text_area[0].set_value(HOSTILE).run()
    assert not app.exception and not app.error
    text = said(app)
    assert "1 of the sentences does not hold the word" in text and "| **light** | 4 |" in text
    assert "told" not in app.query_params and app.query_params["own_word"] == "light"
    found = scene(app)
    rows = list(csv.reader(io.StringIO(vectors_csv(found).decode("utf-8-sig"))))
    assert rows[0][:3] == ["number", "sense", "sentence"] and len(rows) == 5 and len(rows[1]) == 3 + 384 and rows[4][2] == "'=light as"
    rows = list(csv.reader(io.StringIO(cosines_csv(found).decode("utf-8-sig"))))
    assert len(rows) == 1 + 6 and float(rows[1][-1]) == pytest.approx(found.cosines[6, 0, 1])
    app.text_area[0].set_value("A light bag.\nTurn off the light.").run()
    assert "Tell the sense in each sentence" in said(app) and "mean cosine of" in said(app)
    app.text_area[0].set_value("Just one light.").run()
    assert "A single occurrence" in said(app) and not app.exception
    app.text_area[0].set_value("river |").run()
    assert "there is no sentence behind the bar" in said(app) and not app.exception
    app.text_area[0].set_value("Nothing.").run()
    assert "stands in none of the sentences" in said(app) and not app.exception
    app.text_area[0].set_value("weight | The suitcase was light.\nlamp | Turn off the light.").run()
    assert "Each sense stands in one sentence only" in said(app) and "**light**" not in said(app) and not app.exception


def test_any_text_gets_an_answer(open_page):
    app = open_page(FILE, source="typed")
    texts = {
        "🙂 שלום <b>x</b> [SEP]": "pieces, separators included",
        "word " * 4_000: "The first 60 of 4,000 words are read",
        "x" * 20_000: "1 could not be read at all",
        "." * 20_000: "20,002 subwords; the model reads 512",
        ". " * 20 + "." * 90: "The first 60 words and signs are read",
        ("abcdefghijklmnopqrst" * 4 + " ") * 9: "words and signs are read here: at most 60, and at most 120 subwords",
        "   ": "There is no word to read",
        "Unaffordably goldsmithery": "were cut",
    }
    for typed, expected in texts.items():
        field(app.text_input, "Your sentence").set_value(typed).run()
        assert not app.exception and expected in said(app), typed[:20]
    assert "typed" not in app.query_params


def test_a_long_sentence_is_read_around_the_word():
    sentence = "one " * 100 + "bank" + " two" * 100
    text, one = within(sentence, Occurrence(sentence, 400, 404, "a"))
    assert len(text.split()) == 30 + 1 + 28 and text[one.start : one.end] == "bank" and one.sense == "a"
    short = Occurrence("A bank.", 2, 6)
    assert within("A bank.", short) == ("A bank.", short)


def test_odd_words_are_compared_on_demand(open_page, monkeypatch):
    small = EmbeddingExperiment(corpus="lee", algorithm="fasttext", epochs=1, dimensions=10, buckets=1000)
    monkeypatch.setattr(OddWordsExperiment, "training", small)
    monkeypatch.setattr(odd_words, "CANDIDATES", 40)
    app = open_page(FILE, odd="kingdoom <b>")
    assert "king ##do ##om" in said(app)
    next(one for one in app.button if one.label == "Train FastText and compare").click().run()
    end = time.monotonic() + 60
    while "Nearest among the" not in said(app):
        assert time.monotonic() < end and not app.exception
        time.sleep(0.1)
        app.run()
    assert "The table has nothing for “kingdoom”, “<b>”" in said(app) and not app.exception


def test_a_damaged_model_is_named(open_page, monkeypatch):
    def damaged(tell):
        raise DamagedPackage("model.safetensors is not the published file. Install it anew: pip install x")

    monkeypatch.setattr(contextual_loading, "_model", Awaited(damaged))
    app = open_page(FILE)
    assert "Install it anew" in said(app) and not app.exception
    assert any(button.label == "Try again" for button in app.button)
