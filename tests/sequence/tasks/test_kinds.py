import math
from collections import Counter

import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks.kinds import LABELS, SURNAMES, kinds_of_names
from explorer.text.name_lists import census, cities, countries, languages, plain_letters


@pytest.fixture(scope="module")
def kinds():
    return make_task(SequenceExperiment(task="kinds"))


def spelled(task, batch):
    return ["".join(task.steps(batch, i)) for i in range(len(batch))]


def test_names_stand_on_the_list_of_their_kind():
    lists = [
        countries(),
        cities(),
        languages(),
        *([name for name, _ in census(sex)] for sex in ("male", "female", "surname")),
    ]
    known = [{plain_letters(name) for name in names} for names in lists]
    found = kinds_of_names()
    assert all(name in known[kind] for name, kind in found.items())
    assert Counter(found.values())[LABELS.index("surname")] == SURNAMES


@pytest.mark.parametrize(
    ("name", "kind"),
    [("peru", "country"), ("lima", "city"), ("georgia", "country"), ("yoruba", "language"), ("mary", "woman"), ("james", "man"),
     ("smith", "surname"), ("alabama", "language"), ("monaco", "country"), ("leslie", "woman")],
)  # fmt: skip
def test_a_name_on_several_lists_counts_once(kinds, name, kind):
    assert LABELS[kinds.kinds[name]] == kind


def test_first_names_of_both_sexes_go_to_the_more_frequent():
    women, men, found = dict(census("female")), dict(census("male")), kinds_of_names()
    both = [name for name in women if name in men and plain_letters(name) in found]
    assert len(both) > 200
    for name in both:
        kind = LABELS[found[plain_letters(name)]]
        assert kind == ("man" if men[name] >= women[name] else "woman") or kind in LABELS[:3]


def test_no_name_is_both_learned_and_held_out(kinds):
    training, held_out = set(spelled(kinds, kinds.training)), spelled(kinds, kinds.held_out())
    assert len(held_out) == len(set(held_out)) == 126 and not training & set(held_out)
    assert Counter(kinds.held_out().targets.tolist()) == dict.fromkeys(range(6), 21)
    assert f"{len(training):,} real names" in kinds.story


def test_every_kind_and_every_name_of_it_is_drawn_equally_often(kinds):
    batch = kinds.sample(12000, torch.Generator().manual_seed(0))
    assert min(torch.bincount(batch.targets)) > 1800 and max(torch.bincount(batch.targets)) < 2200
    countries_drawn = Counter(
        name for name, target in zip(spelled(kinds, batch), batch.targets.tolist(), strict=True) if target == 0
    )
    learned = int((kinds.training.targets == 0).sum())
    assert len(countries_drawn) == learned and max(countries_drawn.values()) < 4 * 2000 / learned


def test_right_answers_are_those_of_the_lists(kinds):
    found = kinds_of_names()
    for name, target in zip(spelled(kinds, kinds.held_out()), kinds.held_out().targets.tolist(), strict=True):
        assert found[name] == target


def test_the_baseline_counts_last_letters(kinds):
    counts = {}
    names = list(zip(spelled(kinds, kinds.training), kinds.training.targets.tolist(), strict=True))
    sizes = Counter(kind for _, kind in names)
    for name, kind in names:
        counts.setdefault(name[-1], Counter())[kind] += 1
    loss = right = 0.0
    for name, kind in zip(spelled(kinds, kinds.held_out()), kinds.held_out().targets.tolist(), strict=True):
        shares = [(counts.get(name[-1], {}).get(k, 0) + 1) / (sizes[k] + len(kinds.vocabulary)) for k in range(6)]
        loss -= math.log(shares[kind] / sum(shares)) / 126
        right += (shares.index(max(shares)) == kind) / 126
    assert kinds.baseline.loss == pytest.approx(loss) and kinds.baseline.score == pytest.approx(right)
    assert 1 / 6 < right < 0.6 and f"{right:.0%}" in kinds.baseline.sentence


def test_the_watched_one_is_a_held_out_country(kinds):
    assert kinds.expected(kinds.watched())[-1] == "country"
    assert "".join(kinds.steps(kinds.watched())) in spelled(kinds, kinds.held_out())


@pytest.mark.parametrize(
    ("text", "read", "kind"),
    [
        ("Peru", "peru", "country"),
        ("  São  Tomé ", "sao tome", "city"),
        ("Zanzibar", "zanzibar", ""),
        ("O’Neill", "o'neill", ""),
    ],
)
def test_typed_names(kinds, text, read, kind):
    batch = kinds.encode(text)
    assert "".join(kinds.steps(batch)) == read and kinds.expected(batch)[-1] == kind


def test_a_name_of_no_known_kind_still_has_a_gradient(kinds):
    batch = kinds.encode("Zanzibar")
    outputs = torch.randn(1, 6, generator=torch.Generator().manual_seed(0)).requires_grad_()
    loss = kinds.answer_loss(outputs, batch)
    assert loss.item() == pytest.approx(-torch.log_softmax(outputs, 1).max().item())
    assert kinds.loss(outputs, batch).item() == 0


@pytest.mark.parametrize(
    ("text", "said"), [(" ", "Type something"), ("Москва", "letters a to z; “м”"), ("x" * 41, "41 letters; at most 40")]
)
def test_what_cannot_be_typed(kinds, text, said):
    with pytest.raises(ValueError, match=said):
        kinds.encode(text)
