"""Opening a saved run: everything comes back to the bit, and what does not fit is refused in plain words."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from explorer.frame import Change, Frame, same_bits
from explorer.runs.archive import to_bytes
from explorer.sequence import SequenceExperiment
from explorer.sequence.opening import KIND, open_run

CHANGES = (Change(3, "learning_rate", 0.002), Change(5, "clip", 0.25), Change(5, "temperature", 1.5))
SMALL = SequenceExperiment(task="rose", hidden=8, batch=4, steps=8)


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return list(SMALL.frames(CHANGES, wanted=lambda step: step % 4 == 0))


def saved(frames, experiment=SMALL, changes=CHANGES, **other) -> bytes:
    settings = json.dumps({**json.loads(experiment.model_dump_json()), **other})
    return to_bytes(KIND, settings, changes, frames)


def with_array(frames, name, array) -> list[Frame]:
    """The frames, with one array of the first replaced (or left out, for None)."""
    arrays = {**frames[0].arrays, name: array}
    return [replace(frames[0], arrays={key: one for key, one in arrays.items() if one is not None}), *frames[1:]]


def test_everything_comes_back(frames):
    opened = open_run(saved(frames))
    assert opened.experiment == SMALL
    assert opened.changes == CHANGES
    assert opened.now == SMALL.replace(learning_rate=0.002, clip=0.25, temperature=1.5)
    assert [frame.step for frame in opened.frames] == list(range(9))
    assert all(same_bits(one, two) for one, two in zip(opened.frames, frames, strict=True))


def test_own_text_comes_back_with_the_run():
    text = "the cat sat on the mat and then it sat on the hat. " * 12
    own = SequenceExperiment(task="characters", corpus="own", text=text, length=8, hidden=8, batch=2, steps=2)
    opened = open_run(to_bytes(KIND, own.model_dump_json(), (), list(own.frames())))
    assert opened.experiment.text == text


def test_own_labelled_texts_come_back_with_the_run():
    reviews = tuple((f"word {i} is {'good' if i % 2 else 'bad'}", "pos" if i % 2 else "neg") for i in range(12))
    own = SequenceExperiment(task="sentiment", opinions="own", reviews=reviews, hidden=4, batch=2, steps=2)
    opened = open_run(to_bytes(KIND, own.model_dump_json(), (), list(own.frames())))
    assert opened.experiment == own and opened.experiment.reviews == reviews


@pytest.mark.parametrize(
    "settings",
    [
        {"task": "adding", "length": 5, "cell": "gru", "layers": 2, "bidirectional": True},
        {"task": "digits", "cell": "lstm", "bidirectional": True},
        {"task": "digits", "cell": "rnn", "layers": 3},
        {"task": "recall", "length": 4, "cell": "rnn"},
        {"task": "series", "length": 6, "cell": "lstm", "layers": 2},
        {"task": "speech", "cell": "gru"},
        {"task": "words", "length": 4, "vocabulary": 60, "cell": "gru"},
        {"task": "characters", "length": 6, "cell": "lstm"},
        {"task": "picture", "cell": "gru", "bidirectional": True},
        {"task": "rows", "cell": "rnn"},
        {"task": "kinds", "cell": "lstm", "bidirectional": True},
        {"task": "topics", "cell": "gru"},
        {"task": "sentiment", "cell": "rnn", "layers": 2},
        {"task": "tagging", "cell": "gru", "bidirectional": True},
        {"task": "order", "cell": "lstm", "length": 5},
        {"task": "future", "cell": "gru", "length": 5, "bidirectional": True},
    ],
    ids=lambda settings: settings["task"],
)
def test_what_any_task_saves_can_be_opened(settings):
    experiment = SequenceExperiment(**settings, hidden=4, batch=2, steps=2)
    made = list(experiment.frames())
    opened = open_run(to_bytes(KIND, experiment.model_dump_json(), (), made))
    assert [frame.arrays.keys() for frame in opened.frames] == [frame.arrays.keys() for frame in made]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_training_that_came_apart_can_be_opened():
    """A ReLU network whose states overflow: its last frames are full of infinities."""
    wild = SequenceExperiment(
        task="series", length=60, cell="rnn", activation="relu", initialisation="spectral", spectral_radius=2.0,
        hidden=16, batch=4, steps=50, optimizer="sgd", learning_rate=1.0, clip=0,
    )  # fmt: skip
    made = collected(wild)
    assert not all(np.isfinite(frame.arrays["hidden"]).all() for frame in made)
    opened = open_run(to_bytes(KIND, wild.model_dump_json(), (), made))
    assert math.isnan(opened.frames[-1].metrics["loss"])


def collected(experiment) -> list[Frame]:
    """The frames up to where the training came apart."""
    made: list[Frame] = []
    with pytest.raises(ValueError, match="came apart"):
        for frame in experiment.frames():
            made.append(frame)
    return made


@pytest.mark.parametrize(
    "other, said",
    [
        ({"hidden": 100_000}, "hidden: it should be less than or equal to 256"),
        ({"learning_rate": "fast"}, "learning_rate: it should be a valid number"),
        ({"bidirectional": True}, "would see the answer"),
        ({"layers": 3, "hidden": 256, "batch": 256}, "too long to stay live"),
        ({"surprise\x1b[2J": 1}, r"surprise\?\[2J: Extra inputs"),
        ({"steps": 5}, "its training ends after 5"),
        ({"hidden": 9}, "belong to another architecture"),
        ({"cell": "gru"}, "belong to another architecture"),
        ({"task": "adding", "length": 7}, "belong to another architecture"),
    ],
)
def test_settings_that_do_not_fit(frames, other, said):
    with pytest.raises(ValueError, match=said):
        open_run(saved(frames, changes=(), **other))


def test_settings_that_are_no_settings(frames):
    for text in ("", "[]", "null", "7", '{"task": ', "[" * 100_000):
        with pytest.raises(ValueError, match="settings in this file"):
            open_run(to_bytes(KIND, text, (), frames))


def test_a_long_complaint_is_cut(frames):
    with pytest.raises(ValueError) as caught:
        open_run(saved(frames, **{"x" * 100_000: 1}))
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "changes, said",
    [
        ([Change(0, "clip", 0.5)], "out of range"),
        ([Change(10, "clip", 0.5)], "out of range"),
        ([Change(5, "clip", 0.5), Change(4, "clip", 1.0)], "out of order"),
        ([Change(2, "clip", -1.0)], "Clip gradients at .* greater than or equal to 0"),
        ([Change(2, "learning_rate", 1e9)], "less than or equal to 10"),
        ([Change(2, "hidden", 8)], "cannot change while a run goes on"),
        ([Change(2, "__class__\n", 8)], "cannot change while a run goes on"),
    ],
)
def test_changes_that_are_not_possible(frames, changes, said):
    with pytest.raises(ValueError, match=said):
        open_run(saved(frames, changes=changes))


def test_a_run_begins_with_the_untrained_network(frames):
    for some in ([], frames[1:], [replace(frames[0], weights=None), *frames[1:]], [replace(frames[0], arrays={})]):
        with pytest.raises(ValueError, match="untrained network"):
            open_run(saved(some))


def test_arrays_that_do_not_fit(frames):
    hidden = frames[0].arrays["hidden"]
    broken = hidden.copy()
    broken[0, 0, 2, 3] = np.nan
    cases = {
        "'hidden' is missing": ("hidden", None),
        "'extra' is unknown": ("extra", hidden),
        r"'hidden' is float32 1 x 1 x 7 x 7, not float32 1 x 1 x 7 x 8": ("hidden", hidden[..., 1:].copy()),
        r"'hidden' is float64 1 x 1 x 7 x 8": ("hidden", hidden.astype(np.float64)),
        r"'grad_naive' is float64 \(a single number\)": ("grad_naive", np.array(1.0)),
        "'hidden' holds values that are not finite": ("hidden", broken),
        "'sample' is float32": ("sample", np.zeros(48, np.float32)),
        "'sample' names classes that do not exist": ("sample", np.full(48, 10_000, np.int32)),
        "'top_index' names classes": ("top_index", np.full_like(frames[0].arrays["top_index"], -1)),
    }
    for said, (name, array) in cases.items():
        with pytest.raises(ValueError, match=f"Step 0 of this file does not fit its settings: the array {said}"):
            open_run(saved(with_array(frames, name, array)))


def test_numbers_that_do_not_fit(frames):
    cases = {
        "'loss' is missing": {"gradient_norm": 1.0, "clipped": 0.0, "learning_rate": 0.1},
        "'profit' is unknown": {**frames[1].metrics, "profit": 1.0},
        "learning rate": {**frames[1].metrics, "learning_rate": math.inf},
        "clipping": {**frames[1].metrics, "clipped": 0.5},
    }
    for said, metrics in cases.items():
        with pytest.raises(ValueError, match=f"Step 1 .*{said}"):
            open_run(saved([frames[0], Frame(1, metrics), *frames[2:]]))


def test_weights_that_do_not_fit(frames):
    other = next(SMALL.replace(hidden=4).frames())
    for weights in (b"", b"\x80\x04pickle", other.weights, frames[0].weights[:-1], frames[0].weights + b"\0" * 200_000):
        with pytest.raises(ValueError, match="Step 4 .*weights"):
            open_run(saved([*frames[:4], replace(frames[4], weights=weights)]))


def test_any_byte_may_be_wrong(frames):
    """A file with a byte changed is opened as a sound run or refused in words; nothing else ever happens."""
    data = saved(frames[:1])
    generator = np.random.default_rng(0)
    header = 8 + int.from_bytes(data[:8], "little")
    places = [*generator.integers(header, size=150), *generator.integers(header, len(data), size=50)]
    for place in map(int, places):
        hurt = data[:place] + bytes([data[place] ^ int(generator.integers(1, 256))]) + data[place + 1 :]
        try:
            opened = open_run(hurt)
        except ValueError as error:
            assert str(error)
        else:
            assert opened.frames[0].step == 0 and len(opened.frames) == 1


def test_it_stays_cheap_to_import():
    """The page names this module before torch is loaded."""
    import subprocess
    import sys

    code = "import sys, explorer.sequence.opening; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
