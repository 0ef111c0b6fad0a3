"""Sentences that a visitor types or brings, each with the sense of the word in it, if the visitor says so."""

from __future__ import annotations

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


def write_told(told: tuple[Told, ...]) -> str:
    """The same as text, to be read again."""
    return "\n".join(f"{sense} {BAR} {sentence}" if sense else sentence for sense, sentence in told)


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
