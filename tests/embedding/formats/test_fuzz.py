"""Thousands of damaged files: each is read whole or refused with a reason and a remedy; none hangs, floods memory, runs code."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
COUNT = 4_000


def test_damaged_files_are_read_or_refused():
    command = [sys.executable, "-m", "tests.embedding.formats.fuzzing", "1", str(COUNT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["failures"] == []
    assert report["refused"] + report["read"] == COUNT
    assert report["read"] > 50 and report["refused"] > COUNT / 2, "both happen, so both are tested"
    assert report["slowest"] < 2, "seconds of the processor for one file"
    assert report["grown"] < 300_000_000
    assert not report["ran"], "a pickle was opened"
