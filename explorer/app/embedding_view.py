"""`View`: all that is drawn of a training of word vectors at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.embedding_look import Look
from explorer.app.following import ACTIVE, Following
from explorer.app.moments import frame_at
from explorer.app.transport import ENDED
from explorer.embedding.experiment import EmbeddingExperiment
from explorer.frame import Frame
from explorer.runs.report import Report

if TYPE_CHECKING:
    from explorer.embedding.training import Trained


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of a run, the most frequent first, how often each occurs, and the row of each."""

    words: tuple[str, ...]
    counts: np.ndarray
    index: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A run at the moment shown.

    Attributes
    ----------
    pictures : sequence of Frame
        The kept frames that have arrays.
    shown : Frame
        One of them.
    """

    run: Following[EmbeddingExperiment]
    report: Report
    vocabulary: Vocabulary
    pictures: Sequence[Frame]
    shown: Frame
    look: Look

    @property
    def last_step(self) -> int:
        """Where the training ends."""
        return self.report.last_step or self.run.base.steps

    def moment_key(self, step: int) -> tuple:
        """Tells the model of a step from that of any other: after a failure steps are made anew, with other settings."""
        return self.run.name, step, tuple(change for change in self.report.changes if change.step <= step)

    @property
    def looks_back(self) -> bool:
        """Whether the moment shown is not the newest picture."""
        return self.shown.step != self.pictures[-1].step

    @property
    def moves(self) -> bool:
        """Whether there will be another moment to show soon."""
        return self.report.state in ACTIVE and not self.looks_back

    @property
    def has_ended(self) -> bool:
        """Whether the last moment there will be is shown."""
        return self.report.state in ENDED and not self.looks_back

    @property
    def before(self) -> Frame | None:
        """The picture before the one shown."""
        earlier = [frame for frame in self.pictures if frame.step < self.shown.step]
        return earlier[-1] if earlier else None

    @property
    def side(self) -> str:
        """Which vectors are shown: "output" only where the algorithm has them."""
        return self.look.side if self.look.side in self.shown.arrays else "input"

    @property
    def rows(self) -> np.ndarray:
        """Rows of the words on the map."""
        return self.look.rows(self.vocabulary.words, len(self.shown.arrays["input"]))

    def vectors(self, frame: Frame, rows: np.ndarray) -> np.ndarray:
        """The vectors shown of some of the frequent words, (n, d)."""
        return frame.arrays[self.side][rows]


def words_of(page: str, run: Following[EmbeddingExperiment], report: Report) -> Mapping[str, int]:
    """The words of a run and how often each occurs; empty as long as the text is not read."""
    if not any(frame.arrays for frame in report.frames):
        return {}
    vocabulary = vocabulary_of(page, run)
    return dict(zip(vocabulary.words, vocabulary.counts.tolist(), strict=True))


def has_contexts(report: Report) -> bool:
    """Whether the algorithm has output vectors too."""
    return any("output" in frame.arrays for frame in report.frames[:1])


def view_of(
    page: str, run: Following[EmbeddingExperiment], report: Report, look: Look, moment: float | None
) -> View | None:
    """The view of a run; None as long as it has no picture.

    Parameters
    ----------
    page : str
        Prefix of the state that is kept for this run.
    moment : float, optional
        Share of the training at which to look; the newest moment where there is none.
    """
    pictures = tuple(frame for frame in report.frames if frame.arrays)
    if not pictures:
        return None
    step = None if moment is None else round(moment * (report.last_step or run.base.steps))
    return View(run, report, vocabulary_of(page, run), pictures, frame_at(pictures, step), look)


def vocabulary_of(page: str, run: Following[EmbeddingExperiment]) -> Vocabulary:
    """The words of a run; looked up once."""
    kept = st.session_state.get(f"{page}:vocabulary")
    if kept is None or kept[0] != run.name:
        from explorer.embedding.training import vocabulary

        counts = vocabulary(run.base)
        words = tuple(counts)
        numbers = np.fromiter(counts.values(), dtype=np.int64, count=len(counts))
        kept = (run.name, Vocabulary(words, numbers, dict(zip(words, range(len(words)), strict=True))))
        st.session_state[f"{page}:vocabulary"] = kept
    return kept[1]


KEPT = 3
"""Models of one run that are kept opened: of the moment shown and of those before it."""


def trained_at(page: str, view: View, frame: Frame) -> tuple[int, Trained] | None:
    """The latest kept model up to a frame's moment, and its step; opened once."""
    kept: dict[tuple, Trained] = st.session_state.setdefault(f"{page}:trained", {})
    stored = [one for one in view.pictures if one.weights is not None and one.step <= frame.step]
    if not stored:
        return None
    newest = stored[-1]
    key = view.moment_key(newest.step)
    if key not in kept:
        from explorer.embedding.training import open_weights

        kept[key] = open_weights(view.run.base, newest.weights)
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
    return newest.step, kept[key]
