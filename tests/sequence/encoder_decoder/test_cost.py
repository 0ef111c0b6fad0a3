"""What would be too slow is refused with sizes that fit; the sizes it is estimated from are never below the real ones."""

import pytest
from pydantic import ValidationError

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.cost import (
    LONGEST_PIECE,
    LONGEST_UPDATE,
    WORTH,
    milliseconds,
    pairs_at_once,
    piece_milliseconds,
    sizes_of,
)
from explorer.sequence.encoder_decoder.tasks import make_task

EVERY = [
    {},
    {"source": "fr", "target": "es"},
    {"source": "it", "target": "digits", "limit": 1000},
    {"source": "digits", "target": "fr", "limit": 100},
    {"task": "dates", "locales": 60},
    {"task": "names"},
    {"task": "names", "condition": "letters"},
    {"task": "spelled"},
    {"task": "spelled", "reading": "rows"},
    {"task": "drawing"},
]


@pytest.mark.parametrize("settings", EVERY)
def test_sizes_cover_the_task(settings):
    experiment = EncoderDecoderExperiment(**settings)
    task, sizes = make_task(experiment), sizes_of(experiment)
    held_out = task.held_out()
    assert int(held_out.target_lengths.max()) <= sizes.written + 1
    assert task.outputs <= sizes.outputs + 5
    if experiment.topology == "encoder-decoder":
        assert int(held_out.source_lengths.max()) <= sizes.read
    else:
        assert sizes.read == 1


def test_too_slow_is_refused_with_sizes_that_fit():
    with pytest.raises(
        ValidationError, match=r"too long to watch. What fits: batch (\d+), or (\d+) hidden units"
    ) as error:
        EncoderDecoderExperiment(hidden=256, batch=256)
    words = str(error.value).split()
    batch = int(words[words.index("batch") + 1].rstrip(","))
    EncoderDecoderExperiment(hidden=256, batch=batch)
    with pytest.raises(ValidationError):
        EncoderDecoderExperiment(hidden=256, batch=batch + 1)


@pytest.mark.parametrize("settings", [{}, {"cell": "gru"}, {"scoring": "additive"}, {"hidden": 256, "batch": 16}])
def test_an_update_is_cut_into_equal_pieces_that_are_short(settings):
    experiment = EncoderDecoderExperiment(**settings)
    at_once = pairs_at_once(experiment)
    longest = max(LONGEST_PIECE, WORTH * piece_milliseconds(experiment, 1))
    assert piece_milliseconds(experiment, at_once) <= longest
    pieces = -(-experiment.batch // at_once)
    assert at_once - pieces < experiment.batch / pieces <= at_once
    assert milliseconds(experiment) <= LONGEST_UPDATE


def test_every_default_and_every_largest_choice_answers_whether_it_fits():
    for cell in ("rnn", "lstm", "gru"):
        for scoring in ("multiplicative", "additive"):
            for hidden in (8, 64, 256):
                try:
                    experiment = EncoderDecoderExperiment(cell=cell, scoring=scoring, hidden=hidden, batch=256)
                except ValidationError as error:
                    assert "What fits" in str(error) or "smaller" in str(error)
                else:
                    assert milliseconds(experiment) <= LONGEST_UPDATE
