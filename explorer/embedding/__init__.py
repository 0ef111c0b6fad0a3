"""Word vectors: counted, trained, read from files; their neighbours, analogies and maps.

Names are imported on first use: gensim, numba and scikit-learn take seconds, and a page that only shows controls must not
wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from explorer.embedding.vectors import UnknownWord, Vectors

if TYPE_CHECKING:
    from explorer.embedding.alignment import align, most_moved
    from explorer.embedding.analogies import analogy, evaluate_analogies
    from explorer.embedding.association import associate
    from explorer.embedding.evaluation import EvaluationExperiment
    from explorer.embedding.experiment import EmbeddingExperiment
    from explorer.embedding.formats.projector import projector_bundle
    from explorer.embedding.formats.reading import read_bytes, read_vectors
    from explorer.embedding.formats.refusal import VectorFormatError
    from explorer.embedding.formats.table import map_csv
    from explorer.embedding.formats.writing import write_bytes, write_vectors
    from explorer.embedding.formula import Formula
    from explorer.embedding.formula_tokens import FormulaError
    from explorer.embedding.installed import pretrained
    from explorer.embedding.neighbours import nearest, neighbours_of
    from explorer.embedding.projection.components import principal_components
    from explorer.embedding.projection.experiment import ProjectionExperiment
    from explorer.embedding.similarity import evaluate_similarity
    from explorer.embedding.training import Trained, open_weights, vocabulary

_HOMES = {
    "VectorFormatError": "explorer.embedding.formats.refusal",
    "map_csv": "explorer.embedding.formats.table",
    "projector_bundle": "explorer.embedding.formats.projector",
    "read_bytes": "explorer.embedding.formats.reading",
    "read_vectors": "explorer.embedding.formats.reading",
    "write_bytes": "explorer.embedding.formats.writing",
    "write_vectors": "explorer.embedding.formats.writing",
    "Formula": "explorer.embedding.formula",
    "FormulaError": "explorer.embedding.formula_tokens",
    "ProjectionExperiment": "explorer.embedding.projection.experiment",
    "align": "explorer.embedding.alignment",
    "most_moved": "explorer.embedding.alignment",
    "principal_components": "explorer.embedding.projection.components",
    "EmbeddingExperiment": "explorer.embedding.experiment",
    "Trained": "explorer.embedding.training",
    "open_weights": "explorer.embedding.training",
    "vocabulary": "explorer.embedding.training",
    "EvaluationExperiment": "explorer.embedding.evaluation",
    "associate": "explorer.embedding.association",
    "evaluate_analogies": "explorer.embedding.analogies",
    "analogy": "explorer.embedding.analogies",
    "evaluate_similarity": "explorer.embedding.similarity",
    "nearest": "explorer.embedding.neighbours",
    "neighbours_of": "explorer.embedding.neighbours",
    "pretrained": "explorer.embedding.installed",
}

__all__ = [
    "EmbeddingExperiment",
    "EvaluationExperiment",
    "Formula",
    "FormulaError",
    "ProjectionExperiment",
    "Trained",
    "UnknownWord",
    "VectorFormatError",
    "Vectors",
    "align",
    "analogy",
    "associate",
    "evaluate_analogies",
    "evaluate_similarity",
    "map_csv",
    "most_moved",
    "nearest",
    "neighbours_of",
    "open_weights",
    "pretrained",
    "principal_components",
    "projector_bundle",
    "read_bytes",
    "read_vectors",
    "vocabulary",
    "write_bytes",
    "write_vectors",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
