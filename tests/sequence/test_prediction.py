"""Asking a model about a text."""

import pytest
import torch

from explorer.sequence import SequenceExperiment, build_model, predict


def test_probabilities_are_sorted_and_complete():
    experiment = SequenceExperiment(task="rose", cell="gru")
    model = build_model(experiment)
    chances = predict(model, experiment, "violet is")
    assert list(chances.values()) == sorted(chances.values(), reverse=True)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert set(chances) == set(model.task.labels)


def test_they_are_those_of_the_last_word():
    experiment = SequenceExperiment(task="rose", cell="lstm", dropout=0.5, layers=2)
    model = build_model(experiment).train()
    batch = model.task.encode("the lemon in the")
    chances = predict(model, experiment, "the lemon in the")
    assert model.training
    with torch.no_grad():
        expected = torch.softmax(model.eval()(batch.inputs)[0, -1], dim=-1)
    for label, chance in zip(model.task.labels, expected.tolist(), strict=True):
        assert chances[label] == pytest.approx(chance, rel=1e-4)


def test_strange_words_and_tasks_without_text_say_what_to_do():
    rose = SequenceExperiment(task="rose")
    with pytest.raises(ValueError, match="xylophone"):
        predict(build_model(rose), rose, "xylophone is")
    for task in ("adding", "digits"):
        other = SequenceExperiment(task=task)
        with pytest.raises(ValueError):
            predict(build_model(other), other, "rose is")
