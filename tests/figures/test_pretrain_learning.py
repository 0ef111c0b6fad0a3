"""What was expected of a text: every number where it belongs, and said as it is."""

import numpy as np

from explorer.figures.palette import theme
from explorer.figures.pretrain_learning import Learning, learning_notice, learning_picture


def learning(shown=2, **changes):
    shares = np.array([[np.nan, 0.1, 0.1, 0.1], [np.nan, 0.5, 0.25, 0.01], [np.nan, 1.0, 0.5, 0.03125]])
    guesses = [[], ["b", "x"], ["c", "y"], ["%{z}<b>", "z"]]
    chances = np.array([[0, 0], [1.0, 0.0], [0.5, 0.2], [0.6, 0.1]])
    given = {"pieces": ["a", "b", "c", "d"], "steps": np.array([0, 10, 20]), "shares": shares, "guesses": guesses, "chances": chances}
    return Learning(**{**given, "shown": shown, "blind": 1 / 16, **changes})


def test_it_is_a_valid_figure_whose_rows_hold_the_shares_and_the_bits():
    figure = learning_picture(learning(), theme())
    type(figure)(figure.to_dict())  # plotly validates it
    heat = next(trace for trace in figure.data if trace.type == "heatmap")
    assert np.array_equal(heat.z[:, 1:], [[10, 10, 10], [50, 25, 1], [100, 50, 3]])
    bars = next(trace for trace in figure.data if trace.type == "bar")
    assert np.allclose(bars.y, [0, 0, 1, 5]), "-log2 of the shares; nothing where nothing was asked"


def test_words_are_never_markup():
    figure = learning_picture(learning(pieces=["<b>", "%{x}", "c", "d"]), theme(dark=True))
    assert figure.layout.xaxis2.ticktext[:2] == ("&lt;b&gt;", "%&#123;x}")
    texts = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    assert "%&#123;z}&lt;b&gt;" in texts.text


def test_wide_words_take_turns_on_three_lines_with_one_guess_each():
    words = learning(pieces=[" mountain"] * 4, guesses=[[" mountains", " valley"]] * 4)
    figure = learning_picture(words, theme(), width=400)
    texts = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    assert list(texts.y) == [0, -1, -2, 0]


def test_the_sentence_counts_what_is_asked():
    said = learning_notice(learning(), "character")
    assert "At step 20 its first guess is right for 2 of 3 characters" in said
    assert "costs 2 bits on average" in said and "blind guessing costs 4" in said
    assert "surest of “b” after “…a” (100 %)" in said and "surprised by “d” after “…abc” (3 %)" in said


def test_what_it_does_not_know_is_left_out_and_never_right():
    shares = learning().shares.copy()
    shares[:, 2] = np.nan
    one = learning(shares=shares)
    said = learning_notice(one, "word")
    assert "right for 1 of 2 words" in said and "1 word that it does not know is left out" in said
    assert not one.right[2] and learning_picture(one, theme())
    assert "knows none of these words" in learning_notice(learning(shares=np.full((3, 4), np.nan)), "word")


def test_nothing_asked_says_nothing():
    assert learning_notice(learning(shares=np.full((3, 4), np.nan), guesses=[[]] * 4), "word") == ""
    learning_picture(learning(shares=np.full((3, 4), np.nan)), theme())
