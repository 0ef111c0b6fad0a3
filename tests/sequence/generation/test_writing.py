"""Writing: each piece is drawn from what the model expects there, by the rule, and the same again with the same settings."""

from functools import lru_cache

import numpy as np
import pytest

from explorer.frame import same_bits
from explorer.sequence.experiment import TEXT_LIMIT
from explorer.sequence.generation import Rule, cut
from explorer.sequence.generation.sweep import VALUES, SweepExperiment
from explorer.sequence.generation.writing import WritingExperiment
from explorer.sequence.pace import run_through
from explorer.sequence.pretraining import PretrainingExperiment, build_model, load_model, next_distribution, vocabulary
from explorer.sequence.weights import to_bytes

TEXT = "The cat sat on the mat and the dog lay near it. " * 12 + "A rose is red, and the violet is blue. " * 12
UNITS = ("characters", "subwords", "words")


@lru_cache
def models(units=UNITS):
    bases = [
        PretrainingExperiment(units=unit, corpus="own", text=TEXT, width=16, layers=1, heads=2, context=16, merges=20, seed=3)
        for unit in units
    ]
    return tuple((base.model_dump_json(), to_bytes(build_model(base))) for base in bases)


def written(experiment):
    return [frame for frame in experiment.frames() if frame is not None]


def test_equal_experiments_write_the_same_bits_also_while_another_writes():
    one = WritingExperiment(models=models(), length=30, prompt="The cat")
    other = WritingExperiment(models=models(), length=30, prompt="The cat", temperature=1.5)
    interleaved = [first for first, _ in zip(one.frames(), other.frames(), strict=False)]
    alone = list(one.frames())
    assert all(same_bits(a, b) for a, b in zip(interleaved, alone, strict=False))


@pytest.mark.parametrize("index", range(3))
def test_the_coldest_rule_takes_the_likeliest_known_piece_at_every_step(index):
    experiment = WritingExperiment(models=models(), length=40, top_k=1, prompt="The cat")
    arrays, base = written(experiment)[-1].arrays, experiment.bases()[index]
    model, pieces = load_model(base, experiment.models[index][1]), vocabulary(base)
    ids = [pieces.start, *pieces.encode("The cat").tolist()]
    for place, piece in enumerate(arrays[f"{index}.written"]):
        expected = next_distribution(model, ids)
        assert piece == 1 + expected[1:].argmax()
        assert arrays[f"{index}.expected_of"][place] == pytest.approx(expected[piece], rel=1e-5), "not as if nothing were unknown"
        assert arrays[f"{index}.kept"][place] == 1 and arrays[f"{index}.drawn_of"][place] == pytest.approx(1.0)
        ids.append(int(piece))


def test_every_text_is_long_enough_and_no_unknown_piece_is_written():
    experiment = WritingExperiment(models=models(), length=60, prompt="Die Katze ☂ saß", temperature=3.0)
    arrays = written(experiment)[-1].arrays
    for i, base in enumerate(experiment.bases()):
        pieces = vocabulary(base)
        assert len(pieces.decode(arrays[f"{i}.written"])) >= 60
        assert 0 in arrays[f"{i}.given"] and 0 not in arrays[f"{i}.written"]
        assert (arrays[f"{i}.drawn_of"] > 0).all()


def test_an_empty_prompt_begins_a_paragraph():
    frame = written(WritingExperiment(models=models(), length=20, prompt=""))[-1]
    assert len(frame.arrays["0.given"]) == 0 and len(frame.arrays["0.written"]) >= 20


def test_only_wanted_frames_carry_arrays_and_the_last_always():
    frames = [one for one in WritingExperiment(models=models(), length=20).slices(wanted=lambda step: False) if one]
    assert [bool(frame.arrays) for frame in frames] == [True, *[False] * (len(frames) - 2), True]


def test_another_rule_meets_the_same_chances():
    warm, cold = (written(WritingExperiment(models=models(), length=20, top_p=p))[-1].arrays for p in (1.0, 0.9999999))
    assert warm["0.written"].tolist() == cold["0.written"].tolist()


