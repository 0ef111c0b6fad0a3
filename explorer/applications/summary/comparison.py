"""`OverlapExperiment`: many articles summarised in every way, and how much of their first paragraphs each says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from explorer.applications.summary.centrality import DAMPING, centrality, ranked
from explorer.applications.summary.document import Document, article, titles
from explorer.applications.summary.overlap import measured, random_overlaps
from explorer.applications.summary.spaces import CHEAP, SPACES, minilm_slices
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

WAYS = ("lead", *SPACES, "random")
"""Ways to summarise, in the order of the arrays."""
SHORTEST = 25
"""Words of a first paragraph that others are held against."""
DRAWS = 20
NAMES = {"lead": "First sentences", **SPACES, "random": "Random sentences"}


class OverlapExperiment(Experiment):
    """Article after article; a step is an article."""

    articles: int = setting(30, "Articles", "How many are summarised.", "test", ge=3, le=60)
    sentences: int = setting(60, "Sentences", "Of each article, how many are read at most.", "test", ge=10, le=300)
    method: str = setting("eigenvector", "Centrality", "How the middle is found.", "test", max_length=20)
    threshold: float = setting(
        0.0, "Threshold", "Cosine from which on two sentences are linked.", "test", ge=0.0, le=0.9
    )
    damping: float = setting(DAMPING, "Damping", "How often the walk follows a link.", "test", ge=0.0, le=0.99)

    @property
    def steps(self) -> int:
        """Articles to summarise."""
        return self.articles

    def prepare(self) -> None:
        """Read the articles and the models."""
        from explorer.applications.contextual.installed import contextual_model
        from explorer.embedding.installed import pretrained

        titles()
        pretrained()
        contextual_model()

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `overlap_slices`."""
        return overlap_slices(self)


def chosen_documents(count: int, sentences: int) -> Iterator[Document]:
    """The first so many articles, in an order that mixes the alphabet, whose first paragraph is long enough."""
    names, found = titles(), 0
    for i in np.random.default_rng(0).permutation(len(names)).tolist():
        if found == count:
            return
        with suppress(ValueError):  # too short once its first paragraph is left out
            document = article(names[i], most=sentences)
            if len(document.reference_words) >= SHORTEST:
                found += 1
                yield document


def overlap_slices(experiment: OverlapExperiment) -> Iterator[Frame | None]:
    """Summarise article after article, in pieces.

    Yields
    ------
    Frame or None
        Arrays: "words" and "pairs", (articles so far, 5) float32: overlap (F1) of words and of pairs of words with the first
        paragraph, one column for each of `WAYS`; NaN where a space links no two sentences; that of random sentences is the mean
        of 20 draws. Where there are fewer articles than asked for, the last frame comes early.
    """
    yield Frame(0, {})
    rows: dict[str, list[list[float]]] = {"words": [], "pairs": []}
    for step, document in enumerate(chosen_documents(experiment.articles, experiment.sentences), 1):
        yield None
        orders = {"lead": list(range(len(document.sentences)))}
        for space, compare in CHEAP.items():
            orders[space] = _order(compare(document.sentences), experiment)
            yield None
        orders["minilm"] = _order((yield from minilm_slices(document.sentences)), experiment)
        for n, found in enumerate(rows.values(), 1):
            scores = [measured(document, order, n) for order in orders.values()]
            found.append([*scores, float(random_overlaps(document, n, DRAWS).mean())])
            yield None
        yield Frame(step, {}, {name: np.array(found, dtype=np.float32) for name, found in rows.items()})


def _order(cosines: np.ndarray, experiment: OverlapExperiment) -> list[int]:
    return ranked(centrality(cosines, experiment.method, experiment.threshold, experiment.damping)).tolist()


def interval(values: np.ndarray, draws: int = 2000) -> tuple[float, float]:
    """95 % interval of the mean of (n,) values: the percentile bootstrap (Efron 1979), always the same."""
    picks = np.random.default_rng(0).integers(0, len(values), size=(draws, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
