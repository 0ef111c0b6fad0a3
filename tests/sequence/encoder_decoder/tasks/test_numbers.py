"""Numbers in words are num2words' own, and those held out are never trained on."""

import random

import pytest
import torch
from num2words import num2words

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.tasks import make_task
from explorer.sequence.encoder_decoder.tasks.number_words import number_words
from explorer.sequence.encoder_decoder.tasks.numbers import is_held_out

LANGUAGES = ("en", "de", "fr", "es", "it")
MILLION = 1_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_those_of_num2words(language):
    words, chance = number_words(language, MILLION), random.Random(4)
    telling = [
        thousand * 1000 + rest for thousand in (1, 2, 21, 80, 100, 281, 999) for rest in (0, 1, 3, 8, 23, 80, 100, 173)
    ]
    for number in [*range(0, 130), *telling, *(chance.randrange(MILLION) for _ in range(500)), MILLION - 1]:
        assert words(number) == num2words(number, lang=language)


@pytest.mark.parametrize("limit", [20, 100, 999, 1000, 1001, 12_345])
def test_smaller_limits_write_the_same(limit):
    words, all_words = number_words("fr", limit), number_words("fr", MILLION)
    assert [words(n) for n in range(limit)] == [all_words(n) for n in range(limit)]
    assert words.letters <= all_words.letters


def test_digits_are_digits():
    words = number_words("digits", MILLION)
    assert [words(n) for n in (0, 7, 1000, 40_005, 999_999)] == ["0", "7", "1000", "40005", "999999"]


def written(task, batch):
    """The pairs of a batch as text."""
    questions = ["".join(task.source_steps(batch, i)) for i in range(len(batch))]
    return list(zip(questions, [task.write(row) for row in batch.targets.clamp(min=0).tolist()], strict=True))


@pytest.mark.parametrize("limit", [20, 1000, MILLION])
def test_pairs_mean_the_same_number_and_held_out_ones_are_never_drawn(limit):
    task = make_task(EncoderDecoderExperiment(source="es", target="digits", limit=limit))
    spanish = number_words("es", limit)
    pairs = written(task, task.sample(600, torch.Generator().manual_seed(0)))
    trained = {int(answer) for _, answer in pairs}
    assert all(spanish(int(answer)) == question for question, answer in pairs)
    held_out = {int(answer) for _, answer in written(task, task.held_out())}
    assert not trained & held_out
    assert not is_held_out(torch.tensor(sorted(trained))).any() and is_held_out(torch.tensor(sorted(held_out))).all()
    assert len(held_out) == min(512, int(is_held_out(torch.arange(limit)).sum()))


def test_a_tenth_of_all_numbers_is_held_out():
    shares = is_held_out(torch.arange(MILLION)).double()
    assert shares.mean().item() == pytest.approx(0.1, abs=0.001)
    assert shares[:1000].mean().item() == pytest.approx(0.1, abs=0.01)


def test_held_out_numbers_come_evenly_and_training_also_has_short_ones():
    task = make_task(EncoderDecoderExperiment(source="en", target="digits"))
    lengths = [len(answer) for _, answer in written(task, task.held_out())]
    assert sum(length == 6 for length in lengths) / 512 == pytest.approx(0.9, abs=0.05)
    trained = [len(answer) for _, answer in written(task, task.sample(2000, torch.Generator().manual_seed(1)))]
    assert all(trained.count(length) > 40 for length in (1, 2, 3, 4, 5))
    # A quarter by its count of digits, the rest evenly.
    assert trained.count(6) / 2000 == pytest.approx(0.75 * 0.9 + 0.25 / 6 * 1.5, abs=0.05)


def test_padding_and_ends_are_where_they_belong():
    task = make_task(EncoderDecoderExperiment(limit=1000))
    batch = task.sample(32, torch.Generator().manual_seed(2))
    for i in range(32):
        length = int(batch.target_lengths[i])
        assert batch.targets[i, length - 1] == 0 and (batch.targets[i, length:] == -100).all()
        assert (batch.targets[i, : length - 1] > 0).all()
    assert task.target_steps(batch)[-1] == "<end>"
    assert int(task.held_out().target_lengths.max()) < task.longest


def test_the_baseline_is_the_entropy_of_the_letters():
    task = make_task(EncoderDecoderExperiment(limit=1000))
    letters = [symbol for i in range(len(task.held_out())) for symbol in task.target_steps(task.held_out(), i)]
    shares = torch.tensor([letters.count(symbol) / len(letters) for symbol in set(letters)])
    assert task.baseline.loss == pytest.approx(-(shares * shares.log()).sum().item(), rel=1e-5)
    assert task.baseline.score == pytest.approx(shares.max().item())
