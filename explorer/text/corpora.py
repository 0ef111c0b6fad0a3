"""Real text that is already on the machine: it ships as test data inside gensim."""

from __future__ import annotations

import bz2
from functools import lru_cache
from pathlib import Path
from threading import Lock
from xml.etree import ElementTree

from explorer.text.shipped import shipped
from explorer.text.wiki import plain_text

FOLDER = ("test", "test_data")
WIKIPEDIA = "enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
LEE = "lee_background.cor"
_reading = {"wikipedia": Lock(), "lee": Lock()}


def read_corpus(name: str) -> str:
    """A corpus as plain text, one paragraph or one piece of news in each line.

    Read once for the whole process; two who ask at the same time wait for one reading.

    Parameters
    ----------
    name : {"wikipedia", "lee"}
        The 100 articles with running text of the shortened English Wikipedia dump, or the Lee background news
        (Lee, Pincombe and Welsh 2005).

    Raises
    ------
    ValueError
        For another name.
    FileNotFoundError
        When gensim was installed without its test data.
    """
    if name not in _reading:
        raise ValueError(f"There is no corpus {name!r}; choose one of {', '.join(_reading)}.")
    with _reading[name]:
        return _read(name)


@lru_cache(maxsize=2)
def _read(name: str) -> str:
    if name == "lee":
        lines = shipped("gensim", *FOLDER, LEE).read_text(encoding="utf-8").splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())
    return "\n".join(filter(None, map(plain_text, articles(shipped("gensim", *FOLDER, WIKIPEDIA)))))


def wikipedia_articles() -> list[tuple[str, str]]:
    """Title and running text of each of the 100 articles with running text, as `read_corpus` gives them one after another."""
    dump = shipped("gensim", *FOLDER, WIKIPEDIA)
    return [(title, text) for title, markup in titled_articles(dump) if (text := plain_text(markup))]


def articles(dump: Path) -> list[str]:
    """The markup of every article of a compressed dump; redirects are left out."""
    return [markup for _, markup in titled_articles(dump)]


def titled_articles(dump: Path) -> list[tuple[str, str]]:
    """Title and markup of every article of a compressed dump; redirects are left out."""
    found = []
    with bz2.open(dump, "rb") as stream:
        for _, element in ElementTree.iterparse(stream):
            if not element.tag.endswith("}page"):
                continue
            space = element.tag.removesuffix("page")
            if element.find(f"{space}redirect") is None:
                title = element.findtext(f"{space}title") or ""
                found.append((title, element.findtext(f"{space}revision/{space}text") or ""))
            element.clear()
    return found
