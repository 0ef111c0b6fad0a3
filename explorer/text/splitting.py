"""Paragraphs cut into sentences, by rules that know abbreviations and initials."""

from __future__ import annotations

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST = 5_000
"""Characters after which a sentence without an end is cut at a blank, so that no step of the work is long."""
NEVER_LAST = _words(
    "mr mrs ms dr prof st sts messrs gen col lt sgt capt maj cmdr adm rev fr hon gov sen rep pres mt ft vs cf ca c "
    "no nos vol vols pp p fig figs eq ed eds trans approx est e.g i.e viz al b d fl r lit op cit v brig cir"
)
"""Abbreviations that a capital follows within the sentence: Mr. Smith, St. Louis, ca. A.D. 60."""
MAYBE_LAST = _words("jr sr inc ltd co corp bros dept univ etc jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m")
"""Abbreviations that may end a sentence: the word after them decides."""
OPENERS = _words(
    "the a an in on at by for from to with as of it its this that these those he she they we i you his her their our "
    "there here however but and or so if when while after before since although though because during under once "
    "both some many most all no not one another other such each every what who where why how then thus also yet "
    "according despite unlike until among between within like later today"
)
"""Words whose capital tells that a sentence begins, for few names begin with them."""
# From the beginning of a run of marks alone: tried from each of its marks, a long row of dots would take for ever.
_END = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"'”’)\]]*(?:\s+|$))|[。！？।]+[”’」』]?\s*")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘/—–-]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LEADING = re.compile(r"[\"'“‘(\[]*")


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, in order; together they are the paragraph but for the blanks between them.

    A mark that can end a sentence (``.``, ``!``, ``?``, ``…``) ends one when a capital, a digit or an opening quote follows,
    unless an abbreviation or an initial stands before it. In a paragraph without any capitals every such mark counts.

    Parameters
    ----------
    paragraph : str
        Running text without line breaks.
    """
    cased = any(map(str.isupper, paragraph))
    sentences, start = [], 0
    for match in _END.finditer(paragraph):
        if _ends(paragraph, match, cased):
            sentences.append(paragraph[start : match.end()].strip())
            start = match.end()
    sentences.append(paragraph[start:].strip())
    return [piece for sentence in sentences if sentence for piece in _not_too_long(sentence)]


def _ends(paragraph: str, match: re.Match, cased: bool) -> bool:
    mark, after = match.group(), match.end()
    if after == len(paragraph) or mark[0] in "。！？।":
        return True
    begin = _LEADING.match(paragraph, after).end()  # type: ignore[union-attr]
    following = paragraph[begin : begin + 20].split(maxsplit=1)
    if not following:
        return True
    word = following[0]
    if cased and word[0].islower():
        return False
    return mark.rstrip() != "." or not _is_abbreviation(paragraph[max(match.start() - 30, 0) : match.start()], word)


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether a full stop belongs to the word before it, rather than to the sentence."""
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    opens = following.rstrip(",;:'\"”’)").lower() in OPENERS
    if _INITIALS.fullmatch(word) and word.lower() not in NEVER_LAST:
        # A lone A. or I. before a name is an initial; U.S. before "The" ends its sentence.
        return not opens or (len(word) == 1 and following in ("A", "I"))
    lower = word.lower()
    if lower in NEVER_LAST:
        return lower not in ("no", "c", "p", "b", "d", "r", "v", "ed", "st", "ca") or not opens
    return lower in MAYBE_LAST and not opens


def _not_too_long(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST:
        at = sentence.rfind(" ", 1, LONGEST)
        at = LONGEST if at < 0 else at
        yield sentence[:at]
        sentence = sentence[at:].lstrip()
    if sentence:
        yield sentence
