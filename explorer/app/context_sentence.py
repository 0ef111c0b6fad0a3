"""One sentence from inside: which it is, and how it is cut into subwords."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.context_scene import Scene
from explorer.app.context_settings import MOST_SUBWORDS, MOST_WORDS, PAGE, ContextView, go
from explorer.app.controls import field_beside, field_key, take_value
from explorer.app.keepsake import remembered
from explorer.app.links import JOINER, safe_markdown
from explorer.app.notes import note
from explorer.applications.contextual.occurrences import Occurrence, places, subwords_at
from explorer.figures.context_notices import pieces_notice

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel
    from explorer.applications.contextual.reading import Reading
    from explorer.applications.contextual.units import Units

EXAMPLE = "He sat on the bank of the river and thought of the bank that had refused him money."
"""Read until the visitor types something."""


@dataclass(frozen=True, eq=False)
class Inside:
    """A sentence as it was read, and the word in it that is looked at.

    Attributes
    ----------
    occurrence : Occurrence or None
        Where the sentence is one of the page's: the word in it.
    """

    view: ContextView
    model: ContextualModel
    reading: Reading
    occurrence: Occurrence | None

    @cached_property
    def units(self) -> Units:
        """Words and separators."""
        from explorer.applications.contextual.units import units_of

        return units_of(self.reading)

    @cached_property
    def looked(self) -> int:
        """The unit that is looked at, from 0; the first one is a separator."""
        if self.view.looked:
            return min(self.view.looked, len(self.units) - 2)
        return self.units.at(self.chosen_subwords[0])

    @property
    def chosen_subwords(self) -> list[int]:
        """Of the word that the page chooses: its own word where that stands in the sentence, else the longest."""
        word = self.view.own_word if self.view.word == "own" else self.view.word
        span = (self.occurrence.start, self.occurrence.end) if self.occurrence else next(iter(places(word, self.reading.text)), None)
        found = subwords_at(self.reading, *span) if span else []
        return found or list(max(self.reading.groups, key=lambda group: self._letters(group)))

    @property
    def subwords(self) -> list[int]:
        """Of the word that is looked at."""
        return list(self.units.groups[self.looked])

    def _letters(self, group: tuple[int, ...]) -> int:
        return self.reading.spans[group[-1]][1] - self.reading.spans[group[0]][0]


def sentence_view(view: ContextView, model: ContextualModel, scene: Scene | None) -> Inside | None:
    """Choose a sentence and show its subwords; None, and a word on why, where it cannot be read."""
    st.subheader("Inside one sentence", anchor=False)
    st.caption(
        "The model knows a fixed list of pieces, not words: **WordPiece** cuts what is not in it into **subwords**, so that hardly any word is unknown. A piece "
        "that goes on a word begins with ##. Two **separators**, [CLS] and [SEP], stand around every sentence."
    )
    text, occurrence = _choose(view, scene)
    try:
        reading = remembered(f"{PAGE}:inside", text, lambda: _read(model, text), 4)
    except ValueError as error:
        st.error(safe_markdown(str(error)), icon=":material/edit_off:")
        return None
    with st.container(key="sentence_left"):
        st.markdown(pieces_markdown(reading))
    if len(reading.text) < len(text):
        st.warning(
            f"The first {len(reading.groups)} words and signs are read here: at most {MOST_WORDS}, and at most {MOST_SUBWORDS} subwords.",
            icon=":material/content_cut:",
        )
        if occurrence is not None and occurrence.end > len(reading.text):
            occurrence = None  # the word stands in what was cut off
    unknown = reading.pieces.count("[UNK]")
    note(f"{PAGE}_pieces", pieces_notice([len(group) for group in reading.groups], model.vocabulary, len(reading), unknown))
    return Inside(view, model, reading, occurrence)


def _read(model: ContextualModel, text: str) -> Reading:
    """The text, or as many whole words of it as can be shown and covered: signs count as words for the model."""
    reading = model.read(text)
    fitting = [group for group in reading.groups[:MOST_WORDS] if group[-1] <= MOST_SUBWORDS]  # 0 is a separator
    if len(fitting) == len(reading.groups):
        return reading
    return model.read(text[: reading.spans[fitting[-1][-1]][1]])


def pieces_markdown(reading: Reading) -> str:
    """The words with their pieces: blue where a word is one piece, orange where it was cut."""
    shown = []
    for group in reading.groups:
        pieces = f" {JOINER}".join(safe_markdown(reading.pieces[i]) for i in group)
        shown.append(f":{'blue' if len(group) == 1 else 'orange'}-background[{JOINER}{pieces}{JOINER}]")
    return " ".join(shown)


def _choose(view: ContextView, scene: Scene | None) -> tuple[str, Occurrence | None]:
    """The sentence, and the word in it where it is one of the page's."""
    typed = view.source == "typed" or scene is None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="context_sentence"):
        if scene is not None:
            with st.container(width=290):
                field_beside(PAGE, "source")
        if not typed:
            _choose_number(scene)
            one = scene.found.items[scene.picked]
            return within(one.sentence, one)
        text = _typed(view)
    words = text.split()
    if len(words) > MOST_WORDS:
        st.warning(f"The first {MOST_WORDS} of {len(words):,} words are read here.", icon=":material/content_cut:")
        text = " ".join(words[:MOST_WORDS])
    return text, None


def within(sentence: str, one: Occurrence) -> tuple[str, Occurrence]:
    """A sentence of at most `MOST_WORDS` words around an occurrence, and the occurrence in it."""
    words = len(sentence.split())
    if words <= MOST_WORDS:
        return sentence, one
    before, after = one.before.split()[-MOST_WORDS // 2 :], one.after.split()[: MOST_WORDS // 2 - 2]
    start = " ".join(before) + (" " if one.before[-1:].isspace() and before else "")
    end = (" " if one.after[:1].isspace() and after else "") + " ".join(after)
    return start + one.itself + end, Occurrence(start + one.itself + end, len(start), len(start) + len(one.itself), one.sense)


def _choose_number(scene: Scene) -> None:
    key = f"{field_key(PAGE, 'picked')}:{scene.picked}"
    st.number_input(
        f"Number, of {len(scene.found)}", 1, len(scene.found), scene.picked + 1, key=key, width=150, on_change=_take_number, args=(key,),
    )  # fmt: skip


def _take_number(key: str) -> None:
    if st.session_state[key] is not None:
        go(picked=st.session_state[key], looked=0)


def _typed(view: ContextView) -> str:
    key = field_key(PAGE, "typed")
    with st.container(width="stretch"):
        st.text_input(
            "Your sentence", view.typed or EXAMPLE, key=key, max_chars=TYPED_LIMIT, on_change=_take_typed, args=(key,),
            help="Read as it is, in English best: the model was trained on English text.",
        )  # fmt: skip
    return st.session_state[key] or ""


def _take_typed(key: str) -> None:
    """Another sentence: its words have other numbers."""
    take_value(PAGE, "typed", key)
    st.session_state[f"{PAGE}:values"]["looked"] = 0


TYPED_LIMIT = 20_000
