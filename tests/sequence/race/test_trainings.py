import numpy as np
import pytest

from explorer.frame import same_bits
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.race import Race
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.race.grid import SweepExperiment
from explorer.sequence.race.lengths import LengthSweep, lengths_of
from explorer.sequence.race.trainings import PARTS, Cell, train_cells
from explorer.sequence.training import train

RACE = Race(entries="rnn,gru", batch=4, budget=300)


def contestant(**more) -> Contestant:
    return Contestant(**{"task": "adding", "length": 10, "hidden": 6, "batch": 4, "cell": "gru", **more})


def drawn(frames) -> list:
    return [frame for frame in frames if frame is not None]


def test_each_cell_ends_with_the_score_of_its_own_training():
    """A cell's number is that of the experiment trained by itself for as many updates."""
    sweep = SweepExperiment(contestant=contestant(), rates=(0.002, 0.02), widths=(4, 6), updates=20)
    last = drawn(sweep.slices())[-1]
    for row, rate in enumerate(sweep.rates):
        for column, width in enumerate(sweep.widths):
            settings = {
                name: value for name, value in contestant(learning_rate=rate, hidden=width, steps=20) if name != "seeds"
            }
            alone = [frame for frame in train(ArchitectureExperiment(**settings), wanted=lambda step: False) if frame][
                -1
            ]
            assert last.arrays["scores"][row, column] == alone.metrics["score"]
            assert last.arrays["losses"][row, column] == alone.metrics["held_out"]
    assert (last.arrays["done"] == 1).all() and last.metrics["done"] == 4
    assert last.arrays["parameters"][0, 0] == last.arrays["parameters"][1, 0] < last.arrays["parameters"][0, 1]


def test_a_sweep_counts_a_tenth_of_a_training_as_a_step():
    sweep = LengthSweep(race=RACE, lengths=(4, 8), updates=15)
    found = drawn(sweep.slices())
    assert [frame.step for frame in found] == list(range(sweep.steps + 1)) and sweep.steps == 4 * PARTS
    assert np.isnan(found[0].arrays["scores"]).all()
    middle = found[PARTS + 5]  # the first of two architectures is done at the first length, the second half done
    assert middle.arrays["done"].tolist() == [[1.0, 0.0], [0.5, 0.0]]
    assert np.isfinite(found[-1].arrays["scores"]).all()


def test_equal_sweeps_give_equal_bits():
    one, other = (LengthSweep(race=RACE, lengths=(4, 6), updates=10) for _ in range(2))
    assert all(same_bits(a, b) for a, b in zip(drawn(one.slices()), drawn(other.slices()), strict=True))


def test_what_cannot_be_trained_live_is_marked_and_the_rest_goes_on():
    wide = contestant(length=200, hidden=4, batch=64)
    last = drawn(SweepExperiment(contestant=wide, rates=(0.01,), widths=(4, 256), updates=10).slices())[-1]
    assert last.arrays["done"].tolist() == [[1.0, -1.0]] and np.isnan(last.arrays["scores"][0, 1])


def test_a_training_that_comes_apart_is_marked():
    wild = contestant(cell="rnn", activation="relu", initialisation="identity", optimizer="sgd", clip=0.0, length=40)
    last = drawn(SweepExperiment(contestant=wild, rates=(0.0001, 1.0), widths=(8,), updates=40).slices())[-1]
    assert last.arrays["came_apart"].tolist() == [[0.0], [1.0]] and (last.arrays["done"] == 1).all()
    assert np.isfinite(last.arrays["scores"][0, 0])


def test_frames_do_not_share_their_arrays():
    first, *_, last = drawn(train_cells([Cell(0, 0, contestant)], 1, 1, 10))
    assert np.isnan(first.arrays["scores"][0, 0]) and np.isfinite(last.arrays["scores"][0, 0])


def test_only_tasks_with_a_length_are_swept_over_it():
    assert lengths_of("adding") and lengths_of("recall") and not lengths_of("digits")
    with pytest.raises(ValueError, match="as long as they are"):
        LengthSweep(race=Race(task="digits"))


def test_between_two_updates_there_is_a_pause():
    pieces = list(LengthSweep(race=RACE, lengths=(4,), updates=30).slices())
    assert sum(piece is None for piece in pieces) >= 60
