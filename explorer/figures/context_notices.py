"""What to notice in the pictures of words in context, computed from what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.contextual.ranks import rank_agreement
from explorer.figures.naming import hundredths, quoted, share_of

if TYPE_CHECKING:
    from explorer.applications.contextual.odd_words import Near


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
    if not np.isfinite(gap).any():
        return "Each sense stands in one sentence only: add a second, and the gap is measured."
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


def pieces_notice(lengths: Sequence[int], vocabulary: int, subwords: int, unknown: int = 0) -> str:
    """How many words, how many pieces, how many words were cut, and how many could not be read.

    Parameters
    ----------
    lengths : sequence of int
        Pieces of each word.
    vocabulary : int
        Pieces that the model knows.
    subwords : int
        Pieces of the sentence, separators included.
    unknown : int
        Words that consist of signs that the model never saw, or of too many.
    """
    cut = sum(length > 1 for length in lengths)
    words = f"{len(lengths)} words and punctuation marks are" if len(lengths) > 1 else "One word is"
    said = f"{words} read as {subwords} pieces, separators included, out of {vocabulary:,} that the model knows."
    said += f" {cut} of them {'was' if cut == 1 else 'were'} cut." if cut else " Every word is a piece of its own."
    if unknown:
        said += f" {unknown} could not be read at all: [UNK] stands for signs that it never saw, and for words of more than 100 letters."
    return said


def heads_notice(named: Mapping[tuple[int, int], tuple[str, float]], total: int) -> str:
    """The strongest head of each pattern of words, and how many look at separators."""
    best: dict[str, tuple[tuple[int, int], float]] = {}
    for place, (name, share) in named.items():
        if name not in best or share > best[name][1]:
            best[name] = (place, share)
    told = [
        f"layer {best[name][0][0] + 1}, head {best[name][0][1] + 1} gives {share_of(best[name][1])} to {words}"
        for name, words in (("previous", "the subword before"), ("next", "the one after"), ("same", "the same subword elsewhere"), ("itself", "itself"))
        if name in best
    ]  # fmt: skip
    idle = sum(name == "separator" for name, _ in named.values())
    said = f"{_capital('; '.join(told))}." if told else "No head follows a pattern of words here."
    if idle:
        said += f" {idle} of {total} heads look at the separators most of the time, which hardly ever say anything: a head that finds nothing rests there."
    return said


def opinions_notice(
    words: Sequence[str], separators: Sequence[bool], looked: int, values: Sequence[np.ndarray], towards: str, layer: int
) -> str:
    """Which word each way of asking names first, and how far they agree.

    Parameters
    ----------
    words, separators : sequence
        The u words and whether each is a separator.
    looked : int
    values : sequence of (u,) array
        Of this head, of all heads, gradient x input, and the effect of covering.
    towards : str
        The movement that is meant, such as "from river to money"; empty for the vector's own direction.
    layer : int
    """
    others = np.array([not one for one in separators])
    others[looked] = False
    if others.sum() < 3:
        return "With so few words there is nothing to compare."
    head, mean, pulls, effects = (np.where(others, one, np.nan) for one in values)
    names = [quoted(words[int(np.nanargmax(one))]) for one in (head, mean, pulls, effects)]
    meant = f"moves its vector in layer {layer} {towards}" if towards else f"holds its vector where it points in layer {layer}"
    agreements = [rank_agreement(one, effects) for one in (head, mean, pulls)]
    return (
        f"Leaving itself and separators aside, for {quoted(words[looked])} this head names {names[0]}, all heads on average {names[1]}. What most "
        f"{meant} is {names[2]} by gradient × input, {names[3]} by covering. Rank agreement (Spearman) with what covering does: this head {_rho(agreements[0])}, "
        f"all heads {_rho(agreements[1])}, gradient × input {_rho(agreements[2])}; 1 would be the same order, 0 none."
    )


def odd_notice(words: Sequence[str], asked: Sequence[Sequence[Near]], candidates: int) -> str:
    """What each of the three takes the words for.

    Parameters
    ----------
    words : sequence of str
    asked : three sequences of Near
        By a table of words, by letter groups, by subwords.
    candidates : int
        Words among which neighbours were sought.
    """
    table, letters, subwords = asked
    unknown = [word for word, near in zip(words, table, strict=True) if not near.words]
    said = f"Nearest among the {candidates:,} most frequent words of the articles. "
    if unknown:
        said += f"The table has nothing for {', '.join(map(quoted, unknown))}. "
    told = [
        f"{quoted(word)} is {_first(one)} to letter groups and {_first(other)} to subwords"
        for word, one, other in zip(words, letters, subwords, strict=True)
    ]
    return said + _capital("; ".join(told)) + "."


def _first(near: Near) -> str:
    return quoted(near.words[0]) if near.words else "nothing"


def _rho(value: float) -> str:
    return hundredths(value) if np.isfinite(value) else "undefined"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
