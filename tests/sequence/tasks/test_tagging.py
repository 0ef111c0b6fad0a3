import math
from collections import Counter, defaultdict

import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks.tagged_sentences import (
    HELD_OUT_EACH,
    PATTERNS,
    SLOTS,
    TEMPLATES,
    held_out_sentences,
    training_sentences,
)
from explorer.sequence.tasks.tagging import LABELS
from explorer.text.name_lists import census, cities_of_countries

NAMES = [{name for sex in ("female", "male", "surname") for name, _ in census(sex)}]
NAMES += [{pair[0] for pair in cities_of_countries()}, {pair[1] for pair in cities_of_countries()}]


@pytest.fixture(scope="module")
def tagging():
    return make_task(SequenceExperiment(task="tagging"))


def named(sentences):
    """All (name, tag) of sentences."""
    return {(word, tag) for words, tags in sentences for word, tag in zip(words, tags, strict=True) if tag}


def test_names_are_real_and_tagged_as_what_they_are():
    for word, tag in named(held_out_sentences()) | named(training_sentences()[0]):
        assert word in NAMES[tag - 1]


def test_held_out_names_are_in_no_training_sentence_and_not_known():
    held_out = {word for word, _ in named(held_out_sentences())}
    sentences, known = training_sentences()
    assert len(held_out) > 100
    assert not held_out & {word for word, _ in named(sentences)} and not held_out & set(known)


def test_a_city_stands_with_its_own_country():
    pairs = set(cities_of_countries())
    for words, tags in held_out_sentences() + training_sentences()[0]:
        places = [word for word, tag in zip(words, tags, strict=True) if tag > 1]
        if len(places) == 2:
            assert tuple(places) in pairs or tuple(reversed(places)) in pairs


def test_the_same_person_is_never_named_twice():
    for words, tags in held_out_sentences():
        people = [word for word, tag in zip(words, tags, strict=True) if tag == 1]
        assert len(set(people)) == len(people)


def test_every_held_out_name_is_read_as_unknown_and_every_pattern_is_judged_equally(tagging):
    batch = tagging.held_out()
    assert len(batch) == HELD_OUT_EACH * len(PATTERNS) == 128
    assert ((batch.inputs == 0) & (batch.targets != -100) == (batch.targets > 0)).all()
    read = Counter(" ".join(tagging.steps(batch, i)) for i in range(128))
    assert len(read) == len(PATTERNS) and set(read.values()) == {HELD_OUT_EACH}


def test_half_of_the_training_sentences_have_known_names(tagging):
    names = tagging.training.inputs[tagging.training.targets > 0]
    assert 0.35 < (names > 0).double().mean() < 0.7


def test_the_limits_are_counted_over_what_can_be_seen(tagging):
    seen: dict[str, dict[tuple, Counter]] = {way: defaultdict(Counter) for way in ("left", "word", "both")}
    for pattern in PATTERNS:
        words = ["<unknown>" if word in SLOTS else word for word in pattern.split()]
        for i, word in enumerate(pattern.split()):
            for way, view in (("left", words[: i + 1]), ("word", words[i : i + 1]), ("both", [*words, str(i)])):
                seen[way][tuple(view)][SLOTS.get(word, 0)] += 1
    shares, losses = {}, {}
    for way, views in seen.items():
        names = sum(n for counts in views.values() for tag, n in counts.items() if tag)
        total = sum(counts.total() for counts in views.values())
        shares[way] = sum(max((n for tag, n in counts.items() if tag), default=0) for counts in views.values()) / names
        losses[way] = -sum(n * math.log(n / c.total()) for c in views.values() for n in c.values()) / total
    left, word = tagging.baselines
    assert (left.score, left.loss) == pytest.approx((shares["left"], losses["left"]))
    assert (word.score, word.loss) == pytest.approx((shares["word"], losses["word"]))
    assert shares["both"] == 1.0 and losses["both"] == 0.0
    assert shares["word"] < shares["left"] < 1 and tagging.baseline is left
    assert f"{shares['left']:.0%}" in left.sentence and "reading both ways, 100%" in left.sentence


def test_a_reader_from_the_left_gets_the_limit_on_the_held_out_sentences(tagging):
    """The best one: it has counted, over the patterns, which tags follow each beginning."""
    batch = tagging.held_out()
    counts = defaultdict(lambda: torch.zeros(4, dtype=torch.float64))
    for row, tags, length in zip(batch.inputs.tolist(), batch.targets.tolist(), batch.lengths.tolist(), strict=True):
        for i in range(length):
            counts[tuple(row[: i + 1])][tags[i]] += 1
    outputs = torch.full((*batch.inputs.shape, 4), -60.0, dtype=torch.float64)
    for i, (row, length) in enumerate(zip(batch.inputs.tolist(), batch.lengths.tolist(), strict=True)):
        for t in range(length):
            seen = counts[tuple(row[: t + 1])]
            outputs[i, t] = torch.log(seen / seen.sum()).clamp(min=-60)
    assert tagging.score(outputs, batch) == pytest.approx(tagging.baseline.score)
    assert tagging.loss(outputs, batch).item() == pytest.approx(tagging.baseline.loss)


def test_the_answer_is_the_last_name(tagging):
    batch = tagging.held_out()
    for i, step in enumerate(tagging.answer_step(batch).tolist()):
        tags = batch.targets[i].tolist()
        assert tags[step] > 0 and not any(tag > 0 for tag in tags[step + 1 :])


def test_the_score_counts_names_alone(tagging):
    batch = tagging.held_out()
    outputs = torch.zeros(*batch.inputs.shape, 4, dtype=torch.float64)
    outputs[..., 0] = 9
    assert tagging.score(outputs, batch) == 0
    outputs[..., 1] = 99
    names = batch.targets[batch.targets > 0]
    assert tagging.score(outputs, batch) == pytest.approx((names == 1).double().mean().item())


def test_what_is_watched_is_explained_only_by_what_comes_after_the_name(tagging):
    batch = tagging.watched()
    assert tagging.steps(batch)[0] == "<unknown>" and tagging.expected(batch)[0] == "country"


def test_typed_sentences(tagging):
    known = next(name for pair in training_sentences()[1:] for name in pair if name in NAMES[1])
    batch = tagging.encode(f"Xyzzy lives in the city of {known.upper()}.")
    assert tagging.steps(batch) == ["<unknown>", "lives", "in", "the", "city", "of", known, "."]
    assert tagging.expected(batch) == [""] * 8
    outputs = torch.randn(1, 8, 4, generator=torch.Generator().manual_seed(0)).requires_grad_()
    tagging.answer_loss(outputs, batch).backward()
    assert (outputs.grad.abs().sum(-1) > 0).sum() == 1 and tagging.loss(outputs, batch).item() == 0


@pytest.mark.parametrize(("text", "said"), [("  ", "Type a sentence"), ("a " * 61, "61 words; at most 60")])
def test_what_cannot_be_typed(tagging, text, said):
    with pytest.raises(ValueError, match=said):
        tagging.encode(text)


def test_tags_of_patterns_are_labels():
    assert {tag for _, tags in TEMPLATES for tag in tags} == set(range(len(LABELS)))
