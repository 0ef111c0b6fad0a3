"""What is read of a text, and that nothing is learned from what is held out."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.applications.classification import ClassificationExperiment
from explorer.applications.classification.texts import (
    ARTICLES,
    BLANK,
    MOST_BYTES,
    MOST_WORDS,
    cut,
    hide,
    labelled_texts,
)
from explorer.text.passages import passages


def test_words_stand_where_they_are_said_to_stand():
    text = cut("It's 65,000 well-known WORDS; ___ and … 3.5!")
    assert text.words == ("it's", "65,000", "well-known", "words", "and", "3.5")
    assert [text.shown[a:b].lower() for a, b in text.spans] == list(text.words)
    assert cut(text.shown) == text
    assert text.without(3).words == ("it's", "65,000", "well-known", "and", "3.5")


@pytest.mark.parametrize("long", ["word " * 20_000, "a" * 100_000, "語" * 100_000, "🌹" * 50_000, "مرحبا " * 9_000])
def test_long_texts_are_cut_to_what_can_be_read_at_once(long):
    text = cut(long)
    assert len(text.words) <= MOST_WORDS and len(text.shown.encode()) <= MOST_BYTES
    assert cut(text.shown).words == text.words


def test_words_of_titles_are_blanked_out_in_every_form():
    hidden = frozenset(["lincoln", "war"])
    assert hide("Lincoln's war, lincoln-like, pre-war, Warsaw and LINCOLN’S", hidden) == f"{BLANK} {BLANK}, {BLANK}, {BLANK}, Warsaw and {BLANK}"


def test_topics_hold_out_whole_paragraphs():
    data = labelled_texts(ClassificationExperiment(articles=6))
    assert data.labels == ARTICLES[:6] and len(data.texts) > 2000
    (pool, held_out), = data.parts
    assert not set(pool) & set(held_out) and len(held_out) == 396
    assert (np.bincount(data.classes[held_out]) == 66).all() and data.majority == pytest.approx(1 / 6)
    paragraphs: dict[str, set[int]] = {}
    for passage in passages():
        if passage.title in data.labels:
            for sentence in passage.sentences:
                paragraphs.setdefault(cut(hide(sentence, data.hidden)).shown, set()).add(passage.number % 4)
    assert all(1 in paragraphs[data.texts[i].shown] for i in held_out)
    assert sum(1 not in paragraphs[data.texts[i].shown] for i in pool) > 0.99 * len(pool)
    assert not any(word in {"lincoln", "aristotle", "albania"} for text in data.texts for word in text.words)


def test_the_same_words_are_not_learned_from_and_held_out():
    apart = [(f"{number} stars", "good" if number % 2 else "bad") for number in range(10, 18)]
    again = [("10 STARS!", "bad"), ("11, stars", "good")]
    data = labelled_texts(ClassificationExperiment(texts="own", reviews=(*apart, *again)))
    assert len({text.words for text in data.texts}) == len(data.texts) == 8


def test_few_texts_are_held_out_in_turn():
    data = labelled_texts(ClassificationExperiment(texts="films"))
    assert len(data.texts) == 200 and len(data.parts) == 4 and data.most == 150
    assert sorted(np.concatenate([held_out for _, held_out in data.parts])) == list(range(200))
    for draw in range(4):
        assert not set(data.labelled(draw, 150, 0)) & set(data.held_out(draw))
        assert (np.bincount(data.classes[data.held_out(draw)]) == 25).all()


def test_more_labelled_texts_hold_the_fewer_and_every_label_is_among_the_first():
    reviews = tuple((f"word{i} text", "abc"[0 if i < 90 else 1 + i % 2]) for i in range(100))
    data = labelled_texts(ClassificationExperiment(texts="own", reviews=reviews))
    few, more = data.labelled(1, 16, 5), data.labelled(1, 64, 5)
    assert list(more[:16]) == list(few) and len(set(more)) == 64
    assert set(data.classes[few[:3]]) == {0, 1, 2}
    assert list(data.labelled(1, 16, 6)) != list(few)


def test_own_texts_are_needed_and_named():
    with pytest.raises(ValueError, match="open a .csv file"):
        labelled_texts(ClassificationExperiment(texts="own"))
    with pytest.raises(ValueError, match="There is no word"):
        labelled_texts(ClassificationExperiment(texts="films")).read("🌹 … ")
