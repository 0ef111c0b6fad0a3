"""Computed sentences on one analogy: what wins, what would win, and how far the expected answer is from it."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.embedding.analogies import Analogy, Standing
from explorer.embedding.parallelogram import Parallelogram
from explorer.figures.naming import quoted


def plane_notice(words: Sequence[str], shape: Parallelogram) -> str:
    """How far the best answer is from the corner, and how much of that the plane does not show."""
    if not shape.words:
        return "There is no word left that could be an answer."
    best, total, tall = shape.words[0], float(shape.distances[0]), float(shape.heights[0])
    to_c, to_b = shape.sides
    nearest = f"The nearest word to the fourth corner that may be the answer is {quoted(best)}, {total:.2f} away"
    nearest += f": {tall:.2f} off the plane, {float(shape.apart[0]):.2f} within it."
    beaten = [(far, word) for far, word in ((to_b, words[1]), (to_c, words[2])) if far < total and word != best]
    if not beaten:
        return f"{nearest} None of the question's own words is nearer."
    far, word = min(beaten)
    pair = (words[0], words[2]) if word == words[1] else (words[0], words[1])
    return (
        f"{nearest} {quoted(word)} is nearer, {far:.2f}: exactly as far as {quoted(pair[0])} is from {quoted(pair[1])}."
    )


def doubt_notice(words: Sequence[str], strict: Analogy, loose: Analogy, nearest: str) -> str:
    """What the answer owes to the rule that bars the question's words, and what to the third word alone."""
    if not strict.words:
        return ""
    given, free = strict.words[0], loose.words[0]
    rule = f"Without the rule that bars the question's own words, the answer would be {quoted(free)}."
    if free == given:
        rule = f"{quoted(given)} would also win if the question's own words were allowed."
    if nearest == given:
        return f"{rule} But {quoted(given)} is simply the word nearest to {quoted(words[2])}: {quoted(words[0])} and {quoted(words[1])} add nothing."
    return f"{rule} Simply the word nearest to {quoted(words[2])} would be {quoted(nearest)}." if nearest else rule


def expected_notice(expected: str, strict: Analogy, standing: Standing | None) -> str:
    """Rank and margin of the answer that was expected."""
    if standing is None:
        return f"{quoted(expected)} is a word of the question and is barred."
    if len(strict.words) == 1:
        return f"The expected {quoted(expected)} wins: it is the only word left."
    behind = f"{abs(standing.margin):.3f}"
    if standing.rank == 1:
        return f"The expected {quoted(expected)} wins, {behind} ahead of {quoted(strict.words[1])}."
    return (
        f"The expected {quoted(expected)} comes at rank {standing.rank:,}, {behind} behind {quoted(strict.words[0])}."
    )
