"""Throw thousands of damaged files at the readers, in a process of its own with little memory.

``python -m tests.embedding.formats.fuzzing SEED COUNT`` prints as JSON what came of it.
"""

from __future__ import annotations

import gzip
import json
import pickle
import resource
import signal
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from explorer.embedding import VectorFormatError, Vectors, read_bytes, read_vectors, write_bytes
from tests.embedding.formats.samples import AWKWARD, array, fasttext, vectors, zipped

ROOM = 1_500_000_000
"""Bytes of address space beyond what the process has when it begins."""
PATIENCE = 10.0
"""Seconds for a file, on a busy machine."""
ODD = (
    b"\0",
    b"\xff",
    b"\n",
    b"\r",
    b"\t",
    b" ",
    b'"',
    b",",
    b"nan",
    b"1e999",
    b"9" * 40,
    b"\xef\xbb\xbf",
    b"(" * 50,
    b"-1",
)
EXTREMES = (0, 1, -1, 2**31 - 1, -(2**31), 2**16, 10**6, 2_000_000, 300_000_000)
Rng = np.random.Generator


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def good_files() -> dict[str, bytes]:
    """A valid file of every format."""
    given = vectors(AWKWARD[:9], 5)
    names = ["x.txt", "x.vec", "x.bin", "x.csv", "x.parquet", "x.safetensors", "x.zip"]
    files = {name: write_bytes(given, name) for name in names}
    files["x.npy.zip"] = zipped({"x.npy": array(given.matrix), "words.txt": "\n".join(given.words).encode()})
    files["stored.zip"] = zipped({"x.npy": array(given.matrix), "words.txt": b"a\n"}, zipfile.ZIP_STORED)
    files["fasttext.bin"] = fasttext(buckets=20)
    files["tabs.tsv"] = write_bytes(given, "x.csv").replace(b'","', b"comma").replace(b",", b"\t")
    files["wide.parquet"] = _wide_parquet()
    return files


def _wide_parquet() -> bytes:
    import io

    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    columns = {"word": ["a", "b", "c"], "count": [3, 2, 1], **{f"d{i}": np.arange(1.0, 4.0) for i in range(4)}}
    parquet.write_table(pa.table(columns), out, compression="gzip")
    return out.getvalue()


def flip(data: bytearray, rng: Rng) -> bytes:
    for at in rng.integers(0, len(data), rng.integers(1, 9)):
        data[at] ^= int(rng.integers(1, 256))
    return bytes(data)


def cut(data: bytearray, rng: Rng) -> bytes:
    return bytes(data[: rng.integers(0, len(data))])


def drop(data: bytearray, rng: Rng) -> bytes:
    begin = int(rng.integers(0, len(data)))
    del data[begin : begin + int(rng.integers(1, 40))]
    return bytes(data)


def double(data: bytearray, rng: Rng) -> bytes:
    begin, end = sorted(rng.integers(0, len(data) + 1, 2).tolist())
    return bytes(data[:end] + data[begin:])


def insert(data: bytearray, rng: Rng) -> bytes:
    at = int(rng.integers(0, len(data) + 1))
    return bytes(data[:at] + ODD[rng.integers(len(ODD))] * int(rng.integers(1, 4)) + data[at:])


def lie(data: bytearray, rng: Rng) -> bytes:
    """An extreme whole number, where binary files keep sizes: near their begin or their end."""
    value, form = EXTREMES[rng.integers(len(EXTREMES))], ("<i", "<q")[rng.integers(2)]
    number = struct.pack(form, value)
    at = int(rng.integers(0, min(150, len(data)))) if rng.random() < 0.7 else int(rng.integers(0, len(data)))
    data[at : at + len(number)] = number
    return bytes(data)


def lie_in_figures(data: bytearray, rng: Rng) -> bytes:
    """Other figures, where texts and heads keep sizes."""
    digits = [i for i, byte in enumerate(data[:2000]) if 48 <= byte <= 57]
    if not digits:
        return bytes(data)
    at = digits[int(rng.integers(min(len(digits), 30)))]
    return bytes(data[:at]) + b"%d" % abs(EXTREMES[rng.integers(len(EXTREMES))]) + bytes(data[at + 1 :])


