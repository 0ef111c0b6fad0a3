"""Everything the page shows of one moment: three texts, how they were written, and what each piece was chosen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.following import Following
from explorer.app.generate_setting import PAGE, UNITS
from explorer.app.keepsake import remembered
from explorer.figures.generate_chances import Chances
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.generation.writing import WritingExperiment

if TYPE_CHECKING:
    from explorer.sequence.generation.measures import Measures
    from explorer.sequence.pretraining.pieces import Pieces

BEFORE = 40
"""Characters of what came before a piece that are shown with its chances."""
KEPT_SCENES = 8


@dataclass(frozen=True, eq=False)
class Script:
    """What one model wrote.

    Attributes
    ----------
    unit : str
    pieces : Pieces
        Its vocabulary.
    given : str
        The prompt, as the model read it.
    parts : tuple of str
        What it wrote, piece by piece.
    arrays : mapping
        Of each piece, see `explorer.sequence.generation.scribes.write`.
    measures : Measures
        Of what it wrote.
    """

    unit: str
    pieces: Pieces
    given: str
    parts: tuple[str, ...]
    arrays: Mapping[str, np.ndarray]
    measures: Measures

    @property
    def text(self) -> str:
        """What it wrote."""
        return "".join(self.parts)

    @property
    def bits(self) -> np.ndarray:
        """(n,): how surprising each piece was to the model, before temperature and cut."""
        expected = self.arrays.get("expected_of", np.zeros(0))
        return -np.log2(np.maximum(expected.astype(np.float64), 1e-30))

    @property
    def bits_per_character(self) -> float:
        """How surprising the text was to the model; NaN while there is none."""
        return float(self.bits.sum()) / len(self.text) if self.text else float("nan")

    def chances(self, place: int) -> Chances:
        """What a piece was drawn from."""
        arrays, known = self.arrays, len(self.pieces) - 1  # the one for all unknown ones is never written
        top = arrays["top"][place][:known]
        return Chances(
            UNITS[self.unit], (self.given + "".join(self.parts[:place]))[-BEFORE:], tuple(self.pieces.pieces[one] for one in top),
            arrays["top_expected"][place][:known], arrays["top_tempered"][place][:known], min(int(arrays["kept"][place]), known),
            float(arrays["kept_mass"][place]), known, self.parts[place], float(arrays["drawn_of"][place]),
        )  # fmt: skip


def scripts_of(run: Following[WritingExperiment], report: Report) -> list[Script]:
    """What the models have written so far; empty before they begin."""
    frames = [frame for frame in report.frames if frame.arrays]
    if not frames:
        return []
    frame = frames[-1]
    return remembered(f"{PAGE}:scripts", (run.name, frame.step), lambda: _scripts(run.base, frame), KEPT_SCENES)


def _scripts(base: WritingExperiment, frame: Frame) -> list[Script]:
    from explorer.sequence.generation.measures import yardstick
    from explorer.sequence.pretraining import vocabulary

    scripts = []
    for i, (unit, training) in enumerate(zip(UNITS, base.bases(), strict=True)):
        arrays = {name.partition(".")[2]: values for name, values in frame.arrays.items() if name.startswith(f"{i}.")}
        pieces = vocabulary(training)
        parts = tuple(pieces.decode([one]) for one in arrays["written"])
        measured = yardstick(training).measure("".join(parts))
        scripts.append(Script(unit, pieces, pieces.decode(arrays["given"]), parts, arrays, measured))
    return scripts


def places(scripts: Sequence[Script]) -> list[int | None]:
    """The piece of each text that is looked at: the one that was picked, else the newest."""
    picked = st.session_state.get(f"{PAGE}:picked", {})
    return [
        None if not script.parts else min(picked.get(script.unit, len(script.parts) - 1), len(script.parts) - 1)
        for script in scripts
    ]
