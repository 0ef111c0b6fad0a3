import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from explorer.embedding import ProjectionExperiment, Vectors
from explorer.embedding.projection.experiment import LARGEST, highest_perplexity, most_words
from explorer.experiment import about, explain, to_link


def vectors(n: int, d: int = 5) -> Vectors:
    return Vectors((f"w{i}" for i in range(n)), np.random.default_rng(0).normal(size=(n, d)))


def refusal(**settings) -> str:
    with pytest.raises(ValidationError) as caught:
        ProjectionExperiment(**settings)
    return " ".join(explain(caught.value))


def test_equal_vectors_make_equal_experiments_also_after_preparation():
    one, other = (ProjectionExperiment(given=vectors(100)) for _ in range(2))
    assert one == other and hash(one) == hash(other)
    one.prepare()
    assert one == other and {one: 1}[other] == 1
    other.prepare()
    assert one == other and one.affinities is other.affinities
    assert list(one.frames())[:1] and one == other
    assert one != one.replace(seed=1) and one != ProjectionExperiment(given=vectors(101))


def test_maps_that_begin_elsewhere_share_their_neighbours():
    one = ProjectionExperiment(given=vectors(100))
    assert one.replace(initialisation="random", seed=4, iterations=300).affinities is one.affinities
    assert one.replace(perplexity=10).affinities is not one.affinities


def test_a_copy_has_the_fields_only():
    one = ProjectionExperiment(given=vectors(100), perplexity=7)
    one.prepare()
    assert dict(one).keys() == ProjectionExperiment.model_fields.keys()
    assert one.replace(perplexity=8).affinities.neighbours.shape == (100, 24)
    assert to_link(one) == {"perplexity": "7"} and about(ProjectionExperiment, "given")["private"]
    assert "w0" not in repr(one)


def test_a_perplexity_needs_three_times_as_many_neighbours():
    assert ProjectionExperiment(given=vectors(91), perplexity=30).perplexity == highest_perplexity(91) == 30
    told = refusal(given=vectors(90), perplexity=30)
    assert "at most 29" in told and "91 words" in told and highest_perplexity(90) == 29
    assert "at least 7 words" in refusal(given=vectors(6), perplexity=2)
    assert ProjectionExperiment(given=vectors(7), perplexity=2).steps == 150
    assert highest_perplexity(6) == highest_perplexity(0) == 0


def test_what_takes_too_long_is_refused_with_the_sizes_that_fit():
    many = most_words(100)
    assert ProjectionExperiment(given=vectors(many, 1), perplexity=100).perplexity == highest_perplexity(many) == 100
    told = refusal(given=vectors(many + 2000, 1), perplexity=100)
    assert f"{many:,} words" in told and f"at most {highest_perplexity(many + 2000)}" in told
    assert ProjectionExperiment(given=vectors(LARGEST // 30, 1), perplexity=30).perplexity == 30
    assert highest_perplexity(LARGEST) == 0
    assert "at most 300,000 words" in refusal(given=vectors(LARGEST // 2 + 1, 1), perplexity=2)


@pytest.mark.parametrize("iterations, steps", [(300, 60), (301, 61), (750, 150)])
def test_a_step_is_five_iterations(iterations, steps):
    experiment = ProjectionExperiment(given=vectors(20), perplexity=5, iterations=iterations)
    assert experiment.steps == steps
    frames = list(experiment.frames())
    assert [frame.step for frame in frames] == list(range(steps + 1))
    assert frames[1].metrics["iteration"] == 5 and frames[-1].metrics["iteration"] == iterations


def test_points_are_scaled_when_only_directions_count():
    given = vectors(30)
    assert ProjectionExperiment(given=given, perplexity=5, normalise=False).points == pytest.approx(given.matrix)
    unit = ProjectionExperiment(given=given, perplexity=5)
    assert np.linalg.norm(unit.points, axis=1) == pytest.approx(np.ones(30)) and unit.measure == "cosine"


def test_it_is_light():
    code = (
        "import sys; from explorer.embedding import Formula, ProjectionExperiment, align, principal_components; "
        "loaded = [m for m in ('openTSNE', 'sklearn', 'scipy', 'numba', 'pandas') if m in sys.modules]; "
        "sys.exit(str(loaded) if loaded else 0)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
