"""`ProjectionExperiment`: a t-SNE map of some word vectors, as one value.

Knows neither openTSNE nor scikit-learn: pages read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from pydantic import ConfigDict, model_validator

from explorer.embedding.neighbours import Measure
from explorer.embedding.vectors import Vectors
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

if TYPE_CHECKING:
    from explorer.embedding.projection.affinities import Affinities

STEP = 5
"""Iterations of gradient descent in one step."""
EARLY = 250
"""Iterations with exaggerated attraction before those with the true one."""
LEAST_PERPLEXITY = 2
LARGEST = 600_000
"""Words times perplexity at most: an iteration over so many takes some 50 ms."""


def highest_perplexity(words: int) -> int:
    """The highest perplexity that a map of so many words admits; 0 when there are too few for any.

    A perplexity of p looks at 3 p neighbours (van der Maaten 2014), and so many others there must be.
    """
    highest = min((words - 1) // 3, LARGEST // max(words, 1))
    return highest if highest >= LEAST_PERPLEXITY else 0


def most_words(perplexity: int) -> int:
    """The most words that can be mapped with this perplexity."""
    return LARGEST // perplexity


class ProjectionExperiment(Experiment):
    """One t-SNE (van der Maaten and Hinton 2008) of word vectors into the plane.

    Equal experiments give equal frames to the bit. Raises ``pydantic.ValidationError`` for a perplexity that does not go
    with the number of words, with the sizes that would fit.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    given: Vectors = setting(
        ..., "Vectors", "The words to map, and their vectors. They stay in memory and are never part of a link.", "map",
        private=True,
    )  # fmt: skip
    perplexity: int = setting(
        30, "Perplexity", "About how many neighbours each word tries to keep: few give small islands, many a broad order.",
        "map", ge=LEAST_PERPLEXITY, le=100, options=(2, 5, 10, 15, 20, 30, 40, 50, 75, 100),
    )  # fmt: skip
    normalise: bool = setting(
        True, "Directions only", "Scale every vector to length 1 first, so that distances on the map stand for cosines.",
        "map",
    )  # fmt: skip
    initialisation: Literal["pca", "random"] = setting(
        "pca", "Start", "Where the words stand at first: on the plane of their two main directions, or anywhere.", "map",
        labels={"pca": "Main directions", "random": "Random"},
    )  # fmt: skip
    exaggeration: float = setting(
        4.0, "Early exaggeration",
        f"How much stronger neighbours attract each other in the first {EARLY} iterations; 4 suits words, the 12 of other "
        "programs draws them into one point first.",
        "map", ge=1.0, le=50.0, folded=True, options=(1.0, 2.0, 4.0, 8.0, 12.0, 20.0, 50.0),
    )  # fmt: skip
    learning_rate: float = setting(
        0.0, "Learning rate",
        "How far one iteration goes; 0 takes the number of words divided by the exaggeration (Belkina et al. 2019).",
        "map", ge=0.0, le=100_000.0, folded=True, options=(0.0, 10.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 5000.0),
    )  # fmt: skip
    iterations: int = setting(
        750, "Iterations", "Small moves of all words after which the map is done.", "map",
        ge=EARLY + 50, le=5000, folded=True, options=(300, 500, 750, 1000, 1500, 2000, 5000),
    )  # fmt: skip
    seed: int = setting(
        0, "Seed", "Picks the random start, or the slight jitter that tells equal words apart; same seed, same map.",
        "map", ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        words, highest = len(self.given), highest_perplexity(len(self.given))
        if words <= 3 * LEAST_PERPLEXITY:
            raise ValueError(f"given: a map needs at least {3 * LEAST_PERPLEXITY + 1} words, and these are {words}.")
        if not highest:
            raise ValueError(
                f"given: a map holds at most {most_words(LEAST_PERPLEXITY):,} words, and these are {words:,}."
            )
        if self.perplexity > highest and 3 * self.perplexity >= words:
            raise ValueError(
                f"perplexity: {self.perplexity} looks at {3 * self.perplexity} neighbours of each word, and there are "
                f"{words:,} words; choose at most {highest}, or at least {3 * self.perplexity + 1:,} words."
            )
        if self.perplexity > highest:
            raise ValueError(
                f"perplexity: {self.perplexity} with {words:,} words takes too long for one step; choose at most "
                f"{highest}, or at most {most_words(self.perplexity):,} words."
            )
        return self

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Fields and their values, without what was derived from them and kept."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)

    @property
    def steps(self) -> int:
        """Steps of five iterations until the map is done."""
        return -(-self.iterations // STEP)

    @property
    def measure(self) -> Measure:
        """What distances on the map stand for; true neighbours are to be found by the same."""
        return "cosine" if self.normalise else "euclidean"

    @property
    def points(self) -> np.ndarray:
        """What is mapped, (n, d) float64: the vectors, scaled to length 1 when only directions count; made anew each time."""
        from explorer.embedding.projection.affinities import mapped_points

        return mapped_points(self.given.matrix, self.normalise)

    @cached_property
    def affinities(self) -> Affinities:
        """Who is whose neighbour, and how near; takes 0.1 s for 2,000 words and some seconds for 20,000, once."""
        from explorer.embedding.projection.affinities import find_affinities

        return find_affinities(self.given, self.normalise, self.perplexity)

    def prepare(self) -> None:
        """Load openTSNE (a second or two, the first time) and find the neighbours, so that `frames` starts at once."""
        import explorer.embedding.projection.tsne  # noqa: F401

        self.affinities.phases(self.exaggeration)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The map as it forms, five iterations at a time; see `explorer.embedding.projection.tsne.lay_out`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.embedding.projection.tsne import lay_out

        return lay_out(self, wanted)

    def embed_new(self, map: np.ndarray, matrix: np.ndarray) -> np.ndarray:
        """Places for other vectors, (m, d), in this experiment's finished map: (m, 2) float32; see `placing.embed_new`."""
        from explorer.embedding.projection.placing import embed_new

        return embed_new(map, self.given, matrix, self.normalise)
