"""A sentence cut into words, numbers and punctuation marks, the way vectors are usually learned from it."""

from __future__ import annotations

import re

_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0d7f\u0e31-\u0e4e"
"""Signs that belong to the letter before them (accents, vowel signs), which ``\\w`` does not cover."""
_LETTERS = rf"[\w{_MARKS}]+"
_TOKEN = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    rf"|{_LETTERS}(?:(?:['’](?![sS]\b)|-|(?<=\d)[.,](?=\d)){_LETTERS})*"  # don't, well-known, 2,300.5
    r"|['’][sS]\b"  # the 's of king's, as in the vocabulary of GloVe
    r"|[^\w\s]"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def cut_words(sentence: str) -> list[str]:
    """The tokens of a sentence as they are written, punctuation marks included.

    ``"The U.S. king's 2,300 well-known men didn’t go."`` gives ``The``, ``U.S.``, ``king``, ``'s``, ``2,300``,
    ``well-known``, ``men``, ``didn't``, ``go``, ``.``; curly apostrophes become straight ones.
    """
    return _TOKEN.findall(sentence.replace("’", "'"))


def token_spans(sentence: str) -> list[tuple[int, int]]:
    """Where each token of `cut_words` begins and ends in the sentence."""
    return [match.span() for match in _TOKEN.finditer(sentence.replace("’", "'"))]


def is_word(token: str) -> bool:
    """Whether a token is a word or a number, not a punctuation mark and not the possessive 's."""
    return token[0] != "'" and any(map(str.isalnum, token))


def is_number(token: str) -> bool:
    """Whether a token is written in digits only: ``1998``, ``2,300.5``; not ``19th``."""
    return _NUMBER.fullmatch(token) is not None
