"""From a method's name to one that has learned, and back from the weights that a frame keeps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

from explorer.applications.classification.averaged import Averaged, words_in
from explorer.applications.classification.counted import Counted, counter_of
from explorer.applications.classification.experiment import RECURRENT, ClassificationExperiment
from explorer.applications.classification.method import Classifier, Learning, Weights
from explorer.applications.classification.regression import Linear
from explorer.applications.classification.texts import LabelledTexts, Text

SIZE = "size"
MOST_BYTES = 12_000_000
"""Of the weights of a frame; more is refused before it is read."""


def learn(experiment: ClassificationExperiment, data: LabelledTexts, name: str, draw: int, size: int) -> Learning[Classifier]:
    """A method that learns from the first labelled texts of a draw."""
    texts, classes = _examples(experiment, data, draw, size)
    if name in RECURRENT:
        from explorer.applications.classification.recurrent import Recurrent

        seed = int(np.random.SeedSequence([experiment.seed, draw, size]).generate_state(1)[0] >> 1)
        return (yield from Recurrent.learn(experiment, name, texts, classes, data.labels, seed))
    return (yield from _linear(name).learn(texts, classes, len(data.labels), experiment.penalty))


def _linear(name: str) -> type:
    if name == "minilm":
        from explorer.applications.classification.contextual import Contextual

        return Contextual
    return {"tfidf": Counted, "glove": Averaged}[name]


def _examples(
    experiment: ClassificationExperiment, data: LabelledTexts, draw: int, size: int
) -> tuple[list[Text], np.ndarray]:
    rows = data.labelled(draw, size, experiment.seed)
    return [data.texts[i] for i in rows], data.classes[rows]


def to_bytes(learned: Mapping[str, tuple[int, Classifier]]) -> bytes:
    """Methods with the number of examples that each learned from, as one safetensors file."""
    arrays = {}
    for name, (size, classifier) in learned.items():
        arrays[f"{name}.{SIZE}"] = np.array([size], dtype=np.int32)
        arrays |= {f"{name}.{key}": np.ascontiguousarray(array) for key, array in classifier.weights().items()}
    return safetensors.numpy.save(arrays)


def restore(
    experiment: ClassificationExperiment, data: LabelledTexts, weights: bytes
) -> dict[str, tuple[int, Classifier]]:
    """What `to_bytes` was given; all of them learned from the first draw.

    Raises
    ------
    ValueError
        When the bytes are not such weights.
    """
    found = {}
    for name, arrays in _by_method(weights).items():
        size = int(arrays.pop(SIZE, np.zeros(1))[0])
        if name not in experiment.names or not len(data.labels) <= size <= data.most:
            raise ValueError("The weights belong to other settings.")
        found[name] = size, _restored(experiment, data, name, size, arrays)
    return found


def _by_method(weights: bytes) -> dict[str, dict[str, np.ndarray]]:
    if len(weights) > MOST_BYTES:
        raise ValueError(f"The weights take {len(weights):,} bytes; at most {MOST_BYTES:,} fit.")
    try:
        arrays = safetensors.numpy.load(bytes(weights))
    except (SafetensorError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ValueError("The weights cannot be read: this is not a complete safetensors file.") from error
    found: dict[str, dict[str, np.ndarray]] = {}
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise ValueError("The weights hold values that are not finite numbers.")
        method, _, key = name.partition(".")
        found.setdefault(method, {})[key] = array
    return found


def _restored(
    experiment: ClassificationExperiment, data: LabelledTexts, name: str, size: int, arrays: Weights
) -> Classifier:
    texts, classes = _examples(experiment, data, 0, size)
    if name in RECURRENT:
        from explorer.applications.classification.recurrent import Recurrent

        return Recurrent.restore(experiment, name, texts, classes, data.labels, arrays)
    if set(arrays) != {"weights", "bias"}:
        raise ValueError("The weights belong to another method.")
    linear, count = Linear.of(arrays), len(data.labels)
    counter = counter_of(texts) if name == "tfidf" else None
    wide = {"glove": 50, "minilm": 384}.get(name) or len(counter.vocabulary_)
    if linear.weights.shape != (count, wide) or linear.bias.shape != (count,):
        raise ValueError("The weights have other sizes than these settings give.")
    if counter is not None:
        return Counted(counter, linear)
    return Averaged(linear, words_in(texts)) if name == "glove" else _linear(name)(linear)
