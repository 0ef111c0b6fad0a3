from explorer.embedding.spelling import nearest_spellings

WORDS = ("the", "king", "sing", "Paris", "kings", "queen", "receive")


def test_the_fewest_edits_come_first():
    assert nearest_spellings("kign", WORDS)[0] == "king"
    assert nearest_spellings("recieve", WORDS) == ["receive"]


def test_of_equally_near_ones_the_more_frequent():
    assert nearest_spellings("king", ("sing", "ring", "king"), 2) == ["sing", "ring"]


def test_the_same_word_in_other_case_is_the_nearest():
    assert nearest_spellings("paris", ("parts", "Paris"))[0] == "Paris"


def test_nothing_that_is_merely_far():
    assert nearest_spellings("xylophone", WORDS) == []
    assert nearest_spellings("", WORDS) == []