def test_texts_of_a_sweep_are_those_of_single_models():
    """What is read together gives what each text would give alone, as far as float32 goes."""
    from explorer.sequence.generation.sweeping import Choir

    experiment = SweepExperiment(models=models(), length=20, knob="top_k", texts=2, prompt="The cat")
    base, weights = experiment.bases()[0], experiment.models[0][1]
    choir = Choir(base, weights, experiment)
    for _ in range(6):
        list(choir.sing())
    model = load_model(base, weights)
    for row in (0, 5):
        np.testing.assert_allclose(choir._expected(np.array([row]))[0], next_distribution(model, choir._ids[row]), atol=1e-6)
    assert choir._ids[0] == choir._ids[1]  # only the likeliest piece: chance has no part


def test_a_sweep_measures_every_model_and_real_text():
    experiment = SweepExperiment(models=models(), length=30, texts=2, prompt="The cat")
    frames = list(experiment.frames())
    last = frames[-1]
    assert last.metrics["done"] == 1.0 and last.step <= experiment.steps
    assert last.arrays["values"].tolist() == pytest.approx(VALUES["temperature"])
    assert np.isfinite(last.arrays["real_bits"]).all() and last.arrays["real_bits"].shape == (3,)
    for name in ("bits", "unheard"):
        assert last.arrays[name].shape == (3, 7) and np.isfinite(last.arrays[name]).all()
    assert ((last.arrays["unheard"] >= 0) & (last.arrays["unheard"] <= 1)).all()
    assert np.isfinite(last.metrics["real_repeated"]) and last.metrics["real_unheard"] >= 0


def test_real_text_costs_what_its_known_pieces_cost_and_what_is_written_is_measured_alike():
    from explorer.sequence.generation.sweeping import Choir
    from explorer.sequence.pretraining.reading import source

    base = PretrainingExperiment(units="words", words=100, corpus="lee", width=16, layers=1, heads=2, context=16)
    held_out, weights = source(base).held_out[:17], to_bytes(build_model(base))
    experiment = SweepExperiment(models=((base.model_dump_json(), weights),), length=20, texts=1, prompt="The")
    choir = Choir(base, weights, experiment)
    model, pieces = load_model(base, weights), vocabulary(base)
    known = [i for i in range(9, 17) if held_out[i]]
    bits = -sum(np.log2(next_distribution(model, held_out[:i])[held_out[i]]) for i in known)
    assert 0 < len(known) < 8, "some are unknown here"
    assert run_through(choir.real_bits(held_out)) == pytest.approx(bits / len(pieces.decode(held_out[known])), rel=1e-4)
    before = list(choir._ids[0])
    list(choir.sing())
    assert choir._bits[0] == pytest.approx(-np.log2(next_distribution(model, before)[choir._ids[0][-1]]), rel=1e-4)


def test_an_own_text_full_of_marks_fits_with_its_settings():
    text = '"\n\x01' * (TEXT_LIMIT // 3)
    settings = PretrainingExperiment.model_construct(text=text).model_dump_json()
    assert len(settings) > 2 * TEXT_LIMIT
    assert WritingExperiment(models=((settings, b""),)).models[0][0] == settings


def test_perplexity_of_a_uniform_model_is_its_vocabulary():
    from explorer.sequence.generation.measures import perplexity_per_character

    found = cut(np.full(64, 1 / 64), Rule())
    assert found.bits == pytest.approx(6.0) and perplexity_per_character(6.0) == 64.0


def test_measures_are_counted_against_the_text_that_was_read():
    from explorer.sequence.generation.measures import Yardstick

    yard = Yardstick("the cat sat on the mat.", "the dog sat on the mat. the dog sat on the mat.")
    found = yard.measure("the cat zat on the mat the cat zat do")  # the last word may be cut: it does not count
    assert found.words == 9 and found.unheard == pytest.approx(2 / 9) and found.repeated == pytest.approx(1 / 7)
    assert yard.real(400).unheard == pytest.approx(2 / 12)  # "dog" twice of twelve words
