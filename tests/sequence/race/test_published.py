import math

import pytest

from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.published import ADDING, COPY, PIXELS, published


def test_what_is_known_of_a_task():
    assert published(Race(task="adding")) is ADDING and published(Race(task="recall")) is COPY
    assert published(Race(task="digits", reading="pixels")) is PIXELS
    assert published(Race(task="digits")) is None and published(Race(task="rose")) is None


@pytest.mark.parametrize("one", [ADDING, COPY, PIXELS])
def test_every_result_has_a_source_a_setting_and_a_warning(one):
    assert one.values.keys() <= ENTRIES.keys() and "Bai" in one.source and one.setting and one.warning


def test_copy_memory_is_counted_over_the_letters_alone():
    """Whoever guesses there has ln 8 for each letter; the paper's recurrent networks do little better."""
    assert COPY.values["lstm"] == pytest.approx(0.0204 * 102)
    assert all(abs(COPY.values[name] - math.log(8)) < 0.08 for name in ("lstm", "gru", "rnn"))
    assert COPY.values["tcn"] < 0.01


def test_the_rnn_of_the_paper_does_no_better_than_always_answering_one():
    assert ADDING.values["rnn"] > 1 / 6 > 1000 * ADDING.values["tcn"]
