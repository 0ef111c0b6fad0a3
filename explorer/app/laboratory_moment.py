"""Runs of the laboratory at one moment: the pictures of each, and which of them is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.app.ensemble import Ensemble
from explorer.app.moments import frame_at
from explorer.figures.decades import Decades, decades
from explorer.frame import Frame
from explorer.runs.report import Report


@dataclass(frozen=True, eq=False)
class Shown:
    """One run at the moment that is looked at.

    Attributes
    ----------
    report : Report
    pictures : tuple of Frame
        Those that carry arrays.
    frame : Frame
        The one shown.
    """

    report: Report
    pictures: tuple[Frame, ...]
    frame: Frame

    @property
    def start(self) -> Frame:
        """Before training."""
        return self.pictures[0]

    @property
    def weighted(self) -> Frame | None:
        """The frame with weights that is nearest to the one shown."""
        stored = [frame for frame in self.pictures if frame.weights]
        return frame_at(stored, self.frame.step) if stored else None

    def metric(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """One number over all frames kept: their steps, and its values, NaN where it was not measured."""
        steps = np.array([frame.step for frame in self.report.frames])
        return steps, np.array([frame.metrics.get(name, np.nan) for frame in self.report.frames], dtype=float)

    def gradient(self, frame: Frame, name: str = "grad_hidden", share: bool = True) -> np.ndarray | None:
        """|dL/dh_t| of the top layer in a frame, (T,), as a share of the last one's or as it is."""
        found = frame.arrays.get(name)
        if found is None:
            return None
        last = float(frame.arrays["grad_hidden"][-1, 0, -1])
        norms = np.asarray(found[-1, 0], dtype=float)
        return norms / last if share and last > 0 else norms


def shown_runs(page: str, reports: Mapping[str, Report]) -> dict[str, Shown] | None:
    """Each run at the moment that is looked at; None as long as one of them has no picture."""
    moment, found = st.session_state.get(f"{page}:moment"), {}
    for key, report in reports.items():
        pictures = tuple(frame for frame in report.frames if frame.arrays)
        if not pictures:
            return None
        found[key] = Shown(report, pictures, frame_at(pictures, moment))
    return found


def steady_axis(page: str, runs: Ensemble, scale: str, shown: Mapping[str, Shown]) -> Decades:
    """An axis for all that was shown of these runs so far: it only ever grows."""
    share = scale == "share"
    norms = [one.gradient(frame, name, share) for one in shown.values() for frame in (one.start, one.frame)
             for name in ("grad_hidden", "grad_cell")]  # fmt: skip
    now = decades([one for one in norms if one is not None])
    owner = (runs.name, scale)
    kept = st.session_state.get(f"{page}:decades")
    axis = now.widened(kept[1]) if kept and kept[0] == owner else now
    st.session_state[f"{page}:decades"] = (owner, axis)
    return axis
