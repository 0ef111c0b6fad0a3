"""The page "Text to vectors" without a browser: every text, every link, what is left when nothing is left."""

import csv
import io
import re
import time

import numpy as np
import pytest

from explorer.app import text_company, text_comparison, text_documents, text_zipf
from explorer.app.text_company import tables_of, typed, words_of
from explorer.app.text_markup import FIRST, KEPT, REMOVED, chips, marked_sentence
from explorer.app.text_meetings import cell_notice
from explorer.app.text_one_hot import learned_cosines, shown_words
from explorer.app.text_reading import Reading, typical_sentence
from explorer.app.text_settings import PAGE, TextView
from explorer.app.text_zipf import cleaned_text, word_table
from explorer.embedding import comparison, pretrained
from explorer.experiment import from_link, to_link
from explorer.text import cleaning
from explorer.text.cleaning import Cleaning, cleaned
from explorer.text.fates import fates
from explorer.text.stop_words import stop_words
from explorer.text.windows import meetings

FILE = "text_to_vectors.py"
OWN = "The king saw the garden. The queen saw the king.\n\nThe garden of the queen is green. The king is old."
HOSTILE = (
    'The <img src=x onerror="document.title=1"> king met the <b>queen</b> at [home](http://evil.example) and www.evil.example. '
    "The <b>queen</b> met the king in $x$ :smile: `code`.\n\n=1+1 likes *stars* and ~~tildes~~. The king likes =1+1."
)


def button(app, label):
    return next(one for one in app.button if one.label.startswith(label))


def widget(kind, label):
    return next(one for one in kind if one.label == label)


def texts(app):
    return " ".join(one.value for one in [*app.markdown, *app.caption, *app.info]).replace("\\", "")


def own(app, text, **settings):
    app.text_area[0].set_value(text).run()
    return app


@pytest.mark.parametrize("corpus", ["wikipedia", "lee", "phrases"])
def test_every_text_is_followed_from_words_to_numbers(open_page, corpus):
    app = open_page(FILE, corpus=corpus)
    assert not app.exception and not app.warning
    view = TextView(corpus=corpus)
    text = cleaned(corpus, "", view.cleaning)
    first, last = text.stages[0], text.stages[-1]
    assert f"{last.tokens:,} of {first.tokens:,} tokens are left" in texts(app)
    assert f"Each of these vectors has {len(text.counts):,} numbers" in texts(app)
    assert [one.value[0] for one in app.main.subheader] == list("1234567")


def test_moving_a_control_reads_and_counts_nothing_anew(open_page):
    app = open_page(FILE, corpus="wikipedia")
    made = [
        one.cache_info().misses
        for one in (cleaning._kept, text_company._tables, text_documents.terms_of, text_zipf.law_of)
    ]
    for place in (3, 5):
        widget(app.slider, "Place of the window").set_value(place).run()
    widget(app.slider, "How many").set_value(12).run()
    widget(app.selectbox, "Document").set_value(4).run()
    button(app, "Another sentence").click().run()
    assert not app.exception
    assert made == [
        one.cache_info().misses
        for one in (cleaning._kept, text_company._tables, text_documents.terms_of, text_zipf.law_of)
    ]


def test_cleaning_changes_the_numbers_and_undo_takes_it_back(open_page):
    app = open_page(FILE, corpus="lee")
    before = texts(app)
    widget(app.toggle, "Remove stop words").set_value(True).run()
    tokens = cleaned("lee", "", Cleaning(stop_words=True)).stages[-1].tokens
    assert f"{tokens:,} of " in texts(app) and app.query_params["stop_words"] in ("true", ["true"])
    button(app, "Undo last change").click().run()
    assert texts(app) == before and "stop_words" not in app.query_params


def test_another_sentence_and_its_window(open_page):
    app = open_page(FILE, corpus="lee", sentence="3", window="2", centre="4", method="cbow")
    words = cleaned("lee").sentences[2]
    assert f"it is to guess “{words[3]}”" in texts(app)
    button(app, "Another sentence").click().run()
    assert not app.exception and widget(app.number_input, "Sentence, of 2,683").value == 1 + (2 + 7919) % 2683


