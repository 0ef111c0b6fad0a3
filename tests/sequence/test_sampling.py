"""Sampling: the reader agrees with the fused model, and draws what the probabilities say."""

import numpy as np
import pytest
import torch

from explorer.sequence import SequenceExperiment, build_model, make_task
from explorer.sequence.pace import Pace, run_through
from explorer.sequence.sampling import LETTERS, PROMPT, WORDS, Reader, draw, prompt_length, sample_length, sample_slices


def sample(model, temperature=0.8, seed=0):
    return run_through(sample_slices(model, temperature, torch.Generator().manual_seed(seed), Pace()))


@pytest.mark.parametrize("cell", ["tanh", "relu", "lstm", "gru"])
def test_the_reader_reads_like_the_model(make_model, letters, cell):
    model = make_model(cell, 3, task=letters)
    tokens = [0, 3, 1, 4, 4, 2]
    reader = Reader(model)
    one_by_one = np.stack([reader.read(token) for token in tokens])
    with torch.no_grad():
        at_once = model(torch.tensor([tokens]))[0].numpy()
    np.testing.assert_allclose(one_by_one, at_once, atol=1e-5)
    reader.forget()
    np.testing.assert_array_equal(reader.read(0), one_by_one[0])


def test_draws_follow_the_softmax_at_a_temperature():
    logits = np.log(np.array([0.5, 0.3, 0.15, 0.05], dtype=np.float32))
    chances = (np.arange(10_000) + 0.5) / 10_000
    for temperature in (0.5, 1.0, 2.0):
        expected = np.exp(logits / temperature) / np.exp(logits / temperature).sum()
        shares = np.bincount([draw(logits, temperature, chance) for chance in chances], minlength=4) / 10_000
        np.testing.assert_allclose(shares, expected, atol=2e-4)


@pytest.mark.parametrize("logits", [[np.inf, 0.0], [np.nan, np.nan], [-np.inf, 3e38], [1e30, -1e30]])
def test_extreme_logits_still_draw_a_class(logits):
    assert draw(np.array(logits, dtype=np.float32), 0.1, 0.999999) in (0, 1)


def test_phrases_begin_anew_after_the_end():
    model = build_model(SequenceExperiment(task="rose"))
    tokens = sample(model)
    task, end = model.task, model.task.labels.index("<end>")
    assert tokens.dtype == np.int32 and tokens.shape == (WORDS,)
    firsts = {int(task.sample(1, torch.Generator().manual_seed(seed)).inputs[0, 0]) for seed in range(300)}
    assert int(tokens[0]) in firsts
    ends = np.flatnonzero(tokens[:-1] == end)
    assert {int(token) for token in tokens[ends + 1]} <= firsts


def test_the_same_generator_gives_the_same_text():
    model = build_model(SequenceExperiment(task="rose"))
    np.testing.assert_array_equal(sample(model), sample(model))
    assert not np.array_equal(sample(model), sample(model, seed=1))


@pytest.mark.parametrize("length", [5, 20])
def test_text_goes_on_from_what_is_held_out(length):
    experiment = SequenceExperiment(task="characters", corpus="own", text="to be, or not to be. " * 40, length=length)
    tokens, others = (sample(build_model(experiment), 2.0, seed) for seed in (0, 1))
    given = prompt_length(make_task(experiment))
    assert given == min(PROMPT, length) and len(tokens) == sample_length(make_task(experiment)) == LETTERS
    np.testing.assert_array_equal(tokens[:given], make_task(experiment).held_out().inputs[0, :given])
    np.testing.assert_array_equal(tokens[:given], others[:given])
    assert not np.array_equal(tokens[given:], others[given:])


def test_a_phrase_is_given_its_first_word():
    assert prompt_length(make_task(SequenceExperiment(task="rose"))) == 1
