import pytest

from explorer.text.cleaning import Cleaning, clean, cleaned
from explorer.text.fates import fates
from explorer.text.sentences import Document

TEXT = (Document("one", ("The king’s 20 men saw the king, the U.S. king!", "The men saw <b>one</b> man.")),)


def told(sentence, text):
    return [(fate.written, fate.form, fate.reason) for fate in fates(sentence, text)]


def test_each_token_says_what_became_of_it():
    text = clean(TEXT, Cleaning(numbers="mark", stop_words=True, min_count=2))
    assert told(TEXT[0].sentences[0], text)[:6] == [
        ("The", "", "stop words"),
        ("king", "king", ""),
        ("’s", "", "punctuation"),
        ("20", "", "rare words"),
        ("men", "men", ""),
        ("saw", "saw", ""),
    ]


def test_tokens_stand_where_they_say():
    sentence = TEXT[0].sentences[0]
    for fate in fates(sentence, clean(TEXT, Cleaning())):
        assert sentence[fate.start : fate.end] == fate.written


@pytest.mark.parametrize("settings", [{}, {"phrases": True}, {"stop_words": True, "phrases": True, "lower": False}])
def test_what_is_left_is_what_was_learned_from(settings):
    text = cleaned("lee", "", Cleaning(**settings))
    for source, words in list(zip(text.sources, text.sentences, strict=True))[:300]:
        left = {fate.position: fate.form for fate in fates(source, text) if fate.position is not None}
        assert [left[place] for place in range(len(left))] == words


def test_joined_words_share_a_place():
    text = cleaned("lee", "", Cleaning(phrases=True))
    number = next(i for i, words in enumerate(text.sentences) if "new_south" in words)
    parts = [fate for fate in fates(text.sources[number], text) if fate.form == "new_south"]
    assert [part.written for part in parts][:2] == ["New", "South"] and parts[0].position == parts[1].position
