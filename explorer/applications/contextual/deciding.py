"""Which words make a word's vector what it is: gradient x input, and the test of it by covering words up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.contextual.occurrences import Occurrences

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel
    from explorer.applications.contextual.reading import Reading


def own_direction(reading: Reading, subwords: Sequence[int], layer: int) -> np.ndarray:
    """Where a word's vector in a layer points, (d,), of length 1."""
    vector = reading.hidden[layer, list(subwords)].mean(axis=0)
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


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
    model: ContextualModel, reading: Reading, subwords: Sequence[int], direction: np.ndarray, layer: int
) -> np.ndarray:
    """By how much a word's vector falls along a direction (d,) when each other word is covered, (words,).

    NaN for the word itself. To cover a word is an intervention: it says what the model does without it, where gradient and
    attention only say what it does with it.
    """
    import torch

    along, where = torch.from_numpy(np.ascontiguousarray(direction, dtype=np.float32)), list(subwords)
    others = [k for k, group in enumerate(reading.groups) if not set(group) & set(where)]
    left = model.covered(reading.text, [reading.groups[k] for k in others], lambda states: states[layer][:, where].mean(dim=1) @ along)
    effects = np.full(len(reading.groups), np.nan)
    effects[others] = float(reading.hidden[layer, where].mean(axis=0) @ direction) - left
    return effects
