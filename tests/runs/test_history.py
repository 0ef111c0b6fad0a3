import numpy as np
import pytest

from explorer.frame import Frame
from explorer.runs.history import Budget, History, Thinning, light


def frame(step: int, size: int = 0, weights: bytes | None = None) -> Frame:
    return Frame(step, {"loss": float(step)}, {"a": np.zeros(size, np.uint8)} if size else {}, weights)


def steps(history: History) -> list[int]:
    return [kept.step for kept in history.since(-1, history.tip)]


def test_a_short_run_is_kept_whole_and_uncopied():
    frames = [frame(step, 4, b"w") for step in range(40)]
    history = History(frames)
    assert all(kept is given for kept, given in zip(history.since(-1, 39), frames, strict=True))


@pytest.mark.parametrize("count", [801, 5_000, 100_000])
def test_curves_are_bounded_and_evenly_spread(count):
    history = History(frame(step) for step in range(count))
    kept = steps(history)
    gaps = np.diff(kept)[:-1]
    assert 400 <= len(kept) <= 800
    assert kept[0] == 0 and kept[-1] == count - 1
    assert gaps.min() == gaps.max()


def test_irregular_steps_stay_about_evenly_spread():
    generator, thinning = np.random.default_rng(0), Thinning(100)
    for step in np.cumsum(generator.integers(1, 60, 5_000)):
        thinning.add(int(step))
    gaps = np.diff(list(thinning.sizes))[:-1]
    assert 50 <= len(thinning.sizes) <= 100
    assert gaps.max() < 2 * thinning.stride + 60


def test_layers_are_thinned_each_by_itself():
    budget = Budget(curve=100, pictures=20, picture_bytes=1_000, checkpoints=5, checkpoint_bytes=100)
    history = History((frame(s, 10 if s % 7 == 0 else 0, b"w" if s % 7 == 0 else None) for s in range(2_101)), budget)
    kept = history.since(-1, history.tip)
    pictures = [f.step for f in kept if f.arrays]
    checkpoints = [f.step for f in kept if f.weights]
    assert 10 <= len(pictures) <= 20 and 3 <= len(checkpoints) <= 5 and len(kept) <= 120
    assert pictures[0] == checkpoints[0] == 0
    assert pictures[-1] == checkpoints[-1] == 2_100
    assert any(f.arrays and f.weights is None for f in kept)
    assert all(f.metrics == {"loss": float(f.step)} for f in kept)


def test_bytes_are_bounded_also_when_single_pictures_are_large():
    budget = Budget(picture_bytes=1_000, checkpoint_bytes=500)
    history = History((frame(step, 300, b"w" * 200) for step in range(50)), budget)
    kept = history.since(-1, 49)
    assert sum(f.arrays["a"].nbytes for f in kept if f.arrays) <= 1_000
    assert [f.step for f in kept if f.weights] == [0, 49]
    assert len(kept) == 50


def test_the_last_frame_is_always_there_in_full():
    history = History(budget=Budget(curve=10, pictures=3, checkpoints=2))
    for step in range(200):
        history.append(frame(step, 5, b"w"))
        last = history.since(-1, step)[-1]
        assert (last.step, bool(last.arrays), last.weights) == (step, True, b"w")


def test_thinning_costs_a_constant_per_step(monkeypatch):
    looked_at = 0
    crowded = Thinning._crowded

    def counting(thinning):
        nonlocal looked_at
        looked_at += len(thinning.sizes)
        return crowded(thinning)

    monkeypatch.setattr(Thinning, "_crowded", counting)
    History(frame(step, 1, b"w") for step in range(50_000))
    assert looked_at < 50_000


def test_looking_up():
    history = History(frame(step) for step in (0, 2, 5, 9))
    assert [f.step for f in history.since(2, 9)] == [5, 9]
    assert [f.step for f in history.since(0, 8)] == [2, 5]
    assert history.since(-1, -1) == []
    assert (history.at(6).step, history.after(5).step, history.after(9)) == (5, 9, None)
    assert steps(history.upto(5)) == [0, 2, 5]
    assert History().tip == -1 and History().at(3) is None


def test_steps_only_go_forward():
    history = History([frame(3)])
    with pytest.raises(ValueError, match="Step 3"):
        history.append(frame(3))


def test_a_light_frame_has_numbers_only():
    assert (light(frame(3, 5, b"w")).arrays, light(frame(3, 5, b"w")).weights) == ({}, None)
