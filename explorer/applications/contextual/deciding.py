"""Which words make a word's vector what it is: gradient x input, and the test of it by covering words up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.contextual.occurrences import Occurrence, Occurrences, subwords_at

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel, Reading


def own_pull(model: ContextualModel, reading: Reading, subwords: Sequence[int]) -> np.ndarray:
    """How much each subword's embedding does for the last vector of a word, along that vector's own direction, (n,).

    Parameters
    ----------
    model : ContextualModel
    reading : Reading
        The sentence.
    subwords : sequence of int
        Those of the word.
    """
    vector = reading.hidden[-1, list(subwords)].mean(axis=0)
    return directed_pull(model, reading.text, subwords, vector / np.linalg.norm(vector), -1)


def directed_pull(
    model: ContextualModel, text: str, subwords: Sequence[int], direction: np.ndarray, layer: int
) -> np.ndarray:
    """Gradient x input (n,) of a word's vector in a layer, measured along a direction (d,); see `ContextualModel.gradient`."""
    import torch

    along = torch.from_numpy(np.ascontiguousarray(direction, dtype=np.float32))
    where = list(subwords)
    return model.gradient(text, lambda states: states[layer][0, where].mean(dim=0) @ along)


def sense_direction(found: Occurrences, at: int, layer: int) -> tuple[str, np.ndarray] | None:
    """From the sense that is nearest to an occurrence's own to its own sense, in one layer.

    The occurrence itself is left out of its sense's mean: it may not vote for itself.

    Returns
    -------
    (str, numpy.ndarray) or None
        The other sense, and the difference of the two means (d,), of length 1; None where either sense has no other
        occurrence.
    """
    vectors, senses = found.vectors[layer].astype(float), np.array(found.senses)
    own = (senses == senses[at]) & (np.arange(len(senses)) != at)
    if not own.any() or len(set(found.senses)) < 2:
        return None
    mean = vectors[own].mean(axis=0)
    others = {sense: vectors[senses == sense].mean(axis=0) for sense in dict.fromkeys(found.senses) if sense != senses[at]}
    nearest = min(others, key=lambda sense: float(np.linalg.norm(others[sense] - vectors[at])))
    apart = mean - others[nearest]
    return nearest, apart / max(float(np.linalg.norm(apart)), 1e-12)


def covered_effects(
    model: ContextualModel, reading: Reading, one: Occurrence, direction: np.ndarray, layer: int
) -> np.ndarray:
    """By how much a word's vector falls along a direction when each other word of the sentence is covered, (words,).

    A covered word is replaced by the model's sign for a missing one, ``[MASK]``. NaN for the word itself.
    """
    whole = _along(reading, one.start, one.end, direction, layer)
    effects = np.full(len(reading.groups), np.nan)
    for number, group in enumerate(reading.groups):
        start, end = reading.spans[group[0]][0], reading.spans[group[-1]][1]
        if start < one.end and end > one.start:
            continue
        moved = len(MASK) - (end - start) if end <= one.start else 0
        covered = model.read(reading.text[:start] + MASK + reading.text[end:])
        effects[number] = whole - _along(covered, one.start + moved, one.end + moved, direction, layer)
    return effects


MASK = "[MASK]"


def by_word(reading: Reading, values: np.ndarray) -> np.ndarray:
    """Numbers of subwords (n,), summed over each word."""
    return np.array([values[list(group)].sum() for group in reading.groups])


def _along(reading: Reading, start: int, end: int, direction: np.ndarray, layer: int) -> float:
    return float(reading.hidden[layer, subwords_at(reading, start, end)].mean(axis=0) @ direction)
