"""`python -m explorer train`: what is typed becomes the experiment, and what comes out can be opened again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.command_line import main
from explorer.command_line.training import Bar
from explorer.experiment import about, to_link
from explorer.frame import Change, same_bits
from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.opening import Opened, open_run

ROOT = Path(__file__).parents[2]
TINY = ("train", "--hidden", "4", "--batch", "2", "--steps", "6", "--quiet")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="python -m explorer")


def opened(path: Path) -> Opened:
    return open_run(path.read_bytes())


def test_the_options_become_the_experiment(tmp_path):
    result = run(
        "train", "--task", "adding", "--cell", "gru", "--bidirectional", "--length", 7, "--hidden", 5, "--batch", 3,
        "--learning-rate", "0.02", "--steps", 6, "--seed", 11, "--quiet", "--out", tmp_path / "a",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    experiment = SequenceExperiment(
        task="adding", cell="gru", bidirectional=True, length=7, hidden=5, batch=3, learning_rate=0.02, steps=6, seed=11
    )
    assert opened(tmp_path / "a").experiment == experiment


def test_what_is_not_typed_is_suggested_by_the_task(tmp_path):
    assert run("train", "--task", "digits", "--steps", 2, "--quiet", "--out", tmp_path / "a").exit_code == 0
    assert opened(tmp_path / "a").experiment == SequenceExperiment(task="digits", steps=2)


def test_the_file_holds_the_same_frames_as_the_library(tmp_path):
    change = Change(4, "learning_rate", 0.001)
    assert run(*TINY, "--change", "4:learning_rate=0.001", "--out", tmp_path / "a").exit_code == 0
    kept, alone = opened(tmp_path / "a"), SequenceExperiment(hidden=4, batch=2, steps=6).frames([change])
    assert kept.changes == (change,)
    assert kept.now.learning_rate == 0.001
    assert all(same_bits(one, two) for one, two in zip(kept.frames, alone, strict=True))


def test_every_field_has_an_option_with_its_own_words():
    text = " ".join(run("train", "--help").output.split())
    for name, info in ArchitectureExperiment.model_fields.items():
        if not about(ArchitectureExperiment, name).get("private"):
            assert f"--{name.replace('_', '-')} " in text, name
            assert f"{info.title}. {info.description}" in text, name
    assert "--hidden 4..256" in text and "--cell rnn|lstm|gru" in text
    assert "[default: 32; 64 for characters" in text


def test_the_libraries_load_with_one_thread():
    code = """
import os, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in ("numpy", "torch"):
            print(name, os.environ.get("OMP_NUM_THREADS"), os.environ.get("OPENBLAS_NUM_THREADS"))
