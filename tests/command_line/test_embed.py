"""`embed`: word vectors from the command line are those of the library, written as the file's ending says."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from explorer.command_line import main
from explorer.command_line.training import Bar
from explorer.embedding import EmbeddingExperiment, evaluate_similarity, open_weights, read_vectors
from explorer.embedding.experiment import ALGORITHM_TITLES
from explorer.experiment import about, to_link
from explorer.frame import Change

ROOT = Path(__file__).parents[2]
TINY = ("--corpus", "phrases", "--dimensions", 5, "--epochs", 2, "--iterations", 3, "--quiet")


def run(*arguments):
    return CliRunner().invoke(main, ["embed", *map(str, arguments)])


def tiny(**settings):
    return EmbeddingExperiment(**{"corpus": "phrases", "dimensions": 5, "epochs": 2, "iterations": 3, **settings})


@pytest.mark.parametrize("algorithm", ALGORITHM_TITLES)
def test_the_vectors_of_the_library(tmp_path, algorithm):
    result = run(*TINY, "--algorithm", algorithm, "--seed", 3, "--out", tmp_path / "a.txt")
    assert result.exit_code == 0, result.output + str(result.exception)
    written, expected = read_vectors(tmp_path / "a.txt"), tiny(algorithm=algorithm, seed=3).vectors()
    if algorithm == "tfidf":  # "is" stands in every phrase
        assert not expected["is"].any() and "for all their numbers are zero: is\n" in result.stderr
        expected = expected.take([row for row, word in enumerate(expected.words) if word != "is"])
    assert written.words == expected.words and np.array_equal(written.matrix, expected.matrix)
    assert ALGORITHM_TITLES[algorithm] in result.output and "Written to" in result.output


def test_the_ending_says_how_it_is_written(tmp_path):
    for name in ("a.vec", "b.bin", "c.csv", "d.npy"):
        assert run(*TINY, "--out", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.vec").read_text().startswith("80 5\n") and (tmp_path / "c.csv").exists()
    assert (np.load(tmp_path / "d.npy") == tiny().vectors().matrix).all()


def test_scores_stand_with_their_coverage_and_interval():
    result = run("--corpus", "lee", "--algorithm", "ppmi", "--dimensions", 20, "--iterations", 3, "--quiet")
    vectors = EmbeddingExperiment(corpus="lee", algorithm="ppmi", dimensions=20, iterations=3).vectors()
    score = evaluate_similarity(vectors, "wordsim353")
    line = next(line for line in result.stdout.splitlines() if line.startswith("WordSim-353"))
    assert (
        line.split()[1:] == f"{score.correlation:.4f} {score.low:.3f} to {score.high:.3f} {score.pairs} of 353".split()
    )
    assert any(line.startswith("mean cosine of all pairs") for line in result.stdout.splitlines())


def test_vectors_that_all_point_one_way_are_warned_of():
    said = "point much the same way"
    assert said in run("--corpus", "lee", "--dimensions", 10, "--epochs", 1, "--quiet").stderr
    assert said not in run(*TINY).stderr


def test_every_field_has_an_option_with_its_own_words():
    text = " ".join(run("--help").output.split())
    for name, info in EmbeddingExperiment.model_fields.items():
        if not about(EmbeddingExperiment, name).get("private"):
            assert f"--{name.replace('_', '-')} " in text, name
            assert f"{info.title}. {info.description}"[:60] in text, name
    assert "--dimensions 2..300" in text and "For glove. [default: 10" in text
    assert text.index("Text:") < text.index("Algorithm:") < text.index("Training:") < text.index("This run:")


def test_a_link_a_file_and_a_change(tmp_path):
    wanted = tiny(algorithm="cbow", window=3, seed=2)
    link = "&".join(f"{name}={value}" for name, value in to_link(wanted).items())
    (tmp_path / "e.json").write_text(wanted.model_dump_json())
    for source in (("--from-link", f"?{link}"), ("--experiment", tmp_path / "e.json")):
        assert run(*source, "--quiet", "--out", tmp_path / "a.txt").exit_code == 0
        assert read_vectors(tmp_path / "a.txt").words == wanted.vectors().words
        assert np.array_equal(read_vectors(tmp_path / "a.txt").matrix, wanted.vectors().matrix)
    assert run(*TINY, "--change", "5:learning_rate=0.2", "--out", tmp_path / "b.txt").exit_code == 0
    last = [*tiny().frames([Change(5, "learning_rate", 0.2)])][-1]
    assert np.array_equal(read_vectors(tmp_path / "b.txt").matrix, open_weights(tiny(), last.weights).vectors.matrix)


def test_own_text_comes_from_a_file(tmp_path):
    words = [f"word{chr(97 + i)}" for i in range(12)]
    (tmp_path / "own.txt").write_text("\n".join(" ".join(words[i:] + words[:i]) for i in range(12)))
    result = run("--text-file", tmp_path / "own.txt", "--epochs", 1, "--quiet", "--out", tmp_path / "a.txt")
    assert result.exit_code == 0 and set(read_vectors(tmp_path / "a.txt").words) == set(words)


@pytest.mark.parametrize(
    "typed, said",
    [
        (["--dimensions", "1"], "Dimensions (dimensions): it should be greater than or equal to 2"),
        (["--algorithm", "bert"], "Algorithm (algorithm): it should be 'skipgram'"),
        (["--corpus", "phrases", "--min-count", "100"], "No word occurs at least 100 times"),
        (["--corpus", "phrases", "--algorithm", "ppmi", "--dimensions", "300"], "Choose at most 80 dimensions"),
        (["--algorithm", "fasttext", "--min-n", "6", "--max-n", "2"], "choose min_n at most 2"),
        (["--change", "9:window=3"], "cannot change while a run goes on"),
        (["--change", "999:learning_rate=0.1"], "Step 999 is not one of the 200 steps"),
        (["--out", "/no/such/folder/a.txt"], "There is no folder"),
        (["--out", "vectors.docx"], "There is no format"),
        (["--text-file", "/no/such/file"], "does not exist"),
    ],
)
def test_mistakes_are_explained_before_anything_is_trained(typed, said):
    result = run(*typed)
    assert result.exit_code == 2 and said in " ".join(result.stderr.split()), result.stderr


def test_an_option_without_effect_is_mentioned():
    assert "--x-max has no effect on the algorithm skipgram" in run(*TINY, "--x-max", 5).stderr
    assert "no effect" not in run(*TINY, "--algorithm", "glove", "--x-max", 5).stderr.replace("--iterations has no", "")


def test_a_training_that_comes_apart_is_explained_and_kept(tmp_path):
    wild = ("--corpus", "lee", "--dimensions", 10, "--learning-rate", 1, "--quiet", "--out", tmp_path / "a.txt")
    result = run(*wild)
    assert result.exit_code == 3 and "came apart at step" in result.stderr
    assert len(read_vectors(tmp_path / "a.txt")) == 1784


def test_ctrl_c_ends_it_and_keeps_what_there_is(tmp_path, monkeypatch):
    show = Bar.show

    def interrupting(self, step, text, now):
        show(self, step, text, now)
        if step == 7:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Bar, "show", interrupting)
    result = run(*TINY, "--epochs", 200, "--out", tmp_path / "a.txt")
    assert result.exit_code == 130 and "ended early" in result.output and "step 8 of 2,000" in result.output
    frames = tiny(epochs=200).frames(wanted=lambda step: step == 8)
    eighth = next(frame for frame in frames if frame.step == 8)
    expected = open_weights(tiny(epochs=200), eighth.weights).vectors
    assert np.array_equal(read_vectors(tmp_path / "a.txt").matrix, expected.matrix)


def test_it_runs_as_a_program(tmp_path):
    command = [sys.executable, "-m", "explorer", "embed", *map(str, TINY), "--out", str(tmp_path / "a.txt")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "WordSim-353" in done.stdout and (tmp_path / "a.txt").exists()
