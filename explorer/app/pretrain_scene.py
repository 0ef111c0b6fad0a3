"""Everything the page shows of one moment: the run, its text in pieces, and the network that can be asked."""

from __future__ import annotations

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
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.pieces import Pieces
    from explorer.sequence.pretraining.reading import Source

MODELS = 4
"""Networks that are remembered."""
MOST = {"characters": 64, "subwords": 28, "words": 20}
"""Pieces of a typed text that are looked at: as many as can be read above the columns."""


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
    typed : str
        What the visitor typed for the network to read; empty for the held-out text of the frames.
    """

    now: PretrainView
    run: Following[PretrainingExperiment]
    report: Report
    source: Source
    pictures: tuple[Frame, ...]
    shown: Frame
    typed: str

    @property
    def pieces(self) -> Pieces:
        """What the text is cut into."""
        return self.source.pieces

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
    def weighted(self) -> list[Frame]:
        """Frames whose network can be asked."""
        return [frame for frame in self.pictures if frame.weights]

    @property
    def asked(self) -> Frame:
        """Of those the one that is shown, or the nearest to it."""
        return frame_at(self.weighted, self.shown.step)

    @cached_property
    def parts(self) -> list[str]:
        """The text that is read, in pieces as they are written."""
        if self.typed:
            most = min(MOST[self.run.base.units], self.run.base.context)
            return self.pieces.cut(self.typed)[:most]
        return [self.pieces.pieces[int(one)] for one in self.watched]

    @cached_property
    def watched(self) -> np.ndarray:
        """Numbers of the text that is read."""
        if self.typed:
            return self.pieces.number(self.parts)
        arrays = self.shown.arrays
        read = arrays["read"].astype(np.int64)
        if not self.masked:
            return np.concatenate([read, arrays["right"][-1:].astype(np.int64)])
        read[arrays["asked"]] = arrays["right"]
        return read

    @property
    def key(self) -> tuple:
        """Equal as long as run, moment and text are."""
        return (self.run.name, self.shown.step, self.typed)

    def model(self, frame: Frame | None = None) -> Transformer:
        """The network of the moment shown, or of another frame that has weights."""
        from explorer.sequence.pretraining import load_model

        frame = frame or self.asked
        return remembered(f"{PAGE}:models", (self.run.name, frame.step), lambda: load_model(self.run.base, frame.weights), MODELS)


def scene_of(now: PretrainView, run: Following[PretrainingExperiment], report: Report, typed: str) -> Scene | None:
    """What is to be seen; None as long as there is no picture."""
    pictures = tuple(frame for frame in report.frames if frame.arrays)
    if not any(frame.weights for frame in pictures):
        return None
    from explorer.sequence.pretraining.reading import source

    shown = frame_at(pictures, st.session_state.get(f"{PAGE}:moment"))
    return Scene(now, run, report, source(run.base), pictures, shown, " ".join(typed.split()))
