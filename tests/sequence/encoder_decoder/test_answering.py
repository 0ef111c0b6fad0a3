"""Answers: the likeliest symbol at each step, or a random one; and what cannot be read is refused in plain words."""

import numpy as np
import pytest
import torch

from explorer.sequence.encoder_decoder.answering import answer, answer_pair, drawn, sample


def test_the_greedy_answer_follows_the_likeliest_symbol(make):
    model = make()
    said = answer(model, "seventeen")
    task, batch = model.task, model.task.encode("seventeen")
    with torch.no_grad():
        memory, before = model.read(batch), model.start(1)
        for symbol, chance, look in zip(said.symbols, said.probabilities, said.attention, strict=True):
            logits, weights, memory = model.step(memory, before)
            before = logits.argmax(-1, keepdim=True)
            assert symbol == task.target_symbols[int(before)]
            assert chance == pytest.approx(torch.softmax(logits, -1).max().item(), rel=1e-5)
            np.testing.assert_array_equal(look, weights[0])
    assert said.source == tuple("seventeen")
    assert said.text == "".join(symbol for symbol in said.symbols if symbol != "<end>")
    assert said.log_probability == pytest.approx(np.log(said.probabilities).sum())
    assert said.attention.shape == (len(said.symbols), 9)


def test_an_answer_ends_or_is_broken_off(make):
    model = make()
    broken = answer(model, "one")
    assert not broken.ended and len(broken.symbols) == model.task.longest
    with torch.no_grad():
        model.readout.bias[0] = 100.0
    ended = answer(model, "one")
    assert ended.ended and ended.symbols == ("<end>",) and ended.text == ""


def test_the_right_answer_is_not_looked_at(make, draw):
    model = make()
    batch = draw(model, 3)
    i = 1
    question = model.task.encode("".join(model.task.source_steps(batch, i)))
    assert answer_pair(model, batch, i).symbols == answer_pair(model, question).symbols


def test_random_answers_come_by_their_generator_and_temperature(make):
    model = make("class")
    one, two, other = (sample(model, "surname", 1.0, torch.Generator().manual_seed(seed)).symbols for seed in (1, 1, 2))
    assert one == two != other
    cold = sample(model, "surname", 1e-4, torch.Generator().manual_seed(1))
    assert cold.symbols == answer(model, "surname").symbols


def test_symbols_are_drawn_as_often_as_they_are_likely():
    logits = torch.tensor([0.0, 1.0, 2.0, -1.0])
    said = drawn(0.5, torch.Generator().manual_seed(0))(logits.expand(40_000, 4))
    shares = torch.bincount(said, minlength=4) / 40_000
    assert torch.allclose(shares, torch.softmax(2.0 * logits, -1), atol=0.01)


@pytest.mark.parametrize("kind, texts", [
    ("letters", ["", "   ", "\n", "x" * 100_000, "sieben", "seven 🎉", "７", "seven\x00", "\u202e", "-5", "1e3", "twenty"[:3] + "ß"]),
    ("prefix", ["", "🎉", "Mar ia", "Mar" * 100_000, "M4", "José", "a" * 13]),
    ("class", ["", "dog", "🎉" * 50, "x" * 100_000]),
    ("rows", ["", "10", "-1", "²", "twelve", "🎉", "7" * 100_000]),
    ("picture", ["", "ten"]),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_remedy(make, kind, texts):
    model = make(kind)
    for text in texts:
        with pytest.raises(ValueError) as error:
            answer(model, text)
        said = str(error.value)
        assert len(said) < 400 and said.endswith((".", "”."))
        assert any(word in said.lower() for word in ("type", "leave", "shorten", "learned", "at most")), said


def test_numbers_may_be_typed_as_digits_or_untidily(make):
    encode = make().task.encode
    for text in ("17", " 17 ", "Seventeen", "  SEVENTEEN  "):
        assert torch.equal(encode(text).sources, encode("seventeen").sources)
    with pytest.raises(ValueError, match="below 20"):
        encode("20")
    thousands = make(limit=100_000).task.encode
    assert torch.equal(thousands("12,345").sources, thousands("twelve thousand, three hundred and forty-five").sources)


def test_a_drawing_is_no_text(make):
    with pytest.raises(ValueError, match="picture"):
        answer(make("drawing"), "7")
