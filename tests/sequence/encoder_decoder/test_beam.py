"""Beam search against trying out every answer."""

from itertools import product

import pytest
import torch

from explorer.sequence.encoder_decoder.answering import answer
from explorer.sequence.encoder_decoder.beam import beam
from explorer.sequence.encoder_decoder.tasks.task import END


class Short:
    """A task whose answers may have at most four symbols, of three."""

    def __init__(self, task):
        self.longest, self.target_symbols = 4, task.target_symbols[:3]
        self.encode, self.source_steps, self.title = task.encode, task.source_steps, task.title

    def write(self, tokens):
        return "".join(self.target_symbols[token] for token in tokens if token != END)


@pytest.fixture
def short(make):
    """A network of larger weights, so that answers differ, with all but two letters and the end made impossible."""
    model = make(seed=4)
    with torch.no_grad():
        for weight in model.parameters():
            weight *= 2.0
        model.readout.bias[3:] = -1e9
    model.task = Short(model.task)
    return model


def every_answer(model, text):
    """Log-probability of each possible answer that ends."""
    answers = {}
    for length in range(4):
        for letters in product((1, 2), repeat=length):
            with torch.no_grad():
                memory, before, total = model.read(model.task.encode(text)), model.start(1), 0.0
                for token in (*letters, END):
                    logits, _, memory = model.step(memory, before)
                    total += torch.log_softmax(logits.double(), -1)[0, token].item()
                    before = torch.tensor([[token]])
            answers[model.task.write(letters)] = total
    return answers


def test_a_wide_beam_finds_the_likeliest_answers_of_all(short):
    exact = sorted(every_answer(short, "seven").items(), key=lambda pair: -pair[1])
    found = beam(short, "seven", 16)
    assert [one.text for one in found[:5]] == [text for text, _ in exact[:5]]
    for one, (_, chance) in zip(found[:5], exact, strict=False):
        assert one.log_probability == pytest.approx(chance, abs=1e-5)


def test_a_width_of_one_is_the_greedy_answer(make):
    model = make()
    (only,) = beam(model, "twelve", 1)
    assert only.symbols == answer(model, "twelve").symbols


def test_no_answer_is_found_twice_and_the_best_comes_first(short):
    found = beam(short, "three", 8)
    chances = [one.log_probability for one in found]
    assert chances == sorted(chances, reverse=True)
    assert len({one.text for one in found}) == len(found) <= 8


def test_each_candidate_says_where_it_looked(short):
    for one in beam(short, "six", 3):
        assert one.attention.shape == (len(one.symbols), 3) and one.attention.sum(1) == pytest.approx(1.0, abs=1e-5)


def test_without_an_end_the_likeliest_that_were_broken_off_are_given(make):
    model = make()
    with torch.no_grad():
        model.readout.bias[END] = -1e9
    found = beam(model, "one", 3)
    assert len(found) == 3 and not any(one.ended for one in found)


@pytest.mark.parametrize("width", [0, -1, 17])
def test_widths_that_cannot_be_followed_are_refused(make, width):
    with pytest.raises(ValueError, match="1 to 16"):
        beam(make(), "one", width)


def test_a_beam_also_invents_names(make):
    found = beam(make("class"), "female", 4)
    assert len(found) == 4 and all(one.attention is None for one in found)
