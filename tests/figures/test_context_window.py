import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.context_window import context_window
from explorer.figures.palette import DARK, LIGHT
from explorer.figures.window_notices import kept_notice, window_notice
from explorer.figures.window_slice import around
from tests.figures.examples import texts

WORDS = ["the", "king", "saw", "<b>men</b>", "in", "the", "garden"]
KEPT = [0.1, 1.0, 0.9, 1.0, 0.2, 0.1, 1.0]


def draw(centre=2, window=2, method="skipgram", theme=LIGHT, words=WORDS, kept=KEPT):
    return context_window(words, centre, window, method, kept, theme)


def test_an_arc_leads_to_each_word_of_the_context():
    figure = draw()
    arcs = [shape for shape in figure.layout.shapes if shape.type == "path"]
    assert len(arcs) == 4
    middles = around(WORDS, 2, 2).middles
    assert sorted(figure.data[0].x) == pytest.approx([middles[i] for i in (0, 1, 3, 4)])
    widths = [arc.line.width for arc in arcs]
    assert widths[1] == widths[2] > widths[0], "nearer words have thicker arcs"
    go.Figure(figure.to_dict())


def test_cbow_points_at_the_word_in_the_middle():
    assert draw(method="cbow").data[0].x.tolist() == [around(WORDS, 2, 2).middles[2]]


def test_the_band_covers_the_window_and_ends_with_the_sentence():
    shown = around(WORDS, 0, 2)
    band = draw(centre=0).layout.shapes[0]
    assert band.x0 == 0 and band.x1 == pytest.approx(shown.middles[2] + (3 + 1.5) / 2)


def test_bars_are_the_chances_to_be_kept():
    bars = draw(theme=DARK).data[1]
    assert (bars.y / bars.y.max()).tolist() == pytest.approx(KEPT)
    assert "10" in texts(draw()) and "100" in texts(draw())


def test_a_click_tells_the_place_in_the_sentence():
    words = [f"word{i}" for i in range(80)]
    figure = context_window(words, 40, 3, "skipgram", [1.0] * 80, LIGHT)
    shown = around(words, 40, 3)
    assert figure.data[2].customdata.tolist() == list(range(shown.start, shown.start + len(shown.words)))
    assert shown.start > 0 and sum(note.text == "…" for note in figure.layout.annotations) == 2


def test_what_is_shown_holds_the_window_however_long():
    words = ["a" * 16] * 60
    shown = around(words, 30, 20)
    assert (shown.start, len(shown.words)) == (10, 41)
    assert len(around(words, 30, 1).words) < 8
    assert np.all(np.diff(around(WORDS, 3, 1).middles) > 0)
    assert around(["a"], 0, 5).words == ("a",)


def test_words_are_no_markup():
    assert not any("<b>men" in text for text in texts(draw()))


def test_notices_say_what_is_learned_from_what():
    assert "“king” alone has to tell each of its neighbours, which makes 2 pairs" in window_notice(
        WORDS, 1, 1, "skipgram"
    )
    assert "one pair" in window_notice(WORDS, 0, 1, "skipgram")
    assert "from the mean of 2 vectors it is to guess “king”" in window_notice(WORDS, 1, 1, "cbow")
    assert "only one word left" in window_notice(["x"], 0, 3, "cbow")
    assert "“the” is read only 10 % of the time, while 3 of these 7 words are always kept" in kept_notice(
        WORDS, KEPT, 1e-3
    )
    assert "off" in kept_notice(WORDS, KEPT, 0) and "No word" in kept_notice(["x"], [1.0], 1e-3)
