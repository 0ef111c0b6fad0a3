"""What kind of answer a question wants, and which words of a sentence are of that kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from explorer.text.stop_words import stop_words

Kind = Literal["person", "time", "place", "number", "thing"]
KINDS: dict[Kind, str] = {
    "person": "a name, for it asks who",
    "time": "a date or a year, for it asks when",
    "place": "a name after a word of place, for it asks where",
    "number": "a number, for it asks how much or how many, how long or the like",
    "thing": "a name or a group of words, for it asks neither who nor when, where or how many",
}
"""Each kind, and why it is expected."""
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_TIME = re.compile(
    rf"(?:(?:{_MONTH})\s+\d{{1,2}},\s+\d{{3,4}}|\d{{1,2}}\s+(?:{_MONTH})\s+\d{{3,4}}|(?:{_MONTH})\s+\d{{4}}"
    rf"|\d{{1,4}}\s+(?:BC|BCE|AD|CE)\b|\b1\d{{3}}s?\b|\b20\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)[\s-]century)"
)
_NUMERAL = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
    "thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"
)
_NUMBER = re.compile(
    rf"\b(?:\d[\d,]*(?:\.\d+)?|(?:{_NUMERAL}))(?:[\s-](?:{_NUMERAL}))*(?:\s?(?:%|percent|per cent|°C|km2|km|kg|cm|mm|m|years?|months?|weeks?|days?|hours?|minutes?|"
    r"feet|tons?|times|teams?|bits?|illion)\b|%|-bit\b)?",
    re.IGNORECASE,
)
_CAPITAL = r"(?:[dlDLO]['’])?[^\W\d_a-zß-öø-ÿ](?:[\w.-]|['’](?!s\b))*"
_NAME = re.compile(rf"(?:al-)?{_CAPITAL}(?:\s+(?:(?:of|the|de|la|van|von|da|di|du|d'|and)\s+){{0,2}}{_CAPITAL})*|al-\w+")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|to|from|into|on|of|between|called|named|as|known as|the)\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE)
_GROUP = re.compile(r"[a-z][\w'-]*(?:[\s-][a-z][\w'-]*){0,2}")
_TITLES = re.compile(r"^(?:According|Although|However|Other|Some|Several|Only|Both|The|A|An|In|On|At|By|From|When|After|Before|Since|As|It|He|She|They|His|Her|Its|Their|This|These|But|And|For|While|During)\s+")
LONGEST = 60
"""Characters of a candidate."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a sentence: where they begin and end, and what they are."""

    start: int
    end: int
    text: str


def kind_of(question: str) -> Kind:
    """The kind of answer, by the question's own words."""
    asked = f" {question.lower()} "
    if re.search(r"\b(?:who|whom|whose)\b|\b(?:which|what) (?:wo)?man\b", asked) and "what" not in asked:
        return "person"
    if re.search(r"\bwhen\b|\b(?:which|what) (?:year|date|day|month|century)\b", asked):
        return "time"
    if re.search(r"\bwhere\b|\b(?:which|what) (?:city|country|place|town|hall|hotel)\b", asked):
        return "place"
    if re.search(r"\bhow (?:many|much|long|old|tall|high|deep|far|large|big|often|fast|heavy)\b", asked):
        return "number"
    return "thing"


def candidates(sentence: str, kind: Kind, question: str) -> list[Span]:
    """Groups of words of a kind, without those that the question itself says; in the order in which they stand.

    Parameters
    ----------
    sentence : str
    kind : str
        See `kind_of`.
    question : str
    """
    said = _pieces(question)
    found = [span for span in _of_kind(sentence, kind) if _pieces(span.text) - said and len(span.text) <= LONGEST]
    return list(dict.fromkeys(found))


def _pieces(text: str) -> set[str]:
    """Its words in lower case, cut at apostrophes and hyphens, too, without words of grammar."""
    return set(re.findall(r"\w+", text.lower())) - stop_words() - {"s", "d", "l"}


def _of_kind(sentence: str, kind: Kind) -> list[Span]:
    if kind == "time":
        return _spans(_TIME, sentence)
    if kind == "number":
        return _spans(_NUMBER, sentence)
    names = _names(sentence)
    if kind == "place":
        return [span for span in names if _PLACE_BEFORE.search(sentence[: span.start])] or names
    return names if kind == "person" else [*names, *_groups(sentence)]


def _spans(pattern: re.Pattern, sentence: str) -> list[Span]:
    return [Span(*match.span(), match.group()) for match in pattern.finditer(sentence)]


def _names(sentence: str) -> list[Span]:
    """Runs of words with a capital, joined by "of" and the like; a lone small word at the beginning is none."""
    spans = []
    for span in _spans(_NAME, sentence):
        opening = _TITLES.match(span.text) if span.start == 0 or sentence[span.start - 2 : span.start - 1] in ".!?" else None
        start = span.start + (opening.end() if opening else 0)
        text = sentence[start : span.end].rstrip(".,;:’'-")
        if not (text.lower() in stop_words() or len(text) < 2 or re.fullmatch(_MONTH, text)):
            spans.append(Span(start, start + len(text), text))
            spans += _parts(text, start)
    return spans


def _parts(text: str, start: int) -> list[Span]:
    """The names joined by "and" or "of" in one run, each by itself, too."""
    pieces = re.split(r"\s+(?:and|of the|of|the)\s+", text)
    if len(pieces) < 2:
        return []
    return [Span(start + at, start + at + len(piece), piece) for piece in pieces if (at := text.find(piece)) >= 0]


def _groups(sentence: str) -> list[Span]:
    """One to three small words together, none of them a word of grammar."""
    found = []
    for match in re.finditer(r"[a-z][a-z'-]+", sentence):
        if match.group() in stop_words() or (match.start() and sentence[match.start() - 1].isalnum()):
            continue
        found.append(Span(*match.span(), match.group()))
    joined = [Span(a.start, b.end, sentence[a.start : b.end]) for a, b in zip(found, found[1:], strict=False) if sentence[a.end : b.start] == " "]
    return [*found, *joined]
