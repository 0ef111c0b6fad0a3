import math
import re
from collections import Counter

import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.text import read_corpus
from explorer.text.tokens import split_words

# Held-out text says nothing that training text says: digits stand only in its last part.
TRAINING = "the quick brown fox jumps over the lazy dog. " * 60
HELD_OUT = "0123456789 9876543210. " * 13


def own(task="characters", text=TRAINING + HELD_OUT, **settings):
    return make_task(SequenceExperiment(task=task, corpus="own", text=text, **{"length": 8, **settings}))


@pytest.fixture(scope="module")
def lee():
    return make_task(SequenceExperiment(task="characters", corpus="lee", length=30))


@pytest.fixture(scope="module")
def words():
    return make_task(SequenceExperiment(task="words", corpus="lee", length=10, vocabulary=300))


def test_the_last_tenth_is_held_out_and_never_sampled():
    task = own()
    text = (TRAINING + HELD_OUT).strip()
    assert len(task.rest) == len(text) // 10
    assert len(task.training) + len(task.rest) == len(text)
    batch = task.sample(4000, torch.Generator().manual_seed(0))
    seen = {task.vocabulary[k] for k in torch.cat([batch.inputs.flatten(), batch.targets.flatten()]).unique().tolist()}
    assert not seen & set("0123456789")


def test_the_vocabulary_knows_the_training_part_alone():
    task = own()
    assert set(task.vocabulary) == set(TRAINING) | {"\ufffd"}
    assert (task.rest == 0).float().mean() > 0.8


def test_windows_are_the_text_and_targets_the_next_character(lee):
    text = read_corpus("lee")
    batch = lee.sample(20, torch.Generator().manual_seed(1))
    for inputs, targets in zip(batch.inputs.tolist(), batch.targets.tolist(), strict=True):
        read = "".join(lee.vocabulary[k] for k in inputs)
        said = "".join(lee.vocabulary[k] for k in targets)
        assert read[1:] == said[:-1]
        assert "\ufffd" in read + said or read + said[-1] in text[: len(lee.training)]


def test_held_out_windows_come_from_the_end_of_the_text(lee):
    text = read_corpus("lee")
    cut = len(text) - len(text) // 10
    batch = lee.held_out()
    assert len(batch) == 128
    for inputs in batch.inputs.tolist():
        read = "".join(lee.vocabulary[k] for k in inputs)
        assert "\ufffd" in read or read in text[cut:]
    first = "".join(lee.vocabulary[k] for k in batch.inputs[0].tolist())
    assert text[cut:].startswith(first)


def test_every_part_of_the_training_text_can_be_sampled():
    text = "".join(chr(200 + i) for i in range(90))
    task = make_task(SequenceExperiment(task="characters", corpus="own", text=text, length=4))
    batch = task.sample(3000, torch.Generator().manual_seed(0))
    assert len(task.training) == 81
    assert set(batch.inputs.flatten().tolist()) == set(task.training[:-1].tolist())
    assert set(batch.targets.flatten().tolist()) == set(task.training[1:].tolist())


def test_baseline_of_characters_by_hand(lee):
    text = read_corpus("lee")
    cut = len(text) - len(text) // 10
    known = {character for character, _ in Counter(text[:cut]).most_common()}
    assert len(known) <= 96 and len(lee.vocabulary) == len(known) + 1
    counts = Counter(text[:cut])
    total = cut + len(known) + 1
    said = [lee.vocabulary[k] for k in lee.held_out().targets.flatten().tolist()]
    loss = -sum(math.log((counts.get(c, 0) + 1) / total) for c in said) / len(said)
    assert lee.baseline.loss == pytest.approx(loss)
    assert lee.baseline.score == pytest.approx(loss / math.log(2))
    assert f"{loss / math.log(2):.3g} bits per character" in lee.baseline.sentence


