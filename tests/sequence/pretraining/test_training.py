"""Training: the same seed gives the same frames whatever else runs, in pieces that add up to the whole batch's gradient."""

from itertools import islice

import numpy as np
import pytest
import torch

from explorer.frame import Change, same_bits
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.pace import run_through
from explorer.sequence.pretraining import build_model, load_model
from explorer.sequence.pretraining.masking import IGNORED
from explorer.sequence.pretraining.optimizers import Muon, orthogonal
from explorer.sequence.pretraining.picture import LIKELIEST, SAMPLE
from explorer.sequence.pretraining.reading import source
from explorer.sequence.pretraining.trainer import Trainer, draw, scheduled
from explorer.sequence.settings import Settings
from explorer.sequence.streams import DATA, stream

KINDS = [
    {"objective": "gpt", "units": "characters"},
    {"objective": "gpt", "units": "words", "positions": "learned", "optimizer": "adamw"},
    {"objective": "bert", "units": "subwords", "positions": "sinusoidal"},
]


def seldom(step):
    """Draws step 3, and as always the first and the last frame."""
    return step == 3


@pytest.mark.parametrize("settings", KINDS)
def test_equal_experiments_give_equal_frames_also_interleaved(tiny, settings):
    alone = list(tiny(**settings).frames(wanted=seldom))
    torch.manual_seed(99)
    mine, seen, other = tiny(**settings).frames(wanted=seldom), [], tiny(**{**settings, "seed": 1}).frames(wanted=seldom)
    for frame in mine:
        seen.append(frame)
        torch.rand(3)
        next(other, None)
    assert all(same_bits(one, two) for one, two in zip(alone, seen, strict=True))
    assert not same_bits(alone[0], next(tiny(**{**settings, "seed": 1}).frames()))


@pytest.mark.parametrize("settings", KINDS)
def test_each_drawn_frame_holds_what_was_promised(tiny, settings):
    experiment = tiny(**settings)
    first, *_, last = experiment.frames(wanted=seldom)
    for frame in (first, last):
        arrays, metrics = frame.arrays, frame.metrics
        steps, asked = len(arrays["read"]), len(arrays["asked"])
        assert arrays["attention"].shape == (2, 2, steps, steps)
        np.testing.assert_allclose(arrays["attention"].sum(-1), 1.0, rtol=1e-5)
        assert arrays["top_index"].shape == arrays["top_probability"].shape == (asked, LIKELIEST)
        assert (np.diff(arrays["top_probability"], axis=1) <= 0).all() and (arrays["chance"] > 0).all()
        assert arrays["previous"].shape == (2, 2)
        assert {"held_out", "accuracy", "previous_token", "weight_norm", "update_ratio"} <= metrics.keys()
        if experiment.objective == "gpt":
            assert arrays["induction"].shape == (2, 2) and len(arrays["sample"]) == SAMPLE[experiment.units]
            assert arrays["sample"].min() > 0 and metrics["induction"] == pytest.approx(arrays["induction"].max())
            assert np.array_equal(arrays["read"][1:], arrays["right"][:-1]) and metrics["bits_per_character"] > 0
        else:
            mask = source(experiment).pieces.mask
            assert np.array_equal(np.flatnonzero(arrays["read"] == mask), arrays["asked"])
            assert "bits_per_character" not in metrics and (arrays["right"] != mask).all()


def test_a_frame_does_not_depend_on_which_others_are_drawn(tiny):
    every = list(tiny(units="words").frames(wanted=lambda step: True))
    some = list(tiny(units="words").frames(wanted=lambda step: step == 3))
    assert same_bits(every[3], some[3]) and same_bits(every[4], some[4])
    assert every[1].metrics["loss"] == some[1].metrics["loss"] and not some[1].arrays


@pytest.mark.parametrize("objective", ["gpt", "bert"])
def test_pieces_add_up_to_the_gradient_of_the_whole_batch(tiny, objective):
    experiment = tiny(objective=objective, batch=7)
    text, norms = source(experiment), []
    for at_once in (7, 3, 1):
        trainer = Trainer(experiment, build_model(experiment), text)
        trainer._at_once = at_once
        norms.append(run_through(trainer._gradient(torch.Generator().manual_seed(1))))
    assert norms[1] == pytest.approx(norms[0], rel=1e-4) and norms[2] == pytest.approx(norms[0], rel=1e-4)


def test_the_loss_of_step_0_is_that_of_the_first_update(tiny):
    first, second = islice(tiny().frames(), 2)
    assert first.metrics["loss"] == second.metrics["loss"]


