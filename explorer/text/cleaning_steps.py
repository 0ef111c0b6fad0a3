"""The steps of cleaning: what is done to the words of a text, and how each step is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from explorer.text.stop_words import stop_words
from explorer.text.words import is_number, is_word

NUMBER = "<number>"


@dataclass(frozen=True)
class Cleaning:
    """What is done to the words of a text, in this order.

    Attributes
    ----------
    lower : bool
        Capitals become small letters.
    punctuation : bool
        Punctuation marks, and the possessive 's, are removed.
    numbers : {"keep", "drop", "mark"}
        ``mark`` writes ``<number>`` for each.
    stop_words : bool
        Words such as "the" and "of" are removed, see `explorer.text.stop_words`.
    phrases : bool
        Collocations become one word, see `explorer.text.collocations`.
    min_count : int
        Rarer words are removed.
    """

    lower: bool = True
    punctuation: bool = True
    numbers: Literal["keep", "drop", "mark"] = "keep"
    stop_words: bool = False
    phrases: bool = False
    min_count: int = 5

    @cached_property
    def rules(self) -> tuple[tuple[str, Callable[[str], str | None]], ...]:
        """Name and rule of each step that looks at one word alone: its new form, or None when it goes."""
        common = stop_words() if self.stop_words else frozenset()
        steps: list[tuple[bool, str, Callable[[str], str | None]]] = [
            (self.lower, "lower case", str.lower),
            (self.punctuation, "punctuation", lambda word: word if is_word(word) else None),
            (self.numbers == "drop", "numbers", lambda word: None if is_number(word) else word),
            (self.numbers == "mark", "marked numbers", lambda word: NUMBER if is_number(word) else word),
            (self.stop_words, "stop words", lambda word: None if word.lower() in common else word),
        ]
        return tuple((name, rule) for wanted, name, rule in steps if wanted)


@dataclass(frozen=True)
class Stage:
    """What a text holds after one step of its cleaning.

    Attributes
    ----------
    name : str
        "as written", "lower case", "punctuation", "numbers" (or "marked numbers"), "stop words", "phrases" or "rare words".
    tokens, vocabulary : int
        Words in the text, and how many of them are different.
    """

    name: str
    tokens: int
    vocabulary: int
