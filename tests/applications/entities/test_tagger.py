"""The tagger against slow or independent computations, and its training."""

from itertools import islice, product

import numpy as np
import pytest
import torch

from explorer.applications.entities import (
    EntityExperiment,
    chain,
    influence,
    load_tagger,
    material,
    material_of,
    read_text,
)
from explorer.applications.entities import sentences as shipped
from explorer.applications.entities.asking import log_odds
from explorer.applications.entities.conll import write_conll
from explorer.applications.entities.examination import scores
from explorer.applications.entities.model import Spelling, build_tagger
from explorer.applications.entities.opening import KIND, open_run
from explorer.applications.entities.reading import reader_of
from explorer.applications.entities.scoring import count, f1_interval, total
from explorer.applications.entities.tags import Entity
from explorer.applications.entities.trainer import parts
from explorer.frame import Change, same_bits
from explorer.runs.archive import to_bytes
from explorer.sequence.pace import run_through

SMALL = {"hidden": 12, "embedding": 6, "batch": 4, "steps": 4}


def run(**settings):
    return list(EntityExperiment(**{**SMALL, **settings}).frames(wanted=lambda step: step in (0, 2)))


def rows(length, tags):
    return [torch.tensor([row]) for row in product(range(tags), repeat=length)]


def test_the_chain_equals_a_count_over_all_rows_of_tags():
    generator = torch.Generator().manual_seed(0)
    emissions, transitions = torch.randn(1, 4, 3, generator=generator).double(), torch.randn(4, 4, generator=generator).double()
    for length in (1, 2, 4):
        lengths, every = torch.tensor([length]), rows(length, 3)
        scores = torch.cat([chain.score(emissions[:, :length], row, transitions, lengths) for row in every])
        row = every[5 % len(every)][0]
        by_hand = sum(emissions[0, t, k] for t, k in enumerate(row)) + transitions[3, row[0]] + transitions[row[-1], 3]
        by_hand += sum(transitions[a, b] for a, b in zip(row, row[1:], strict=False))
        assert scores[5 % len(every)].item() == pytest.approx(float(by_hand))
        assert chain.log_partition(emissions, transitions, lengths).item() == pytest.approx(scores.logsumexp(0).item())
        assert chain.best(emissions, transitions, lengths)[0, :length].equal(every[int(scores.argmax())][0])
        shares = scores.softmax(0)
        first = torch.stack([shares[[int(row[0, 0]) == k for row in every]].sum() for k in range(3)])
        assert chain.marginals(emissions, transitions, lengths)[0, 0] == pytest.approx(first)


def test_letters_are_read_by_a_convolution():
    spelling = Spelling(5)
    letters = torch.tensor([[2, 3, 4, 0, 0, 0], [6, 0, 0, 0, 0, 0]])
    for word, length in zip(letters, (3, 1), strict=True):
        seen = spelling.embedding(torch.cat([torch.zeros(1, dtype=torch.long), word[:length], torch.zeros(1, dtype=torch.long)]))
        weight = spelling.windows.weight.view(24, 3, 12).transpose(1, 2)
        expected = torch.tanh(torch.nn.functional.conv1d(seen.T[None], weight, spelling.windows.bias))[0].amax(dim=1)
        assert torch.allclose(spelling(word[None])[0], expected, atol=1e-6)


@pytest.mark.parametrize("both_ways", [True, False])
def test_padding_and_company_change_nothing_and_one_way_does_not_look_ahead(both_ways):
    tagger = build_tagger(EntityExperiment(**SMALL, bidirectional=both_ways))
    short, long = ("Lima", "won", "the", "cup"), ("Jordan", "lives", "in", "Peru", ",", "said", "Eve", ".")
    with torch.no_grad():
        alone, other = (tagger(tagger.reader.batch([words])) for words in (short, (*short[:3], "river")))
        together = tagger(tagger.reader.batch([long, short]))
    assert torch.allclose(together[1, :4], alone[0], atol=1e-6)
    assert torch.equal(alone[0, 0], other[0, 0]) is not both_ways


@pytest.mark.parametrize("with_chain", [False, True])
def test_what_speaks_adds_up_to_the_log_odds(with_chain):
    *_, last = run(chain=with_chain, steps=4)
    tagger, words, place = load_tagger(EntityExperiment(**SMALL, chain=with_chain), last.weights), ("In", "Lima", "it", "rained", "."), 1
    batch = tagger.reader.batch([words])
    with torch.no_grad():
        inputs = tagger.inputs(batch)
        scores = tagger.scores(inputs, batch.lengths)
        tag = int(tagger.decide(scores, batch.lengths)[0, place])
        end, start = (log_odds(tagger, one, place, tag).item() for one in (inputs, torch.zeros_like(inputs)))
        chance = tagger.probabilities(scores, batch.lengths)[0, place, tag]
    assert torch.logit(chance).item() == pytest.approx(end, abs=1e-3)
    assert float(influence(tagger, words, place).sum()) == pytest.approx(end - start, abs=0.02)


