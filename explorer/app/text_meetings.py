"""Where two words meet: the sentences behind a cell of the table of co-occurrences."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.app.text_markup import FIRST, KEPT, SECOND, marked_sentence
from explorer.app.text_settings import PAGE
from explorer.text.cleaning import Cleaned
from explorer.text.fates import fates
from explorer.text.windows import Meeting, meetings

SENTENCES = 20
"""Sentences that are shown; the file has all of them."""
LONGEST = 320
"""Characters of a sentence that are shown around the two words."""


@lru_cache(maxsize=8)
def met(text: Cleaned, one: str, other: str, window: int) -> list[Meeting]:
    """Where two words meet."""
    return meetings(text.sentences, one, other, window)


def sentences_behind(text: Cleaned, one: str, other: str, window: int) -> None:
    """The sentences in which two words stand within the window, with both set off."""
    found = met(text, one, other, window)
    numbers = list(dict.fromkeys(meeting.sentence for meeting in found))
    st.markdown(f"{FIRST.format(safe_markdown(one))} near {SECOND.format(safe_markdown(other))}")
    st.caption(safe_markdown(cell_notice(found, len(numbers), one == other)))
    for number in numbers[:SENTENCES]:
        st.markdown(_excerpt(text, number, [meeting for meeting in found if meeting.sentence == number]))
    if numbers:
        st.download_button(
            "All these sentences (.txt)", data=lambda: "\n".join(text.sources[i] for i in numbers).encode(), file_name="sentences.txt",
            mime="text/plain", on_click="ignore", key=f"{PAGE}:sentences", icon=":material/download:", type="tertiary",
        )  # fmt: skip


def cell_notice(found: list[Meeting], sentences: int, itself: bool) -> str:
    """How often the two words meet, and what that makes in the table."""
    if not found:
        return "They never stand within the window of each other: the cell is empty."
    weight = sum(1 / meeting.distance for meeting in found)
    times = "once" if len(found) == 1 else f"{len(found):,} times"
    where = "one sentence" if sentences == 1 else f"{sentences:,} sentences"
    shown = f" The first {SENTENCES}:" if sentences > SENTENCES else ""
    both = ", each seen from both sides" if itself else ""
    return f"They meet {times} in {where}{both}; weighted by 1 / distance this counts {weight:,.2f}.{shown}"


def _excerpt(text: Cleaned, number: int, found: list[Meeting]) -> str:
    """A sentence with the two words set off; of a long one the part around them."""
    source, tokens = text.sources[number], fates(text.sources[number], text)
    first, second = ({meeting.places[side] for meeting in found} for side in (0, 1))
    looks = [FIRST if fate.position in first else SECOND if fate.position in second else KEPT for fate in tokens]
    marked = [fate for fate, look in zip(tokens, looks, strict=True) if look != KEPT]
    begin, end = _part(source, marked[0].start, marked[-1].end)
    inside = [i for i, fate in enumerate(tokens) if fate.start >= begin and fate.end <= end]
    shown = [fate.shifted(-begin) for fate in (tokens[i] for i in inside)]
    words = marked_sentence(source[begin:end], shown, [looks[i] for i in inside])
    return f"{'… ' if begin else ''}{words}{' …' if end < len(source) else ''}"


def _part(source: str, first: int, last: int) -> tuple[int, int]:
    """Where a long sentence is cut, at blanks, so that what stands between the two places is seen."""
    if len(source) <= LONGEST:
        return 0, len(source)
    spare = max(LONGEST - (last - first), 80) // 2
    begin = source.rfind(" ", 0, max(first - spare, 0)) + 1
    end = source.find(" ", min(last + spare, len(source) - 1))
    return begin, end if end > 0 else len(source)
