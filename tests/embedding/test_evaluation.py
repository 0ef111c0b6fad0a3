import numpy as np
import pytest
from pydantic import ValidationError

from explorer.embedding import Vectors, pretrained
from explorer.embedding.analogies import evaluate_analogies
from explorer.embedding.evaluation import EvaluationExperiment, report_of
from explorer.experiment import to_link
from explorer.frame import same_bits
from explorer.runs.engine import Engine

FEW = pretrained().head(4000)


def test_its_frames_say_what_the_test_says():
    experiment = EvaluationExperiment(given=FEW, method="mul", restrict=3000)
    frames = list(experiment.frames())
    assert [frame.step for frame in frames] == list(range(141)) and experiment.steps == 140
    done = [frame.metrics["done"] for frame in frames]
    assert done == sorted(done) and done[0] == 0 and done[-1] == 1
    for exclude in (True, False):
        report, expected = report_of(frames, experiment, exclude), evaluate_analogies(FEW, "mul", exclude, 3000)
        assert (report.correct(), report.covered(), report.total()) == (expected.correct(), expected.covered(), 19544)
        assert [one.name for one in report.sections] == [one.name for one in expected.sections]


def test_part_of_the_frames_are_part_of_the_report():
    experiment = EvaluationExperiment(given=FEW)
    frames = [frame for frame in experiment.frames() if frame.step <= 47]
    report = report_of(frames, experiment)
    assert [one.name for one in report.sections][-1] == "city-in-state" and 0 < report.done < 1


def test_equal_experiments_give_equal_frames_and_other_vectors_are_another_experiment():
    one, same = EvaluationExperiment(given=FEW), EvaluationExperiment(given=pretrained().head(4000))
    other = EvaluationExperiment(given=FEW.head(3999))
    assert one == same and hash(one) == hash(same) and one != other
    assert all(same_bits(a, b) for a, b in zip(one.frames(), same.frames(), strict=True))


def test_vectors_are_never_part_of_a_link():
    assert to_link(EvaluationExperiment(given=FEW, restrict=50)) == {"restrict": "50"}
    assert "given" not in repr(EvaluationExperiment(given=FEW))


@pytest.mark.parametrize("wrong", [{"method": "subtract"}, {"restrict": -1}, {"given": "glove"}])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValidationError):
        EvaluationExperiment(**wrong)


def test_without_words_it_comes_to_an_end():
    frames = list(EvaluationExperiment(given=Vectors(["x"], np.ones((1, 2)))).frames())
    assert frames[-1].step == 140 and frames[-1].metrics["done"] == 1


def test_the_engine_advances_it():
    engine = Engine()
    name = engine.start(EvaluationExperiment(given=FEW), "visit")
    while engine.prepare_next():
        pass
    engine.command(name, "visit", "play")
    while engine.turn():
        pass
    report = engine.frames_since(name, "visit")
    assert report.state == "finished" and report.position == 140
    assert report_of(report.frames, EvaluationExperiment(given=FEW)).done == 1.0
    engine.close()
