"""How well some words suit the kind of answer that a question wants: lists of real names, and the words around."""

from __future__ import annotations

import re
from functools import lru_cache

from explorer.applications.answering.kinds import Kind, Span
from explorer.text.name_lists import census, cities, countries, languages

COMMON = 800
"""First names of each sex that are known; rarer ones are often other words, too."""
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_UNIT = re.compile(r"(?:km2?|k?g|c?m|mm|feet|years?|months?|weeks?|days?|hours?|minutes?|tons?|%|percent)$")
_WHERE = re.compile(r"\b(?:in|at|near|from|to|into|city of|town of)\s+(?:the\s+)?$", re.IGNORECASE)
_BEHIND = re.compile(r"\b(?:in|at|from|to|of)\s+(?:the\s+)?$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|composer|author|poet|physicist|under|with)\s+$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[A-Z]\w+(?:an|ish|ese|ic|ist)s?")
_HEAD = re.compile(r"\b(?:which|what|how many)\s+((?:[a-z]+\s+)?[a-z]+)", re.IGNORECASE)


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """The most frequent first names."""
    return frozenset(name for kind in ("female", "male") for name, _ in census(kind)[:COMMON])


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Countries and cities."""
    return frozenset((*countries(), *cities()))


@lru_cache(maxsize=1)
def tongues() -> frozenset[str]:
    """Languages, which are mostly called like those who speak them."""
    return frozenset(languages())


def heads(question: str) -> tuple[str, ...]:
    """The words that say what is counted or sought: "teams" of "How many teams play ...", "rocket" of "Which rocket ..."."""
    found = _HEAD.search(question)
    return tuple(word.rstrip("s") for word in found.group(1).lower().split()) if found else ()


def fitness(span: Span, sentence: str, kind: Kind, question: str) -> float:
    """A number around 0: above it words that are likely of the kind, below it words that are likely of another.

    Parameters
    ----------
    span : Span
        With places in `sentence`.
    """
    before, after = sentence[: span.start], sentence[span.end :]
    own = [word.rstrip("s") for word in re.findall(r"[a-z]+", span.text.lower())]
    wanted = heads(question)
    if kind == "person":
        return _person(span.text, before)
    if kind == "place":
        return _place(span.text, before)
    if kind == "number":
        return _number(span.text, after, wanted, own)
    if kind == "time":
        return 0.01 * len(span.text)
    return 0.35 * any(word in own for word in wanted) + 0.3 * span.text[0].isupper() - 0.5 * _is_adjective(span.text, question)


def _person(text: str, before: str) -> float:
    words = text.split()
    known = any(word in first_names() for word in words)
    foreign = text in places() or text in tongues() or bool(len(words) == 1 and not known and _ADJECTIVE.fullmatch(text))
    return 0.4 * known + 0.2 * (len(words) > 1) + 0.3 * bool(_BY.search(before)) - 0.6 * foreign - 0.4 * bool(_BEHIND.search(before))


def _place(text: str, before: str) -> float:
    person = text.split()[0] in first_names()
    return 0.3 * bool(_WHERE.search(before)) + 0.2 * (text in places()) - 0.3 * person


def _number(text: str, after: str, wanted: tuple[str, ...], own: list[str]) -> float:
    following = [word.lower().rstrip("s") for word in re.findall(r"[^\W\d_]+", after)[:3]]
    counted = any(word in (*following, *own) for word in wanted)
    return 0.35 * counted + 0.15 * bool(_UNIT.search(text)) - 0.5 * bool(_YEAR.fullmatch(text))


def _is_adjective(text: str, question: str) -> bool:
    """Whether a name is rather that of a people, where no language is asked for."""
    return "language" not in question.lower() and text in tongues()
