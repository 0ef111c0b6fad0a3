"""What the text is cut into: letters, words, or byte pairs whose merges can be watched one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.pretrain_setting import PAGE
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.figures.naming import quoted, share_of
from explorer.figures.pretrain_merge_list import list_notice, merge_list
from explorer.figures.pretrain_merges import Cut, growing_pieces, merge_notice
from explorer.sequence.pretraining.cost import KNOWN_CHARACTERS

if TYPE_CHECKING:
    from explorer.app.pretrain_scene import Scene
    from explorer.sequence.pretraining.pieces import Pieces
    from explorer.sequence.pretraining.subwords import Subwords

SAMPLE, LONGEST_WORD = 66, 40
"""Letters of the text that is shown cut, and of a word that is spelt."""
LINES, FEWEST, LISTED = 7, 8, 12
"""Numbers of merges that are shown under one another, the smallest above 0, and merges in the list."""
STORIES = {
    "characters": f"The network reads **letter by letter**. It knows at most the {KNOWN_CHARACTERS} most frequent ones; all rarer ones are one and "
    "the same **unknown** one to it. It has to learn to spell first, and a sentence is long.",
    "words": "The network reads **word by word**, each with the blank before it. It never has to spell, but a word that is not among the most "
    "frequent is one and the same **unknown** word to it.",
    "subwords": "The network reads **parts of words**. They are learned before the training, by **byte-pair encoding**: begin with single "
    "letters; look which two neighbours meet most often in the text; make them one piece; again, and again. *(Gage 1994; Sennrich, Haddow "
    "and Birch 2016.)*",
}


def pieces_view(scene: Scene) -> None:
    """Draw how the text is cut, and for byte pairs how the cuts came about."""
    units, pieces = scene.run.base.units, scene.pieces
    with st.container(key="aside_pieces"):
        st.markdown(STORIES[units])
    cuts = cuts_of(pieces, excerpt(scene.source.corpus.held_out))
    merged = units == "subwords"
    drawn(PAGE, "cuts", (scene.run.name, presentation.is_on()), lambda: _cuts(scene, cuts), f"pieces-{units}")
    if merged and not presentation.is_on():
        left, right = st.columns(2, gap="large")
        with left:
            _list_view(scene, pieces)
        with right:
            _word_view(scene, pieces)


def excerpt(text: str, letters: int = SAMPLE) -> str:
    """The beginning of a text up to the end of a word."""
    line = next((line for line in text.splitlines() if len(line) >= letters), text.replace("\n", " "))
    return line if len(line) <= letters else line[:letters].rpartition(" ")[0] or line[:letters]


def cuts_of(pieces: Pieces, text: str) -> list[Cut]:
    """The text in letters, and as it is read; for byte pairs after fewer merges, too."""
    letters = Cut("letters", list(text))
    if pieces.unit == "characters":
        return [letters]
    if pieces.unit == "words":
        return [letters, Cut("words", pieces.cut(text))]
    total = len(pieces.merges)
    numbers = [0, *sorted({total, *(round(total / 3**k) for k in range(1, LINES - 1) if total / 3**k >= FEWEST)})]
    return [Cut(f"{number:,}", after_merges(pieces, text, number)) for number in numbers]


def after_merges(pieces: Subwords, text: str, merges: int) -> list[str]:
    """The pieces of a text when only so many merges had been learned."""
    from explorer.sequence.pretraining.pieces import chunks

    ranks = {(merge.left, merge.right): rank for rank, merge in enumerate(pieces.merges)}
    return [part for chunk in chunks(text) for part in _spelt(pieces.spell(chunk), ranks, merges)]


def _spelt(steps: list[list[str]], ranks: dict[tuple[str, str], int], merges: int) -> list[str]:
    """The last step that needs no later merge: their ranks only ever rise, for a piece is made before what it is part of."""
    parts = steps[0]
    for after in steps[1:]:
        rank = min(ranks.get(pair, len(ranks)) for pair in zip(parts, parts[1:], strict=False))
        if rank >= merges:
            break
        parts = after
    return parts


def _cuts(scene: Scene, cuts: list[Cut]) -> Drawing:
    pieces = scene.pieces
    heading = "merges" if pieces.unit == "subwords" else "cut into"
    width = PRESENTED_WIDTH if presentation.is_on() else WIDTH
    figure = growing_pieces.spec(cuts, current_theme(), heading=heading, width=width)
    return figure, [merge_notice(cuts, len(pieces.merges)) if pieces.unit == "subwords" else _known(scene, cuts)]


def _known(scene: Scene, cuts: list[Cut]) -> str:
    """How many different pieces there are, and how much of the held-out text they cover."""
    source = scene.source
    unknown = float((source.held_out == 0).mean())
    unit = {"characters": "characters", "words": "words and marks"}[source.pieces.unit]
    missing = [part for part in cuts[-1].pieces if part not in source.pieces.numbers]
    told = f"It knows {len(source.pieces) - 1:,} {unit}; of the held-out text {share_of(unknown)} are unknown."
    return f"{told} In this line: {', '.join(quoted(one.strip()) for one in missing[:4])}." if missing else told


def _list_view(scene: Scene, pieces: Subwords) -> None:
    st.markdown("**The merges, in the order in which they were learned**")
    last = max(len(pieces.merges) - LISTED + 1, 1)
    first = st.slider("First merge shown", 1, last, 1, key=f"{PAGE}:merge:{last}", disabled=last == 1) if last > 1 else 1
    drawn(PAGE, "merges", (scene.run.name, first), lambda: _list(pieces, first), f"merges-from-{first}")


def _list(pieces: Subwords, first: int) -> Drawing:
    shown = pieces.merges[first - 1 : first - 1 + LISTED]
    most = max((merge.count for merge in pieces.merges), default=10)
    return merge_list.spec(shown, first, most, current_theme()), [list_notice(shown, first, len(pieces.merges))]


def _word_view(scene: Scene, pieces: Subwords) -> None:
    st.markdown("**How a word is put together**")
    word = st.text_input(
        "A word", "unbelievable", max_chars=LONGEST_WORD, key=f"{PAGE}:word", help="It is spelt in letters, then joined merge by merge."
    )
    word = "".join(word.split())
    if not word:
        st.info("Type a word, and it is put together from its letters here.")
        return
    drawn(PAGE, "spelling", (scene.run.name, word), lambda: _word(pieces, word), "word")


def _word(pieces: Subwords, word: str) -> Drawing:
    steps = pieces.spell(f" {word}")
    shown = steps if len(steps) <= 12 else [steps[0], *steps[-11:]]
    cuts = [Cut(f"{len(steps) - len(shown) + i if i else 0}", parts) for i, parts in enumerate(shown)]
    parts = " + ".join(quoted(part.strip() or "␣") for part in steps[-1])
    told = f"After {len(steps) - 1} merges it is {'one piece' if len(steps[-1]) == 1 else f'{len(steps[-1])} pieces'}: {parts}."
    return growing_pieces.spec(cuts, current_theme(), width=WIDTH / 2), [told]
