"""The experiment as a value, its text and its refusals."""

import pytest
from pydantic import ValidationError

from explorer.experiment import from_link, to_link
from explorer.sequence.pretraining import PretrainingExperiment
from explorer.sequence.pretraining.corpus import read_corpus
from explorer.sequence.pretraining.cost import milliseconds, piece_milliseconds, windows_at_once


def test_links_come_back_without_the_text(tiny):
    for experiment in (PretrainingExperiment(objective="bert", units="subwords", merges=200), PretrainingExperiment()):
        again, notices = from_link(PretrainingExperiment, to_link(experiment))
        assert again == experiment and not notices
    assert "text" not in to_link(tiny())


def test_fields_that_mean_nothing_are_told(tiny):
    gpt, bert = tiny(units="words"), tiny(objective="bert", units="subwords")
    assert not gpt.uses("mask_share") and bert.uses("mask_share") and not bert.uses("temperature")
    assert gpt.uses("words") and not gpt.uses("merges") and bert.uses("merges") and not bert.uses("words")


@pytest.mark.parametrize("settings, words", [
    ({"width": 80, "heads": 3}, "take 1 or 2 or 4"),
    ({"batch": 256, "layers": 6}, "What fits: batch"),
    ({"width": 192, "layers": 8, "heads": 8, "context": 256, "batch": 1}, "a single stretch of 256 pieces.*What fits: width"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_what_could(settings, words):
    with pytest.raises(ValidationError, match=words):
        PretrainingExperiment(**settings)


def test_what_is_said_to_fit_does():
    with pytest.raises(ValidationError) as caught:
        PretrainingExperiment(width=160, batch=256)
    fits = int(str(caught.value).split("batch ")[1].split(",")[0].rstrip("."))
    assert PretrainingExperiment(width=160, batch=fits)
    with pytest.raises(ValidationError):
        PretrainingExperiment(width=160, batch=fits + 1)


def test_an_update_is_cut_into_pieces_of_about_the_same_length():
    experiment = PretrainingExperiment(batch=50)
    at_once = windows_at_once(experiment)
    assert 1 < at_once < 50 and piece_milliseconds(experiment, at_once) < 70 < milliseconds(experiment)


@pytest.mark.parametrize("corpus", ["wikipedia", "lee"])
def test_whole_documents_are_held_out(corpus):
    text = read_corpus(PretrainingExperiment(corpus=corpus))
    training, held_out = text.training.split("\n"), text.held_out.split("\n")
    assert 0.05 < len(text.held_out) / len(text.training) < 0.2
    assert not set(training) & set(held_out)


@pytest.mark.parametrize("text, words", [("", "no text"), ("A few words.", "at least"), ("a" * 900, "only one letter")])
def test_own_texts_that_cannot_be_used(text, words):
    with pytest.raises(ValueError, match=words):
        PretrainingExperiment(corpus="own", text=text).prepare()


def test_a_text_too_short_for_the_context_says_which_would_fit(tiny):
    short = "The old man sees a song by the river. " * 12
    with pytest.raises(ValueError, match="a context of at most"):
        tiny(text=short, units="words", context=64).prepare()
    tiny(text=short, context=48).prepare()


def test_strange_texts_can_be_learned_from(tiny):
    for text, units in (("\U0001f600 \u05e9\u05dc\u05d5\u05dd " * 200, "subwords"), ("x y\n" * 400, "words"), ("1\t2 " * 300, "subwords")):
        assert next(tiny(text=text, units=units, context=16).frames()).metrics["bits_per_character"] > 0
