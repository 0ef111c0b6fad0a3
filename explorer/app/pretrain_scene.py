"""Everything the page shows of one moment: the run, its text in pieces, and what was looked at so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.following import Following
from explorer.app.keepsake import remembered
from explorer.app.moments import frame_at
from explorer.app.pretrain_setting import PAGE, PretrainView
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.pretraining import PretrainingExperiment

if TYPE_CHECKING:
    from explorer.sequence.pretraining.asking import Inside
    from explorer.sequence.pretraining.expecting import Expected
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.vocabulary import Source

LETTERS = {"characters": 62, "subwords": 90, "words": 90}
"""Characters of the text that is watched: as many as can be read above the columns."""
MODELS, LOOKS = 4, 240
"""Networks and readings that are remembered."""


@dataclass(frozen=True, eq=False)
class Scene:
    """One moment of a run.

    Attributes
    ----------
    now : PretrainView
        What is looked at.
    run : Following
    report : Report
    source : Source
        The text in numbers, and its pieces.
    pictures : tuple of Frame
        Frames with arrays.
    shown : Frame
        The one that is shown.
    text : str
        What the network reads in the pictures: held-out text, or what the visitor typed.
    """

    now: PretrainView
    run: Following[PretrainingExperiment]
    report: Report
    source: Source
    pictures: tuple[Frame, ...]
    shown: Frame
    text: str

    @property
    def looks_back(self) -> bool:
        """Whether the moment shown is not the newest picture."""
        return self.shown.step != self.pictures[-1].step

    @property
    def last_step(self) -> int:
        """Where the training ends."""
        return self.report.last_step or self.run.base.steps

    @property
    def masked(self) -> bool:
        """Whether the network guesses hidden pieces."""
        return self.run.base.objective == "bert"

    @property
    def asked(self) -> Frame:
        """The frame whose network can be asked: the one shown, or the nearest that kept its weights."""
        return frame_at([frame for frame in self.pictures if frame.weights] or [self.shown], self.shown.step)

    @cached_property
    def parts(self) -> list[str]:
        """The text in pieces, as many as the network sees at once."""
        return self.source.pieces.cut(self.text)[: self.run.base.context]

    @cached_property
    def ids(self) -> np.ndarray:
        """Their numbers."""
        return self.source.pieces.number(self.parts)

    @property
    def key(self) -> tuple:
        """Equal as long as network, moment and text are."""
        return (self.run.name, self.asked.step, self.text)

    def model(self, frame: Frame | None = None) -> Transformer:
        """The network of the moment shown, or of another frame that has weights."""
        from explorer.sequence.pretraining import load_model

        frame = frame or self.asked
        return remembered(f"{PAGE}:models", (self.run.name, frame.step), lambda: load_model(self.run.base, frame.weights), MODELS)

    def expected(self) -> dict[int, Expected]:
        """By training step what was expected of the text, as far as it is known: all that was looked at, and what still can be."""
        from explorer.sequence.pretraining.expecting import expected

        kept: Mapping[tuple, Expected] = st.session_state.setdefault(f"{PAGE}:expected", {})
        for frame in self.pictures:
            if frame.weights:
                key = (self.run.name, self.text, frame.step)
                remembered(f"{PAGE}:expected", key, lambda frame=frame: expected(self.model(frame), self.source.pieces, self.ids), LOOKS)
        position = self.report.position
        found = {step: one for (name, text, step), one in list(kept.items()) if (name, text) == (self.run.name, self.text) and step <= position}
        return dict(sorted(found.items()))

    def inside(self) -> Inside:
        """What goes on in the network of the moment shown while it reads the text."""
        from explorer.sequence.pretraining import trace

        return remembered(f"{PAGE}:inside", self.key, lambda: trace(self.model(), self.ids), 2)


def scene_of(now: PretrainView, run: Following[PretrainingExperiment], report: Report, typed: str) -> Scene | None:
    """What is to be seen; None as long as there is no picture."""
    pictures = tuple(frame for frame in report.frames if frame.arrays)
    if not pictures or not any(frame.weights for frame in pictures):
        return None
    from explorer.sequence.pretraining.vocabulary import source

    found = source(run.base)
    shown = frame_at(pictures, st.session_state.get(f"{PAGE}:moment"))
    text = typed if found.pieces.cut(typed) else watched_text(found.corpus.held_out, run.base)
    return Scene(now, run, report, found, pictures, shown, text)


def watched_text(held_out: str, experiment: PretrainingExperiment) -> str:
    """The beginning of the first held-out line that is long enough, up to the end of a word."""
    most = min(LETTERS[experiment.units], experiment.context if experiment.units == "characters" else 10_000)
    line = next((line for line in held_out.splitlines() if len(line) >= most), held_out.replace("\n", " "))
    return line if len(line) <= most else line[:most].rpartition(" ")[0] or line[:most]
