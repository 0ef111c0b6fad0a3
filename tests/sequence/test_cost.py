"""What is admitted, what is refused, and that the sizes named really fit."""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from pydantic import ValidationError

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.cost import (
    LONGEST_UPDATE,
    OUTPUTS,
    TOKENS,
    WIDTHS,
    _outputs,
    _steps,
    milliseconds,
    sequences_at_once,
)
from explorer.sequence.experiment import TASK_TITLES
from explorer.sequence.tasks import Batch

FIELDS = {
    r"batch (\d+)": "batch",
    r"(\d+) hidden units": "hidden",
    r"layers (\d+)": "layers",
    r"length (\d+)": "length",
    r"a vocabulary of (\d+)": "vocabulary",
}
TOO_SLOW = [
    {"task": "adding", "cell": "gru", "length": 200},
    {"task": "words", "vocabulary": 5000},
    {"task": "characters", "cell": "lstm", "layers": 3, "hidden": 64, "batch": 64},
    {"task": "digits", "cell": "lstm", "hidden": 256, "batch": 256},
]


@pytest.mark.parametrize("task", TASK_TITLES)
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_suggested_sizes_are_admitted(task, cell):
    assert milliseconds(SequenceExperiment(task=task, cell=cell)) <= LONGEST_UPDATE


@pytest.mark.parametrize("settings", TOO_SLOW)
def test_what_is_too_slow_is_refused_and_every_size_named_fits_and_is_the_largest(settings):
    with pytest.raises(ValidationError) as caught:
        SequenceExperiment(**settings)
    message = caught.value.errors()[0]["msg"]
    assert re.search(r"about \d+ ms", message)
    named = {
        field: int(found[1]) for say, field in FIELDS.items() if (found := re.search(say, message.split("fits")[1]))
    }
    assert "batch" in named
    for field, value in named.items():
        SequenceExperiment(**{**settings, field: value})
        with pytest.raises(ValidationError):
            SequenceExperiment(**{**settings, field: value + 1})


def test_when_no_single_size_helps_it_says_so():
    with pytest.raises(ValidationError, match="several of its sizes"):
        SequenceExperiment(task="adding", cell="gru", length=200, hidden=256, layers=3, bidirectional=True, batch=256)


@pytest.mark.parametrize("field", ["hidden", "batch", "layers", "length"])
def test_larger_is_slower(field):
    experiment = SequenceExperiment(task="characters", hidden=8, batch=4, layers=1, length=10)
    estimates = [milliseconds(experiment, **{field: size}) for size in (1, 2, 3)]
    assert estimates == sorted(set(estimates))


@pytest.mark.parametrize("task", TASK_TITLES)
def test_sizes_cover_those_of_the_task(task):
    """The estimate knows the tasks by a table, because it must not load them: the table must not be too small."""
    for reading in ("rows", "pixels") if task == "digits" else ("rows",):
        experiment = SequenceExperiment(task=task, reading=reading)
        made = make_task(experiment)
        scored: Batch = made.scored()
        assert int(scored.lengths.max()) <= _steps(experiment, partial(getattr, experiment))
        assert made.outputs <= _outputs(experiment, partial(getattr, experiment))
        assert made.vocabulary is None or made.inputs <= TOKENS.get(task, made.outputs)
        if made.vocabulary is None and task != "digits":
            assert made.inputs == WIDTHS[task]
    assert task in OUTPUTS or task == "words"


def test_evaluation_is_cut_to_the_same_measure():
    for settings in ({"task": "adding", "cell": "gru"}, {"task": "words"}, {"task": "rose"}):
        count, cost = sequences_at_once(SequenceExperiment(**settings))
        assert 1 <= count <= 128
        assert cost <= 15


def test_the_estimate_needs_no_torch():
    code = (
        "import sys; from explorer.sequence import SequenceExperiment; from explorer.sequence.cost import milliseconds; "
        "milliseconds(SequenceExperiment()); sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0