sys.meta_path.insert(0, Watch())
import explorer.__main__, explorer.sequence.training, torch
print(torch.get_num_threads())
"""
    threads = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"}
    given = {name: value for name, value in os.environ.items() if name not in threads}
    done = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True)
    assert set(done.stdout.splitlines()) == {"numpy 1 1", "torch 1 1", "1"}, done.stderr


def test_changes_are_put_in_order(tmp_path):
    assert run(*TINY, "--change", "5:clip=0", "--change", "2:clip=0.5", "--out", tmp_path / "a").exit_code == 0
    assert opened(tmp_path / "a").changes == (Change(2, "clip", 0.5), Change(5, "clip", 0.0))


def test_the_result_stands_beside_the_baseline():
    lines = run(*TINY).output.splitlines()
    baseline = make_task(SequenceExperiment()).baseline
    loss = next(line for line in lines if line.startswith("loss"))
    assert float(loss.split()[2]) == pytest.approx(baseline.loss, rel=1e-3)
    accuracy = next(line for line in lines if line.startswith("accuracy"))
    assert float(accuracy.split()[2]) == pytest.approx(baseline.score, rel=1e-3)
    assert loss.rindex(loss.split()[2]) + len(loss.split()[2]) == len(loss.rstrip())
    assert "".join(baseline.sentence.split()) in "".join("".join(lines).split())


def test_own_text_and_own_numbers_come_from_files(tmp_path):
    text = "every cat sees one mouse and each mouse sees one cat, so they all run. " * 10
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.csv").write_text("month,sold\n" + "\n".join(f"m{k},{k % 7 + 0.5}" for k in range(90)))
    common = (*TINY, "--length", 6, "--out", tmp_path / "run")
    assert run(*common, "--task", "characters", "--text-file", tmp_path / "a.txt").exit_code == 0
    experiment = opened(tmp_path / "run").experiment
    assert (experiment.corpus, experiment.text) == ("own", text.strip())
    assert run(*common, "--task", "series", "--series-file", tmp_path / "a.csv").exit_code == 0
    experiment = opened(tmp_path / "run").experiment
    assert (experiment.series, experiment.values[:8]) == ("own", (0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 0.5))


def test_own_labelled_texts_come_from_a_file(tmp_path):
    rows = [(f"this one is number {k}", "even" if k % 2 == 0 else "odd") for k in range(40)]
    (tmp_path / "a.csv").write_text("label;text\n" + "\n".join(f"{label};{text}" for text, label in rows))
    common = (*TINY, "--out", tmp_path / "run", "--task", "sentiment", "--reviews-file")
    assert run(*common, tmp_path / "a.csv").exit_code == 0
    experiment = opened(tmp_path / "run").experiment
    assert (experiment.opinions, experiment.reviews) == ("own", tuple(rows))
    (tmp_path / "b.csv").write_text("review,stars\nfine,5\n")
    refused = run(*common, tmp_path / "b.csv")
    assert refused.exit_code == 2 and "must name the columns" in " ".join(refused.stderr.replace("│", " ").split())


def test_a_link_or_a_file_sets_the_rest(tmp_path):
    wanted = SequenceExperiment(task="adding", length=9, hidden=6, batch=2, steps=3)
    link = "&".join(f"{name}={value}" for name, value in to_link(wanted).items())
    (tmp_path / "e.json").write_text(wanted.model_dump_json())
    for source in (
        ("--from-link", f"http://127.0.0.1:8501/train_live?{link}&present=1"),
        ("--from-link", f"?{link}"),
        ("--experiment", tmp_path / "e.json"),
    ):
        assert run("train", *source, "--seed", 4, "--quiet", "--out", tmp_path / "a").exit_code == 0
        assert opened(tmp_path / "a").experiment == wanted.replace(seed=4)
    result = run("train", "--from-link", "?task=rose&steps=2&hidden=9999", "--quiet")
    assert result.exit_code == 0 and "Hidden units (hidden)" in result.stderr


@pytest.mark.parametrize(
    "typed, said",
    [
        (["--hidden", "2"], "Invalid value for '--hidden': Hidden units (hidden): it should be greater than or equal"),
        (["--hidden", "many"], "Hidden units (hidden): it should be a valid integer"),
        (["--cell", "perceptron"], "Architecture (cell): it should be 'rnn', 'lstm', 'gru', 'window'"),
        (["--cell", "cnn"], "a CNN looks at pictures"),
        (["--learning-rate", "nan"], "Learning rate (learning_rate): it should be a finite number"),
        (["--bidirectional"], "would see the answer"),
        (["--layers", "3", "--hidden", "256", "--batch", "256"], "too long to stay live. What fits: batch"),
        (["--change", "200"], "is not of the form 200:learning_rate=0.001"),
        (["--change", "200:hidden=5"], "cannot change while a run goes on"),
        (["--change", "200:clip=-1"], "Clip gradients at (clip)"),
        (["--change", "2000:clip=1", "--steps", "9"], "Step 2000 is not one of the 9 steps"),
        (["--out", "/no/such/folder/run"], "There is no folder"),
        (["--out", __file__ + "/run"], "There is no folder"),
        (["--out", ""], "Name a file"),
        (["--text-file", "/no/such/file"], "does not exist"),
        (["--surprise", "1"], "No such option"),
    ],
)
def test_mistakes_are_explained(typed, said):
    result = run("train", *typed)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_files_that_cannot_be_read_are_explained(tmp_path):
    (tmp_path / "a").write_bytes(b"%PDF-1.4 \x00\xff")
    (tmp_path / "b").write_text("aaaa")
    for option, name, said in (
        ("--text-file", "a", "PDF"),
        ("--text-file", "b", "only one letter"),
        ("--series-file", "b", "no numbers"),
        ("--experiment", "b", "not an experiment"),
    ):
        result = run("train", option, tmp_path / name, "--quiet")
        assert result.exit_code == 2 and said in result.stderr, result.stderr
    (tmp_path / "c").write_text(json.dumps({"task": "rose", "hiden": 8}))
    assert "hiden: Extra inputs are not permitted" in run("train", "--experiment", tmp_path / "c").stderr
    (tmp_path / "d").write_text("too short")
    result = run("train", "--task", "characters", "--text-file", tmp_path / "d", "--quiet")
    assert result.exit_code == 2 and "Error: " in result.stderr


def test_an_option_without_effect_is_mentioned():
    assert "--season has no effect on the task rose" in run(*TINY, "--season", 5).stderr
    assert "no effect" not in run(*TINY, "--seed", 5).stderr


def test_a_training_that_comes_apart_is_explained_and_saved(tmp_path):
    wild = ("--task", "series", "--cell", "rnn", "--optimizer", "sgd", "--learning-rate", 10, "--clip", 0)
    result = run("train", *wild, "--steps", 300, "--quiet", "--out", tmp_path / "a")
    assert result.exit_code == 3
    assert "came apart at step 3" in result.stderr and "a learning rate below 10" in result.stderr
    assert [frame.step for frame in opened(tmp_path / "a").frames] == [0, 1, 2, 3]


def test_ctrl_c_ends_it_and_keeps_what_there_is(tmp_path, monkeypatch):
    show = Bar.show

    def interrupting(self, step, text, now):
        show(self, step, text, now)
        if step == 17:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Bar, "show", interrupting)
    result = run("train", "--hidden", 4, "--batch", 2, "--steps", 50_000, "--quiet", "--out", tmp_path / "a")
    assert result.exit_code == 130 and "ended early" in result.output
    last = opened(tmp_path / "a").frames[-1]
    assert last.step == 18 and last.arrays and last.weights
    monkeypatch.undo()
    assert run("replay", tmp_path / "a", "--quiet").exit_code == 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_is_kept_is_bounded(tmp_path):
    result = run("train", "--hidden", 4, "--batch", 1, "--steps", 900, "--quiet", "--out", tmp_path / "a")
    assert result.exit_code == 0
    frames = opened(tmp_path / "a").frames
    assert len(frames) < 800 and (frames[0].step, frames[-1].step) == (0, 900)
    assert frames[-1].weights and sum(frame.weights is not None for frame in frames) <= 48


def test_a_file_is_replaced_whole(tmp_path):
    (tmp_path / "a").write_text("old")
    assert run(*TINY, "--out", tmp_path / "a").exit_code == 0
    assert opened(tmp_path / "a").frames
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_it_runs_as_a_program_and_starts_light(tmp_path):
    command = [sys.executable, "-m", "explorer", *TINY, "--out", str(tmp_path / "run.safetensors")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "guessing" in done.stdout and (tmp_path / "run.safetensors").exists()
    code = "import sys, explorer.command_line; sys.exit(str({'torch', 'pandas', 'plotly'} & set(sys.modules) or ''))"
    heavy = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert heavy.stderr.strip() == ""


@pytest.mark.parametrize("cell", ["tcn", "average", "transformer"])
def test_other_architectures_are_trained_kept_shown_and_computed_again(cell, tmp_path):
    out = tmp_path / "run.safetensors"
    done = run("train", "--task", "rose", "--cell", cell, "--steps", "6", "--quiet", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "Equal to the bit" in run("replay", str(out), "--quiet").output
    assert cell in run("show", str(out)).output


def test_a_setting_of_other_architectures_has_no_effect_on_a_recurrent_one():
    done = run("train", "--task", "rose", "--heads", "4", "--steps", "2", "--quiet")
    assert done.exit_code == 0 and "--heads has no effect" in done.output


def test_a_link_to_the_page_of_the_architectures_begins_with_its_first(tmp_path):
    out = tmp_path / "run.safetensors"
    link = "http://x/architectures?task=rose&steps=3&looked=2"
    assert run("train", "--from-link", link, "--quiet", "--out", str(out)).exit_code == 0
    assert "transformer" in run("show", str(out)).output
