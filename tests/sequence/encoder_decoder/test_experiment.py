"""The experiment is a light value that says what its fields mean and refuses what does not go together."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from explorer.experiment import choices, from_link, to_link
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.experiment import TASK_TITLES, WAYS_TO_WRITE
from explorer.sequence.encoder_decoder.tasks.date_ways import ways_to_write
from explorer.sequence.encoder_decoder.tasks.making import CLASSES


def test_it_loads_nothing_heavy():
    code = (
        "import sys; from explorer.sequence.encoder_decoder import EncoderDecoderExperiment as X; X(); X(task='dates'); "
        "X().replace(hidden=64); heavy = {'torch', 'numpy.linalg', 'babel', 'num2words', 'sklearn'} & set(sys.modules); "
        "sys.exit(str(heavy - {'numpy.linalg'}) if heavy - {'numpy.linalg'} else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_task_has_a_title_and_a_class():
    tasks = set(choices(EncoderDecoderExperiment, "task"))
    assert tasks == TASK_TITLES.keys() == CLASSES.keys()


@pytest.mark.parametrize("task", TASK_TITLES)
def test_links_come_back(task):
    experiment = EncoderDecoderExperiment(task=task, seed=5, cell="gru", batch=8)
    assert from_link(EncoderDecoderExperiment, to_link(experiment)) == (experiment, [])


@pytest.mark.parametrize("settings, topology", [
    ({}, "encoder-decoder"), ({"task": "dates"}, "encoder-decoder"), ({"task": "names"}, "one-to-many"),
    ({"task": "names", "condition": "letters"}, "encoder-decoder"), ({"task": "spelled"}, "one-to-many"),
    ({"task": "spelled", "reading": "rows"}, "encoder-decoder"), ({"task": "drawing"}, "one-to-many"),
])  # fmt: skip
def test_shapes(settings, topology):
    experiment = EncoderDecoderExperiment(**settings)
    assert experiment.topology == topology
    assert experiment.uses("bidirectional") == experiment.uses("attention") == (topology == "encoder-decoder")
    assert experiment.uses("look") == (settings == {"task": "spelled"})


def test_fields_mean_something_only_where_they_are_read():
    drawing = EncoderDecoderExperiment(task="drawing")
    assert drawing.uses("pixels") and not drawing.uses("embedding") and not drawing.uses("temperature")
    assert EncoderDecoderExperiment(task="names").uses("temperature")
    assert not EncoderDecoderExperiment(attention=False).uses("scoring")


def test_an_odd_state_cannot_be_shared_between_directions():
    with pytest.raises(ValidationError, match="take 10"):
        EncoderDecoderExperiment(hidden=9)
    EncoderDecoderExperiment(hidden=9, bidirectional=False)
    EncoderDecoderExperiment(task="drawing", hidden=9, bidirectional=True)


def test_live_fields_are_those_a_training_reads_anew():
    assert EncoderDecoderExperiment.live() == {"learning_rate", "clip", "temperature"}


def test_as_many_ways_to_write_a_date_as_there_are():
    assert len(ways_to_write(WAYS_TO_WRITE)) == WAYS_TO_WRITE
    with pytest.raises(ValueError, match=str(WAYS_TO_WRITE)):
        ways_to_write(WAYS_TO_WRITE + 1)
