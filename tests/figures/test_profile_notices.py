import numpy as np

from explorer.figures.profile_notices import (
    backward_notice,
    choice_notice,
    mean_notice,
    naive_notice,
    probe_notice,
    training_notice,
)

BACK = np.arange(100)[::-1]


def told(cuts=(), every=False, **factors):
    return probe_notice(factors, {name: factor**BACK for name, factor in factors.items()}, cuts, every)


def test_all_forget():
    text = told(RNN=0.5, LSTM=0.6, GRU=0.6)
    assert text.startswith("All of them forget: what was read 99 steps before") and "the RNN" in text


def test_some_keep():
    text = told(RNN=0.5, LSTM=0.99)
    assert "37 % in the LSTM" in text and "the RNN lost it" in text


def test_an_explosion_is_told_with_its_size():
    text = told(RNN=1.1, LSTM=0.6)
    assert "of the RNN explodes" in text and "12,500 times" in text


def test_all_keep_and_all_fade():
    assert "still reaches the first of 100 steps" in told(RNN=0.99, LSTM=0.98)
    assert "fades in all of them over 100 steps, by ×0.90 to ×0.92" in told(RNN=0.9, LSTM=0.92)


def test_a_cut_is_not_vanishing():
    hidden = {"GRU": np.where(BACK < 20, 0.99**BACK, 0.0)}
    text = probe_notice({"GRU": 0.99}, hidden, cuts=(20, 40, 60, 80))
    assert "cut 20 steps from the end: the 80 steps before get exactly 0" in text
    assert f"{100 * 0.99**19:.0f} % in the GRU" in text


def test_errors_everywhere_hide_the_fading():
    assert "says nothing about how far an error travels" in told(every=True, RNN=0.5)


def test_training_is_compared_with_its_start():
    profiles = {"RNN": (0.5**BACK, 0.5**BACK), "GRU": (0.6**BACK, 0.97**BACK)}
    text = training_notice(profiles, "the loss")
    assert "The GRU has learned to let it through." in text
    assert "in none of them" in training_notice({"RNN": profiles["RNN"]}, "the loss")
    assert "press Play" in training_notice({"RNN": (None, 0.5**BACK)}, "the loss")


def test_growing_and_fading_backwards():
    text = backward_notice({"clipped": 0.9**BACK, "free": 1.2**BACK, "odd": np.full(3, np.inf)})
    assert "clipped it fades" in text and "free it grows" in text and "odd it is no finite number" in text


def test_the_three_misreadings_say_what_they_miss():
    naive = np.where(BACK == 0, 1.0, 0.0)
    wrong, true = naive_notice({"RNN": naive}, {"RNN": 0.9**BACK})
    assert "0 at 99 of 100 steps" in wrong and "there at 100 of 100 steps" in true and "×0.0000295" in true
    wrong, true = choice_notice({"RNN": np.full(100, 1.2), "GRU": np.full(100, 3.0)}, {"RNN": 0.9**BACK})
    assert "the RNN has 1.2 and the GRU 3" in wrong and "×0.0000295 in the RNN" in true
    wrong, true = mean_notice({"RNN": np.linspace(0.1, 0.4, 100)}, 8)
    assert "only ×0.40 is left" in wrong and "1/√8 = 0.35" in wrong and "×0.10 in the RNN" in wrong
    assert "factor of up to 4." in true