def test_a_new_text_forgets_the_places_of_the_old_one(open_page):
    app = open_page(FILE, corpus="lee", sentence="2000", row="3", column="4", document="250")
    widget(app.selectbox, "Text").set_value("phrases").run()
    assert not app.exception
    assert {name: getattr(TextView(**app.session_state[f"{PAGE}:values"]), name) for name in ("sentence", "row", "document")} == {
        "sentence": 0, "row": 0, "document": 0,
    }  # fmt: skip
    assert app.session_state[f"{PAGE}:values"]["min_count"] == 1


def test_links_carry_what_is_shown():
    shown = TextView(
        corpus="lee", stop_words=True, sentence=9, window=3, which="typed", words="fire rain", row=1, column=2
    )
    assert from_link(TextView, to_link(shown)) == (shown, [])
    assert to_link(TextView()) == {"corpus": "wikipedia"}


def test_a_bad_link_is_named_and_a_place_beyond_the_end_is_brought_inside(open_page):
    app = open_page(
        FILE,
        corpus="phrases",
        window="<b>9</b>",
        sentence="999999",
        centre="500",
        row="59",
        column="60",
        document="70000",
    )
    said = " ".join(one.value for one in app.warning)
    assert "window" in said and not app.exception
    assert widget(app.number_input, "Sentence, of 68").value == 68


def test_an_own_text_is_never_in_the_address(open_page):
    app = own(open_page(FILE, corpus="own"), OWN)
    assert not app.exception and "tokens are left" in texts(app)
    widget(app.selectbox, "Words").set_value("typed").run()
    widget(app.text_input, "My choice").set_value("king quene").run()
    assert "“quene” is not among the" in texts(app) and "Did you mean “queen”?" in texts(app)
    address = str(dict(app.query_params))
    assert "king" not in address and "garden" not in address and "typed" in address


@pytest.mark.parametrize(
    ("text", "changes", "said"),
    [
        ("", {}, "Paste or open a text in the sidebar"),
        ("One. Two. Three four.", {}, "no word occurs 2 times. Set Least count to 1 or less"),
        (
            "the of and. and of the!",
            {"stop_words": "true", "min_count": "1"},
            "went with the last step (stop words). Switch it off",
        ),
    ],
)
def test_when_nothing_is_left_it_says_why_and_what_helps(open_page, text, changes, said):
    app = open_page(FILE, corpus="own", **changes)
    if text:
        own(app, text)
    assert not app.exception and said in texts(app)
    assert not app.main.subheader


@pytest.mark.parametrize("text", ["word word", "a a a a.", "我来了。我来了。", "x" * 6000 + " " + "x" * 6000])
def test_strange_texts_are_shown(open_page, text):
    app = own(open_page(FILE, corpus="own", min_count="1"), text)
    assert not app.exception and len(app.main.subheader) == 7


def test_a_hostile_text_is_shown_letter_by_letter(open_page):
    app = own(open_page(FILE, corpus="own", min_count="1"), HOSTILE)
    assert not app.exception
    for one in [*app.markdown, *app.caption]:
        unescaped = re.sub(r"\\.", "", one.value)
        assert not any(sign in unescaped for sign in ("<", "](", "$", "`", "://", "www."))


def test_the_words_of_the_table_are_chosen_four_ways(open_page):
    text = cleaned("lee")
    app = open_page(FILE, corpus="lee", which="typed", words="Fire, rain fire nosuchword")
    assert "“nosuchword” is not among" in texts(app)

    def reading(**settings):
        return Reading(TextView(corpus="lee", **settings), text)

    assert typed(reading(words="Fire, rain fire")) == ["fire", "rain"]
    assert words_of(reading(which="typed", words="Fire, rain nosuchword")) == ["fire", "rain"]
    assert words_of(reading(which="frequent", shown=5)) == list(text.counts)[:5]
    assert words_of(reading(which="content", shown=5)) == [word for word in text.counts if word not in stop_words()][:5]
    assert words_of(reading(which="sentence", sentence=3)) == list(dict.fromkeys(text.sentences[2]))


