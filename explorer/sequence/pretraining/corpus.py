"""The text that is learned from, and the whole articles that are held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.sequence.pretraining.repeated import repeated_lines
from explorer.text import corpora

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment

TENTH = 10
"""One document in ten is held out."""
HELD_OUT_FROM = 5
"""The first of them: documents 5, 15, 25 ..."""
SHORTEST = 400
"""Characters that an own text needs at least."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A text in two parts.

    Attributes
    ----------
    training, held_out : str
        Whole documents one after another, one paragraph in each line; no document is in both.
    """

    training: str
    held_out: str


def read_corpus(experiment: PretrainingExperiment) -> Corpus:
    """The text of an experiment: of ten articles or pieces of news one is held out, of an own text the last tenth.

    Raises
    ------
    ValueError
        When an own text is too short, or holds nothing to predict.
    """
    if experiment.corpus == "own":
        return _own(experiment.text)
    if experiment.corpus == "lee":
        documents = list(dict.fromkeys(corpora.read_corpus("lee").split("\n")))
    elif experiment.corpus == "repeated":
        documents = repeated_lines()
    else:
        documents = [text for _, text in corpora.wikipedia_articles()]
    held_out = documents[HELD_OUT_FROM::TENTH]
    training = [one for i, one in enumerate(documents) if i % TENTH != HELD_OUT_FROM]
    return Corpus("\n".join(training), "\n".join(held_out))


def _own(text: str) -> Corpus:
    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not text:
        raise ValueError("There is no text of your own yet: paste or upload one, or choose Wikipedia or Lee news.")
    if len(text) < SHORTEST:
        raise ValueError(f"Your text has {len(text):,} characters; at least {SHORTEST} are needed. Use a longer text.")
    if len(set(text)) == 1:
        raise ValueError(
            f"Your text has only one letter ({text[0]!r}), so there is nothing to predict. Use another text."
        )
    cut = _after_a_break(text, len(text) - max(len(text) // TENTH, SHORTEST // 4))
    return Corpus(text[:cut].rstrip("\n"), text[cut:])


def _after_a_break(text: str, place: int) -> int:
    """The next beginning of a line, a sentence or a word, if there is one within a few hundred characters."""
    for mark in ("\n", ". ", " "):
        found = text.find(mark, place, place + 300)
        if 0 <= found < len(text) - SHORTEST // 8:
            return found + len(mark)
    return place
