"""From sentences as they are written to the lists of tokens that vectors are learned from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from threading import Lock

from explorer.text.cleaning_steps import NUMBER, Cleaning, Stage
from explorer.text.collocations import Join, learn_collocations
from explorer.text.sentences import CorpusName, Document, read_documents
from explorer.text.words import cut_words

__all__ = ["NUMBER", "Cleaned", "Cleaning", "Stage", "clean", "cleaned"]

_cleaning = {"wikipedia": Lock(), "lee": Lock(), "phrases": Lock(), "own": Lock()}


@dataclass(frozen=True, eq=False)
class Cleaned:
    """A text as lists of tokens.

    Attributes
    ----------
    sentences : list of list of str
        Those that kept at least one token.
    sources : list of str
        The same sentences as they are written.
    document_of : list of int
        The document each belongs to.
    titles : list of str
        Of all documents.
    counts : dict of str to int
        Occurrences of each word, the most frequent first, equally frequent ones alphabetically.
    all_counts : dict of str to int
        The same before rare words were removed.
    stages : list of Stage
        The first is the text as written, then one for each step that is switched on.
    cleaning : Cleaning
    join : callable
        Joins the collocations of this text.
    """

    sentences: list[list[str]]
    sources: list[str]
    document_of: list[int]
    titles: list[str]
    counts: dict[str, int]
    all_counts: dict[str, int]
    stages: list[Stage]
    cleaning: Cleaning
    join: Join = field(repr=False)

    @cached_property
    def documents(self) -> list[list[str]]:
        """The tokens of each document; one that lost all of them is an empty list."""
        documents: list[list[str]] = [[] for _ in self.titles]
        for sentence, number in zip(self.sentences, self.document_of, strict=True):
            documents[number].extend(sentence)
        return documents


def cleaned(corpus: CorpusName, text: str = "", cleaning: Cleaning | None = None) -> Cleaned:
    """A corpus, read and cleaned; the last few are kept, and two who ask for the same wait for one making."""
    if corpus not in _cleaning:
        read_documents(corpus)  # says which corpora there are
    with _cleaning[corpus]:
        return _kept(corpus, text if corpus == "own" else "", cleaning or Cleaning())


@lru_cache(maxsize=6)
def _kept(corpus: CorpusName, text: str, cleaning: Cleaning) -> Cleaned:
    return clean(read_documents(corpus, text), cleaning)


def clean(documents: tuple[Document, ...], cleaning: Cleaning) -> Cleaned:
    """Documents cut into words, and these cleaned.

    Parameters
    ----------
    documents : tuple of Document
    cleaning : Cleaning

    Returns
    -------
    Cleaned
        Sentence by sentence in plain Python, so that other threads get their turn; 400,000 words take about a second.
    """
    common = _with_rare_words(documents, replace(cleaning, min_count=1))
    counts = {word: count for word, count in common.counts.items() if count >= cleaning.min_count}
    stages, sentences = list(common.stages), common.sentences
    if cleaning.min_count > 1:
        stages.append(_stage("rare words", counts))
        sentences = [[word for word in words if word in counts] for words in sentences]
    full = [i for i, words in enumerate(sentences) if words]
    written = _cut(documents)
    return Cleaned(
        sentences=[sentences[i] for i in full],
        sources=[written.sources[i] for i in full],
        document_of=[written.document_of[i] for i in full],
        titles=[document.title for document in documents],
        counts=counts,
        all_counts=common.counts,
        stages=stages,
        cleaning=cleaning,
        join=common.join,
    )


@dataclass(frozen=True, eq=False)
class _Common:
    sentences: list[list[str]]
    counts: dict[str, int]
    stages: list[Stage]
    join: Join


@lru_cache(maxsize=4)
def _with_rare_words(documents: tuple[Document, ...], cleaning: Cleaning) -> _Common:
    """All but the last step: finding collocations takes seconds, and the least count is tried out most."""
    written = _cut(documents)
    stages, forms = _word_by_word(written.counts, cleaning)
    sentences = [[form for token in words if (form := forms[token])] for words in written.sentences]
    join: Join = list
    if cleaning.phrases:
        join = learn_collocations(sentences)
        sentences = [join(words) for words in sentences]
        stages.append(_stage("phrases", _count(sentences)))
    return _Common(sentences, _ranked(_count(sentences)), stages, join)


@dataclass(frozen=True, eq=False)
class _Written:
    sentences: list[list[str]]
    sources: list[str]
    document_of: list[int]
    counts: Counter[str]


@lru_cache(maxsize=4)
def _cut(documents: tuple[Document, ...]) -> _Written:
    sources = [sentence for document in documents for sentence in document.sentences]
    document_of = [number for number, document in enumerate(documents) for _ in document.sentences]
    same: dict[str, str] = {}  # one string object for each word: a corpus is cut once and cleaned in many ways
    sentences = [[same.setdefault(word, word) for word in cut_words(sentence)] for sentence in sources]
    return _Written(sentences, sources, document_of, _count(sentences))


def _word_by_word(written: Counter[str], cleaning: Cleaning) -> tuple[list[Stage], dict[str, str | None]]:
    """The stages of the steps that look at one word alone, and what they make of each different word."""
    forms: dict[str, str | None] = {word: word for word in written}
    stages = [_stage("as written", written)]
    for name, rule in cleaning.rules:
        forms = {word: rule(form) if form else None for word, form in forms.items()}
        left: Counter[str] = Counter()
        for word, form in forms.items():
            if form:
                left[form] += written[word]
        stages.append(_stage(name, left))
    return stages, forms


def _count(sentences: list[list[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for words in sentences:
        counts.update(words)
    return counts


def _stage(name: str, counts: dict[str, int]) -> Stage:
    return Stage(name, sum(counts.values()), len(counts))


def _ranked(counts: Counter[str]) -> dict[str, int]:
    by_count: dict[int, list[str]] = {}  # sorted in small lists, for one long sort would hold up every other thread
    for word, count in counts.items():
        by_count.setdefault(count, []).append(word)
    return {word: count for count in sorted(by_count, reverse=True) for word in sorted(by_count[count])}
