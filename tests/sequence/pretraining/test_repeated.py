"""Random letters said three times: only repetition can be learned from them."""

import pytest
from pydantic import ValidationError

from explorer.sequence.pretraining import PretrainingExperiment, read_corpus
from explorer.sequence.pretraining.repeated import TIMES, repeated_lines


def test_every_line_is_said_again_and_no_held_out_line_is_learned_from():
    lines = repeated_lines()
    assert all(line == line[: len(line) // TIMES] * TIMES for line in lines) and lines == repeated_lines()
    corpus = read_corpus(PretrainingExperiment(corpus="repeated"))
    assert not set(corpus.training.split("\n")) & set(corpus.held_out.split("\n"))


def test_it_has_no_words():
    with pytest.raises(ValidationError, match="choose Characters"):
        PretrainingExperiment(corpus="repeated", units="words")