def noise_after_head(data: bytearray, rng: Rng) -> bytes:
    return bytes(data[: rng.integers(1, 60)]) + rng.bytes(int(rng.integers(0, 400)))


MUTATIONS: tuple[Callable[[bytearray, Rng], bytes], ...] = (
    flip, cut, drop, double, insert, lie, lie_in_figures, noise_after_head,
)  # fmt: skip
WRAPS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data,
    lambda data: data,
    lambda data: data,
    lambda data: gzip.compress(data, 1, mtime=0),
    lambda data: zipped({"vectors.txt": data}),
    lambda data: zipped({"x.npy": data, "words.txt": b"a\nb\n"}),
    lambda data: zipped({"vectors.tsv": b"1\t2\n", "metadata.tsv": data}),
    lambda data: zipped({"data.pkl": data}),
    lambda data: gzip.compress(gzip.compress(data)),
    lambda data: zlib.compress(data),
)


def damaged(files: dict[str, bytes], made: Path, rng: Rng) -> tuple[str, bytes]:
    """A file that is probably not what it says, and its name."""
    names = list(files)
    name = names[rng.integers(len(names))]
    kind = rng.random()
    if kind < 0.06:
        data = rng.bytes(int(rng.integers(0, 300)))
    elif kind < 0.14:
        data = pickle.dumps(Payload(made), int(rng.integers(0, pickle.HIGHEST_PROTOCOL + 1)))
        if rng.random() < 0.3:
            data += files[name]
    elif kind < 0.20:
        numbers = rng.choice([1, 3, 5, 10**6, 2 * 10**6, 10**9, 10**17], 2)
        data = b"%d %d\n" % (numbers[0], numbers[1]) + files[name][: rng.integers(0, 200)]
    else:
        data = files[name]
        for _ in range(rng.integers(1, 4)):
            data = MUTATIONS[rng.integers(len(MUTATIONS))](bytearray(data), rng) if data else data
    return name, WRAPS[rng.integers(len(WRAPS))](data)


def outcome(data: bytes, name: str, folder: Path, on_disk: bool) -> str:
    """What a reader makes of a file: "read", "refused", or what should not be."""
    try:
        if on_disk:
            (folder / name).write_bytes(data)
            found = read_vectors(folder / name)
        else:
            found = read_bytes(data, name)
    except VectorFormatError as error:
        proper = len(error.problem) > 10 and len(error.remedy) > 10 and str(error).isprintable()
        return "refused" if proper else f"poor text {str(error)!r}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    whole = isinstance(found, Vectors) and len(found) == len(found.index) and np.isfinite(found.matrix).all()
    return "read" if whole and found.matrix.any(axis=1).all() else "read badly"


def main(seed: int, count: int) -> None:
    """Read `count` files made from a seed, and print a report."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    files, rng = good_files(), np.random.default_rng(seed)
    results: Counter[str] = Counter()
    failures, slowest = [], 0.0
    with tempfile.TemporaryDirectory() as place:
        folder, made = Path(place, "files"), Path(place, "made")
        folder.mkdir()
        for name, data in files.items():
            if name != "stored.zip":
                assert outcome(data, name, folder, False) == "read", name
        signal.signal(signal.SIGALRM, too_long)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + ROOM,) * 2)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for i in range(count):
            name, data = damaged(files, made, rng)
            begin = time.process_time()
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            result = outcome(data, name, folder, i % 8 == 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            slowest = max(slowest, time.process_time() - begin)
            results[result if result in ("read", "refused") else "failed"] += 1
            if result not in ("read", "refused"):
                failures.append([i, name, result, data[:200].hex()])
        ran = made.exists()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({**results, "failures": failures[:5], "slowest": slowest, "grown": grown * 1024, "ran": ran}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
