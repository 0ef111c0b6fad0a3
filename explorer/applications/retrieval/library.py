"""The four methods over one collection, made once for the process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from explorer.applications.retrieval.averaged import AveragedVectors
from explorer.applications.retrieval.collection import Collection, wikipedia_collection
from explorer.applications.retrieval.contextual import Contextual
from explorer.applications.retrieval.ranking import Method
from explorer.applications.retrieval.word_match import Bm25, TfIdf

if TYPE_CHECKING:
    import numpy as np

    from explorer.applications.contextual.encoder import ContextualModel

_making = Lock()


def methods_for(
    collection: Collection, vectors: np.ndarray, model: ContextualModel, k1: float = 1.2, b: float = 0.75
) -> dict[str, Method]:
    """The four ways to search a collection, by name; those that read words are ready to be asked.

    Parameters
    ----------
    vectors : numpy.ndarray
        (N, d): of its paragraphs, by the model.
    k1, b : float
        Of BM25.
    """
    made: dict[str, Method] = {
        "tfidf": TfIdf(collection),
        "bm25": Bm25(collection, k1, b),
        "glove": AveragedVectors(collection),
        "minilm": Contextual(collection, vectors, model),
    }
    for name in ("tfidf", "bm25", "glove"):
        made[name].scores("ready")
    return made


def wikipedia_methods(k1: float = 1.2, b: float = 0.75) -> Mapping[str, Method]:
    """The four methods over the paragraphs of the Wikipedia articles; seconds the first time, made once.

    Raises
    ------
    FileNotFoundError, DamagedPackage, ValueError
        When the contextual model or the vectors of the paragraphs cannot be read.
    """
    with _making:
        standard = _wikipedia_methods()
    if (k1, b) == (1.2, 0.75):
        return standard
    return {**standard, "bm25": _bm25(k1, b)}


def is_made() -> bool:
    """Whether `wikipedia_methods` takes no time."""
    return _wikipedia_methods.cache_info().currsize > 0


@lru_cache(maxsize=1)
def _wikipedia_methods() -> Mapping[str, Method]:
    from explorer.applications.contextual.installed import contextual_model
    from explorer.applications.contextual.passage_vectors import passage_vectors

    return methods_for(wikipedia_collection(), passage_vectors(), contextual_model())


@lru_cache(maxsize=8)
def _bm25(k1: float, b: float) -> Bm25:
    return Bm25(wikipedia_collection(), k1, b)
