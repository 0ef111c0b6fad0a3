"""Sentences that a visitor types or brings, each with the sense of the word in it, if the visitor says so."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.applications.contextual.occurrences import Told

BAR = "|"
LONGEST_SENSE = 40
MOST_SENTENCES = 200


def read_told(text: str) -> tuple[Told, ...]:
    """One sentence in each line; before a bar, the sense: ``river | They sat on the bank.``

    Empty lines are passed over, and more than `MOST_SENTENCES` are not read.

    Raises
    ------
    ValueError
        Where a sense is longer than `LONGEST_SENSE` letters, or a bar has no sentence behind it; the text names the line.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    return tuple(_told(line, number) for number, line in lines if line)[:MOST_SENTENCES]


def fitting(told: Sequence[Told], most: int) -> tuple[str, int]:
    """Sentences as text for `read_told`, and how many of them did not fit.

    Parameters
    ----------
    told : sequence of (str, str)
        Their line breaks become blanks, and bars in them become strokes.
    most : int
        Characters of the text.
    """
    lines, length = [], 0
    for sense, sentence in told[:MOST_SENTENCES]:
        sense, sentence = (" ".join(part.split()).replace(BAR, "/") for part in (sense, sentence))
        line = f"{sense[:LONGEST_SENSE]} {BAR} {sentence}" if sense else sentence
        if sentence and length + len(line) < most:
            lines.append(line)
            length += len(line) + 1
    return "\n".join(lines), len(told) - len(lines)


def _told(line: str, number: int) -> Told:
    sense, bar, sentence = line.partition(BAR)
    if not bar:
        return "", line
    sense, sentence = sense.strip(), sentence.strip()
    if len(sense) > LONGEST_SENSE:
        raise ValueError(
            f"Line {number}: what stands before the bar is the sense of the word, in at most {LONGEST_SENSE} letters, not {len(sense)}."
        )
    if not sentence:
        raise ValueError(f"Line {number}: there is no sentence behind the bar.")
    return sense, sentence
