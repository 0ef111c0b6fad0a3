"""Text cut into sentences and words as a tagger reads them: capitals kept, punctuation by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LONGEST_SENTENCE = 150
"""Words that are read at once."""
MOST_CHARACTERS = 20_000
"""Of a text of one's own; what comes after is not read, and the page says so."""
# Combining marks are no letters to Python, though they belong to the word in many scripts.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u200c\u200d"
_WORD = re.compile(rf"[\w{_MARKS}]+(?:['’-][\w{_MARKS}]+)*|[^\w\s]")


@lru_cache(maxsize=20_000)
def split_name(name: str) -> tuple[str, ...]:
    """The words of a name or a short text: ``St. John’s`` gives ``St``, ``.``, ``John’s``."""
    return tuple(_WORD.findall(name))


def sentences_of(text: str) -> Iterator[tuple[str, ...]]:
    """The sentences of a text, each as its words; very long ones in parts."""
    from explorer.text.splitting import split_sentences

    for line in text[:MOST_CHARACTERS].split("\n"):
        for sentence in split_sentences(line):
            words = _WORD.findall(sentence)
            for start in range(0, len(words), LONGEST_SENTENCE):
                yield tuple(words[start : start + LONGEST_SENTENCE])