def test_baseline_of_words_by_hand(words):
    tokens = split_words(read_corpus("lee"))
    training = tokens[: len(tokens) - len(tokens) // 10]
    known = set(words.vocabulary)
    counts = Counter(token if token in known else "<unknown>" for token in training)
    total = len(training) + len(known)
    said = [words.vocabulary[k] for k in words.held_out().targets.flatten().tolist()]
    loss = -sum(math.log((counts[word] + 1) / total) for word in said) / len(said)
    assert words.baseline.loss == pytest.approx(loss)
    assert words.baseline.score == pytest.approx(math.exp(loss))


def test_the_vocabulary_is_capped():
    many = "".join(chr(0x4E00 + i % 150) for i in range(3000))
    assert own(text=many).inputs == 97


def test_words_outside_the_vocabulary_are_unknown(words):
    assert words.inputs == 301 and words.vocabulary[0] == "<unknown>"
    batch = words.encode("The Zyzzyva said .")
    assert words.steps(batch) == ["the", "<unknown>", "said", "."]


def test_scores_are_bits_and_perplexity(lee, words):
    for task, uniform in ((lee, math.log2(lee.outputs)), (words, words.outputs)):
        batch = task.held_out()
        outputs = torch.zeros(*batch.inputs.shape, task.outputs, dtype=torch.float64)
        assert task.score(outputs, batch) == pytest.approx(uniform)


def test_a_hopeless_loss_has_an_infinite_perplexity(words):
    batch = words.held_out()
    outputs = torch.zeros(*batch.inputs.shape, words.outputs, dtype=torch.float64)
    outputs.scatter_(-1, batch.targets[..., None], -5000.0)
    assert words.score(outputs, batch) == math.inf


def test_encode_keeps_every_character_and_scores_all_but_the_last(lee):
    batch = lee.encode("Hi <b>☃</b>\n")
    assert lee.steps(batch) == ["H", "i", " ", *("\ufffd" if c not in lee.vocabulary else c for c in "<b>☃</b>"), "\n"]
    assert lee.expected(batch) == [*lee.steps(batch)[1:], ""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type some text, for example “The history of ”."),
        ("  \n", "Type some text"),
        ("x" * 61, "61 characters; at most 60"),
    ],
)
def test_what_cannot_be_encoded_says_why(lee, text, said):
    with pytest.raises(ValueError) as refusal:
        lee.encode(text)
    assert said in str(refusal.value)


def test_sixty_characters_fit(lee):
    assert lee.encode("x" * 60).lengths.tolist() == [60]


def test_the_watched_example_is_held_out_and_begins_a_sentence(lee, words):
    read = "".join(lee.vocabulary[k] for k in lee.watched().inputs[0].tolist())
    text = read_corpus("lee")
    assert re.search(r"\.\s" + re.escape(read), text[-len(text) // 10 :])
    unknown = (words.watched().inputs == 0).float().mean()
    assert unknown < 0.7 * (words.held_out().inputs == 0).float().mean()


@pytest.mark.parametrize(
    ("text", "length", "said"),
    [
        ("", 8, "no text of your own yet"),
        ("   ", 8, "no text of your own yet"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 8, "only one letter ('a')"),
        ("abcdefgh", 8, "8 characters, but length 8 needs at least 27. Use a longer text."),
        (
            "abcdefghij" * 3,
            50,
            "30 characters, but length 50 needs at least 153. Use a longer text, or a length of at most 9.",
        ),
    ],
)
def test_own_text_that_does_not_fit_says_what_would(text, length, said):
    with pytest.raises(ValueError) as refusal:
        own(text=text, length=length)
    assert said in str(refusal.value)


def test_the_length_that_is_named_fits_and_the_next_does_not():
    text = "abcdefghij" * 3
    assert own(text=text, length=9).length == 9
    with pytest.raises(ValueError):
        own(text=text, length=10)


def test_wikipedia_has_the_promised_size():
    task = make_task(SequenceExperiment(task="characters"))
    assert task.inputs == 97
    assert len(task.training) > 2_000_000
    assert float((task.training == 0).float().mean()) < 0.002
