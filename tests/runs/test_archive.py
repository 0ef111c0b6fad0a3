"""The file of a run: equal to the bit after a round trip, and nothing but a plain refusal for anything else."""

import io
import json
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest
from safetensors.numpy import save

from explorer.frame import Change, Frame, same_bits
from explorer.runs import archive
from explorer.runs.archive import read, to_bytes
from explorer.runs.history import History
from tests.runs.fakes import Visitor, Walk

CHANGES = (Change(3, "stride", 0.1), Change(9, "stride", 1 / 3))


def sample() -> list[Frame]:
    generator = np.random.default_rng(0)
    arrays = {
        "hidden": generator.normal(size=(2, 1, 5, 4)).astype(np.float32),
        "gate/input": generator.normal(size=(3, 8)).astype(np.float32).T,  # not contiguous
        "norms": generator.normal(size=(1, 1, 5)),
        "words": np.arange(6, dtype=np.int32),
        "nothing": np.zeros((0, 3), np.float32),
        "one": np.array(3.5),
        "odd": np.array([np.nan, np.inf, -0.0, 5e-324]),
    }
    return [
        Frame(0, {"loss": 2.0, "held_out": 1 / 3}, arrays, bytes(range(256))),
        Frame(1, {"loss": 1.5, "clipped": 1}),
        Frame(4, {}, {"words": np.arange(2)}),
        Frame(5, {"loss": -0.0}, {"one": np.float32([1]).reshape(())}, b""),
        Frame(100_000, {"loss": float("nan"), "gradient_norm": float("inf")}, {}, b"\x00"),
    ]


def data() -> bytes:
    return to_bytes("sequence", '{"task": "röse"}', CHANGES, sample())


def test_round_trip_to_the_bit():
    opened = read(data(), kind="sequence")
    assert (opened.kind, opened.experiment_json, opened.changes) == ("sequence", '{"task": "röse"}', CHANGES)
    assert len(opened.frames) == 5
    assert all(same_bits(one, two) for one, two in zip(opened.frames, sample(), strict=True))


def test_a_metric_that_is_nan_is_told_from_one_that_is_not_there():
    frames = read(data()).frames
    assert np.isnan(frames[4].metrics["loss"]) and "loss" not in frames[2].metrics


def test_a_run_of_the_engine_round_trips_and_goes_on(engine, clock):
    walk = Walk(steps=60, clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    me.change(3)
    me.play_to(40)
    report = me.poll()
    opened = read(to_bytes("walk", "{}", report.changes, report.frames))
    assert opened.changes == report.changes
    assert all(same_bits(*pair) for pair in zip(opened.frames, report.frames, strict=True))
    again = Visitor(engine, walk, "b", changes=opened.changes, frames=opened.frames)
    me.play_to(60), again.play_to(60)
    assert again.places() == me.places()


def test_an_empty_run_can_be_kept_too():
    assert read(to_bytes("walk", "{}", (), ())) == archive.Archive("walk", "{}", (), ())


def test_the_file_is_plain_safetensors():
    header = json.loads(data()[8 : 8 + int.from_bytes(data()[:8], "little")])
    assert header["__metadata__"]["unrolled"] == "1"
    assert {"metrics", "present", "frame/0/gate/input", "weights/0"} <= header.keys()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive_:
        archive_.writestr("data.pkl", b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged"),
        (b"hello", "not a saved run"),
        (b"a,b\n" * 100, "not a saved run"),
        (pickle.dumps({"a": 1}), "pickle"),
        (pickle.dumps(list(range(100)), protocol=2), "pickle"),
        (zipped(), "zip"),
        (b"\x1f\x8b" + bytes(100), "compressed"),
        (b"\x93NUMPY" + bytes(100), "NumPy"),
        (b"\xff" * 8 + b"{" + bytes(100), "not a saved run"),
        ((2**31).to_bytes(8, "little") + b"{" + bytes(100), "not a saved run"),
        ((50).to_bytes(8, "little") + b"{" + bytes(20), "incomplete"),
        ((20).to_bytes(8, "little") + b"{" * 20, "incomplete"),
        ((100_000).to_bytes(8, "little") + b'{"a":' + b"[" * 99_995, "incomplete"),
        (save({"a": np.zeros(3)}), "not written by"),
        (save({"a": np.zeros(3)}, {"unrolled": "2"}), "not written by"),
        (save({"a": np.zeros(3)}, {"unrolled": "1", "kind": "sequence"}), "lacks a part"),
    ],
)
def test_other_files_are_refused_in_plain_words(content, said):
    with pytest.raises(ValueError, match=said):
        read(content)


