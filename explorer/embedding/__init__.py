"""Word vectors: counted, trained, read from files; their neighbours, analogies and maps.

Names are imported on first use: gensim, numba and scikit-learn take seconds, and a page that only shows controls must not
wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from explorer.embedding.vectors import UnknownWord, Vectors

if TYPE_CHECKING:
    from explorer.embedding.neighbours import nearest, neighbours_of
    from explorer.embedding.installed import pretrained
    from explorer.embedding.similarity import evaluate_similarity

_HOMES = {
    "evaluate_similarity": "explorer.embedding.similarity",
    "nearest": "explorer.embedding.neighbours",
    "neighbours_of": "explorer.embedding.neighbours",
    "pretrained": "explorer.embedding.installed",
}

__all__ = ["UnknownWord", "Vectors", "evaluate_similarity", "nearest", "neighbours_of", "pretrained"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
