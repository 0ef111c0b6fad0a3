"""The experiment as a value, and its three frames."""

import subprocess
import sys

import numpy as np
import pytest
from pydantic import ValidationError

from explorer.experiment import from_link, to_link
from explorer.frame import same_bits
from explorer.runs.engine import Engine
from explorer.sequence import SequenceExperiment
from explorer.sequence.laboratory import LaboratoryExperiment, Probe
from explorer.sequence.laboratory.given import Trained
from explorer.sequence.laboratory.jacobians import lyapunov, product_singular_values, singular_values, step_jacobians
from explorer.sequence.laboratory.profile import profile
from explorer.sequence.laboratory.reading import read
from explorer.sequence.model import load_model
from explorer.sequence.tracing import trace

CELLS = ("rnn", "lstm", "gru")


@pytest.mark.parametrize("cell", CELLS)
def test_three_frames_each_with_what_is_known_by_then(small, cell):
    probe = small()
    experiment = LaboratoryExperiment(given=probe, cell=cell, sample=2)
    frames = list(experiment.frames())
    assert [frame.step for frame in frames] == [0, 1, 2] and experiment.steps == 2
    found, arrays = profile(probe, cell), frames[-1].arrays
    np.testing.assert_array_equal(frames[0].arrays["hidden"], found.hidden)
    assert ("cell" in arrays) == (cell == "lstm") and ("theory" in arrays) == (cell == "rnn")
    assert frames[0].metrics["factor"] == found.factor and "singular_values" not in frames[0].arrays
    jacobians = step_jacobians(read(probe, cell), 2)
    np.testing.assert_array_equal(arrays["singular_values"], singular_values(jacobians))
    np.testing.assert_array_equal(arrays["product_singular"], product_singular_values(jacobians))
    np.testing.assert_array_equal(arrays["lyapunov"], lyapunov(jacobians)[-1])
    assert "matrix" not in frames[1].arrays
    assert arrays["matrix"].shape == (12, 12) and frames[2].metrics["followed"] == 3
    np.testing.assert_allclose(arrays["matrix"][-1], found.hidden, rtol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("task", ["rose", "digits"])
def test_a_trained_network(trained, cell, task):
    experiment, weights = trained(cell, task)
    frames = list(LaboratoryExperiment(given=(experiment, weights)).frames())
    arrays = frames[-1].arrays
    model = load_model(experiment, weights)
    answer = trace(model, model.task.watched(), model.task.answer_loss)
    np.testing.assert_allclose(arrays["hidden"], answer.gradient_norms("hidden")[-1, 0])
    np.testing.assert_allclose(arrays["naive"], answer.gradient_norms("naive")[0, 0])
    assert frames[0].metrics["loss"] == answer.loss
    steps = len(arrays["hidden"])
    assert arrays["matrix"].shape == (steps, steps) and not np.triu(arrays["matrix"], 1).any()
    assert arrays["product_singular"].shape == (steps, 8 * (2 if cell == "lstm" else 1))
    assert ("theory" in arrays) == (cell == "rnn")
    every = next(LaboratoryExperiment(given=(experiment, weights), loss="every").frames())
    whole = trace(model, model.task.watched())
    np.testing.assert_allclose(every.arrays["hidden"], whole.gradient_norms("hidden")[-1, 0])


def test_a_typed_sentence(trained):
    experiment, weights = trained("gru", "rose")
    model = load_model(experiment, weights)
    text = " ".join(word for word in model.task.steps(model.task.watched()) if word.isalpha())
    batch = model.task.encode(text)
    frame = next(LaboratoryExperiment(given=(experiment, weights), text=text).frames())
    assert len(frame.arrays["hidden"]) == batch.inputs.shape[1]
    digits = trained("gru", "digits")
    with pytest.raises(ValueError, match="takes no typed example"):
        next(LaboratoryExperiment(given=digits, text="seven").frames())


def test_equal_experiments_are_equal_values_and_give_equal_bits(trained):
    experiment, weights = trained("lstm", "rose")
    one, other = (LaboratoryExperiment(given=(experiment, bytes(bytearray(weights)))) for _ in range(2))
    assert one == other and hash(one) == hash(other)
    assert all(same_bits(a, b) for a, b in zip(one.frames(), other.frames(), strict=True))
    moved = LaboratoryExperiment(given=Trained(experiment, weights + b" "))
    assert moved != one and moved != LaboratoryExperiment(given=Probe())
    assert LaboratoryExperiment(given=Probe(), cell="gru") == LaboratoryExperiment(given=Probe(), cell="gru")


def test_the_cell_of_a_trained_network_is_its_own(trained):
    given = trained("gru", "rose")
    assert LaboratoryExperiment(given=given, cell="rnn").cell == "gru"
    assert LaboratoryExperiment(given=Probe(), text="a", layer=1) == LaboratoryExperiment(given=Probe())


def test_weights_of_another_network_are_refused(trained):
    _, weights = trained("gru", "rose")
    with pytest.raises(ValueError, match="another architecture"):
        next(LaboratoryExperiment(given=(SequenceExperiment(cell="lstm", hidden=8), weights)).frames())


def test_states_too_large_to_decompose_come_without_a_spectrum():
    wide = LaboratoryExperiment(given=Probe(hidden=129, length=4, samples=1), cell="lstm")
    assert wide.state == 258 and not wide.decomposes
    assert LaboratoryExperiment(given=Probe(hidden=256), cell="gru").decomposes
    frames = list(wide.frames())
    assert "singular_values" not in frames[-1].arrays and frames[-1].arrays["matrix"].shape == (4, 4)


def test_wanted_is_asked_once_for_each_frame(small):
    asked = []
    frames = list(LaboratoryExperiment(given=small(), cell="rnn").frames(wanted=lambda step: asked.append(step)))
    assert asked == [0, 1, 2] and all(frame.arrays for frame in frames)


def test_a_probe_is_a_link():
    probe = Probe(initialisation="orthogonal", spectral_radius=0.9, window=20, norm="of the mean", biases=False)
    assert to_link(Probe()) == {}
    assert from_link(Probe, to_link(probe)) == (probe, [])
    with pytest.raises(ValidationError):
        Probe(length=201)


def test_what_a_probe_uses():
    assert not Probe().uses("spectral_radius") and Probe(initialisation="spectral").uses("spectral_radius")
    assert not Probe(initialisation="identity").uses("biases")


def test_the_experiments_are_light():
    code = (
        "import sys; from explorer.sequence.laboratory import LaboratoryExperiment, Probe; "
        "LaboratoryExperiment(given=Probe()); "
        "loaded = [m for m in ('torch', 'scipy', 'sklearn', 'streamlit') if m in sys.modules]; sys.exit(str(loaded) if loaded else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_engine_runs_it(small):
    engine = Engine()
    name = engine.start(LaboratoryExperiment(given=small(), cell="lstm"), "visit")
    engine.command(name, "visit", "play")
    seen, turns = {}, 0
    while 2 not in seen and turns < 500:
        engine.prepare_next()
        engine.turn()
        seen |= {frame.step: frame for frame in engine.frames_since(name, "visit", max(seen, default=-1)).frames}
        turns += 1
    assert sorted(seen) == [0, 1, 2] and seen[2].arrays["matrix"].shape == (12, 12)