def test_another_kind_of_run_is_refused():
    with pytest.raises(ValueError, match="'sequence'.*'embedding'"):
        read(data(), kind="embedding")


def test_size_is_looked_at_first(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with pytest.raises(ValueError, match="MB"):
        read(b"PK\x03\x04" + bytes(1000))
    with pytest.raises(ValueError, match="MB"):
        data()


def forged(tensors=None, **metadata) -> bytes:
    texts = {
        "unrolled": "1",
        "kind": "k",
        "experiment": "{}",
        "changes": "[]",
        "frames": '{"steps":[0],"metrics":["a"]}',
    }
    table = {"metrics": np.zeros((1, 1)), "present": np.ones((1, 1), np.uint8)}
    return save({**table, **(tensors or {})}, {**texts, **metadata})


@pytest.mark.parametrize(
    "metadata",
    [
        {"frames": "{"},
        {"frames": "[]"},
        {"frames": "{}"},
        {"frames": '{"steps":[-1],"metrics":["a"]}'},
        {"frames": '{"steps":[true],"metrics":["a"]}'},
        {"frames": '{"steps":[0.5],"metrics":["a"]}'},
        {"frames": '{"steps":[1,0],"metrics":["a"]}'},
        {"frames": '{"steps":[0,0],"metrics":["a"]}'},
        {"frames": '{"steps":[0,1],"metrics":["a"]}'},
        {"frames": '{"steps":[0],"metrics":["a","a"]}'},
        {"frames": '{"steps":[0],"metrics":[1]}'},
        {"frames": '{"steps":[0],"metrics":["a","b"]}'},
        {"frames": json.dumps({"steps": list(range(archive.MOST_FRAMES + 1)), "metrics": []})},
        {"frames": json.dumps({"steps": [10**30], "metrics": ["a"]})},
        {"frames": "[" * 100_000},
        {"changes": "{}"},
        {"changes": "[1]"},
        {"changes": '[[1,"a"]]'},
        {"changes": "[[1,2,3]]"},
        {"changes": '[[-1,"a",3]]'},
        {"changes": '[[1,"a",NaN]]'},
        {"changes": '[[1,"a",1e999]]'},
        {"changes": '[[1,"a",[2]]]'},
        {"changes": "9" * 10_000},
    ],
)
def test_forged_tables_are_refused(metadata):
    assert read(forged()).frames[0].metrics == {"a": 0.0}
    with pytest.raises(ValueError, match="This file"):
        read(forged(**metadata))


@pytest.mark.parametrize(
    "tensors",
    [
        {"frame/1/a": np.zeros(2)},
        {"frame/0": np.zeros(2)},
        {"frame/x/a": np.zeros(2)},
        {"frame/²/a": np.zeros(2)},
        {"frame/-1/a": np.zeros(2)},
        {"frame/" + "9" * 5000 + "/a": np.zeros(2)},
        {"weights/0": np.zeros(2)},
        {"weights/0/a": np.zeros(2, np.uint8)},
        {"more": np.zeros(2)},
        {"metrics": np.zeros((1, 2))},
        {"metrics": np.zeros((1, 1), np.float32)},
        {"present": np.zeros((2, 1), np.uint8)},
        {"frame/0/a": np.zeros(2, np.complex64)},
    ],
)
def test_forged_arrays_are_refused(tensors):
    with pytest.raises(ValueError, match="This file"):
        read(forged(tensors))


def test_doubled_names_are_refused():
    whole = forged()
    length = int.from_bytes(whole[:8], "little")
    header = (
        whole[8 : 8 + length].rstrip().removesuffix(b"}")
        + b',"present":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}'
    )
    with pytest.raises(ValueError, match="incomplete"):
        read(len(header).to_bytes(8, "little") + header + whole[8 + length :])


def headed(header: bytes) -> bytes:
    return len(header).to_bytes(8, "little") + header


BOMBS = {
    "lists": b'{"a":[' + b"[]," * 3_900_000 + b"[]]}",
    "objects": b'{"a":[' + b"{}," * 3_900_000 + b"{}]}",
    "texts": b'{"a":[' + b'"",' * 3_900_000 + b'""]}',
    "numbers": b'{"a":[' + b"0," * 5_900_000 + b"0]}",
    "names": b"{" + b",".join(b'"%d":0' % k for k in range(900_000)) + b"}",
    "after a text full of marks": b'{"b":"' + rb"\\\\\"[" * 1_000_000 + b'","a":[' + b"[]," * 1_000_000 + b"[]]}",
    "too long": b'{"a":' + b" " * 20_000_000 + b"[]}",
}


@pytest.mark.parametrize("header", BOMBS.values(), ids=BOMBS)
def test_a_head_that_would_swell_is_refused_before_it_does(header):
    tracemalloc.start()
    with pytest.raises(ValueError, match="This "):
        read(headed(header))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6


@pytest.mark.parametrize("part", ["frames", "changes", "experiment"])
def test_texts_that_would_swell_are_refused_too(part):
    with pytest.raises(ValueError, match="more than any run has"):
        read(forged(**{part: "[" + "[]," * 200_000 + "[]]"}))


def test_what_cannot_be_opened_is_not_saved():
    many = [Frame(step, {}) for step in range(archive.MOST_FRAMES + 1)]
    assert len(read(to_bytes("walk", "{}", (), many[1:])).frames) == archive.MOST_FRAMES
    with pytest.raises(ValueError, match="frames; at most"):
        to_bytes("walk", "{}", (), many)
    with pytest.raises(ValueError, match="changes; at most"):
        to_bytes("walk", "{}", [Change(1, "stride", 1.0)] * (archive.MOST_CHANGES + 1), [])
    with pytest.raises(ValueError, match="own text"):
        to_bytes("walk", '"' * 7_000_000, (), [])
    changes = tuple(Change(step, "stride", 0.1) for step in range(archive.MOST_CHANGES))
    assert read(to_bytes("walk", "{}", changes, [])).changes == changes


def test_a_text_full_of_marks_comes_back():
    text = json.dumps({"text": '[[,,""\\\\"\\[{' * 100_000})
    assert read(to_bytes("walk", text, (), [])).experiment_json == text


def test_metrics_are_bounded():
    names = [f"m{k}" for k in range(archive.MOST_METRICS + 1)]
    with pytest.raises(ValueError, match="This file"):
        read(forged(frames=json.dumps({"steps": [0], "metrics": names})))


def test_a_full_history_fits():
    """As many pictures, checkpoints and numbers as a history keeps, of the richest network there is."""
    arrays = {f"array/{k}": np.zeros((3, 2, 1), np.float32) for k in range(14)}
    history = History()
    for step in range(0, 100_000, 50):
        drawn = step % 300 == 0
        history.append(Frame(step, {f"m{k}": 1.0 for k in range(8)}, arrays if drawn else {}, b"w" if drawn else None))
    frames = history.since(-1, history.tip)
    assert len(read(to_bytes("walk", "{}", CHANGES, frames)).frames) == len(frames) > 800


def small() -> bytes:
    return to_bytes(
        "walk", "{}", CHANGES[:1], [Frame(0, {"loss": 1.0}, {"a": np.arange(3.0)}, b"w"), Frame(1, {"loss": 2.0})]
    )


def test_every_truncation_is_refused():
    whole = small()
    for length in range(len(whole)):
        with pytest.raises(ValueError, match="This "):
            read(whole[:length])
    with pytest.raises(ValueError, match="incomplete"):
        read(whole + b"\x00")


def test_flipped_bytes_are_refused_or_harmless():
    whole, generator = small(), np.random.default_rng(0)
    refused = 0
    for position in range(len(whole)):
        for value in {0, 255, *generator.integers(0, 256, 4).tolist()}:
            damaged = bytearray(whole)
            damaged[position] = value
            refused += _refused(bytes(damaged))
    assert refused > len(whole)


def test_torn_and_shuffled_files_are_refused_or_harmless():
    whole, generator = data(), np.random.default_rng(1)
    for _ in range(400):
        damaged = bytearray(whole)
        start, length = generator.integers(0, len(whole)), generator.integers(1, 400)
        other = generator.integers(0, len(whole))
        damaged[start : start + length] = whole[other : other + length]
        _refused(bytes(damaged))


def _refused(content: bytes) -> bool:
    """Whether it was refused; anything but a `ValueError` fails the test."""
    try:
        opened = read(content)
    except ValueError as error:
        assert str(error).startswith("This ")
        return True
    assert all(isinstance(frame, Frame) for frame in opened.frames)
    return False
