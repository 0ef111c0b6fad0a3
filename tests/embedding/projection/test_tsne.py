from itertools import islice

import numpy as np
import pytest
from openTSNE import TSNE
from openTSNE.affinity import PerplexityBasedNN, PrecomputedAffinities

from explorer.embedding import ProjectionExperiment, Vectors
from explorer.embedding.projection.affinities import find_affinities
from explorer.embedding.projection.components import principal_components
from explorer.embedding.projection.distortion import overlap
from explorer.embedding.projection.divergence import exact_divergence
from explorer.embedding.projection.tsne import starting_points
from explorer.frame import same_bits

CHANCE = np.random.default_rng(0)
CENTRES = 4 * CHANCE.normal(size=(6, 10))
GROUPS = np.arange(240) % 6
VECTORS = Vectors((f"w{i}" for i in range(240)), CENTRES[GROUPS] + CHANCE.normal(size=(240, 10)))
EXPERIMENT = ProjectionExperiment(given=VECTORS, perplexity=15, iterations=400)
FRAMES = list(EXPERIMENT.frames())


def one_long_call(experiment: ProjectionExperiment) -> np.ndarray:
    made = TSNE(
        initialization=starting_points(experiment),
        n_iter=experiment.iterations - 250,
        early_exaggeration=experiment.exaggeration,
        learning_rate=experiment.learning_rate or "auto",
        negative_gradient_method="bh",
        n_jobs=1,
    )
    return made.fit(affinities=PrecomputedAffinities(experiment.affinities.matrix.copy(), normalize=False))


@pytest.mark.parametrize(
    "settings",
    [{}, {"initialisation": "random", "seed": 3}, {"exaggeration": 12.0, "learning_rate": 50.0, "normalise": False}],
)
def test_steps_are_one_long_call_of_opentsne_to_the_bit(settings):
    experiment = EXPERIMENT.replace(iterations=300, **settings)
    *_, last = experiment.frames()
    trusted = one_long_call(experiment)
    assert last.arrays["map"].tobytes() == np.asarray(trusted).astype(np.float32).tobytes()
    assert last.metrics["kl"] == trusted.kl_divergence


def test_affinities_are_opentsnes():
    trusted = PerplexityBasedNN(EXPERIMENT.points, perplexity=15, method="exact").P
    found = EXPERIMENT.affinities
    assert found.matrix.toarray() == pytest.approx(trusted.toarray(), abs=1e-15)
    assert found.matrix.sum() == pytest.approx(1) and not found.matrix.diagonal().any()
    assert found.neighbours.shape == (240, 45)


def test_affinities_have_the_perplexity_asked_for():
    from explorer.embedding.projection.affinities import joint_probabilities
    from explorer.embedding.projection.neighbourhoods import nearest_others

    near = nearest_others(EXPERIMENT.points, 239)
    square = near.distances**2
    joint = joint_probabilities(near, 15).toarray() * 2 * 240

    def perplexity(row: np.ndarray) -> float:
        return float(np.exp(-(row[row > 0] * np.log(row[row > 0])).sum()))

    low, high = np.zeros(240), np.full(240, 1e3)
    for _ in range(80):  # bisect the precision of each Gaussian
        middle = (low + high) / 2
        p = np.exp(-(square - square[:, :1]) * middle[:, None])
        p /= p.sum(axis=1, keepdims=True)
        wide = np.array([perplexity(row) for row in p]) > 15
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    conditional = np.zeros((240, 240))
    np.put_along_axis(conditional, near.rows.astype(np.int64), p, axis=1)
    assert joint == pytest.approx(conditional + conditional.T, abs=1e-6)


def test_equal_experiments_give_equal_frames_also_interleaved():
    other = EXPERIMENT.replace(initialisation="random", perplexity=5)
    mixed = [EXPERIMENT.slices(), other.slices(), EXPERIMENT.replace().slices()]
    made: list[list] = [[], [], []]
    for _ in range(150):
        for slices, frames in zip(mixed, made, strict=True):
            piece = next(slices)
            if piece is not None:
                frames.append(piece)
    alone = list(islice(other.frames(), len(made[1])))
    assert len(made[0]) > 20
    for run, trusted in ((made[0], FRAMES), (made[1], alone), (made[2], FRAMES)):
        assert all(same_bits(a, b) for a, b in zip(run, trusted, strict=False))


