"""t-SNE of the most frequent words of GloVe: how soon, how fast, and how good, beside openTSNE's own call and scikit-learn.

    python tests/benchmarks/tsne.py [--words 2000] [--starts 5] [--iterations 750 1000] [--large 20000]

Quality is the Kullback-Leibler divergence of the finished map, computed exactly over all pairs and from affinities over
all pairs too, so that neither program's approximations or cut-offs count. Same points, perplexity 30, automatic learning
rates, one thread; means over the starts. Ours also with an early exaggeration of 12, as scikit-learn has it. With the principal plane as start, seeds change a jitter of 1 % here and nothing
there. Speeds are processor time of this thread, which other work on the machine disturbs less.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from explorer.embedding import ProjectionExperiment, pretrained


def cold_import() -> float:
    """Seconds to load openTSNE in a fresh process, beyond those of numpy and this library."""
    code = (
        "import time, explorer.embedding.projection.components; began = time.perf_counter(); "
        "import explorer.embedding.projection.tsne, sklearn.neighbors; print(time.perf_counter() - began)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    return float(done.stdout)


def first_picture(experiment: ProjectionExperiment) -> None:
    from explorer.embedding.projection.affinities import find_affinities

    for name in ("cold", "warm"):
        find_affinities.cache_clear()
        fresh = experiment.replace()
        began = time.perf_counter()
        fresh.prepare()
        prepared = time.perf_counter()
        next(fresh.frames())
        print(
            f"first picture, {name}: {time.perf_counter() - began:.3f} s, of which neighbours {prepared - began:.3f} s"
        )


def pace(experiment: ProjectionExperiment) -> None:
    """Iterations per second in steps, and in one long call of openTSNE from the same start; and the longest piece."""
    from openTSNE import TSNE
    from openTSNE.affinity import PrecomputedAffinities

    from explorer.embedding.projection.tsne import starting_points

    experiment.prepare()
    pieces, began = [], time.thread_time()
    for _ in experiment.slices():
        now = time.thread_time()
        pieces.append(now - began)
        began = now
    given = PrecomputedAffinities(experiment.affinities.matrix.copy(), normalize=False)
    call = TSNE(
        initialization=starting_points(experiment),
        n_iter=experiment.iterations - 250,
        n_jobs=1,
        negative_gradient_method="auto",
    )
    began = time.thread_time()
    call.fit(affinities=given)
    once = time.thread_time() - began
    n, total = experiment.iterations, sum(pieces)
    print(
        f"{len(experiment.given):,} words: {n / total:.0f} iterations/s = {n / total / 5:.1f} frames/s, one long call {n / once:.0f}: "
        f"ratio {once / total:.2f}; longest piece {1e3 * max(pieces):.0f} ms, 99th percentile "
        f"{1e3 * np.percentile(pieces, 99):.0f} ms, of {len(pieces):,}"
    )


def ours(experiment: ProjectionExperiment) -> np.ndarray:
    *_, last = experiment.frames(wanted=lambda step: False)
    return last.arrays["map"]


def theirs(experiment: ProjectionExperiment) -> np.ndarray:
    from sklearn.manifold import TSNE

    return TSNE(
        perplexity=experiment.perplexity, init=experiment.initialisation, learning_rate="auto",
        max_iter=experiment.iterations, random_state=experiment.seed, n_jobs=1,
    ).fit_transform(experiment.points.astype(np.float32))  # fmt: skip


def quality(experiment: ProjectionExperiment, starts: int) -> None:
    from explorer.embedding.projection.affinities import joint_probabilities
    from explorer.embedding.projection.divergence import exact_divergence
    from explorer.embedding.projection.neighbourhoods import nearest_others

    every = joint_probabilities(nearest_others(experiment.points, len(experiment.given) - 1), experiment.perplexity)
    near = experiment.affinities.matrix
    rows = {}
    strong = experiment.replace(exaggeration=12.0)
    for name, make, one in (("ours", ours, experiment), ("at 12", ours, strong), ("scikit-learn", theirs, experiment)):
        began = time.thread_time()
        maps = [make(one.replace(seed=seed)) for seed in range(starts)]
        seconds = (time.thread_time() - began) / starts
        found, nearby = (np.array([exact_divergence(matrix, one) for one in maps]) for matrix in (every, near))
        print(
            f"    {name:13} {found.mean():.4f} ({found.min():.4f} to {found.max():.4f}), over neighbours only {nearby.mean():.4f}; "
            f"{seconds:.1f} s each",
            flush=True,
        )
        rows[name] = found.mean()
    for name in ("ours", "at 12"):
        print(f"    ratio {name} / scikit-learn {rows[name] / rows['scikit-learn']:.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=2000)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--iterations", type=int, nargs="*", default=[750, 1000])
    parser.add_argument("--large", type=int, nargs="*", default=[])
    asked = parser.parse_args()
    words = pretrained().head(asked.words)
    print(f"import of openTSNE: {cold_import():.2f} s")
    first_picture(ProjectionExperiment(given=words))
    for n in (asked.words, *asked.large):
        pace(ProjectionExperiment(given=pretrained().head(n)))
    for iterations in asked.iterations:
        for initialisation in ("pca", "random"):
            print(f"exact divergence after {iterations} iterations, start {initialisation}, mean of {asked.starts}:")
            quality(
                ProjectionExperiment(given=words, iterations=iterations, initialisation=initialisation), asked.starts
            )


if __name__ == "__main__":
    main()
