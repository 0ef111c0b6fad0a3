"""Dates are babel's own, each meaning the day it stands for; what is ambiguous has a ceiling that can be computed."""

from datetime import date

import pytest
import torch
from babel.dates import format_date

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.tasks import make_task
from explorer.sequence.encoder_decoder.tasks.date_ways import FAMILIAR, FORMATS, ways_to_write
from explorer.sequence.encoder_decoder.tasks.dates import FIRST, LAST, is_held_out, readings


def task_of(locales):
    return make_task(EncoderDecoderExperiment(task="dates", locales=locales))


def test_ways_write_as_babel_does():
    for way in ways_to_write(30):
        for form in FORMATS:
            assert way.write(date(1987, 10, 9), form) == format_date(date(1987, 10, 9), form, way.name)


def test_no_two_ways_write_alike():
    ways = ways_to_write(40)
    assert len({way.signature for way in ways}) == 40
    assert [way.name for way in ways[:3]] == list(FAMILIAR[:3])


def test_every_letter_of_a_century_is_known():
    task = task_of(12)
    batch = task.sample(3000, torch.Generator().manual_seed(0))
    assert len(batch) == 3000 and int(batch.sources.max()) < len(task.source_symbols)


def test_pairs_mean_the_same_day_and_held_out_days_are_never_drawn():
    task = task_of(4)
    batch = task.sample(400, torch.Generator().manual_seed(3))
    days = [date.fromisoformat(task.write(row)) for row in batch.targets.tolist()]
    for i, day in enumerate(days):
        text = "".join(task.source_steps(batch, i))
        assert text in {way.write(day, form) for way in task.ways for form in FORMATS}
    assert not is_held_out(torch.tensor([day.toordinal() for day in days])).any()
    held_out = [date.fromisoformat(task.write(row)).toordinal() for row in task.held_out().targets.tolist()]
    assert len(held_out) == 512 and is_held_out(torch.tensor(held_out)).all()
    assert all(FIRST <= day <= LAST for day in held_out)


def test_readings_are_all_days_the_numbers_could_mean():
    assert readings(date(2004, 3, 5)) == {
        date(2004, 3, 5), date(2004, 5, 3), date(2003, 4, 5), date(2003, 5, 4), date(2005, 3, 4), date(2005, 4, 3),
    }  # fmt: skip
    assert readings(date(1999, 12, 31)) == {date(1999, 12, 31)}


def test_one_locale_is_never_ambiguous():
    assert task_of(1).ceiling == 1.0


def test_the_ceiling_is_what_the_best_reader_of_all_texts_gets():
    """Every day of two months in every format, counted by brute force."""
    task = task_of(27)  # with British dates beside American ones
    assert {"en", "en_GB"} <= {way.name for way in task.ways}
    days = [date(2004, month, day) for month in (3, 5) for day in range(1, 29)]
    day, way = date(2004, 3, 5), next(way for way in task.ways if way.name == "en")
    meanings = {}
    for other in (date.fromordinal(k) for k in range(FIRST, LAST + 1, 1)):
        if other.year % 100 in (3, 4, 5) and other.month in (3, 4, 5) and other.day in (3, 4, 5):
            count = sum(one.write(other, form) == way.write(day, "short") for one in task.ways for form in FORMATS)
            meanings |= {other: count} if count else {}
    assert len(meanings) > 1
    assert task.best_chance(day, way, "short") == pytest.approx(max(meanings.values()) / sum(meanings.values()))
    assert all(task.best_chance(one, way, "full") == 1.0 for one in days[:5])
    assert 0.9 < task.ceiling < 1.0


def test_two_digits_say_which_year_is_meant():
    assert LAST - FIRST + 1 == 36_525


def test_a_typed_date_is_read_and_strange_letters_are_refused():
    task = task_of(4)
    batch = task.encode("  4. Juli   2021 ")
    assert "".join(task.source_steps(batch)) == "4. Juli 2021"
    with pytest.raises(ValueError, match="never read “七”, “年”"):
        task.encode("年七")


def test_the_watched_date_is_written_out_in_full():
    task = task_of(24)
    assert len(task.watched()) == 8
    assert any(letter.isalpha() for letter in "".join(task.source_steps(task.watched())))
