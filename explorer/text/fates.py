"""What becomes of each word of a sentence when a text is cleaned: kept, changed, joined or removed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from explorer.text.cleaning import Cleaned, Cleaning
from explorer.text.words import token_spans


@dataclass(frozen=True, slots=True)
class Fate:
    """One token of a sentence as it is written.

    Attributes
    ----------
    start, end : int
        Where it stands in the sentence, in characters.
    written : str
    position : int or None
        Its place among the tokens that are left; words that were joined share one. None when it was removed.
    form : str
        The token it became; empty when it was removed.
    reason : str
        The step that removed it: "punctuation", "numbers", "stop words" or "rare words"; else empty.
    """

    start: int
    end: int
    written: str
    position: int | None
    form: str = ""
    reason: str = ""

    def shifted(self, by: int) -> Fate:
        """The same in a part of the sentence that begins elsewhere."""
        return replace(self, start=self.start + by, end=self.end + by)


def fates(sentence: str, text: Cleaned) -> list[Fate]:
    """The fate of every token of a sentence, in order.

    Parameters
    ----------
    sentence : str
        As it is written, e.g. one of ``text.sources``.
    text : Cleaned
        The text whose cleaning, collocations and frequent words decide.
    """
    spans = token_spans(sentence)
    traced = [_trace(sentence[start:end].replace("’", "'"), text.cleaning) for start, end in spans]
    left = [form for form, _ in traced if form]
    joined = iter(_aligned(left, text.join(left)))
    found, place, last = [], -1, -1
    for (start, end), (form, reason) in zip(spans, traced, strict=True):
        written, position = sentence[start:end], None
        if form:
            group, form = next(joined)
            if form not in text.counts:
                form, reason = "", "rare words"
            else:
                place += group != last
                last, position = group, place
        found.append(Fate(start, end, written, position, form or "", reason))
    return found


def _trace(token: str, cleaning: Cleaning) -> tuple[str | None, str]:
    """The form of a token after the rules that look at it alone, or None and the name of the rule that removed it."""
    form: str | None = token
    for name, rule in cleaning.rules:
        form = rule(form) if form else None
        if not form:
            return None, name
    return form, ""


def _aligned(words: list[str], joined: list[str]) -> Iterator[tuple[int, str]]:
    """For each word the number of the joined word that it is part of, and that word."""
    rest = iter(words)
    for number, word in enumerate(joined):
        parts = [next(rest)]
        while "_".join(parts) != word:
            parts.append(next(rest))
        for _ in parts:
            yield number, word
