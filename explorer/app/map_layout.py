"""Where the words stand: principal components, axes by formula, or a t-SNE under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explorer.app.map_setting import COMPONENTS, MapSetting
from explorer.app.map_words import Words
from explorer.embedding import Vectors
from explorer.embedding.neighbours import Measure
from explorer.embedding.projection.components import Components, principal_components
from explorer.embedding.projection.experiment import ProjectionExperiment
from explorer.figures.map_axes import Axis
from explorer.frame import Frame

ENDS = 8
"""Words told at each end of an axis, where there is room."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Places of the words, and what is to be known about them.

    Attributes
    ----------
    places : numpy.ndarray, (n, 2) or (n, 3) float32
    axes : tuple of Axis
        Empty where directions mean nothing.
    equal : bool
        Whether both axes have the same scale.
    told : str
        How the places were found, for the caption.
    revision : str
        Equal as long as places are comparable with the ones before.
    measure : {"cosine", "euclidean"}
        By which true neighbours are found.
    place : callable
        Places for other vectors, (m, d) to (m, 2) or (m, 3).
    key : hashable
        Equal for equal places of the same words.
    settled : bool
        Whether the places stay: not while a t-SNE is running.
    """

    places: np.ndarray
    axes: tuple[Axis, ...]
    equal: bool
    told: str
    revision: str
    measure: Measure
    place: Callable[[np.ndarray], np.ndarray]
    key: tuple
    settled: bool = True


@lru_cache(maxsize=8)
def components_of(vectors: Vectors, centre: bool, normalise: bool, whiten: bool) -> Components:
    """The principal components of words; computed once for all who look at the same."""
    return principal_components(vectors.matrix, COMPONENTS, centre, normalise, whiten)


def pca_layout(words: Words, now: MapSetting) -> tuple[Layout, Components]:
    """The words along their principal components.

    Raises
    ------
    ValueError
        When there are fewer components than asked for; the text says how many there are.
    """
    found = components_of(words.vectors, now.centre, now.normalise, now.whiten)
    chosen = [now.across, now.up, *([now.deep] if now.space else [])]
    there = len(found.variance)
    if max(chosen) > there:
        raise ValueError(
            f"Component {max(chosen)} does not exist: {len(words.vectors):,} words of {words.vectors.dimensions} dimensions "
            f"have {there} component{'s' * (there != 1)}. Choose lower numbers, or more words."
        )
    columns = [number - 1 for number in chosen]
    switches = [
        *(["centred"] if now.centre else ["not centred"]),
        *(["normalised"] * now.normalise),
        *(["whitened"] * now.whiten),
    ]
    share = 100 * float(found.variance[sorted(set(columns))].sum())
    told = (
        f"PCA, {', '.join(switches)}, components {' × '.join(map(str, chosen))} hold {share:.1f} % of the {_what(now)}"
    )
    axes = tuple(_component_axis(found, column, words) for column in columns)
    revision = f"pca {chosen} {now.centre} {now.normalise} {now.whiten}"
    return Layout(
        np.ascontiguousarray(found.coordinates[:, columns]), axes, True, told, revision,
        "cosine" if now.normalise else "euclidean", lambda matrix: found.project(matrix)[:, columns], (revision,),
    ), found  # fmt: skip


def _what(now: MapSetting) -> str:
    return "variance" if now.centre else "mean square"


def _component_axis(found: Components, column: int, words: Words) -> Axis:
    ends = found.ends(column, words.vectors.words, ENDS)
    return Axis(f"component {column + 1} · {100 * float(found.variance[column]):.1f} %", ends.low, ends.high)


def formula_layout(words: Words, now: MapSetting) -> Layout:
    """The words along two directions that a visitor has written.

    Raises
    ------
    ValueError
        When a formula cannot be read, or its words cancel out.
    UnknownWord
        When one of its words has no vector.
    """
    texts = (now.formula_across, now.formula_up)
    directions = np.stack([axis_vector(text, words.source) for text in texts], axis=1)

    def place(matrix: np.ndarray) -> np.ndarray:
        along = np.asarray(matrix, dtype=np.float64) @ directions
        if now.measure == "cosine":
            lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
            along /= np.where(lengths > 0, lengths, 1.0)
        return along.astype(np.float32)

    places = place(words.vectors.matrix)
    axes = tuple(_formula_axis(text, places[:, i], words) for i, text in enumerate(texts))
    by = "cosine" if now.measure == "cosine" else "dot product"
    told = f"axes by formula, placed by {by}: “{texts[0]}” across, “{texts[1]}” up"
    revision = f"formula {texts} {now.measure}"
    measure: Measure = "cosine" if now.measure == "cosine" else "euclidean"
    return Layout(places, axes, False, told, revision, measure, place, (revision,))


def axis_vector(text: str, source: Vectors) -> np.ndarray:
    """The direction that a formula describes, (d,), scaled to length 1; raises as `formula_layout`."""
    from explorer.embedding.formula import parse

    direction = parse(text).evaluate(source)
    largest = float(np.abs(direction).max(initial=0.0))
    if largest < 1e-9:
        raise ValueError(f"The words of “{text}” cancel out, so it has no direction. Write a difference of two words.")
    return direction / largest / np.linalg.norm(direction / largest)


def _formula_axis(text: str, along: np.ndarray, words: Words) -> Axis:
    order = np.argsort(along, kind="stable")
    names = words.vectors.words
    return Axis(text, tuple(names[i] for i in order[:ENDS]), tuple(names[i] for i in order[::-1][:ENDS]))


def projection(words: Words, now: MapSetting) -> ProjectionExperiment:
    """The t-SNE that the page asks for.

    Raises
    ------
    pydantic.ValidationError
        When the perplexity does not go with the number of words; the text says what would fit.
    """
    return ProjectionExperiment(
        given=words.vectors, perplexity=now.perplexity, normalise=now.directions, initialisation=now.initialisation,
        exaggeration=now.exaggeration, learning_rate=now.learning_rate, iterations=now.iterations, seed=now.seed,
    )  # fmt: skip


def tsne_layout(experiment: ProjectionExperiment, frame: Frame, settled: bool) -> Layout:
    """The words as a t-SNE has them at one moment."""
    places = frame.arrays["map"]
    rate = "automatic learning rate" if not experiment.learning_rate else f"learning rate {experiment.learning_rate:g}"
    told = (
        f"t-SNE of {'directions' if experiment.normalise else 'vectors'}, perplexity {experiment.perplexity}, exaggeration "
        f"{experiment.exaggeration:g}, {rate}, {'PCA' if experiment.initialisation == 'pca' else 'random'} start, seed "
        f"{experiment.seed}, iteration {frame.metrics['iteration']:,.0f} of {experiment.iterations:,}, KL {frame.metrics['kl']:.2f}"
    )
    # Every setting gives another map: what was zoomed into is not there any more.
    revision = f"tsne {hash(experiment)}"
    return Layout(
        places, (), True, told, revision, experiment.measure, lambda matrix: experiment.embed_new(places, matrix),
        (revision, frame.step), settled,
    )  # fmt: skip
