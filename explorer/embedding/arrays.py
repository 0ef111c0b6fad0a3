"""Which arrays and numbers a frame of a training of word vectors holds: names, shapes and types, known beforehand."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from explorer.embedding.experiment import BY_EPOCHS, BY_FACTORS, BY_PREDICTION, EmbeddingExperiment
from explorer.embedding.moment import DRAWN_WORDS, NEIGHBOURS

SCORES = ("wordsim", "simlex")
DRAWN = frozenset({"collapse", *(f"{name}{end}" for name in SCORES for end in ("", "_low", "_high", "_pairs"))})
"""Numbers that only frames with arrays have when they are made."""
MOST_CELLS = 2000
Form = tuple[str, tuple[int | None, ...]]
"""Type and shape of an array; None where any length up to `MOST_CELLS` is right."""


def forms(experiment: EmbeddingExperiment, words: int) -> dict[str, Form]:
    """Type and shape of each array of a drawn frame, see `explorer.embedding.training.train`.

    Parameters
    ----------
    words : int
        Size of the vocabulary.
    """
    head, near = min(words, DRAWN_WORDS), min(words - 1, NEIGHBOURS)
    expected: dict[str, Form] = {
        "input": ("float32", (head, experiment.dimensions)),
        "neighbours": ("int32", (head, near)),
        "similarities": ("float32", (head, near)),
    }
    if experiment.algorithm in BY_EPOCHS:
        expected["output"] = expected["input"]
    if experiment.algorithm == "glove":
        expected["cells"] = ("float32", (None, 3))
    if experiment.algorithm in BY_FACTORS:
        expected["singular"] = ("float32", (experiment.dimensions,))
    return expected


def check_arrays(arrays: Mapping[str, np.ndarray], expected: Mapping[str, Form], words: int) -> None:
    """That arrays have the expected names and forms, and values that can be drawn.

    Raises
    ------
    ValueError
        Says which array is wrong, and how.
    """
    if arrays.keys() != expected.keys():
        strange = min(arrays.keys() ^ expected.keys())
        raise ValueError(f"the array {strange[:40]!r} is {'missing' if strange in expected else 'unknown'}")
    for name, (kind, shape) in expected.items():
        array = arrays[name]
        if str(array.dtype) != kind or not _fits(array.shape, shape):
            found, wanted = (" x ".join("any" if n is None else str(n) for n in one) for one in (array.shape, shape))
            raise ValueError(f"the array {name!r} is {array.dtype} {found}, not {kind} {wanted}")
        if kind == "int32" and array.size and not (array.min() >= 0 and array.max() < words):
            raise ValueError(f"the array {name!r} names words that do not exist")
        if kind == "float32" and not np.isfinite(array).all():
            raise ValueError(f"the array {name!r} holds values that are not finite numbers")


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        n == one or (one is None and n <= MOST_CELLS) for n, one in zip(shape, wanted, strict=True)
    )


def check_metrics(experiment: EmbeddingExperiment, metrics: Mapping[str, float]) -> None:
    """That the numbers of a frame are those a training gives; raises `ValueError` as `check_arrays` does."""
    always = _always(experiment.algorithm)
    missing, unknown = always - metrics.keys(), metrics.keys() - always - DRAWN
    if missing or unknown:
        strange = min(missing or unknown)
        raise ValueError(f"the number {strange[:40]!r} is {'missing' if missing else 'unknown'}")
    # A loss may be infinite: that is how a training ends that comes apart. A correlation may not be defined.
    for name in ("epoch", "learning_rate", "iteration", "captured", "wordsim_pairs", "simlex_pairs"):
        if not math.isfinite(metrics.get(name, 0.0)):
            raise ValueError(f"its number {name!r} makes no sense")


def _always(algorithm: str) -> set[str]:
    """Numbers of every frame."""
    if algorithm in BY_FACTORS:
        return {"iteration", "captured", "change"}
    return {"epoch", "learning_rate", "loss" if algorithm in BY_PREDICTION else "cost"}
