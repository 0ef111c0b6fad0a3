"""`evaluate`: word vectors tested from the command line."""

import json

import pytest
from click.testing import CliRunner

from explorer.command_line import main
from explorer.command_line.evaluation import PRETRAINED
from explorer.embedding import evaluate_analogies, evaluate_similarity, pretrained


def run(*arguments):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    vectors = pretrained().head(2000)
    path = tmp_path_factory.mktemp("vectors") / "few.txt"
    lines = (
        f"{word} {' '.join(f'{x:.5f}' for x in row)}" for word, row in zip(vectors.words, vectors.matrix, strict=True)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_installed_vectors_are_tested_by_name():
    result = run(PRETRAINED, "--restrict", 3000, "--quiet")
    few = pretrained().head(3000)
    report, score = evaluate_analogies(few), evaluate_similarity(few, "wordsim353")
    assert result.exit_code == 0, result.output
    assert f"{score.correlation:.4f}" in result.output and f"{score.pairs} of 353" in result.output
    assert f"{report.correct():,} of {report.covered():,} right = {100 * report.accuracy():.2f} %" in " ".join(
        result.output.split()
    )
    assert "Currencies" in result.output and "GloVe 6B: 3,000 words" in result.output


def test_a_file_gives_the_same_as_json(file):
    result = run(file, "--json", "--quiet", "--method", "mul", "--include-question-words")
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    expected = evaluate_analogies(pretrained().head(2000), "mul", exclude=False)
    assert found["analogies"]["all"]["correct"] == expected.correct()
    assert found["analogies"]["question_words_excluded"] is False
    assert found["vectors"]["words"] == 2000 and found["similarity"]["simlex999"]["pairs"] > 100
    assert found["analogies"]["sections"]["family"]["accuracy"]["nearest"] == expected.share(
        "nearest", expected.sections[4]
    )


def test_words_that_no_question_knows_are_said_so(tmp_path):
    (tmp_path / "own.txt").write_text("[red] 1 2 3\nqqq 2 1 0\nzzz 0 1 1\n", encoding="utf-8")
    result = run(tmp_path / "own.txt", "--quiet")
    assert result.exit_code == 0 and "None of the questions" in result.output and "0 of 353" in result.output


def test_mistakes_are_named(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x80\x04pickle")
    assert "There is no file 'nix'" in run("nix").output and run("nix").exit_code == 2
    assert run(tmp_path / "bad.txt").exit_code == 2
    assert run(PRETRAINED, "--restrict", 0).exit_code == 2
