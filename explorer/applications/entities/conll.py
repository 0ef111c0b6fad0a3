"""CoNLL files: one word and its tag a line, a blank line between sentences. Read from anybody, written for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from explorer.applications.entities.tags import Scheme, Tagged, entities, kinds_of, tags_of
from explorer.text.decoding import decode

MOST_WORDS, LONGEST_SENTENCE, LONGEST_WORD, LONGEST_KIND, MOST_KINDS = 400_000, 150, 200, 30, 12
FEWEST_SENTENCES = 5
_TAG = re.compile(r"O|[BIESLU]-\S+")
_SAME = str.maketrans({"L": "E", "U": "S"})
DOCUMENT = "-DOCSTART-"
SHAPE = "Each line needs a word and, as its last column, a tag such as O, B-PER or I-PER."


def read_conll(data: bytes) -> tuple[Tagged, ...]:
    """The sentences of a file, their tags in the BIO scheme.

    Two columns or more, separated by tabs or blanks: the first is the word (the second, where the first only counts), the
    last is the tag, in IOB1, BIO (IOB2), BIOES or BILOU. Lines of CoNLL-2003 that begin a document, and comments, are
    passed over.

    Parameters
    ----------
    data : bytes
        The file, UTF-8, at most 5 MB.

    Raises
    ------
    ValueError
        When it cannot be read as such, or holds nothing to learn; the text names line and remedy.
    """
    lines = decode(data).split("\n")
    sentences = tuple(_tagged(rows) for rows in _blocks(lines))
    check_sentences(sentences)
    return sentences


def check_sentences(sentences: Sequence[Tagged]) -> None:
    """That there is something to learn and something to hold out; raises ValueError."""
    words, kinds = sum(len(one.words) for one in sentences), kinds_of(sentences)
    if not sentences:
        raise ValueError(f"The file has no sentence in it. {SHAPE}")
    if words > MOST_WORDS:
        raise ValueError(f"The file has {words:,} words; at most {MOST_WORDS:,} fit. Keep a part of it.")
    if not kinds:
        raise ValueError("All words of the file have the tag O, so there is no name to find. Is the last column the tag?")
    if len(kinds) > MOST_KINDS:
        raise ValueError(
            f"The file has {len(kinds):,} kinds of names; at most {MOST_KINDS} can be told apart. Is the last column the tag?"
        )
    long = next((kind for kind in kinds if len(kind) > LONGEST_KIND), None)
    if long is not None:
        raise ValueError(f"The kind “{long[:40]}…” is longer than {LONGEST_KIND} letters. Shorten it.")
    if len(sentences) < FEWEST_SENTENCES:
        raise ValueError(
            f"The file has only {len(sentences)} sentence{'s' if len(sentences) > 1 else ''}; at least {FEWEST_SENTENCES} are needed. "
            "Put a blank line between sentences, or add more."
        )


def write_conll(sentences: Iterable[Tagged], scheme: Scheme = "bio", said: Iterable[Sequence[str]] | None = None) -> bytes:
    """The sentences as a file of two columns, word and tag; with `said`, a tagger's tags, as a third.

    The third column last is what the program ``conlleval`` of the CoNLL tasks compares with the one before it.
    """
    sentences = list(sentences)
    columns = [[tags_of(entities(tags), len(words), scheme) for words, tags in sentences]]
    if said is not None:
        columns.append([tags_of(entities(tags), len(tags), scheme) for tags in said])
    blocks = (
        "\n".join(" ".join(row) for row in zip(words, *tags, strict=True))
        for (words, _), *tags in zip(sentences, *columns, strict=True)
    )
    return ("\n\n".join(blocks) + "\n").encode("utf-8", errors="replace")


def _blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, list[str]]]]:
    """The lines of each sentence, each as its number and its columns."""
    block: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        columns = _columns(line)
        if not columns or columns[0] == DOCUMENT:
            if block:
                yield block
            block = []
        elif not _is_comment(columns):
            block.append((number, columns))
    if block:
        yield block


def _columns(line: str) -> list[str]:
    if "\t" in line:
        return [part.strip() for part in line.split("\t")] if line.strip() else []
    return line.split()


def _is_comment(columns: Sequence[str]) -> bool:
    return columns[0].startswith("#") and not (len(columns) > 1 and _TAG.fullmatch(columns[-1]))


def _tagged(rows: Sequence[tuple[int, list[str]]]) -> Tagged:
    place = 1 if all(len(row) > 2 and row[0] == str(i) for i, (_, row) in enumerate(rows, start=1)) else 0
    if len(rows) > LONGEST_SENTENCE:
        raise ValueError(
            f"The sentence that begins in line {rows[0][0]:,} has {len(rows):,} words; at most {LONGEST_SENTENCE} fit. "
            "Put blank lines between sentences."
        )
    words = tuple(_word(number, row, place) for number, row in rows)
    tags = tuple(_tag(number, row) for number, row in rows)
    return Tagged(words, tags_of(entities(tags), len(tags)))


def _word(number: int, row: Sequence[str], place: int) -> str:
    word = "".join(row[place].split())
    if len(row) < 2:
        raise ValueError(f"Line {number:,} has only one column, “{row[0][:30]}”. {SHAPE}")
    if not word:
        raise ValueError(f"Line {number:,} has no word in it. {SHAPE}")
    if len(word) > LONGEST_WORD:
        raise ValueError(f"The word in line {number:,} has {len(word):,} letters; at most {LONGEST_WORD} fit. Shorten it.")
    return word


def _tag(number: int, row: Sequence[str]) -> str:
    tag = row[-1]
    if not _TAG.fullmatch(tag):
        raise ValueError(f"The last column of line {number:,} is “{tag[:30]}”, which is no tag. {SHAPE}")
    return tag[:1].translate(_SAME) + tag[1:]
