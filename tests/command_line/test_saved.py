"""`replay` and `show`: what a saved run was, and that it comes out the same again."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from explorer.command_line import main
from explorer.frame import Change
from explorer.runs.archive import to_bytes
from explorer.sequence import SequenceExperiment
from explorer.sequence.opening import KIND

TINY = SequenceExperiment(hidden=4, batch=2, steps=12, dropout=0.2)
CHANGES = (Change(5, "learning_rate", 0.1), Change(9, "temperature", 0.5))


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def save(tmp_path):
    def write(frames, changes=CHANGES):
        (tmp_path / "run").write_bytes(to_bytes(KIND, TINY.model_dump_json(), changes, frames))
        return tmp_path / "run"

    return write


@pytest.fixture(scope="module")
def frames():
    return list(TINY.frames(CHANGES, lambda step: step % 3 == 0))


def test_a_saved_run_is_equal_to_the_bit(save, frames):
    result = run("replay", save(frames))
    assert result.exit_code == 0
    assert "Equal to the bit: all 13 kept frames up to step 12, with 2 changes mid-run." in result.output


def test_thinned_frames_are_compared_by_what_they_kept(save, frames):
    thinned = [
        frames[0],
        *(replace(frame, weights=None) for frame in frames[4:7]),
        replace(frames[9], arrays={}, weights=None),
    ]
    result = run("replay", save(thinned))
    assert result.exit_code == 0 and "all 5 kept frames up to step 9" in result.output


def test_the_smallest_difference_is_found(save, frames):
    loss = frames[7].metrics["loss"]
    changed = replace(frames[7], metrics={**frames[7].metrics, "loss": loss * (1 + 2**-50)})
    assert changed.metrics["loss"] != loss
    result = run("replay", save([*frames[:7], changed, *frames[8:]]))
    assert result.exit_code == 1 and "Different: 1 of 13 kept frames, the first at step 7." in result.output


def test_other_changes_are_another_run(save, frames):
    result = run("replay", save(frames, changes=CHANGES[1:]))
    assert result.exit_code == 1 and "Different: 8 of 13 kept frames, the first at step 5." in result.output


def test_show_prints_settings_changes_and_numbers(save, frames):
    text = run("show", save(frames)).output
    rows = {tuple(line.split()) for line in text.splitlines()}
    assert {("Hidden", "units", "4"), ("Dropout", "0.2"), ("Task", "rose"), ("5", "0.1", "Learning", "rate")} <= rows
    assert f"loss {frames[-1].metrics['loss']:.4g}".split() in [list(row[:2]) for row in rows]
    assert "link: ?task=rose&hidden=4&dropout=0.2&batch=2&steps=12" in text
    assert "kept: 13 frames, 5 with pictures, 5 with weights" in text
    assert ("Season", "12") not in rows


def test_show_gives_the_settings_back(save, frames, tmp_path):
    settings = run("show", "--json", save(frames)).output
    assert SequenceExperiment(**json.loads(settings)) == TINY


@pytest.mark.parametrize("command", ["show", "replay"])
def test_a_file_that_is_no_run_is_explained(command, tmp_path):
    (tmp_path / "a").write_bytes(b"PK\x03\x04 not a run")
    result = run(command, tmp_path / "a")
    assert result.exit_code == 2 and "can run code when they are opened" in " ".join(result.stderr.split())
