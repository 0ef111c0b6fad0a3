"""One value describes a training of word vectors; what cannot be trained is refused with what would fit."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from explorer.embedding import EmbeddingExperiment
from explorer.embedding.experiment import ALGORITHM_TITLES, MOST_NGRAM_NUMBERS
from explorer.experiment import about, choices, explain, from_link, to_link

ROOT = Path(__file__).parents[2]


def refused(**settings):
    with pytest.raises(ValidationError) as error:
        EmbeddingExperiment(**settings)
    return " ".join(explain(error.value))


def test_controls_can_be_drawn_before_anything_heavy_is_loaded():
    code = (
        "import sys; from explorer.embedding import EmbeddingExperiment; EmbeddingExperiment(algorithm='fasttext'); "
        "loaded = {'gensim', 'numba', 'scipy', 'sklearn', 'safetensors'} & set(sys.modules); sys.exit(str(loaded or ''))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_every_field_says_what_it_is_in_one_sentence():
    for name, info in EmbeddingExperiment.model_fields.items():
        assert info.title and info.description.endswith("."), name
        assert about(EmbeddingExperiment, name)["group"] in EmbeddingExperiment.groups, name
    assert choices(EmbeddingExperiment, "algorithm") == tuple(ALGORITHM_TITLES)


@pytest.mark.parametrize("algorithm", ALGORITHM_TITLES)
def test_suggestions_are_admissible_and_mean_something(algorithm):
    experiment = EmbeddingExperiment(algorithm=algorithm)
    for name, value in EmbeddingExperiment.suggested[algorithm].items():
        assert getattr(experiment, name) == value and experiment.uses(name), name
    assert to_link(experiment) == {"algorithm": algorithm}


def test_a_link_gives_the_experiment_back():
    one = EmbeddingExperiment(algorithm="glove", corpus="lee", dimensions=20, x_max=5.0, seed=3, lower=False)
    assert from_link(EmbeddingExperiment, to_link(one)) == (one, [])


def test_a_small_text_suggests_settings_that_suit_it():
    phrases = EmbeddingExperiment(corpus="phrases")
    assert (phrases.min_count, phrases.subsample, phrases.algorithm) == (1, 0.0, "skipgram")
    assert to_link(phrases) == {"algorithm": "skipgram", "corpus": "phrases"}
    # The text weighs more than the algorithm, and what is said more than both.
    assert EmbeddingExperiment(corpus="phrases", algorithm="ppmi").dimensions == 10
    rare = EmbeddingExperiment(corpus="phrases", min_count=5)
    assert rare.min_count == 5 and from_link(EmbeddingExperiment, to_link(rare)) == (rare, [])


def test_own_text_is_private_and_forgotten_where_it_is_not_read():
    own = EmbeddingExperiment(corpus="own", text="a secret")
    assert own.text == "a secret" and "secret" not in repr(own) and "secret" not in str(to_link(own))
    assert own.replace(corpus="lee").text == EmbeddingExperiment(corpus="lee", text="a secret").text == ""
    assert from_link(EmbeddingExperiment, {"corpus": "own", "text": "planted"})[0].text == ""


def test_a_step_is_a_tenth_of_an_epoch_or_an_iteration():
    assert EmbeddingExperiment(algorithm="cbow", epochs=7).steps == 70
    assert EmbeddingExperiment(algorithm="ppmi", epochs=7, iterations=12).steps == 12


def test_fields_apply_to_the_algorithms_that_read_them():
    applies = EmbeddingExperiment.applies
    assert [name for name in ALGORITHM_TITLES if applies("negatives", name)] == ["skipgram", "cbow", "fasttext"]
    assert [name for name in ALGORITHM_TITLES if applies("window", name)] == [*ALGORITHM_TITLES][:5]
    assert [name for name in ALGORITHM_TITLES if applies("learning_rate", name)] == [*ALGORITHM_TITLES][:4]
    assert [name for name in ALGORITHM_TITLES if applies("iterations", name)] == ["ppmi", "tfidf"]
    assert all(applies("dimensions", name) for name in ALGORITHM_TITLES)
    assert EmbeddingExperiment.live() == {"learning_rate"}


def test_letter_groups_that_do_not_fit_are_refused_with_what_does():
    assert "choose min_n at most 3" in refused(algorithm="fasttext", min_n=5, max_n=3)
    EmbeddingExperiment(algorithm="skipgram", min_n=5, max_n=3)  # nobody reads it
    said = refused(algorithm="fasttext", buckets=100_000, dimensions=300)
    assert "buckets 10,000, or 30 dimensions" in said
    for fits in ({"buckets": 10_000, "dimensions": 300}, {"buckets": 100_000, "dimensions": 30}):
        EmbeddingExperiment(algorithm="fasttext", **fits)
        assert fits["buckets"] * fits["dimensions"] <= MOST_NGRAM_NUMBERS


@pytest.mark.parametrize(
    "field, value",
    [("dimensions", 1), ("dimensions", 301), ("window", 21), ("epochs", 0), ("negatives", 0), ("min_count", 101),
     ("learning_rate", 1.5), ("learning_rate", float("nan")), ("text", "a" * 5_000_001), ("algorithm", "bert")],
)  # fmt: skip
def test_values_out_of_bounds_are_refused(field, value):
    assert field in refused(**{field: value})
