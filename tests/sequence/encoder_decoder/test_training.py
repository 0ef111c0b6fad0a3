"""Training: the same seed gives the same frames whatever else runs, in pieces that add up to the whole batch's gradient."""

from itertools import islice

import numpy as np
import pytest
import torch

from explorer.frame import Change, same_bits
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.model import build_model, load_model
from explorer.sequence.encoder_decoder.picture import invented_from
from explorer.sequence.encoder_decoder.trainer import Trainer, fed, scheduled
from explorer.sequence.encoder_decoder.training import is_exam, train
from explorer.sequence.pace import run_through
from explorer.sequence.settings import Settings

TINY = {"hidden": 8, "embedding": 4, "batch": 4}
TASKS = [
    {"task": "numbers", "limit": 100},
    {"task": "dates", "locales": 2, "cell": "gru"},
    {"task": "names", "cell": "rnn"},
    {"task": "names", "condition": "letters", "attention": True},
    {"task": "spelled"},
    {"task": "spelled", "reading": "rows", "scoring": "additive"},
    {"task": "drawing"},
    {"task": "drawing", "pixels": "gaussian"},
]


def tiny(steps=4, **settings):
    return EncoderDecoderExperiment(**{**TINY, "steps": steps, **settings})


def same(one, other):
    return all(same_bits(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("settings", TASKS)
def test_equal_experiments_give_equal_frames_also_interleaved(settings):
    alone = list(tiny(**settings).frames())
    torch.manual_seed(99)
    others = [
        tiny(**one).frames(wanted=lambda step: False)
        for one in ({**settings, "seed": 1}, {"task": "spelled", "teacher_forcing": 0.5})
    ]
    mine, seen = tiny(**settings).frames(), []
    for frame in mine:
        seen.append(frame)
        torch.rand(3)
        for other in others:
            next(other, None)
    assert same(alone, seen)


@pytest.mark.parametrize("settings", TASKS)
def test_each_drawn_frame_holds_what_was_promised(settings):
    experiment = tiny(**settings)
    first, *_, last = experiment.frames()
    task = build_model(experiment).task
    read = int(task.watched().source_lengths[0]) if experiment.topology == "encoder-decoder" else 1
    written = int(task.watched().target_lengths[0])
    for frame in (first, last):
        arrays = frame.arrays
        assert arrays["encoder_hidden"].shape == (read, 8) and arrays["decoder_hidden"].shape == (written, 8)
        assert arrays["grad_encoder"].shape == arrays["grad_encoder_last"].shape == (read,)
        assert arrays["grad_decoder"].shape == arrays["grad_decoder_last"].shape == (written,)
        assert (arrays["grad_decoder"] > 0).all() and (arrays["grad_encoder"] > 0).all()
        assert ("attention" in arrays) == (experiment.topology == "encoder-decoder" and experiment.attention)
        assert {"held_out", "symbols", "weight_norm", "update_ratio"} <= frame.metrics.keys()
    exam = {"numbers": "exact", "dates": "exact", "spelled": "exact", "names": "real", "drawing": "recognised"}
    assert 0.0 <= last.metrics[exam[experiment.task]] <= 1.0
    if experiment.task == "drawing":
        assert last.arrays["drawn"].shape == last.arrays["fed"].shape == (10, 8, 8)
        assert last.arrays["drawn"].min() >= 0.0 and last.arrays["drawn"].max() <= 1.0
    else:
        np.testing.assert_allclose(last.arrays["top_probability"].sum(1) <= 1.0 + 1e-6, True)
        assert last.arrays["answer"].ndim == 1 and len(last.arrays["answer"]) <= task.longest
    if experiment.task == "names":
        assert last.arrays["invented"].shape == (len(invented_from(task)), task.longest)


def test_a_frame_does_not_depend_on_which_others_are_drawn():
    every = list(tiny(task="names", teacher_forcing=0.7).frames(wanted=lambda step: True))
    some = list(tiny(task="names", teacher_forcing=0.7).frames(wanted=lambda step: step == 3))
    assert same_bits(every[3], some[3]) and same_bits(every[4], some[4])
    assert every[1].metrics["loss"] == some[1].metrics["loss"] and not some[1].arrays


@pytest.mark.parametrize(
    "settings", [{}, {"attention": False}, {"cell": "gru", "scoring": "additive"}, {"teacher_forcing": 0.5}]
)
def test_pieces_add_up_to_the_gradient_of_the_whole_batch(settings):
    experiment = tiny(task="numbers", limit=1000, **{**settings, "batch": 7})
    gradients = []
    for at_once in (7, 3, 1):
        trainer = Trainer(experiment, build_model(experiment))
        trainer._at_once = at_once
        # Which steps are fed the network's own symbols is drawn piece by piece; with a share of 1 or 0 nothing is drawn.
        loss, norm = run_through(trainer._gradient_slices(torch.Generator().manual_seed(1), torch.Generator()))
        gradients.append((loss, norm))
    if settings.get("teacher_forcing", 1.0) == 1.0:
        assert gradients[1] == pytest.approx(gradients[0], rel=1e-5)
        assert gradients[2] == pytest.approx(gradients[0], rel=1e-5)
    else:
        assert all(np.isfinite(one).all() for one in gradients)


def test_the_loss_of_step_0_is_that_of_the_first_update():
    first, second = islice(tiny(task="dates", locales=2).frames(), 2)
    assert first.metrics["loss"] == second.metrics["loss"]
    assert first.metrics["gradient_norm"] == second.metrics["gradient_norm"]


def test_an_update_is_pytorchs_own(draw):
    """Ten updates of a plain loop around ``torch.optim.Adam`` end in the same weights."""
    experiment = tiny(steps=10, task="spelled", reading="rows", clip=0.5)
    *_, last = experiment.frames()
    model = build_model(experiment).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=experiment.learning_rate)
    from explorer.sequence.streams import DATA, stream

    data = stream(experiment.seed, DATA)
    for step in range(1, 11):
        batch = model.task.sample(4, data)
        loss = model.task.loss(model(batch), batch) / model.task.scored(batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.param_groups[0]["lr"] = experiment.learning_rate * 0.5 * (1 + np.cos(np.pi * (step - 1) / 10))
        optimizer.step()
    trained = load_model(experiment, last.weights)
    for one, other in zip(model.parameters(), trained.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)


@pytest.mark.parametrize(
    "schedule, shares", [("constant", (1, 1, 1)), ("linear", (1, 0.5, 0.1)), ("cosine", (1, 0.5, 0.0245))]
)
def test_the_learning_rate_follows_its_schedule(schedule, shares):
    experiment = tiny(steps=10, task="spelled", schedule=schedule)
    settings = Settings.at(0, experiment, ())
    for step, share in zip((1, 6, 10), shares, strict=True):
        assert scheduled(settings, experiment, step).learning_rate == pytest.approx(
            experiment.learning_rate * share, rel=1e-2
        )


def test_a_change_counts_from_its_step_on():
    changes = [Change(3, "learning_rate", 0.1), Change(3, "clip", 0.25)]
    plain = list(tiny(task="spelled", schedule="constant").frames())
    changed = list(tiny(task="spelled", schedule="constant").frames(changes))
    assert [frame.metrics["learning_rate"] for frame in changed] == [0.01, 0.01, 0.01, 0.1, 0.1]
    assert same(plain[:3], changed[:3]) and not same_bits(plain[3], changed[3])


def test_a_training_that_comes_apart_says_so():
    experiment = tiny(
        task="drawing", pixels="gaussian", optimizer="sgd", learning_rate=10.0, clip=0.0, schedule="constant", steps=200
    )
    frames = []
    with pytest.raises(TrainingDiverged, match="learning rate below 10.* clip gradients at 1"):
        for frame in experiment.frames(wanted=lambda step: False):
            frames.append(frame)
    assert frames[-1].arrays and frames[-1].step < 200


def test_exams_come_regularly_and_at_the_end():
    experiment = tiny(steps=107)
    exams = [step for step in range(108) if is_exam(experiment, step)]
    assert exams[0] == 4 and exams[-1] == 107 and len(exams) == 27
    assert is_exam(tiny(steps=1), 1) and not is_exam(tiny(steps=1), 0)


def test_without_teacher_forcing_the_decoder_is_fed_what_it_says(make, draw):
    model = make("letters")
    batch = draw(model, 6)
    right = model.shifted(batch.targets)
    with torch.no_grad():
        said = model(batch).argmax(-1)
    assert torch.equal(fed(model, batch, 1.0, torch.Generator()), right)
    own = fed(model, batch, 0.0, torch.Generator())
    assert torch.equal(own[:, 0], right[:, 0]) and torch.equal(own[:, 1:], said[:, :-1])
    half = fed(model, batch, 0.5, torch.Generator().manual_seed(0))
    assert ((half == right) | (half == own)).all() and not torch.equal(half, right) and not torch.equal(half, own)


def test_slices_hold_many_pauses():
    """An update of several pieces, a picture and an exam never come in one go."""
    experiment = EncoderDecoderExperiment(steps=1, batch=64)
    pauses, longest = 0, []
    for frame in train(experiment):
        if frame is None:
            pauses += 1
        else:
            longest.append(pauses)
            pauses = 0
    assert longest[0] > 20 and longest[1] > 30


@pytest.mark.parametrize("settings, goal", [
    ({"task": "spelled", "reading": "rows", "hidden": 24, "steps": 220}, ("exact", 0.75)),
    ({"task": "spelled", "hidden": 24, "steps": 200}, ("exact", 0.8)),
    ({"task": "drawing", "hidden": 24, "steps": 250}, ("recognised", 0.8)),
])  # fmt: skip
def test_short_trainings_learn(settings, goal):
    experiment = EncoderDecoderExperiment(**{"embedding": 8, "batch": 32, "learning_rate": 0.02, **settings})
    *_, last = experiment.frames(wanted=lambda step: False)
    name, least = goal
    assert last.metrics[name] > least
    assert last.metrics["held_out"] < 0.9 * build_model(experiment).task.baseline.loss
