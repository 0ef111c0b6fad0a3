"""From the markup of a Wikipedia article to its sentences."""

from __future__ import annotations

import html
import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EMPTY_ELEMENT = re.compile(r"<(?:ref|references|br|nowiki)\b[^<>]*/>", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(ref|math|gallery|timeline|code|source|syntaxhighlight|pre|imagemap|score|chem)\b[^>]*>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_KEPT_TEMPLATE = re.compile(r"\{\{\s*(convert|cvt|lang|nowrap|transl)\s*\|([^{}]*)\}\}", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_TABLE = re.compile(r"^:*\{\|(?:(?!^:*\{\|).)*?^\s*\|\}", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_NOT_A_WORD_LINK = re.compile(r"\s*:?(?:file|image|category|media|[a-z]{2,3}(?:-[a-z]+)*)\s*:", re.IGNORECASE)
_WEB_LINK = re.compile(r"\[(?:https?:|ftp:)?//[^\s\]]*\s*([^\]]*)\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_QUOTES = re.compile(r"'{2,}")
_EMPTY_BRACKETS = re.compile(r"\s*\([\s,;:/–-]*\)|\s*\[\s*\]")
_AFTER_OPENING = re.compile(r"\(\s*[,;:]+\s*")
_BEFORE_STOP = re.compile(r" +([,.;:!?)])")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f]+")
_LIST_OR_HEADING = re.compile(r"[=*#:;|!{}<]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")
SHORTEST_PARAGRAPH = 60


def plain_text(markup: str) -> str:
    """The running text of an article: paragraphs of sentences, one in each line.

    Headings, lists, tables, pictures, footnotes, formulas and templates are left out; links keep their
    visible words.

    Parameters
    ----------
    markup : str
        MediaWiki source of one article.
    """
    text = _ELEMENT.sub("", _EMPTY_ELEMENT.sub("", _COMMENT.sub("", markup)))
    text = _repeat(_KEPT_TEMPLATE, _template_words, text, times=2)
    text = _repeat(_TEMPLATE, "", text)
    text = _repeat(_TABLE, "", text, times=3)
    text = _repeat(_LINK, _link_words, text)
    text = _TAG.sub("", _WEB_LINK.sub(r"\1", text))
    lines = (_tidy(line) for line in html.unescape(_QUOTES.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if _is_prose(line))


def _repeat(pattern: re.Pattern, replacement, text: str, times: int = 12) -> str:
    """Replace from the inside out, until nothing changes: markup nests."""
    for _ in range(times):
        text, count = pattern.subn(replacement, text)
        if not count:
            break
    return text


def _template_words(match: re.Match) -> str:
    name, parts = match[1].lower(), [part.strip() for part in match[2].split("|")]
    words = [part for part in parts if "=" not in part]
    if name in ("convert", "cvt"):
        return " ".join(words[:2])
    return words[-1] if words else ""


def _link_words(match: re.Match) -> str:
    return "" if _NOT_A_WORD_LINK.match(match[1]) else match[1].rpartition("|")[2]


def _tidy(line: str) -> str:
    line = _EMPTY_BRACKETS.sub("", _BLANKS.sub(" ", line))
    return _BEFORE_STOP.sub(r"\1", _AFTER_OPENING.sub("(", line)).strip()


def _is_prose(line: str) -> bool:
    return (
        len(line) >= SHORTEST_PARAGRAPH
        and not _LIST_OR_HEADING.match(line)
        and _SENTENCE_END.search(line) is not None
        and "{{" not in line
        and "|" not in line
    )
