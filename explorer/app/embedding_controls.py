"""The controls of an embedding experiment: which fields mean something when, and how its runs are kept."""

from __future__ import annotations

from typing import Any

from explorer.app.controls import Sheet, Values, experiment_controls
from explorer.app.keeping import Keeping
from explorer.app.own_data import own_text
from explorer.embedding.experiment import EmbeddingExperiment


def embedding_controls(page: str) -> EmbeddingExperiment:
    """Draw the sidebar of a page and return what it says; see `experiment_controls`."""
    return experiment_controls(page, SHEET)


def _is_shown(name: str, values: Values) -> bool:
    if name == "text":
        return values["corpus"] == "own"
    return EmbeddingExperiment.applies(name, values["algorithm"])


def _open(data: bytes) -> Any:
    from explorer.embedding.opening import open_run

    return open_run(data)


SHEET = Sheet(EmbeddingExperiment, EmbeddingExperiment.groups, shown=_is_shown, own={"text": own_text})
KEEPING = Keeping("embedding", lambda experiment: f"{experiment.algorithm}-{experiment.corpus}", _open)