def test_same_seed_same_bits_however_it_is_looked_at():
    experiment = EntityExperiment(**SMALL)
    changes = [Change(2, "learning_rate", 0.02)]
    one, other = experiment.frames(changes, lambda step: True), experiment.frames(changes, lambda step: step == 3)
    first, second = list(one), list(other)
    assert same_bits(first[3], second[3]) and first[4].weights == second[4].weights
    assert all(a.metrics["loss"] == b.metrics["loss"] for a, b in zip(first, second, strict=True))
    assert first[4].weights != run()[4].weights and first[2].metrics["learning_rate"] == 0.02


def test_it_learns_from_names_that_are_not_those_it_is_asked_for():
    training, held_out, new = shipped.training_sentences(), shipped.held_out_sentences(), shipped.new_sentences()
    assert not shipped.names_in(training) & (shipped.names_in(held_out) | shipped.names_in(new))
    assert {"Jordan", "Paris", "Chad"} <= set(shipped.ambiguous_names())
    *_, last = EntityExperiment(steps=160, seed=1).frames(wanted=lambda step: False)
    assert last.metrics["f1"] > 0.7 > 0.1 > run()[0].metrics["f1"]
    assert 0.3 < last.metrics["f1_third"] < last.metrics["f1_second"] < last.metrics["f1"]
    tagger = load_tagger(EntityExperiment(steps=160, seed=1), last.weights)
    (answer,) = read_text(tagger, "Mary Zyxwv lives in the city of Qwertia.")
    assert [one.kind for one in answer.entities] == ["PER", "LOC"] and answer.entities[0][1:] == (0, 2)
    assert answer.chances.sum(0) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text, sentences", [("", 0), (" \n ", 0), ("🎉", 1), ("مرحبا بالعالم", 1), ("word " * 20_000, 28)])
def test_any_text_is_answered(text, sentences):
    found = read_text(build_tagger(EntityExperiment(**SMALL)), text)
    assert len(found) == sentences and all(len(one.words) <= 150 for one in found)


def test_own_files_and_saved_runs():
    data = write_conll(shipped.held_out_sentences()[:40]).decode()
    experiment = EntityExperiment(**SMALL, data="own", own_train=data, own_test=write_conll(shipped.new_sentences()[:6]).decode())
    material = material_of(experiment)
    assert list(material.parts) == ["held out"] and len(material.training) == 40 and len(material.held_out) == 6
    assert len(material_of(experiment.replace(own_test="")).held_out) == 8
    frames = list(islice(experiment.frames(wanted=lambda step: True), 3))
    opened = open_run(to_bytes(KIND, experiment.model_dump_json(), (), frames))
    assert opened.experiment == experiment and all(same_bits(a, b) for a, b in zip(frames, opened.frames, strict=True))
    with pytest.raises(ValueError, match="no file to learn from"):
        material_of(EntityExperiment(data="own"))
    other = EntityExperiment(data="own", own_train=data, own_test="x B-QQ\n\n" * 6)
    with pytest.raises(ValueError, match="No kind of name is both"):
        material_of(other)
    assert EntityExperiment(own_train=data).own_train == ""
    forged = [frames[0], *(type(one)(one.step, {**one.metrics, "f1": 2.0}, one.arrays, one.weights) for one in frames[1:])]
    with pytest.raises(ValueError, match="not between 0 and 1"):
        open_run(to_bytes(KIND, experiment.model_dump_json(), (), forged))


def test_a_file_is_read_once_for_as_long_as_somebody_uses_it(monkeypatch):
    monkeypatch.setattr(material._own, "size", 1)
    one, *others = (EntityExperiment(data="own", own_train=f"w{i} B-PER\n\n" * 9) for i in range(4))
    reader = reader_of(one)
    for other in others:
        material_of(other)
    assert material_of(one) is reader.material is not material_of(others[0])


def test_scores_come_in_pieces_and_are_the_same():
    found = material_of(EntityExperiment(data="own", own_train="\n\n".join(f"w{i} {'O' if i % 3 else 'B-PER'}" for i in range(15_000))))
    tags = np.arange(3000) % 2
    slices = scores(found, tags)
    pieces = sum(1 for _ in iter(lambda: next(slices, 1), 1))
    counts = [count(true, [Entity("PER", 0, 1)] * said) for true, said in zip(found.true, tags.tolist(), strict=True)]
    assert pieces >= 4 and run_through(scores(found, tags)) == {
        "f1": total(counts).f1, "precision": total(counts).precision, "recall": total(counts).recall, "unseen_recall": total(counts).recall,
        **dict(zip(("f1_low", "f1_high"), f1_interval(counts), strict=True)),
    }  # fmt: skip


def test_no_piece_is_too_long():
    lengths = torch.randint(1, 60, (64,), generator=torch.Generator().manual_seed(3)).numpy()
    found = parts(torch.arange(64).numpy(), lengths, 480)
    assert sorted(i for part in found for i in part) == list(range(64))
    assert all(len(part) * lengths[part].max() <= 480 for part in found)
