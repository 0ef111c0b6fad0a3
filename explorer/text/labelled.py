"""Texts with a label each, from a visitor's CSV file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from explorer.text.decoding import decode

COLUMNS = ("text", "label")
SEPARATORS = (",", ";", "\t")
LONGEST_HEADER = 10_000
"""Characters of the first line that are looked at for names of columns."""
MOST_TEXTS = 20_000
FEWEST_EACH = 4
"""Texts of a label: of fewer, none could be held out."""
MOST_LABELS = 12
LONGEST_TEXT, LONGEST_LABEL = 20_000, 30
"""In characters."""
Labelled = tuple[tuple[str, str], ...]
"""Texts, each with its label."""


def read_labelled(data: bytes) -> Labelled:
    """The columns ``text`` and ``label`` of a file.

    The first line names the columns, in any order and beside others; commas, semicolons or tabs separate them. A text with
    the separator or a line break in it stands in double quotes.

    Parameters
    ----------
    data : bytes
        The file, UTF-8, at most 5 MB.

    Raises
    ------
    ValueError
        When the file cannot be read, lacks a column, or its labels leave nothing to learn; the text names line and remedy.
    """
    lines = decode(data).strip("\n").split("\n")
    separator, places = _columns(lines[0][:LONGEST_HEADER])
    texts = tuple(islice(_texts(lines[1:], separator, places), MOST_TEXTS + 1))
    check_labelled(texts)
    return texts


def check_labelled(texts: Sequence[tuple[str, str]]) -> None:
    """That there are texts to learn from and to be judged on, and two to twelve labels.

    Raises
    ------
    ValueError
    """
    if not texts:
        raise ValueError(
            "The file has names of columns but no text below them. Write one text and its label in each line."
        )
    if len(texts) > MOST_TEXTS:
        raise ValueError(f"The file has too many texts: at most {MOST_TEXTS:,} fit. Keep a part of it.")
    counts = Counter(label for _, label in dict.fromkeys(texts))
    if len(counts) == 1:
        raise ValueError(
            f"All {len(texts):,} texts have the label “{texts[0][1]}”, so there is nothing to tell apart. "
            "Add texts with another label."
        )
    if len(counts) > MOST_LABELS:
        raise ValueError(
            f"The file has {len(counts):,} different labels; at most {MOST_LABELS} can be told apart. "
            "See whether the column label holds what it should, or put labels together."
        )
    rarest, fewest = min(counts.items(), key=lambda item: item[1])
    if fewest < FEWEST_EACH:
        raise ValueError(
            f"Only {fewest} different text{'s have' if fewest > 1 else ' has'} the label “{rarest}”; each label needs at least "
            f"{FEWEST_EACH}, so that one can be held out. Add more, or remove that label."
        )


def _columns(line: str) -> tuple[str, tuple[int, int]]:
    """The separator, and where text and label stand."""
    named = {separator: _names(line, separator) for separator in SEPARATORS}
    for separator, names in named.items():
        if set(COLUMNS) <= set(names):
            return separator, (names.index("text"), names.index("label"))
    names = max(named.values(), key=lambda names: (len(set(COLUMNS) & set(names)), len(names)))
    missing = [name for name in COLUMNS if name not in names]
    found = ", ".join(f"“{name[:20]}”" for name in names[:6])
    raise ValueError(
        f"The first line must name the columns text and label; “{'” and “'.join(missing)}” {'are' if missing[1:] else 'is'} missing. "
        f"It says {found}. Name the columns in the first line."
    )


def _names(line: str, separator: str) -> list[str]:
    return [name.strip().lower() for name in next(csv.reader([line], delimiter=separator), [])]


def _texts(lines: list[str], separator: str, places: tuple[int, int]) -> Iterator[tuple[str, str]]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield _text(cells, places, reader.line_num + 1)
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num + 1} cannot be read as CSV ({error}). Correct or remove it.") from None


def _text(cells: list[str], places: tuple[int, int], line: int) -> tuple[str, str]:
    values = [" ".join(cells[place].split()) if place < len(cells) else "" for place in places]
    for name, value, most in zip(COLUMNS, values, (LONGEST_TEXT, LONGEST_LABEL), strict=True):
        if not value:
            raise ValueError(
                f"Line {line} has no {name}. Fill it in or remove the line; a text with a separator in it has to stand in quotes."
            )
        if len(value) > most:
            raise ValueError(
                f"The {name} in line {line} has {len(value):,} characters; at most {most:,} fit. Shorten it, or see whether a "
                "quotation mark is missing."
            )
    return values[0], values[1]
