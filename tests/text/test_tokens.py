import numpy as np

from explorer.text.tokens import UNKNOWN_WORD, Vocabulary, split_words


def test_words_and_punctuation():
    assert split_words("It's RED, well-known; isn’t it?") == ["it's", "red", ",", "well-known", ";", "isn’t", "it", "?"]
    assert split_words("<b>x</b>") == ["<", "b", ">", "x", "<", "/", "b", ">"]


def test_the_most_frequent_come_first_and_ties_by_alphabet():
    vocabulary = Vocabulary.most_frequent(["b", "a", "c", "a", "c", "d"], 3, UNKNOWN_WORD)
    assert vocabulary.tokens == (UNKNOWN_WORD, "a", "c", "b")
    assert vocabulary.encode(["d", "a", "c", "nothing"]).tolist() == [0, 1, 2, 0]


def test_the_unknown_sign_is_listed_once():
    assert Vocabulary.most_frequent("\ufffda\ufffd", 5, "\ufffd").tokens == ("\ufffd", "a")


def test_numbers_are_stored_small():
    few = Vocabulary(tuple(map(str, range(256))))
    many = Vocabulary(tuple(map(str, range(257))))
    assert few.encode(["255"]).dtype == np.uint8 and few.encode(["255"])[0] == 255
    assert many.encode(["256"]).dtype == np.int16 and many.encode(["256"])[0] == 256
