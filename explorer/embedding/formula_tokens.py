"""The smallest parts of a formula: words, numbers, signs and brackets, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 1000
"""Characters of a formula."""
QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»"}
SIGNS = {
    "+": "+",
    "-": "-",
    "−": "-",
    "–": "-",
    "*": "*",
    "×": "*",
    "·": "*",
    "/": "/",
    "÷": "/",
    "(": "(",
    ")": ")",
    ",": ",",
}
NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![^\s+\-−–*×·/÷(),]|-+[^\s\d+\-−–*×·/÷(),])")
"""Not the beginning of a word, as in 1990s and 24-hour."""
WORD = re.compile(r"[^\s+\-−–*×·/÷(),]+(?:-+[^\s+\-−–*×·/÷(),]+)*")
"""Hyphens belong to a word where they stand between two of its letters."""

Kind = Literal["word", "number", "+", "-", "*", "/", "(", ")", ",", "end"]


class FormulaError(ValueError):
    """A formula that cannot be understood.

    Attributes
    ----------
    position : int
        Where, counted in characters from 0.
    """

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} (character {position + 1}).")
        self.position = position


@dataclass(frozen=True)
class Token:
    """A part of a formula.

    Attributes
    ----------
    kind : str
        "word", "number", "end", or the sign itself.
    text : str
        Without quotes.
    position : int
        Its first character, counted from 0.
    quoted : bool
    """

    kind: Kind
    text: str
    position: int
    quoted: bool = False

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else f"“{self.text}”"


def tokens(text: str) -> list[Token]:
    """The parts of a formula, and the end as one more.

    Raises
    ------
    FormulaError
        For an empty or too long text, or a quote that is not closed.
    """
    if not text.strip():
        raise FormulaError("Nothing is written yet; try king - man + woman", 0)
    if len(text) > LONGEST:
        raise FormulaError(f"A formula has at most {LONGEST} characters, and this has {len(text):,}", LONGEST)
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token, at = _token(text, at)
        found.append(token)
    return [*found, Token("end", "", len(text))]


def _token(text: str, at: int) -> tuple[Token, int]:
    """The token that begins here, and where the next may begin."""
    if text[at] in QUOTES:
        return _quoted(text, at)
    if text[at] in SIGNS:
        return Token(SIGNS[text[at]], text[at], at), at + 1
    if number := NUMBER.match(text, at):
        return Token("number", number[0], at), number.end()
    word = WORD.match(text, at)
    return Token("word", word[0], at), word.end()


def _quoted(text: str, at: int) -> tuple[Token, int]:
    end = text.find(QUOTES[text[at]], at + 1)
    if end < 0:
        raise FormulaError(f"The quote {text[at]} is not closed", at)
    word = text[at + 1 : end].strip()
    if not word:
        raise FormulaError("There is no word between these quotes", at)
    return Token("word", word, at, quoted=True), end + 1
