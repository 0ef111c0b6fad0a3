"""Words that stand together far more often than by chance, joined into one: ``new york`` becomes ``new_york``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

LEAST_COUNT = 5
"""A pair must occur so often."""
LEAST_SCORE = 10.0
"""(count(a b) - LEAST_COUNT) x vocabulary / (count(a) x count(b)) must exceed this: gensim's own default."""

Join = Callable[[list[str]], list[str]]


def learn_collocations(sentences: Iterable[list[str]]) -> Join:
    """What joins the collocations of these sentences.

    Mikolov et al. 2013, "Distributed representations of words and phrases and their compositionality", equation 6,
    as `gensim.models.phrases.Phrases` implements it, with its English connecting words (``bank_of_england``).

    Returns
    -------
    callable
        From the words of a sentence to its words with collocations joined by ``_``.
    """
    from gensim.models.phrases import ENGLISH_CONNECTOR_WORDS, Phrases

    phrases = Phrases(
        sentences, min_count=LEAST_COUNT, threshold=LEAST_SCORE, connector_words=ENGLISH_CONNECTOR_WORDS
    ).freeze()
    return lambda sentence: phrases[sentence]
