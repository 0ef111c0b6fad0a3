"""What to notice about names that were found or not: sentences computed from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.applications.entities.scoring import FAULTS, Counts, Fault, mistakes
from explorer.figures.entities_curves import F1Line
from explorer.figures.entities_reading import ReadSentence, Taken
from explorer.figures.naming import quoted

LITTLE = 0.05
"""Less than this share of all that speaks is not worth a word."""


def reading_notice(read: ReadSentence) -> str:
    """How many names the first tagger finds, what it gets wrong, and where the others differ."""
    first = read.taken[0]
    said = _found(read, first)
    others = [told for other in read.taken[1:] if (told := _difference(read, first, other))]
    return " ".join([said, *others[:2]])


def _found(read: ReadSentence, taken: Taken) -> str:
    if read.true is None:
        names = ", ".join(f"{_name(read, one)} ({read.kind(one.kind)})" for one in taken.entities[:4])
        return f"It finds {names}." if names else "It finds no name here."
    right = sum(one in read.true for one in taken.entities)
    wrong = mistakes(read.true, taken.entities)
    said = f"It finds {right} of {len(read.true)} name{'' if len(read.true) == 1 else 's'} rightly"
    if not wrong:
        return said + "."
    first = wrong[0]
    entity = first.said or first.true
    if first.fault == "missed":
        return f"{said}; {_name(read, entity)} is not found."
    if first.fault == "invented":
        return f"{said}; {_name(read, entity)} is no name."
    told = f"{said}; {_name(read, entity)} is taken for {_a(read.kind(entity.kind))}"
    return f"{told}, but {_name(read, first.true)} is {_a(read.kind(first.true.kind))}."


def _difference(read: ReadSentence, first: Taken, other: Taken) -> str:
    """The first name of one tagger that another takes otherwise."""
    for one in first.entities:
        if one in other.entities:
            continue
        met = next((two for two in other.entities if two.start < one.end and one.start < two.end), None)
        way = f"Reading {other.name}" if " way" in other.name else f"With {other.name} alone" if other.name == "words" else f"With {other.name}"
        if met is None:
            return f"{way}, {_name(read, one)} is not found."
        return f"{way}, {_name(read, met)} is taken for {_a(read.kind(met.kind))}."
    return ""


def speaks_notice(read: ReadSentence) -> str:
    """Which words speak most for the tag of the chosen word, and what a tagger cannot know that has not read on."""
    speaking = [one for one in read.taken if one.speaks is not None]
    if not speaking or not np.abs(speaking[0].speaks).sum():
        return ""
    values = np.asarray(speaking[0].speaks, dtype=float)
    most, total = int(np.abs(values).argmax()), float(np.abs(values).sum())
    what = "the word itself" if most == read.chosen else quoted(read.words[most])
    verb = "speaks most for" if values[most] > 0 else "speaks most against"
    said = f"At {quoted(read.words[read.chosen])}, {what} {verb} what it says ({abs(values[most]) / total:.0%} of all influence)."
    after = float(np.abs(values[read.chosen + 1 :]).sum()) / total
    said += f" {after:.0%} comes from words after it" if after >= LITTLE else ""
    blind = [one for one in speaking[1:] if not np.abs(one.speaks[read.chosen + 1 :]).any()]
    if after >= LITTLE:
        said += f"; reading {blind[0].name}, exactly nothing does." if blind and read.chosen + 1 < len(values) else "."
    return said


def f1_notice(lines: Sequence[F1Line], what: str) -> str:
    """F1 of each tagger at its end with the interval, and whether the first two differ by more than chance."""
    known = [line for line in lines if len(line.values)]
    if not known:
        return ""
    told = [f"{line.name} {_percent(line.values[-1])} ({100 * line.low[-1]:.0f} to {100 * line.high[-1]:.0f})" for line in known]
    said = f"{what}: F1 {', '.join(told)}."
    if len(known) == 2 and max(known[0].low[-1], known[1].low[-1]) < min(known[0].high[-1], known[1].high[-1]):
        said += " The intervals overlap."
    return said


def kinds_notice(counts: Mapping[str, Counts], called: Mapping[str, str]) -> str:
    """The kind that is found worst, and whether more of it is missed or more claimed wrongly."""
    each = {kind: one for kind, one in counts.items() if kind != "all" and one.true}
    if not each:
        return ""
    worst = min(each, key=lambda kind: each[kind].f1)
    one, name = each[worst], called.get(worst, worst)
    if one.f1 == 1:
        claimed = sum(other.found for kind, other in counts.items() if kind != "all" and kind not in each)
        told = f"but {claimed:,} {'is' if claimed == 1 else 'are'} claimed of kinds that have none here" if claimed else "and nothing else"
        return f"Every name of every kind is found with its exact words, {told}."
    if not one.right:
        claimed = f"{one.found:,} {'is' if one.found == 1 else 'are'} claimed" if one.found else "none is claimed"
        return f"None of the {one.true:,} names of the kind {quoted(name, 40)} is found, and {claimed}."
    return f"Hardest is {quoted(name, 40)}, F1 {_percent(one.f1)}: {_lean(one.found - one.right, one.true - one.right)}."


def _lean(wrong: int, missed: int) -> str:
    if wrong == missed:
        return f"as many are claimed wrongly as are missed ({missed:,})"
    if missed > wrong:
        return f"more are missed ({missed:,}) than are claimed wrongly ({wrong:,})"
    return f"more are claimed wrongly ({wrong:,}) than are missed ({missed:,})"


def faults_notice(faults: Mapping[Fault, int], names: int) -> str:
    """What kinds of mistakes were made."""
    total = sum(faults.values())
    if not total:
        return f"No mistake in {names:,} names."
    told = ", ".join(f"{FAULTS[fault]} {count:,}" for fault, count in sorted(faults.items(), key=lambda item: -item[1]) if count)
    return f"{total:,} mistake{'' if total == 1 else 's'} on {names:,} names: {told}."


def _name(read: ReadSentence, one: Sequence) -> str:
    return quoted(" ".join(read.words[one[1] : one[2]]), 40)


def _a(kind: str) -> str:
    if kind.startswith("other "):
        return f"an{kind}"
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
