"""All that is drawn of a run at one moment, and the tagger of that moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.entities_setting import PAGE
from explorer.app.following import Following
from explorer.app.keepsake import remembered
from explorer.app.moments import frame_at
from explorer.frame import Frame
from explorer.runs.report import Report

if TYPE_CHECKING:
    from explorer.applications.entities.asking import Answer
    from explorer.applications.entities.material import Material
    from explorer.applications.entities.model import Tagger
    from explorer.applications.entities.tags import Entity

KEPT = 8
"""Taggers, answers and lists of names that a visit remembers."""


@dataclass(frozen=True, slots=True)
class View:
    """A run at one moment.

    Attributes
    ----------
    name : str
        What tells the tagger apart from those beside it.
    run : Following
    report : Report
    material : Material
    pictures : sequence of Frame
        The frames with arrays.
    shown : Frame
        The one that is looked at; it has weights.
    """

    name: str
    run: Following
    report: Report
    material: Material
    pictures: Sequence[Frame]
    shown: Frame

    @property
    def last_step(self) -> int:
        """Where the training ends."""
        return self.report.last_step or self.run.base.steps

    @property
    def looks_back(self) -> bool:
        """Whether the moment shown is not the newest picture."""
        return self.shown.step != self.pictures[-1].step

    @property
    def key(self) -> tuple[str, int]:
        """Equal for the same tagger at the same moment."""
        return (self.run.name, self.shown.step)

    @property
    def version(self) -> tuple:
        """Equal as long as curves would be."""
        return (self.run.name, len(self.pictures), self.pictures[-1].step, self.shown.step, self.looks_back)

    def tagger(self) -> Tagger:
        """The tagger of the moment shown."""
        from explorer.applications.entities.model import load_tagger

        return remembered(f"{PAGE}:taggers", self.key, lambda: load_tagger(self.run.base, self.shown.weights), KEPT)

    def answer(self, words: tuple[str, ...]) -> Answer:
        """What it says of a sentence."""
        from explorer.applications.entities.asking import answers

        return remembered(f"{PAGE}:answers", (self.key, words), lambda: answers(self.tagger(), [words])[0], 2 * KEPT)

    def said(self) -> list[list[Entity]]:
        """The names it finds in each held-out sentence."""
        from explorer.applications.entities.examination import said_entities

        return remembered(f"{PAGE}:said", self.key, lambda: said_entities(self.material, self.shown.arrays["tags"]), KEPT)


def views_of(members: Mapping[str, Following], reports: Mapping[str, Report]) -> dict[str, View]:
    """The runs at the moment that is looked at; empty before there is something to draw of each."""
    found: dict[str, View] = {}
    for name, run in members.items():
        pictures = [frame for frame in reports[name].frames if frame.arrays]
        weighted = [frame for frame in pictures if frame.weights]
        if not weighted:
            return {}
        shown = frame_at(weighted, st.session_state.get(f"{PAGE}:moment"))
        found[name] = View(name, run, reports[name], _material(run), pictures, shown)
    return found


def _material(run: Following) -> Material:
    from explorer.applications.entities.material import material_of

    return material_of(run.base)
