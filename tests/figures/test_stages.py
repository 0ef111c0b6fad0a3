import plotly.graph_objects as go

from explorer.figures.palette import DARK, LIGHT
from explorer.figures.stages import stages, stages_notice
from explorer.text.cleaning import Cleaning, Stage, cleaned
from tests.figures.examples import texts

STEPS = [Stage("as written", 1000, 400), Stage("stop words", 600, 380), Stage("rare words", 570, 90)]


def test_bars_hold_the_numbers_and_plotly_accepts_them():
    figure = stages(STEPS, LIGHT)
    before, tokens, wider, vocabulary = figure.data
    assert tokens.x.tolist() == [1000, 600, 570] and before.x.tolist() == [1000, 1000, 600]
    assert vocabulary.x.tolist() == [400, 380, 90] and wider.x.tolist() == [400, 400, 380]
    go.Figure(figure.to_dict())


def test_each_number_says_how_much_went():
    words = " ".join(texts(stages(STEPS, DARK)))
    assert "600" in words and "−40 %" in words and "−76 %" in words and "without stop words" in words


def test_the_notice_is_computed():
    said = stages_notice(STEPS)
    assert "570 of 1,000 tokens are left (57 %)" in said and "90 of 400 different ones (22 %)" in said
    assert "takes 290 different words, but only 5 % of the text" in said
    assert stages_notice(STEPS[:1]) == "1,000 tokens, 400 of them different. No cleaning is switched on."
    assert "Nothing is left of 1,000 tokens" in stages_notice([STEPS[0], Stage("rare words", 0, 0)])
    assert "step “without stop words”: 20" in stages_notice(STEPS[:2])


def test_every_stage_of_a_real_text_has_a_name():
    text = cleaned("lee", "", Cleaning(numbers="mark", stop_words=True, phrases=True))
    words = texts(stages(text.stages, LIGHT))
    assert len(text.stages) == 7
    for name in ("in lower case", "without punctuation", "numbers marked", "phrases joined", "without rare words"):
        assert name in words
