"""The leading picture: one text, and what the network expected of it from step to step; and the curve of the whole training."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.pretrain_history import learning_of, version_of
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.app.views import CURVES, PRESENTED_WIDTH, WIDTH
from explorer.figures.curves import curves
from explorer.figures.pretrain_learning import learning_notice, learning_picture
from explorer.figures.pretrain_notices import UNIT, bits_notice

if TYPE_CHECKING:
    from explorer.sequence.pretraining.reading import Source

BASELINE = {"characters": "letters by frequency", "subwords": "pieces by frequency", "words": "words by frequency"}


def reading_view(scene: Scene) -> None:
    """Draw what was expected of the text, moment after moment, and what is expected now."""
    version = (version_of(scene), presentation.is_on())
    drawn(PAGE, "reading", version, lambda: _reading(scene), f"{scene.run.base.objective}-step-{scene.shown.step}")


def _reading(scene: Scene) -> Drawing:
    present = presentation.is_on()
    learning = learning_of(scene)
    figure = learning_picture.spec(learning, current_theme(), width=PRESENTED_WIDTH if present else WIDTH, compact=present)
    return figure, [learning_notice(learning, UNIT[scene.run.base.units])]


def curves_view(scene: Scene) -> None:
    """The loss on text it learns from and on text that is held out, in bits, against knowing frequencies alone."""
    st.subheader("How well it knows the language", anchor=False)
    report = scene.report
    version = (scene.run.name, len(report.frames), report.position, report.changes, scene.shown.step, scene.looks_back)
    drawn(PAGE, "curves", version, lambda: _curves(scene), "bits")


def _curves(scene: Scene) -> Drawing:
    frames, report = scene.report.frames, scene.report
    lines = {"training": _line(frames, "loss", pieces_per_character(scene) / math.log(2), spelt(scene))}
    measure = "held_out" if scene.masked else "bits_per_character"
    lines["held out"] = _line([frame for frame in frames if measure in frame.metrics], measure, 1 / math.log(2) if scene.masked else 1.0)
    base = by_frequency(scene)
    figure = curves.spec(
        lines, current_theme(), name="bits", baseline=base,
        baseline_name=BASELINE[scene.run.base.units], changes=report.changes,
        before={change.field: getattr(scene.run.base, change.field) for change in report.changes},
        moment=scene.shown.step if scene.looks_back else None, height=CURVES + 30,
    )  # fmt: skip
    return figure, [bits_notice(lines["held out"], base, scene.masked, lines["training"])]


def _line(frames, name: str, factor: float, more: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    steps = np.array([frame.step for frame in frames])
    return steps, more + factor * np.array([frame.metrics.get(name, np.nan) for frame in frames], dtype=float)


def pieces_per_character(scene: Scene) -> float:
    """How many pieces a character of the training text is; 1 for a BERT, whose loss is told for each hidden piece."""
    source = scene.source
    return 1.0 if scene.masked else len(source.training) / max(len(source.corpus.training), 1)


def spelt(scene: Scene) -> float:
    """Bits per character to spell what is unknown in the training text, as in the held-out text; 0 for a BERT, never asked for it."""
    return 0.0 if scene.masked else remembered(f"{PAGE}:spelt", scene.run.name, lambda: _spelt(scene.source), 4)


def _spelt(source: Source) -> float:
    unknown = Counter(part for part in source.pieces.cut(source.corpus.training) if part not in source.pieces.numbers)
    nats = sum(often * source.pieces.unsaid([part]) for part, often in unknown.items())
    return nats / max(len(source.corpus.training), 1) / math.log(2)


def by_frequency(scene: Scene) -> float:
    """Bits that the held-out text costs when only the frequency of each piece is known: per character, for a BERT per piece."""
    return remembered(f"{PAGE}:frequency", scene.run.name, lambda: _by_frequency(scene), 4)


def _by_frequency(scene: Scene) -> float:
    from explorer.sequence.pretraining.pieces import UNKNOWN

    source = scene.source
    counts = np.bincount(source.training, minlength=len(source.pieces)) + 1.0
    held_out = source.held_out
    if scene.masked:  # which is never asked for what it does not know
        held_out, counts[UNKNOWN] = held_out[held_out != UNKNOWN], 0.0
    nats = -np.log(counts[held_out] / counts.sum()).sum()
    if scene.masked:
        return float(nats / max(len(held_out), 1) / math.log(2))
    return float((nats + source.pieces.unsaid(source.parts)) / len(source.corpus.held_out) / math.log(2))
