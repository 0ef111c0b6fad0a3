"""A sentence as Markdown with some of its words set off; nothing in it is markup of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from explorer.app.links import JOINER, safe_markdown
from explorer.text.fates import Fate

KEPT, REMOVED, FIRST, SECOND = "{}", ":gray[~~{}~~]", ":blue-background[**{}**]", ":orange-background[**{}**]"


def marked_sentence(sentence: str, fates: Sequence[Fate], looks: Sequence[str]) -> str:
    """The sentence with a look for each of its tokens; neighbours of one look are set off together.

    Parameters
    ----------
    sentence : str
    fates : sequence of Fate
        Its tokens.
    looks : sequence of str
        For each token a pattern such as `KEPT` or `REMOVED`.
    """
    out, end = [], 0
    for look, group in groupby(zip(fates, looks, strict=True), key=lambda pair: pair[1]):
        run = [fate for fate, _ in group]
        out += [safe_markdown(sentence[end : run[0].start]), _set_off(sentence[run[0].start : run[-1].end], look)]
        end = run[-1].end
    return "".join(out) + safe_markdown(sentence[end:])


def chips(words: Iterable[str]) -> str:
    """Words side by side, each on a ground of its own."""
    return " ".join(f":blue-background[{JOINER}{safe_markdown(word)}{JOINER}]" for word in words)


def _set_off(text: str, look: str) -> str:
    # Beside a blank or a full stop a tilde would be a tilde: it needs a neighbour that is neither.
    return look.format(f"{JOINER}{safe_markdown(text)}{JOINER}") if look != KEPT else safe_markdown(text)
