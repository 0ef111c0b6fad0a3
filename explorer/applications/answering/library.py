"""The reader of the Wikipedia articles, made once for the process."""

from __future__ import annotations

from functools import lru_cache

from explorer.applications.answering.reader import Reader
from explorer.applications.retrieval.library import wikipedia_methods


@lru_cache(maxsize=1)
def wikipedia_reader() -> Reader:
    """A reader of the paragraphs of the Wikipedia articles; seconds the first time.

    Raises
    ------
    FileNotFoundError, DamagedPackage, ValueError
        When the contextual model or the vectors of the paragraphs cannot be read.
    """
    return Reader(wikipedia_methods())