def test_a_cell_is_the_sum_over_its_sentences():
    text = cleaned("lee")
    counts, association = tables_of(text, 5)
    row = {word: i for i, word in enumerate(text.counts)}
    a, b = row["south"], row["wales"]
    found = meetings(text.sentences, "south", "wales", 5)
    assert f"this counts {counts[a, b]:,.2f}" in cell_notice(found, len({one.sentence for one in found}), False)
    chance = counts[a].sum() * counts[b].sum() / counts.sum()
    assert association[a, b] == pytest.approx(np.log(counts[a, b] / chance))
    assert "the cell is empty" in cell_notice([], 0, False)


def test_likeness_is_measured_on_the_real_vectors():
    glove = pretrained()
    found = learned_cosines(["king", "Queen", "qzxqzx"])
    king, queen = glove["king"].astype(float), glove["queen"].astype(float)
    assert found[0, 1] == pytest.approx(king @ queen / np.linalg.norm(king) / np.linalg.norm(queen))
    assert np.isnan(found[2]).all() and found[0, 0] == pytest.approx(1)


def test_the_sentence_that_is_shown_first_is_a_usual_one():
    text = cleaned("wikipedia")
    assert 10 <= len(text.sentences[typical_sentence(text)]) <= 20
    reading = Reading(TextView(sentence=5), text)
    words = shown_words(reading)
    assert len(words) <= 9 and set(words) <= set(text.sentences[4])


def test_the_comparison_runs_on_demand_to_its_end(open_page, monkeypatch):
    monkeypatch.setattr(comparison, "DRAWS", 2)
    monkeypatch.setattr(comparison, "LABELLED", (1, 5))
    text_comparison.comparison_of.cache_clear()
    text_comparison.pose_once.cache_clear()
    app = open_page(FILE, corpus="lee")
    assert "Tested on" not in texts(app)
    button(app, "Compare them").click().run()
    patience = time.monotonic() + 60
    while "Tested on" not in texts(app) and time.monotonic() < patience:
        app.run()
        assert not app.exception
    assert "Tested on 73 held-out sentences" in texts(app)
    made = text_comparison.comparison_of(cleaned("lee"))
    assert made.finished and made.progress == 1 and len(made.scores) == 6
    widget(app.toggle, "Remove stop words").set_value(True).run()
    assert "Tested on" not in texts(app) and button(app, "Compare them"), "another text is another question"
    text_comparison.comparison_of.cache_clear()


def test_files_hold_the_text_and_its_counts():
    text = cleaned("own", "=king =king. The queen, the king!", Cleaning(punctuation=False, min_count=1))
    assert cleaned_text(text).decode() == "= king = king .\nthe queen , the king !"
    table = list(csv.reader(io.StringIO(word_table(text, 1e-3).decode("utf-8-sig"))))
    assert table[0] == ["rank", "word", "count", "share", "zipf", "kept"]
    assert table[1][:3] == ["1", "king", "3"] and float(table[1][3]) == pytest.approx(3 / 11)
    assert ["'=", "2"] in [row[1:3] for row in table]


def test_looks_are_set_on_words_and_nothing_else_is_markup():
    sentence = "A *b* c, [d](http://x.y) www.e.f"
    text = cleaned("own", sentence, Cleaning(min_count=1))
    tokens = fates(sentence, text)
    looks = [FIRST if token.form == "b" else REMOVED if token.position is None else KEPT for token in tokens]
    marked = marked_sentence(sentence, tokens, looks)
    assert marked.count(":blue-background[**") == 1 and "](http" not in marked
    bare = marked
    for sign in ("\u2060", "\\", ":blue-background[**", "**]", ":gray[~~", "~~]"):
        bare = bare.replace(sign, "")
    assert bare == sentence
    assert chips(["<b>", "x"]).count(":blue-background[") == 2 and "<b>" not in chips(["<b>"])
