import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.text import corpora, read_corpus
from explorer.text.shipped import shipped


@pytest.fixture(scope="module")
def wikipedia():
    return read_corpus("wikipedia")


def test_all_articles_of_the_dump_are_found():
    found = corpora.articles(shipped("gensim", *corpora.FOLDER, corpora.WIKIPEDIA))
    assert len(found) == 106
    assert not any(markup.lower().startswith("#redirect") for markup in found)


def test_wikipedia_is_long_and_clean(wikipedia):
    assert 2_000_000 < len(wikipedia) < 3_500_000
    for mark in ("{{", "[[http", "<ref", "</", "''", "==", "&nbsp;", "&amp;", "[[File:", "http://", "  "):
        assert wikipedia.count(mark) <= 2, mark


def test_wikipedia_is_made_of_sentences(wikipedia):
    paragraphs = wikipedia.split("\n")
    assert all(re.search(r"[.!?][\"'”’)]*$", paragraph) for paragraph in paragraphs)
    capitals = sum(paragraph[0].isupper() for paragraph in paragraphs)
    assert capitals > 0.95 * len(paragraphs)
    assert "Anarchism is a political philosophy" in wikipedia


def test_a_hundred_characters_make_up_nearly_all_of_it(wikipedia):
    common = sum(count for _, count in Counter(wikipedia).most_common(96))
    assert common / len(wikipedia) > 0.998


def test_lee_is_three_hundred_pieces_of_news():
    news = read_corpus("lee").split("\n")
    assert len(news) == 300
    assert news[0].startswith("Hundreds of people have been forced to vacate their homes")


def test_an_unknown_corpus_lists_those_there_are():
    with pytest.raises(ValueError, match="wikipedia, lee"):
        read_corpus("../../etc/passwd")


def test_read_once_when_several_ask(monkeypatch):
    calls = []
    real = corpora.articles
    monkeypatch.setattr(corpora, "articles", lambda dump: calls.append(dump) or real(dump)[:3])
    corpora._read.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(read_corpus, ["wikipedia"] * 4))
    corpora._read.cache_clear()
    assert len(calls) == 1
    assert all(text is texts[0] for text in texts)


def test_reading_imports_no_heavy_package():
    code = "import sys, explorer.text as t; t.read_corpus('lee'); print([m for m in ('gensim', 'torch', 'aeon') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_file_names_package_and_file():
    with pytest.raises(FileNotFoundError, match="gensim does not carry test/none.txt"):
        shipped("gensim", "test", "none.txt")
    with pytest.raises(FileNotFoundError, match="no_such_package"):
        shipped("no_such_package", "x")
