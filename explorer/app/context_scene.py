"""What the page has read: the word in its sentences, and the background it stands against."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.awaited import Awaited, Tell
from explorer.app.context_settings import PAGE, ContextView
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.applications.contextual.background import SENTENCES, Background, read_background
from explorer.applications.contextual.clusters import clusters
from explorer.applications.contextual.examples import examples, examples_of, words
from explorer.applications.contextual.installed import contextual_model
from explorer.applications.contextual.occurrences import Occurrences, read_occurrences
from explorer.applications.contextual.plane import Planes, planes
from explorer.applications.contextual.senses import SenseGap, cosines_of, sense_gap
from explorer.applications.contextual.told import read_told

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel


@dataclass(frozen=True)
class Read:
    """What is read once for everybody."""

    background: Background
    examples: dict[str, Occurrences]


@dataclass(frozen=True, eq=False)
class Scene:
    """One word in its sentences, seen as the controls say.

    Attributes
    ----------
    found : Occurrences
    senses : tuple of str
        What each occurrence is coloured by: told senses, or groups that were found.
    told : bool
        Whether these are senses that somebody told.
    """

    view: ContextView
    read: Read
    found: Occurrences
    told: bool

    @property
    def key(self) -> Hashable:
        """Equal for scenes that look alike."""
        return id(self.found), self.told, self.view.layer, self.view.centre, self.view.colour, self.view.groups

    @cached_property
    def centre(self) -> np.ndarray | None:
        """(L + 1, d), or None: what is taken away from all vectors."""
        if self.view.centre == "own":
            return self.found.vectors.mean(axis=1)
        return self.read.background.mean if self.view.centre == "all" else None

    @cached_property
    def planes(self) -> Planes:
        """A plane for each layer."""
        return planes(self.found.vectors, self.centre)

    @cached_property
    def cosines(self) -> np.ndarray:
        """(L + 1, n, n)."""
        return cosines_of(self.found.vectors, self.centre)

    @cached_property
    def senses(self) -> tuple[str, ...]:
        """What each occurrence is coloured by."""
        if self.told:
            return self.found.senses
        return tuple(f"group {k + 1}" for k in clusters(self.cosines[self.view.layer], self.view.groups))

    @cached_property
    def gap(self) -> SenseGap | None:
        """Same sense against other senses; None where nobody told them."""
        return sense_gap(self.found.vectors, self.found.senses, self.centre) if self.found.is_told else None

    @property
    def picked(self) -> int:
        """The occurrence that is looked at, from 0."""
        return min(max(self.view.picked, 1), len(self.found)) - 1


def scene_of(view: ContextView, model: ContextualModel) -> Scene | None:
    """The scene; None, and a word on what is missing, where there are no sentences of one's own yet."""
    read = _read.get()
    if view.word != "own":
        return _seen(view, read, read.examples[view.word])
    if not view.own_word.strip() or not view.told.strip():
        st.info(
            "Type a word and a few sentences with it in the sidebar, and each of them appears here as a point. If you write what the word means "
            "in each of them, you will see whether the model tells these senses apart.", icon=":material/edit:",
        )  # fmt: skip
        return None
    try:
        found = remembered(f"{PAGE}:own", (view.own_word, view.told), lambda: _read_own(view, model), 4)
    except ValueError as error:
        st.error(safe_markdown(str(error)), icon=":material/edit_off:")
        return None
    _tell_left_out(found)
    return _seen(view, read, found)


def _seen(view: ContextView, read: Read, found: Occurrences) -> Scene:
    """The same scene as a moment ago where nothing has changed that it computes from."""
    key = (id(found), view.layer, view.centre, view.colour, view.groups, view.picked)
    told = found.is_told and view.colour == "sense"
    return remembered(f"{PAGE}:scenes", key, lambda: Scene(view, read, found, told), 3)


def _read_own(view: ContextView, model: ContextualModel) -> Occurrences:
    told, place = read_told(view.told), st.empty()

    def say(done: int) -> None:
        place.progress(done / len(told), f"Reading sentence {done} of {len(told)} ...")

    try:
        return read_occurrences(model, view.own_word.strip(), told, say)
    finally:
        place.empty()


def _tell_left_out(found: Occurrences) -> None:
    if found.without:
        one, count = found.without[0], len(found.without)
        how = "1 of the sentences does not hold the word as it is written and is" if count == 1 else f"{count} of the sentences do not hold the word as it is written and are"
        st.warning(f"{how} left out: “{safe_markdown(one[:60])}”{' and others' if count > 1 else ''}.", icon=":material/filter_alt:")
    if found.left_out:
        st.warning(f"The first {len(found)} occurrences are shown; {found.left_out} more are left out.", icon=":material/filter_alt:")


def _read_all(tell: Tell) -> Read:
    """The sentences of this page and of the background, read once for the whole process."""
    model, total, done, found = contextual_model(), SENTENCES + len(examples()), SENTENCES, {}

    def say(number: int) -> None:
        tell(f"{model.name} reads the {total} sentences of this page", number / total)

    background = read_background(model, say)
    for word in words():
        told = [(one.sense, one.sentence) for one in examples_of(word)]
        found[word] = read_occurrences(model, word, told, lambda more, done=done: say(done + more))
        done += len(told)
    return Read(background, found)


_read = Awaited(_read_all)