def test_what_is_wanted_does_not_change_the_map():
    asked = []
    wanted = list(EXPERIMENT.frames(wanted=lambda step: asked.append(step) or step == 7))
    assert asked == list(range(81))
    assert [frame.step for frame in wanted if frame.arrays] == [0, 7, 80]
    assert wanted[-1].arrays["map"].tobytes() == FRAMES[-1].arrays["map"].tobytes()
    assert [frame.metrics for frame in wanted] == [frame.metrics for frame in FRAMES]


def test_the_divergence_falls_and_is_nearly_the_exact_one():
    exact = exact_divergence(EXPERIMENT.affinities.matrix, FRAMES[-1].arrays["map"])
    assert FRAMES[-1].metrics["kl"] == pytest.approx(exact, rel=0.02)
    assert FRAMES[-1].metrics["kl"] < 0.7 * FRAMES[0].metrics["kl"]
    for frame in (FRAMES[0], FRAMES[30]):  # exaggerated: the divergence told is that without
        assert frame.metrics["exaggeration"] == 4
        exact = exact_divergence(EXPERIMENT.affinities.matrix, frame.arrays["map"])
        assert frame.metrics["kl"] == pytest.approx(exact, rel=0.02)
    assert [frame.metrics["exaggeration"] for frame in FRAMES[49:51]] == [4, 1]


def test_the_divergence_of_words_on_one_spot_is_told_right():
    """Drawn together too strongly they come so close that the tree counts them as one."""
    given = Vectors(map(str, range(400)), CHANCE.normal(size=(400, 30)))
    for frame in ProjectionExperiment(given=given, exaggeration=20.0, iterations=300).frames():
        if frame.step in (0, 10, 30, 50):
            exact = exact_divergence(find_affinities(given, True, 30).matrix, frame.arrays["map"])
            assert np.ptp(frame.arrays["map"]) < 1e-2
            assert frame.metrics["kl"] == pytest.approx(exact, abs=1e-3)


def test_the_exact_divergence_is_the_definition():
    p, places = EXPERIMENT.affinities.matrix.toarray(), FRAMES[-1].arrays["map"].astype(np.float64)
    q = 1 / (1 + ((places[:, None] - places[None]) ** 2).sum(axis=2))
    np.fill_diagonal(q, 0)
    q /= q.sum()
    there = p > 0
    defined = (p[there] * np.log(p[there] / q[there])).sum()
    assert exact_divergence(EXPERIMENT.affinities.matrix, places) == pytest.approx(defined, rel=1e-12)


def test_groups_that_are_there_lie_together():
    true = EXPERIMENT.affinities.neighbours
    assert overlap(true, FRAMES[-1].arrays["map"], 10).mean() > 0.4 > overlap(true, FRAMES[0].arrays["map"], 10).mean()
    near = np.argsort(((FRAMES[-1].arrays["map"][:, None] - FRAMES[-1].arrays["map"][None]) ** 2).sum(axis=2), axis=1)
    assert (GROUPS[near[:, 1:6]] == GROUPS[:, None]).mean() > 0.95


def test_the_start():
    start = starting_points(EXPERIMENT)
    main = principal_components(EXPERIMENT.points, 2).coordinates
    assert start[:, 0].std() == pytest.approx(1e-4, rel=0.01)
    assert np.corrcoef(start[:, 0], main[:, 0])[0, 1] > 0.999
    scattered = starting_points(EXPERIMENT.replace(initialisation="random"))
    assert scattered.std(axis=0) == pytest.approx([1e-4, 1e-4], rel=0.15)
    assert (scattered != starting_points(EXPERIMENT.replace(initialisation="random", seed=1))).all()


def test_equal_words_and_words_on_a_line_do_not_stop_the_map():
    same = ProjectionExperiment(given=Vectors(map(str, range(40)), np.ones((40, 3))), perplexity=5, iterations=300)
    line = ProjectionExperiment(
        given=Vectors(map(str, range(40)), np.arange(1.0, 41)[:, None]), perplexity=5, normalise=False
    )
    for experiment in (same, line):
        *_, last = experiment.frames()
        assert np.isfinite(last.arrays["map"]).all() and np.isfinite(last.metrics["kl"])
        assert np.ptp(last.arrays["map"], axis=0).min() > 1
