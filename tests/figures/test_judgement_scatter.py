import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.embedding import pretrained
from explorer.embedding.similarity import FILES, Benchmark
from explorer.figures.judgement_scatter import UNSAID, disagreements, judgement_notice, judgement_scatter
from explorer.figures.palette import LIGHT


def looked(name: str, n: int = 30_000):
    vectors = pretrained().head(n)
    benchmark = Benchmark.on(name, vectors.words)
    return benchmark, benchmark.cosines(vectors.matrix), benchmark.score(vectors.matrix)


@pytest.mark.parametrize("name", FILES)
def test_every_pair_is_a_dot_and_the_widest_differences_are_named(name):
    benchmark, cosines, _ = looked(name)
    figure = judgement_scatter(benchmark.pairs, benchmark.human, cosines, LIGHT)
    go.Figure(figure.to_dict())
    dots, named = figure.data
    np.testing.assert_allclose(dots.x, benchmark.human, atol=1e-5)
    np.testing.assert_allclose(dots.y, cosines, atol=1e-5)
    apart = disagreements(benchmark.human, cosines)
    unsaid = [bool(UNSAID & set(pair)) for pair in benchmark.pairs]
    worst = np.argmax(np.abs(np.where(unsaid, 0, apart)))
    assert benchmark.human[worst] in named.x and cosines[worst] in named.y and len(named.x) == 6


def test_differences_are_of_ranks():
    apart = disagreements(np.array([1.0, 2, 3, 4]), np.array([0.4, 0.1, 0.2, 0.3]))
    np.testing.assert_allclose(apart, np.array([3, -1, -1, -1]) / 4)
    assert len(disagreements(np.zeros(0), np.zeros(0))) == 0


def test_the_sentence_has_the_interval_and_the_coverage():
    benchmark, cosines, score = looked("wordsim353")
    said = judgement_notice(score, benchmark.pairs, benchmark.human, cosines)
    assert f"{score.correlation:.3f} (95 % interval {score.low:.3f} to {score.high:.3f}), on {score.pairs} of 353 pairs" in said
    assert not any(word in said for word in UNSAID) and "of 10)" in said


def test_without_pairs_it_says_so():
    benchmark, cosines, score = looked("simlex999", n=5)
    assert score.pairs == 0 and "0 of 999 pairs" in judgement_notice(score, benchmark.pairs, benchmark.human, cosines)
    go.Figure(judgement_scatter(benchmark.pairs, benchmark.human, cosines, LIGHT).to_dict())
