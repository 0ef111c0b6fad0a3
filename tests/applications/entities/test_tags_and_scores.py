"""Whole entities, as seqeval and the CoNLL program read and count them."""

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.applications.entities.scoring import Counts, by_kind, count, f1_interval, fault_counts, mistakes, total
from explorer.applications.entities.tags import Entity, Tagged, entities, kinds_of, tag_names, tags_of

SEQEVAL = json.loads((Path(__file__).parent / "seqeval.json").read_text())


def test_entities_and_scores_are_those_of_seqeval():
    every = []
    for case in SEQEVAL["cases"]:
        true, said = (entities(case[side].split()) for side in ("true", "said"))
        assert [list(one) for one in true] == case["entities"]
        counts = count(true, said)
        assert (counts.precision, counts.recall, counts.f1) == pytest.approx(case["scores"], abs=1e-6)
        every.append(counts)
    added = total(every)
    assert (added.precision, added.recall, added.f1) == pytest.approx(SEQEVAL["all"], abs=1e-6)


def test_tags_and_entities_are_one_in_every_scheme():
    found = [Entity("PER", 0, 2), Entity("PER", 2, 3), Entity("LOC", 4, 7)]
    assert tags_of(found, 8) == ("B-PER", "I-PER", "B-PER", "O", "B-LOC", "I-LOC", "I-LOC", "O")
    assert tags_of(found, 8, "bioes") == ("B-PER", "E-PER", "S-PER", "O", "B-LOC", "I-LOC", "E-LOC", "O")
    assert all(entities(tags_of(found, 8, scheme)) == found for scheme in ("bio", "bioes"))
    assert entities(["I-PER", "I-PER", "B-PER", "I-LOC"]) == [Entity("PER", 0, 2), Entity("PER", 2, 3), Entity("LOC", 3, 4)]
    kinds = kinds_of([Tagged(("a", "b"), ("B-PER", "O")), Tagged(("c",), ("B-LOC",))])
    assert tag_names(kinds) == ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")


def test_an_entity_is_right_whole_or_not_at_all():
    true = [Entity("LOC", 0, 2), Entity("PER", 3, 4), Entity("ORG", 6, 8), Entity("PER", 9, 10)]
    said = [Entity("LOC", 0, 1), Entity("ORG", 3, 4), Entity("LOC", 5, 7), Entity("PER", 9, 10), Entity("PER", 12, 13)]
    assert count(true, said) == Counts(1, 5, 4)
    assert [one.fault for one in mistakes(true, said)] == ["bounds", "kind", "both", "invented"]
    assert [one.fault for one in mistakes(true, said[1:])] == ["missed", "kind", "both", "invented"]
    assert fault_counts(mistakes(true, true)) == dict.fromkeys(fault_counts([]), 0)
    assert by_kind([true], [said], ("PER", "ORG"))["PER"] == Counts(1, 2, 2)
    assert Counts(0, 0, 0).f1 == Counts(0, 0, 3).precision == 0.0


def test_the_interval_holds_what_other_samples_give():
    """The bootstrap's interval is about as wide as F1 varies over samples of the same size."""
    generator = np.random.default_rng(1)

    def sample():
        return [Counts(*((1, 1, 1) if hit else (0, 1, 1))) for hit in generator.random(200) < 0.8]

    values = [total(sample()).f1 for _ in range(400)]
    low, high = f1_interval(sample())
    assert 0.6 < (high - low) / (np.quantile(values, 0.975) - np.quantile(values, 0.025)) < 1.5
    assert f1_interval([Counts(1, 1, 1)] * 9) == (1.0, 1.0) and f1_interval([]) == (0.0, 1.0)
