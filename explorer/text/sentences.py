"""The corpora, and visitors' own texts, as documents made of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal

from explorer.text.corpora import read_corpus, wikipedia_articles
from explorer.text.splitting import split_sentences

CorpusName = Literal["wikipedia", "lee", "phrases", "own"]
PHRASES = Path(__file__).parents[2] / "assets" / "phrases.txt"
TITLE_LENGTH = 40
WRAPPED = 45
"""Characters from which a line without an end of sentence is taken as wrapped: it goes on in the next one."""
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_FINISHED = re.compile(r"[.!?…:。！？।][\"'”’)\]]*$")
_reading = {"wikipedia": Lock(), "lee": Lock(), "phrases": Lock(), "own": Lock()}


@dataclass(frozen=True)
class Document:
    """A text about one thing: an article, a piece of news, a paragraph.

    Attributes
    ----------
    title : str
        Its own, or its number and first words.
    sentences : tuple of str
        As they are written, in order.
    """

    title: str
    sentences: tuple[str, ...]


def read_documents(corpus: CorpusName, text: str = "") -> tuple[Document, ...]:
    """A corpus as documents. Read once for the process; two who ask at the same time wait for one reading.

    Parameters
    ----------
    corpus : {"wikipedia", "lee", "phrases", "own"}
        100 articles, 300 pieces of news, the phrases of the classroom example (a document each), or `text`.
    text : str, optional
        A visitor's text, for "own": each paragraph is a document. Where blank lines separate paragraphs, wrapped lines
        are joined; otherwise each line is a paragraph.

    Raises
    ------
    ValueError
        For another name.
    """
    if corpus not in _reading:
        raise ValueError(f"There is no corpus {corpus!r}; choose one of {', '.join(_reading)}.")
    with _reading[corpus]:
        return _own(text) if corpus == "own" else _shipped(corpus)


@lru_cache(maxsize=3)
def _shipped(corpus: str) -> tuple[Document, ...]:
    if corpus == "wikipedia":
        return tuple(_documents((title, body.split("\n")) for title, body in wikipedia_articles()))
    text = read_corpus("lee") if corpus == "lee" else PHRASES.read_text(encoding="utf-8")
    return tuple(_documents(("", [line]) for line in text.split("\n")))


@lru_cache(maxsize=8)
def _own(text: str) -> tuple[Document, ...]:
    return tuple(_documents(("", paragraph) for paragraph in _paragraphs(text)))


def _documents(parts: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Document]:
    """Documents from titles and lines; those without a title are numbered and called by their first words."""
    number = 0
    for title, lines in parts:
        sentences = tuple(sentence for line in lines for sentence in split_sentences(line))
        if sentences:
            number += 1
            yield Document(title or f"{number}. {_first_words(sentences[0])}", sentences)


def _first_words(sentence: str) -> str:
    if len(sentence) <= TITLE_LENGTH:
        return sentence.rstrip(".")
    begin = sentence[:TITLE_LENGTH]
    return (begin.rpartition(" ")[0].rstrip(",;:") or begin) + " …"


def _paragraphs(text: str) -> Iterator[list[str]]:
    """The lines of each paragraph."""
    blocks = _BLANK_LINES.split(text.strip())
    if len(blocks) == 1:
        yield from ([line] for line in text.split("\n"))
        return
    for block in blocks:
        yield _unwrapped(block.split("\n"))


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that a fixed width had broken, joined again; verses and lists stay apart."""
    joined: list[list[str]] = []
    goes_on = False
    for line in map(str.strip, lines):
        if goes_on:
            joined[-1].append(line)
        else:
            joined.append([line])
        goes_on = len(line) >= WRAPPED and not _FINISHED.search(line)
    return [" ".join(parts) for parts in joined]
