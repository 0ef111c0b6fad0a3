"""A run as one file: experiment, changes, history and weights, in the safetensors format.

Nothing in such a file is ever executed. What is read may have been written by anybody, so it is checked before it is
believed, and it is loaded whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from explorer.frame import Change, Frame
from explorer.runs.header import MOST_HEADER_BYTES, Header, read_header, require, require_few_parts
from explorer.runs.history import CURVE, PICTURES

MOST_BYTES = 64_000_000
"""Largest file, in bytes."""
MOST_FRAMES = 2 * (CURVE + PICTURES)
"""Twice what a history keeps."""
MOST_METRICS = 32
MOST_CHANGES = 5_000
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Archive:
    """What a file holds. The experiment is JSON still: who knows its kind has yet to validate it."""

    kind: str
    experiment_json: str
    changes: tuple[Change, ...]
    frames: tuple[Frame, ...]


def to_bytes(kind: str, experiment_json: str, changes: Sequence[Change], frames: Sequence[Frame]) -> bytes:
    """The file.

    Parameters
    ----------
    kind : str
        What is trained, e.g. ``"sequence"``.
    experiment_json : str
        The experiment.
    changes, frames : sequences
        In order of their steps. Metrics become a float64 table, arrays and weights stay as they are.

    Raises
    ------
    ValueError
        When the file would be larger, or hold more, than `read` accepts.
    """
    _require_room("frames", len(frames), MOST_FRAMES)
    _require_room("changes", len(changes), MOST_CHANGES)
    names = sorted({name for frame in frames for name in frame.metrics})
    table = {"steps": [frame.step for frame in frames], "metrics": names}
    metadata = {
        "unrolled": VERSION,
        "kind": kind,
        "experiment": experiment_json,
        "changes": json.dumps([[change.step, change.field, change.value] for change in changes]),
        "frames": json.dumps(table),
    }
    data = save({**_metrics(frames, names), **_arrays(frames)}, metadata)
    if len(data) > MOST_BYTES:
        raise ValueError(f"The run fills {_megabytes(len(data))}; at most {_megabytes(MOST_BYTES)} can be kept.")
    if int.from_bytes(data[:8], "little") > MOST_HEADER_BYTES:
        raise ValueError("The run's own text is too long to be kept in a file.")
    return data


def read(data: bytes, kind: str | None = None) -> Archive:
    """What `to_bytes` wrote, equal to the bit.

    Raises
    ------
    ValueError
        When it is not such a file, is damaged or too large, or not of this `kind`; the text is meant for people.
    """
    if len(data) > MOST_BYTES:
        size, most = _megabytes(len(data)), _megabytes(MOST_BYTES)
        raise ValueError(f"This file has {size}; a saved run has at most {most}.")
    header = read_header(data)
    about = header.metadata
    require(about.get("unrolled") == VERSION, "This file was not written by this version of Unrolled.")
    require({"kind", "experiment", "changes", "frames"} <= about.keys(), "This file lacks a part of the run.")
    if kind is not None and about["kind"] != kind:
        raise ValueError(
            f"This file holds another kind of run ({about['kind'][:40]!r}); here {kind!r} runs are opened."
        )
    require_few_parts(about["experiment"].encode(errors="replace"))
    changes = _read_changes(about["changes"])
    steps, names = _read_table(about["frames"])
    _check_tensors(header, len(steps), len(names))
    return Archive(about["kind"], about["experiment"], changes, _read_frames(_load(data), steps, names))


def _require_room(what: str, count: int, most: int) -> None:
    require(count <= most, f"The run has {count:,} {what}; at most {most:,} can be kept.")


def _metrics(frames: Sequence[Frame], names: Sequence[str]) -> dict[str, np.ndarray]:
    """The table, and which of its cells were there: a NaN may be what a training ended in."""
    table = np.full((len(frames), len(names)), np.nan)
    present = np.zeros(table.shape, dtype=np.uint8)
    column = {name: k for k, name in enumerate(names)}
    for i, frame in enumerate(frames):
        for name, value in frame.metrics.items():
            table[i, column[name]], present[i, column[name]] = value, 1
    return {"metrics": table, "present": present}


def _arrays(frames: Sequence[Frame]) -> dict[str, np.ndarray]:
    tensors = {}
    for i, frame in enumerate(frames):
        for name, array in frame.arrays.items():
            tensors[f"frame/{i}/{name}"] = array if array.flags.c_contiguous else array.copy()
        if frame.weights is not None:
            tensors[f"weights/{i}"] = np.frombuffer(frame.weights, dtype=np.uint8)
    return tensors


def _parsed(text: str) -> Any:
    require_few_parts(text.encode(errors="replace"))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("This file is damaged: a part of it cannot be read.") from None


def _read_changes(text: str) -> tuple[Change, ...]:
    rows = _parsed(text)
    damaged = "This file is damaged: its list of changes makes no sense."
    require(isinstance(rows, list) and len(rows) <= MOST_CHANGES, damaged)
    require(all(isinstance(row, list) and len(row) == 3 for row in rows), damaged)
    require(all(_is_step(row[0]) and isinstance(row[1], str) and _is_number(row[2]) for row in rows), damaged)
    return tuple(Change(*row) for row in rows)


def _read_table(text: str) -> tuple[list[int], list[str]]:
    table = _parsed(text)
    damaged = "This file is damaged: its list of steps makes no sense."
    require(isinstance(table, dict), damaged)
    steps, names = table.get("steps"), table.get("metrics")
    require(isinstance(steps, list) and isinstance(names, list), damaged)
    require(len(steps) <= MOST_FRAMES, f"This file says it holds {len(steps):,} frames; {MOST_FRAMES:,} are possible.")
    require(all(_is_step(step) for step in steps), damaged)
    require(all(before < after for before, after in zip(steps, steps[1:], strict=False)), damaged)
    require(len(names) <= MOST_METRICS and all(isinstance(name, str) for name in names), damaged)
    require(len(set(names)) == len(names), damaged)
    return steps, names


def _check_tensors(header: Header, frames: int, metrics: int) -> None:
    """That each array belongs to a frame, before any of them is loaded."""
    damaged = "This file is damaged: its arrays do not fit its steps."
    shape = [frames, metrics]
    require(header.tensors.get("metrics") == ("F64", shape) and header.tensors.get("present") == ("U8", shape), damaged)
    for name, (kind, dimensions) in header.tensors.items():
        if name in ("metrics", "present"):
            continue
        home, _, rest = name.partition("/")
        number, _, label = rest.partition("/")
        require(number.isascii() and number.isdigit() and len(number) < 9 and int(number) < frames, damaged)
        of_weights = home == "weights" and not label and kind == "U8" and len(dimensions) == 1
        require(of_weights or (home == "frame" and label != ""), damaged)


def _load(data: bytes) -> Mapping[str, np.ndarray]:
    try:
        return load(data)
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError, MemoryError):
        raise ValueError("This file is damaged or incomplete: save the run again.") from None


def _read_frames(tensors: Mapping[str, np.ndarray], steps: list[int], names: list[str]) -> tuple[Frame, ...]:
    arrays: list[dict[str, np.ndarray]] = [{} for _ in steps]
    weights: list[bytes | None] = [None] * len(steps)
    for name, tensor in tensors.items():
        home, _, rest = name.partition("/")
        number, _, label = rest.partition("/")
        if home == "frame":
            arrays[int(number)][label] = tensor
        elif home == "weights":
            weights[int(number)] = tensor.tobytes()
    rows = zip(tensors["metrics"].tolist(), tensors["present"].tolist(), strict=True)
    metrics = [
        {name: value for name, value, there in zip(names, values, present, strict=True) if there}
        for values, present in rows
    ]
    return tuple(Frame(*parts) for parts in zip(steps, metrics, arrays, weights, strict=True))


def _is_step(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < 1e300


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
