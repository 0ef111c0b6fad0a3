import warnings

import numpy as np
import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks import IGNORED
from explorer.sequence.tasks.series import Scale, amount, read_series


def own(values, length=5, **settings):
    values = tuple(map(float, values))
    return make_task(SequenceExperiment(task="series", series="own", values=values, length=length, **settings))


WAVE = [10 + 3 * np.sin(i / 2) + i % 4 for i in range(80)]


@pytest.fixture(scope="module")
def airline():
    return make_task(SequenceExperiment(task="series", length=24))


def test_the_data_are_those_of_aeon():
    from aeon.datasets import load_airline, load_lynx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        np.testing.assert_array_equal(read_series("lynx"), load_lynx())
    np.testing.assert_array_equal(read_series("airline"), load_airline())


def test_scaled_by_logarithm_and_the_training_part_alone(airline):
    values = read_series("airline")
    logs = np.log(values[:108])
    expected = (np.log(values) - logs.mean()) / logs.std()
    batch = airline.watched()
    np.testing.assert_allclose(batch.inputs[0, :, 0], expected[-25:-1], rtol=1e-5)
    np.testing.assert_allclose(batch.targets[0], expected[-24:], rtol=1e-5)
    changed = own([*WAVE[:60], *(1000 + i for i in range(20))])
    assert changed.scale == own(WAVE).scale


def test_values_that_have_no_logarithm_are_only_standardised():
    task = own([value - 11 for value in WAVE])
    assert not task.scale.logarithm and own(WAVE).scale.logarithm
    np.testing.assert_allclose(task.scale.undo(task.scale.apply(task.values)), task.values)
    assert torch.isfinite(task.held_out().inputs).all()


def test_training_windows_never_reach_the_held_out_quarter():
    task = own([*WAVE[:60], *(500.0 + i for i in range(20))])
    batch = task.sample(2000, torch.Generator().manual_seed(0))
    highest = task.scale.apply(np.array([max(WAVE[:60])]))[0]
    assert task.cut == 60
    assert float(max(batch.inputs.max(), batch.targets.max())) == pytest.approx(highest, rel=1e-5)
    last = task.scale.apply(np.array([WAVE[59]]))[0]
    assert np.isclose(batch.targets[:, -1].numpy(), last, rtol=1e-5).any()


def test_targets_are_the_next_inputs(airline):
    batch = airline.sample(30, torch.Generator().manual_seed(0))
    assert torch.equal(batch.inputs[:, 1:, 0], batch.targets[:, :-1])


def test_every_held_out_value_is_forecast_once_from_a_full_window(airline):
    batch = airline.held_out()
    assert batch.inputs.shape == (36, 24, 1)
    assert (batch.targets[:, :-1] == IGNORED).all()
    values = read_series("airline")
    np.testing.assert_allclose(airline.scale.undo(batch.targets[:, -1].numpy()), values[108:], rtol=1e-5)
    np.testing.assert_allclose(airline.scale.undo(batch.inputs[:, -1, 0].numpy()), values[107:-1], rtol=1e-5)


def test_the_held_out_loss_is_that_of_the_forecasts(airline):
    batch = airline.held_out()
    outputs = torch.randn(36, 24, 1, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    by_hand = (outputs[:, -1, 0] - batch.targets[:, -1]).square().mean().item()
    assert airline.loss(outputs, batch).item() == pytest.approx(by_hand)
    assert airline.answer_loss(outputs, batch).item() == pytest.approx(by_hand)


def test_baselines_by_hand(airline):
    values = read_series("airline")
    errors = {lag: np.abs(values[108:] - values[108 - lag : -lag]).mean() for lag in (1, 12)}
    losses = {}
    for lag in (1, 12):
        logs = np.log(values)
        losses[lag] = np.square((logs[108:] - logs[108 - lag : -lag]) / logs[:108].std()).mean()
    assert [b.score for b in airline.baselines] == pytest.approx([errors[1], errors[12]])
    assert [b.loss for b in airline.baselines] == pytest.approx([losses[1], losses[12]])
    assert airline.baseline.loss == pytest.approx(min(losses.values()))
    for number in (*(f"{e:.3g}" for e in errors.values()), *(f"{x:.3f}" for x in losses.values())):
        assert number in airline.baseline.sentence


def test_persistence_as_a_network_scores_the_persistence_baseline(airline):
    batch = airline.held_out()
    assert airline.score(batch.inputs, batch) == pytest.approx(airline.baselines[0].score, rel=1e-4)
    assert airline.loss(batch.inputs, batch).item() == pytest.approx(airline.baselines[0].loss, rel=1e-4)


def test_own_season_is_used_and_left_out_when_longer_than_the_series():
    repeating = [3.0, 8.0, 1.0, 5.0] * 12
    task = own(repeating, season=4)
    assert task.baselines[1].score == 0 and "4 steps before" in task.baseline.sentence
    assert task.baseline.name == "the value 4 steps before"
    assert len(own(repeating, season=300).baselines) == 1
    assert own(repeating, season=300).baseline.name == "repeating the last value"


def test_a_season_has_a_name_of_its_own(airline):
    assert [b.name for b in airline.baselines] == ["repeating the last value", "the same month last year"]
    assert airline.baseline.name == airline.baselines[1].name


def test_without_numbers_it_says_what_there_is():
    """There is nothing to paste numbers into."""
    with pytest.raises(ValueError, match="open a file with a column of them"):
        own([])


def test_labels_are_in_own_units(airline):
    assert airline.steps(airline.watched())[-1] == "390"
    assert airline.expected(airline.watched())[-1] == "432"
    assert airline.expected(airline.held_out())[:-1] == [""] * 23
    assert [amount(value) for value in (1041.4, 35.92, 0.01234, -250.0)] == ["1,041", "35.9", "0.0123", "-250"]


def test_a_diverged_forecast_has_a_finite_score(airline):
    batch = airline.held_out()
    assert np.isfinite(airline.score(torch.full((36, 24, 1), 1e30), batch))


@pytest.mark.parametrize(
    ("values", "length", "said"),
    [
        ((), 5, "no numbers of your own yet"),
        ((4.0,), 5, "has 1 value; length 5 needs at least 9. Use a longer series."),
        (
            WAVE[:10],
            24,
            "has 10 values; length 24 needs at least 34. Use a longer series, or choose a length of at most 6.",
        ),
        ((7.0,) * 50, 5, "never change"),
        ((0.0,) * 50, 5, "never change"),
        ((1e13, *WAVE), 5, "larger unit"),
    ],
)
def test_series_that_do_not_fit_say_what_would(values, length, said):
    with pytest.raises(ValueError) as refusal:
        own(values, length)
    assert said in str(refusal.value)


def test_the_sizes_that_are_named_are_the_limits():
    assert len(own(WAVE[:34], 24).held_out()) == 8
    with pytest.raises(ValueError, match="at least 34"):
        own(WAVE[:33], 24)
    assert own(WAVE[:10], 6).length == 6
    with pytest.raises(ValueError, match="at most 6"):
        own(WAVE[:10], 7)


def test_a_long_series_is_held_out_in_part():
    task = own([i % 7 + 1 for i in range(4000)])
    assert len(task.held_out()) == 128


def test_scale_refuses_what_never_changes():
    with pytest.raises(ValueError, match="never change"):
        Scale.fit(np.full(9, 3.0), logarithm=True)
