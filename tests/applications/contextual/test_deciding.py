"""What decides a vector: covering a word is reading [MASK] in its place; gradients agree with small changes elsewhere."""

import numpy as np
import pytest

from explorer.applications.contextual.deciding import covered_effects, directed_pull, own_direction, sense_direction
from explorer.applications.contextual.occurrences import Occurrence, Occurrences
from explorer.applications.contextual.units import attention_between, units_of

SENTENCE = "She deposited the goldsmithery at the bank."


def test_covering_is_reading_a_mask(model):
    reading = model.read(SENTENCE)
    word = list(reading.groups[reading.occurrences("bank")[0]])
    direction = own_direction(reading, word, 4)
    effects = covered_effects(model, reading, word, direction, 4)
    covered = model.read(SENTENCE.replace("deposited", "[MASK]"))
    place = list(covered.groups[covered.occurrences("bank")[0]])
    fall = reading.hidden[4, word].mean(axis=0) @ direction - covered.hidden[4, place].mean(axis=0) @ direction
    assert effects[1] == pytest.approx(fall, abs=1e-4)
    assert np.isnan(effects).tolist() == [k == reading.occurrences("bank")[0] for k in range(len(reading.groups))]


def test_layer_zero_knows_no_neighbours(model):
    reading = model.read(SENTENCE)
    word = list(reading.groups[-2])
    direction = own_direction(reading, word, 0)
    assert np.nanmax(np.abs(covered_effects(model, reading, word, direction, 0))) < 1e-5
    pulls = directed_pull(model, SENTENCE, word, direction, 0)
    assert np.abs(np.delete(pulls, word)).max() < 1e-6 < abs(pulls[word[0]])


def test_an_occurrence_does_not_vote_for_itself():
    vectors = np.array([[[9.0, 0], [0, 1], [0, 3], [5, 5], [7, 5]]])
    items = tuple(Occurrence("x", 0, 1, sense) for sense in ("a", "a", "b", "c", "c"))
    other, direction = sense_direction(Occurrences("x", items, vectors), 0, 0)
    assert other == "c", "the nearest other sense"
    assert direction == pytest.approx(np.array([-6, -4]) / np.sqrt(52))
    assert sense_direction(Occurrences("x", items, vectors), 2, 0) is None, "alone with its sense"


def test_units_put_subwords_together(model):
    reading = model.read(SENTENCE)
    units = units_of(reading)
    assert units.labels == ("[CLS]", "She", "deposited", "the", "goldsmithery", "at", "the", "bank", ".", "[SEP]")
    maps = attention_between(reading, units)
    assert maps.sum(axis=-1) == pytest.approx(1, abs=1e-5)
    smith, she = list(units.groups[4]), units.groups[1][0]
    assert len(smith) > 1 and units.at(smith[1]) == 4
    assert maps[2, 3, 1, 4] == pytest.approx(reading.attention[2, 3, she, smith].sum(), abs=1e-6)
    assert maps[2, 3, 4, 1] == pytest.approx(reading.attention[2, 3, smith, she].mean(), abs=1e-6)


def test_the_weights_hold_no_prediction_head(model):
    assert not model.has_prediction_head
    assert "embeddings.word_embeddings.weight" in model.tensor_names
