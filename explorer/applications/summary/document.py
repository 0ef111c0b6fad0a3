"""A text as the sentences that a summary may choose from, and the first paragraph that it is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import dropwhile

from explorer.text.passages import passages
from explorer.text.splitting import split_sentences
from explorer.text.words import cut_words, is_word

FEWEST, MOST = 5, 300
"""Sentences that a text must have, and that are read of it."""
SHORTEST = 4
"""Words of a sentence that can stand for itself."""
MOST_CHARACTERS = 1_000_000
MOST_REFERENCE = 500
"""Words of the first paragraph that summaries are held against: they are cut to as many, again and again."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes
    ----------
    text : str
    words : tuple of str
        In lower case, without marks.
    paragraph : int
        From 0, among those that are read.
    """

    text: str
    words: tuple[str, ...]
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be summarised.

    Attributes
    ----------
    title : str
    sentences : tuple of Sentence
        Those that may be chosen, in their order.
    reference : str
        The first paragraph where it was left out of them; else "".
    reference_words : tuple of str
        Its words, the first `MOST_REFERENCE` of them.
    reference_left : int
        Its words beyond those.
    left : int
        Sentences that were not read, because there are too many.
    """

    title: str
    sentences: tuple[Sentence, ...]
    reference: str = ""
    reference_words: tuple[str, ...] = ()
    reference_left: int = 0
    left: int = 0


def words_of(text: str) -> tuple[str, ...]:
    """Words and numbers in lower case."""
    return tuple(word.lower() for word in cut_words(text) if is_word(word))


def titles() -> tuple[str, ...]:
    """Articles that have enough sentences, by name; read once for the process."""
    counts: dict[str, int] = {}
    for passage in passages():
        counts[passage.title] = counts.get(passage.title, 0) + passage.text.count(". ") + 1
    return tuple(sorted(title for title, count in counts.items() if count >= 4 * FEWEST))


def article(title: str, left_out: bool = True, most: int = MOST) -> Document:
    """A Wikipedia article.

    Raises
    ------
    ValueError
        When there is no such article, or it is too short.
    """
    paragraphs = [passage.text for passage in passages() if passage.title == title]
    if not paragraphs:
        raise ValueError(f"There is no article called “{title[:60]}” here.")
    return document(title, paragraphs, left_out, most)


def own_document(text: str, left_out: bool = True) -> Document:
    """A visitor's text; a line break ends a paragraph.

    Raises
    ------
    ValueError
        When it has too few sentences.
    """
    lines = (line.strip() for line in text[:MOST_CHARACTERS].splitlines())
    return document("Your text", [line for line in lines if line], left_out)


def document(title: str, paragraphs: list[str], left_out: bool, most: int = MOST) -> Document:
    """Paragraphs as sentences; the first one with words is kept back where it is to be left out and there is more than one."""
    paragraphs = list(dropwhile(lambda paragraph: not words_of(paragraph), paragraphs))
    reference = paragraphs[0] if left_out and len(paragraphs) > 1 else ""
    found = list(_sentences(paragraphs[1:] if reference else paragraphs))
    if len(found) < FEWEST:
        raise ValueError(
            f"This text has {len(found)} sentences of at least {SHORTEST} words{' after its first paragraph' if reference else ''}; "
            f"a summary needs at least {FEWEST} to choose from."
        )
    words = words_of(reference)
    return Document(
        title, tuple(found[:most]), reference, words[:MOST_REFERENCE], max(len(words) - MOST_REFERENCE, 0), max(len(found) - most, 0)
    )  # fmt: skip


def _sentences(paragraphs: Iterable[str]) -> Iterable[Sentence]:
    for number, paragraph in enumerate(paragraphs):
        for text in split_sentences(paragraph):
            words = words_of(text)
            if len(words) >= SHORTEST:
                yield Sentence(text, words, number)
