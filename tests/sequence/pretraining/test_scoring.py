"""Losses of long texts, and bits per character that can be compared between vocabularies."""

import math

import numpy as np
import pytest
import torch

from explorer.sequence.pace import run_through
from explorer.sequence.pretraining import bits_per_character, build_model, perplexity
from explorer.sequence.pretraining.exam import Exam, stretches
from explorer.sequence.pretraining.masking import IGNORED
from explorer.sequence.pretraining.reading import source
from explorer.sequence.pretraining.scoring import _windows, losses


@pytest.mark.parametrize("first", [1, 5, 30])
def test_each_piece_is_scored_once_with_enough_before_it(first):
    for count in (first + 1, 24, 25, 26, 61, 200):
        if count <= first:
            continue
        scored = []
        for begin, end, start in _windows(count, first, 24):
            assert end - begin <= 25 and begin < start < end
            assert all(place - begin >= min(place, 12) for place in range(start, end))
            scored += range(start, end)
        assert scored == list(range(first, count))


def test_losses_are_those_of_the_plain_forward_pass(tiny):
    experiment = tiny()
    model, ids = build_model(experiment), source(experiment).held_out[:25]
    with torch.no_grad():
        logits = model(torch.from_numpy(ids[None, :-1]))[0]
    expected = torch.nn.functional.cross_entropy(logits, torch.from_numpy(ids[1:]), reduction="none").numpy()
    np.testing.assert_allclose(losses(model, ids), expected, rtol=1e-4)
    assert len(losses(model, source(experiment).held_out[:100])) == 99


@pytest.mark.parametrize("units", ["characters", "words", "subwords"])
def test_every_vocabulary_is_examined_on_the_same_letters(tiny, units):
    """An even guess costs ln V for each piece; the exam's bits are those of the stretches' letters, unknown words spelled."""
    experiment = tiny(units=units, words=20 if units == "words" else 100)
    text = source(experiment)
    model = build_model(experiment)
    with torch.no_grad():
        for weight in model.parameters():
            weight.zero_()
    exam = Exam(experiment, text)
    metrics = run_through(exam.slices(model))
    places = stretches(text.borders)
    told = [text.corpus.held_out[begin:end] for begin, end in places]
    parts = [part for one in told for part in text.pieces.cut(one)]
    nats = len(parts) * math.log(len(text.pieces)) + text.pieces.unsaid(parts)
    assert exam.letters == sum(map(len, told))
    assert metrics["held_out"] == pytest.approx(math.log(len(text.pieces)))
    assert metrics["bits_per_character"] == pytest.approx(nats / exam.letters / math.log(2))
    asked = exam._asked[exam._asked != IGNORED].numpy()
    np.testing.assert_array_equal(asked, text.pieces.number(parts))


def test_stretches_begin_and_end_with_words_and_do_not_overlap(tiny):
    for text in (source(tiny()), source(tiny(text="\u6f22\u5b57\u3002" * 400, context=16))):
        found = stretches(text.borders)
        assert {place for one in found for place in one} <= set(text.borders.tolist())
        assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))
        assert sum(end - begin for begin, end in found) > 0.4 * len(text.corpus.held_out)


def test_perplexity_of_a_text(tiny):
    experiment = tiny()
    model, pieces = build_model(experiment), source(experiment).pieces
    score = perplexity(model, pieces, "The old man sees a song.")
    assert score.characters == score.pieces == 24
    assert score.perplexity == pytest.approx(math.exp(score.loss))
    assert score.bits_per_character == bits_per_character(model, pieces, "The old man sees a song.")
    assert score.bits_per_character == pytest.approx(score.loss / math.log(2))
    assert perplexity(model, pieces, "The 漢 man.").unsaid > 10
    with pytest.raises(ValueError, match="Type some text"):
        perplexity(model, pieces, "")
    with pytest.raises(ValueError, match="no probability"):
        perplexity(build_model(tiny(objective="bert")), pieces, "The")
