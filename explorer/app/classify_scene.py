"""Everything the page shows of one moment: the curves so far, the point that is looked at, and the methods as they were there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.app.classify_setting import PAGE, ClassificationView
from explorer.app.following import Following
from explorer.app.keepsake import remembered
from explorer.applications.classification import METHOD_TITLES, ClassificationExperiment
from explorer.figures.classify_curves import Curves
from explorer.frame import Frame
from explorer.runs.report import Report

if TYPE_CHECKING:
    from explorer.applications.classification.method import Classifier
    from explorer.applications.classification.texts import LabelledTexts


@dataclass(frozen=True, eq=False)
class Scene:
    """One moment.

    Attributes
    ----------
    now : ClassificationView
        What is looked at.
    run, report : Following, Report
    data : LabelledTexts
    frame : Frame
        The newest with arrays.
    method, size : int
        The point that is looked at, as rows and columns of the arrays; the size is -1 where there is no point yet.
    """

    now: ClassificationView
    run: Following[ClassificationExperiment]
    report: Report
    data: LabelledTexts
    frame: Frame
    method: int
    size: int

    @property
    def titles(self) -> list[str]:
        """Of the methods, in their order."""
        return [METHOD_TITLES[name] for name in self.run.base.names]

    @property
    def curves(self) -> Curves:
        """What is known so far."""
        arrays = self.frame.arrays
        lines = (arrays[name] for name in ("sizes", "accuracy", "low", "high"))
        return Curves(self.run.base.names, self.titles, *lines, self.frame.metrics["baseline"], arrays["draws"])

    @property
    def key(self) -> tuple:
        """Equal as long as the point and what is known of it are."""
        known = tuple(self.frame.arrays["draws"][:, self.size].tolist()) if self.size >= 0 else ()
        return (self.run.name, self.method, self.size, known)

    @property
    def labelled(self) -> int:
        """Texts that the methods of the point learned from."""
        return int(self.frame.arrays["sizes"][self.size])

    @property
    def tested(self) -> int:
        """Different texts that were asked about so far."""
        return int((self.frame.arrays["predicted"] >= 0).any(axis=(0, 1)).sum())

    def answers(self, method: int) -> np.ndarray:
        """int8 (n,): the label that a method gave each held-out text, -1 where it was not asked."""
        return self.frame.arrays["predicted"][method, self.size]

    @property
    def truth(self) -> np.ndarray:
        """int64 (n,): the right labels of the held-out texts."""
        return self.data.classes[self.data.tests]


def scene_of(now: ClassificationView, run: Following[ClassificationExperiment], report: Report) -> Scene | None:
    """What is to be seen; None as long as there is nothing."""
    pictures = [frame for frame in report.frames if frame.arrays]
    if not pictures:
        return None
    from explorer.applications.classification.texts import labelled_texts

    arrays = pictures[-1].arrays
    size = _size(arrays, now.size)
    return Scene(now, run, report, labelled_texts(run.base), pictures[-1], _method(arrays, run.base, now.shown, size), size)


def _size(arrays: Mapping[str, np.ndarray], wanted: int) -> int:
    """The column of the size asked for, if a method has learned there; else the largest at which all have, or any."""
    drawn = arrays["draws"] > 0
    if wanted:
        at = np.flatnonzero((arrays["sizes"] == wanted) & drawn.any(axis=0))
        if at.size:
            return int(at[0])
    for known in (drawn.all(axis=0), drawn.any(axis=0)):
        if known.any():
            return int(np.flatnonzero(known)[-1])
    return -1


def _method(arrays: Mapping[str, np.ndarray], base: ClassificationExperiment, wanted: str, size: int) -> int:
    """The row of the method asked for, else of the best at this size."""
    if wanted in base.names:
        return base.names.index(wanted)
    known = arrays["accuracy"][:, size]
    return int(np.nanargmax(known)) if size >= 0 and np.isfinite(known).any() else 0


def models_of(scene: Scene) -> tuple[tuple, dict[str, tuple[int, Classifier]]]:
    """The methods as they were after the labelled texts of the point (or of the nearest size that is kept), and their key."""
    frame = _weighted(scene)
    if frame is None:
        return (), {}
    from explorer.applications.classification.learning import restore

    key = (scene.run.name, frame.step)
    found = remembered(f"{PAGE}:models", key, lambda: restore(scene.run.base, scene.data, frame.weights), 2)
    return key, {name: found[name] for name in scene.run.base.names if name in found}


def _weighted(scene: Scene) -> Frame | None:
    """The newest frame in which no method has learned from more than the point's texts; they have from as many, once all are there."""
    kept = [frame for frame in scene.report.frames if frame.weights and frame.arrays and frame.arrays["asked"].any()]
    fitting = [frame for frame in kept if frame.arrays["asked"].max() <= scene.labelled]
    return (fitting or kept[:1] or [None])[-1]