def test_an_update_is_pytorchs_own(tiny):
    """Ten updates of a plain loop around ``torch.optim.AdamW`` end in the same weights."""
    experiment = tiny(optimizer="adamw", steps=10, clip=0.5, batch=3, weight_decay=0.0)
    *_, last = experiment.frames(wanted=lambda step: False)
    model, text = build_model(experiment).train(), source(experiment)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01, betas=(0.9, 0.98), weight_decay=0.0)
    data = stream(experiment.seed, DATA)
    for step in range(1, 11):
        seen, asked = draw(experiment, text, data)
        loss = torch.nn.functional.cross_entropy(model(seen).flatten(0, 1), asked.flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.param_groups[0]["lr"] = 0.01 * min(1.0, step / 2) * (1.0 - (step - 1) / 10)
        optimizer.step()
    for one, other in zip(model.parameters(), load_model(experiment, last.weights).parameters(), strict=True):
        torch.testing.assert_close(one, other, atol=2e-4, rtol=1e-3)


def test_muon_moves_every_direction_equally_far():
    """Its step is near U V^T of the singular value decomposition, and as long as an AdamW step."""
    matrix = torch.randn(6, 15, generator=torch.Generator().manual_seed(0))
    for one in (matrix, matrix.T):
        left, _, right = torch.linalg.svd(one, full_matrices=False)
        near = orthogonal(one[None])[0]
        values = torch.linalg.svdvals(near)
        assert values.min() > 0.6 and values.max() < 1.3
        assert torch.nn.functional.cosine_similarity(near.flatten(), (left @ right).flatten(), dim=0) > 0.97
    weight = torch.nn.Parameter(torch.zeros(40, 40))
    weight.grad = torch.randn(40, 40, generator=torch.Generator().manual_seed(1))
    run_through(Muon([[weight]], 0.0).step(0.01))
    assert weight.square().mean().sqrt().item() == pytest.approx(0.01 * 0.2, rel=0.25)
    assert (weight * weight.grad).sum() < 0


def test_three_squares_are_moved_as_three_matrices():
    """Queries, keys and values in one tall matrix move as they would in three."""
    gradient = torch.randn(24, 8, generator=torch.Generator().manual_seed(2))
    tall, three = torch.nn.Parameter(torch.zeros(24, 8)), [torch.nn.Parameter(torch.zeros(8, 8)) for _ in range(3)]
    tall.grad = gradient.clone()
    for one, part in zip(three, gradient.chunk(3), strict=True):
        one.grad = part.clone()
    run_through(Muon([[tall]], 0.0).step(0.01))
    run_through(Muon([three], 0.0).step(0.01))
    torch.testing.assert_close(tall, torch.cat(list(three)))


def test_batches_are_stretches_of_the_training_text(tiny):
    for objective in ("gpt", "bert"):
        experiment = tiny(objective=objective)
        text = source(experiment)
        seen, asked = draw(experiment, text, torch.Generator().manual_seed(0))
        assert seen.shape == asked.shape == (4, 24)
        if objective == "gpt":
            assert torch.equal(seen[:, 1:], asked[:, :-1])
            assert all(text.pieces.decode(row) in text.corpus.training for row in seen.tolist())
        else:
            assert ((asked != IGNORED).sum(1) == round(0.15 * 24)).all()


@pytest.mark.parametrize(
    "schedule, shares", [("constant", (0.5, 1, 1)), ("linear", (0.5, 0.5, 0.1)), ("cosine", (0.5, 0.5, 0.0245))]
)
def test_the_learning_rate_follows_its_schedule(tiny, schedule, shares):
    experiment = tiny(steps=10, schedule=schedule, warm_up=2)
    for step, share in zip((1, 6, 10), shares, strict=True):
        found = scheduled(Settings.at(0, experiment, ()), experiment, step).learning_rate
        assert found == pytest.approx(experiment.learning_rate * share, rel=1e-2)


def test_a_change_counts_from_its_step_on(tiny):
    changes = [Change(3, "learning_rate", 0.1), Change(3, "clip", 0.25)]
    experiment = tiny(schedule="constant", units="words")
    plain, changed = list(experiment.frames()), list(experiment.frames(changes))
    assert [frame.metrics["learning_rate"] for frame in changed[1:]] == [0.005, 0.01, 0.1, 0.1]
    assert all(same_bits(one, two) for one, two in zip(plain[:3], changed[:3], strict=True))
    assert not same_bits(plain[3], changed[3])


def test_a_training_that_comes_apart_says_so(tiny, monkeypatch):
    """An update whose loss is out of all proportion is not made; the last frame shows the network before it."""
    monkeypatch.setattr("explorer.sequence.pretraining.trainer.EXPLODED", 0.9)
    experiment, frames = tiny(units="words", learning_rate=1.0, warm_up=0, schedule="constant", steps=40), []
    with pytest.raises(TrainingDiverged, match="learning rate below 1.*longer warm-up") as raised:
        for frame in experiment.frames(wanted=lambda step: False):
            frames.append(frame)
    assert frames[-1].step == raised.value.step and frames[-1].arrays and frames[-1].weights


def test_short_trainings_learn(tiny):
    *_, last = tiny(units="words", steps=30, batch=8, width=32).frames(wanted=lambda step: False)
    assert last.metrics["bits_per_character"] < 0.6
    bert = tiny(objective="bert", units="words", steps=110, batch=16, width=32, mask_share=0.3)
    *_, last = bert.frames(wanted=lambda step: False)
    assert last.metrics["accuracy"] > 0.4
