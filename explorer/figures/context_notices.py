"""What to notice in the pictures of words in context, computed from what they show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.naming import hundredths, share_of


def map_notice(cosines: np.ndarray, senses: Sequence[str] | None, layer: int, last: int) -> str:
    """For how many occurrences the nearest other one means the same, by all numbers and not by the plane.

    Parameters
    ----------
    cosines : (n, n) array
        In the layer shown.
    senses : sequence of str or None
        As a person told them.
    """
    n = len(cosines)
    if n < 2:
        return "A single occurrence: add sentences, and it gets company."
    if senses is None:
        mean = float(cosines[~np.eye(n, dtype=bool)].mean())
        return f"In layer {layer} the {n} vectors have a mean cosine of {hundredths(mean)}: 1 would be one and the same vector everywhere."
    right = nearest_alike(cosines, senses)
    said = f"In layer {layer} the nearest other occurrence means the same for {right} of {n}, measured with all numbers of the vectors."
    if layer == 0:
        return f"{said} Here the model has not looked at the sentence yet: only the word's place in it tells the vectors apart."
    return said


def nearest_alike(cosines: np.ndarray, senses: Sequence[str]) -> int:
    """How many have a nearest other one of their own sense."""
    alone = np.eye(len(cosines), dtype=bool)
    labels = np.asarray(senses)
    return int((labels[np.where(alone, -np.inf, cosines).argmax(axis=1)] == labels).sum())


def agreement_notice(index: float, groups: int, senses: int) -> str:
    """How well groups that were found match senses that were told."""
    how = "exactly the told senses" if index > 0.999 else "close to the told senses" if index > 0.6 else "partly the told senses" if index > 0.2 else "hardly the told senses"
    return (
        f"The {groups} groups, found without a look at the {senses} told senses, are {how}: adjusted Rand index {hundredths(index)} "
        "(1 for the same, about 0 for chance)."
    )


def gap_notice(same: np.ndarray, other: np.ndarray, right: np.ndarray, count: int, any_two: np.ndarray, layer: int) -> str:
    """The gap in the chosen layer and in the first, and what the cosines alone would have one believe.

    Parameters
    ----------
    same, other, right : (L + 1,) array
        Mean cosines, and the share whose nearest other occurrence has the same sense.
    count : int
        Occurrences.
    any_two : (L + 1,) array
        Mean cosine of two arbitrary words, before anything is taken away.
    layer : int
    """
    gap = same - other
    best = int(np.nanargmax(gap))
    said = (
        f"In layer {layer} two occurrences of the same sense have cosine {hundredths(float(same[layer]))}, of different senses "
        f"{hundredths(float(other[layer]))}: a gap of {thousandths(gap[layer])}, in layer 0 {thousandths(gap[0])}."
    )
    if thousandths(gap[best]) != thousandths(gap[layer]):
        said += f" It is largest in layer {best}: {thousandths(gap[best])}."
    said += f" The nearest other occurrence tells the sense of {round(right[layer] * count)} of {count} ({share_of(float(right[layer]))})."
    high, at = float(any_two.max()), int(any_two.argmax())
    return f"{said} How high cosines are is another matter: two arbitrary words already have {hundredths(high)} in layer {at}, before a mean is taken away."


def alike_notice(same: np.ndarray, any_two: np.ndarray, layer: int) -> str:
    """How alike occurrences are whose senses nobody told."""
    return (
        f"In layer {layer} two occurrences have a mean cosine of {hundredths(float(same[layer]))}, in layer 0 {hundredths(float(same[0]))}; two arbitrary words "
        f"{hundredths(float(any_two[layer]))}. Tell the sense in each sentence, and the gap between the senses is measured here."
    )


def vectors_notice(cosines: np.ndarray, senses: Sequence[str], known: bool, layer: int) -> str:
    """Which two occurrences are most alike and which least, and whether they have one sense."""
    n = len(cosines)
    inner = np.where(np.tri(n, dtype=bool), np.nan, cosines)
    most, least = (divmod(int(find(inner)), n) for find in (np.nanargmax, np.nanargmin))
    said = (
        f"In layer {layer} most alike are {_pair(most, senses)}, cosine {hundredths(float(inner[most]))}; least {_pair(least, senses)}, "
        f"{hundredths(float(inner[least]))}."
    )
    return f"{said} For GloVe every pair has cosine 1: it cannot tell them apart." if known else said


def _pair(pair: tuple[int, int], senses: Sequence[str]) -> str:
    one, other = (senses[i] for i in pair)
    meant = "" if not (one and other) else f" (both {one})" if one == other else f" ({one}, {other})"
    return f"{pair[0] + 1} and {pair[1] + 1}{meant}"


def thousandths(value: float) -> str:
    """A difference of cosines: three digits after the point, a true minus."""
    return f"{round(float(value), 3) + 0.0:.3f}".replace("-", "−")
