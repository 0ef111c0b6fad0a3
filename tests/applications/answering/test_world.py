"""The small world against a simulation of it, its readers against plain computations, and its training to the bit."""

from itertools import islice

import numpy as np
import pytest
import torch

from explorer.applications.answering.world import DROPS, GOES, TAKES, World, encode, look_up, parse
from explorer.applications.answering.world_experiment import WorldExperiment
from explorer.applications.answering.world_readers import build_reader, load_reader
from explorer.applications.answering.world_training import baselines, held_out, stories_of, tensors, watched_arrays
from explorer.frame import same_bits


def simulate(facts):
    """Where everybody and everything is at the end."""
    where, holder, lies = {}, {}, {}
    for fact in facts:
        if fact.what == GOES:
            where[fact.who] = fact.where
        elif fact.what == TAKES:
            holder[fact.where] = fact.who
        else:
            assert holder.pop(fact.where) == fact.who, "only who has a thing can drop it"
            lies[fact.where] = where[fact.who]
    return where | lies | {thing: where[who] for thing, who in holder.items()}


@pytest.mark.parametrize("needs", ["one", "two"])
def test_answers_are_those_of_a_simulation(needs):
    for story in stories_of(WorldExperiment(needs=needs, length=12), 200, np.random.default_rng(1)):
        assert simulate(story.facts)[story.asked] == story.answer
        assert len(story.needed) == (1 if needs == "one" else 2)
        # The facts that are needed are enough, and without any of them the answer is another or unknown.
        kept = tuple(story.facts[i] for i in sorted(story.needed))
        assert look_up(kept, story.asked)[0] == story.answer
        for i in story.needed:
            assert look_up(tuple(fact for j, fact in enumerate(story.facts) if j != i), story.asked) != (story.answer, story.needed)


def test_stories_as_numbers():
    world = World()
    story = parse(world, "Mary went to the kitchen.\nmary took the ball\nMary dropped the ball", "ball")
    assert story.answer == "kitchen" and story.needed == (2, 0) and story.facts[2].what == DROPS
    arrays = encode(world, [story])
    words = [[world.vocabulary[number] for number in line if number] for line in arrays["facts"][0]]
    assert words[0] == ["mary", "went", "to", "the", "kitchen"]
    assert arrays["needed"][0, :, 0].tolist() == [False, False, True] and arrays["needed"][0, :, 1].tolist() == [True, False, False]


@pytest.mark.parametrize("text", ["Mary <b>flew</b> home", "", "Mary took the ball", "x\n" * 40, "مرحبا", "🙂"])
def test_strange_stories_are_refused_with_a_remedy(text):
    with pytest.raises(ValueError, match="Write|does not tell"):
        parse(World(), text, "ball")


@pytest.mark.parametrize("reader", ["gru", "attention"])
def test_padding_changes_nothing(reader):
    experiment = WorldExperiment(reader=reader)
    made, (story, *_) = build_reader(experiment), held_out(experiment)
    alone = tensors(experiment, [story])
    padded = torch.cat([torch.zeros_like(alone["facts"][:, :3]), alone["facts"]], dim=1)
    first, second = made(alone["facts"], alone["question"]), made(padded, alone["question"])
    assert torch.allclose(first.scores, second.scores, atol=1e-5)


def test_the_gru_reads_the_words_in_their_order():
    experiment = WorldExperiment(reader="gru")
    made, (story, *_) = build_reader(experiment), held_out(experiment)
    batch = tensors(experiment, [story])
    words = torch.cat([batch["facts"].flatten(1), batch["question"]], dim=1)
    _, last = made.cell(made.embedding(words[words > 0])[None])
    assert torch.allclose(made(batch["facts"], batch["question"]).scores, made.readout(last[-1]), atol=1e-5)


def test_looks_are_shares_and_influence_is_the_gradient():
    experiment = WorldExperiment(hops=3)
    made, stories = build_reader(experiment), held_out(experiment)[:4]
    arrays = watched_arrays(made, tensors(experiment, stories))
    assert arrays["attention"].shape == (4, 3, 8) and arrays["attention"].sum(axis=2) == pytest.approx(1.0, abs=1e-5)
    assert arrays["influence"].sum(axis=1) == pytest.approx(1.0, abs=1e-5) and arrays["chances"].sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_attention_learns_one_fact_and_is_at_it_and_the_same_seed_gives_the_same_bits():
    experiment = WorldExperiment(steps=220, length=5, learning_rate=0.005)
    *_, last = experiment.frames((), lambda step: step == 220)
    assert last.metrics["score"] > 0.9 > max(baselines(experiment).values()) and last.metrics["pointing"] > 0.8
    loaded = load_reader(experiment, last.weights)
    batch = tensors(experiment, held_out(experiment)[:6])
    assert np.array_equal(watched_arrays(loaded, batch)["chances"], last.arrays["chances"])
    one, other = (list(islice(experiment.frames(), 4)) for _ in range(2))
    assert all(map(same_bits, one, other))
