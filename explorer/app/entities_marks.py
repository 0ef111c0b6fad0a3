"""From words and names to sentences that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.app.appearance import current_theme
from explorer.app.components.marked_names import Line, Marked, units
from explorer.applications.entities.scoring import mistakes
from explorer.applications.entities.tags import Entity
from explorer.figures.entities_reading import kind_colour

NO_BLANK_BEFORE = frozenset(".,;:!?)]}%’”…")
NO_BLANK_BEHIND = frozenset("([{“‘$")


def kind_colours(kinds: Sequence[str]) -> list[str]:
    """The colours of kinds on this page as it is shown now."""
    theme = current_theme()
    return [kind_colour(kind, kinds, theme) for kind in kinds] or [theme.quiet]


def line_of(words: Sequence[str], said: Sequence[Entity], kinds: Sequence[str], called: Mapping[str, str], true: Sequence[Entity] | None = None) -> Line:
    """A sentence with what was said of it set off; where it is known what is right, with what is not."""
    text, starts, ends = _joined(words)
    shown = [(one, _look(one, true)) for one in said]
    if true is not None:
        shown += [(one.true, "missed") for one in mistakes(true, said) if one.fault == "missed" and one.true]
    names = [
        Marked(starts[one.start], ends[one.end - 1], one.kind, _told(one, look, called), list(kinds).index(one.kind), look)
        for one, look in sorted(shown, key=lambda pair: pair[0].start)
    ]
    return Line(text, names)


def _look(one: Entity, true: Sequence[Entity] | None) -> str:
    return "right" if true is None or one in true else "wrong"


def _told(one: Entity, look: str, called: Mapping[str, str]) -> str:
    kind = called.get(one.kind, one.kind)
    return {"right": kind, "wrong": f"said: {kind}, which is not right", "missed": f"not found: {kind}"}[look]


def _joined(words: Sequence[str]) -> tuple[str, list[int], list[int]]:
    """The words as one writes them, and where each begins and ends, in UTF-16 units."""
    text, starts, ends, at, before = "", [], [], 0, ""
    for word in words:
        blank = bool(before) and word[:1] not in NO_BLANK_BEFORE and before not in NO_BLANK_BEHIND
        text, at = (text + " ", at + 1) if blank else (text, at)
        starts.append(at)
        at += units(word)
        ends.append(at)
        text, before = text + word, word
    return text, starts, ends
