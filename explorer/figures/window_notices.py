"""What to notice about the window: what is learned from it, and which words are passed over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.context_window import Method
from explorer.figures.naming import quoted, share_of
from explorer.text.windows import context


def window_notice(words: Sequence[str], centre: int, window: int, method: Method) -> str:
    """What is learned from this place of the window."""
    inside = [words[place] for place in context(len(words), centre, window)]
    word = quoted(words[centre])
    if not inside:
        return f"The sentence has only one word left, {word}: nothing can be learned from its context."
    if method == "cbow":
        return (
            f"CBOW guesses the word from its context: from the mean of {_vectors(len(inside))} it is to guess {word}."
        )
    pairs = "one pair" if len(inside) == 1 else f"{len(inside)} pairs"
    return f"Skip-gram guesses the context from the word: {word} alone has to tell each of its neighbours, which makes {pairs}."


def _always(n: int) -> str:
    return "none" if n == 0 else "one" if n == 1 else str(n)


def _vectors(n: int) -> str:
    return "one vector" if n == 1 else f"{n} vectors"


def kept_notice(words: Sequence[str], kept: Sequence[float], threshold: float) -> str:
    """Which word of the sentence is passed over most often, and how many are always kept."""
    if not threshold:
        return "Sub-sampling is off: every word is read every time."
    least = int(np.argmin(kept))
    always = sum(share >= 1 for share in kept)
    if always == len(kept):
        return "No word of this sentence is frequent enough to be passed over."
    return (
        f"Words that are everywhere teach little, so each reading skips some: {quoted(words[least])} is read only "
        f"{share_of(kept[least])} of the time, while {_always(always)} of these {len(words)} words {'is' if always == 1 else 'are'} always kept."
    )
