"""How runs of the page are kept as files, and which files it can show."""

from __future__ import annotations

from typing import Any

from explorer.app.keeping import Keeping
from explorer.app.topology_setting import Topology
from explorer.app.topology_tasks import SHAPES, WRITTEN, Training
from explorer.runs.header import read_header
from explorer.sequence import SequenceExperiment
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.opening import KIND

ELSEWHERE = {
    SequenceExperiment: "Open it on the page Train live.",
    EncoderDecoderExperiment: "Train it anew with the settings of this page.",
}
"""What to do with a run that cannot be shown here."""


def keeping_of(experiment: Training) -> Keeping:
    """How a run of this page is saved, and how one is opened."""
    written = isinstance(experiment, EncoderDecoderExperiment)
    return Keeping(KIND if written else "sequence", _name, _open, from_training)


def _open(data: bytes) -> Any:
    """A saved run of either kind, if this page can show it."""
    if read_header(data).metadata.get("kind") == KIND:
        from explorer.sequence.encoder_decoder.opening import open_run
    else:
        from explorer.sequence.opening import open_run
    opened = open_run(data)
    from_training(opened.now)
    return opened


def _name(experiment: Training) -> str:
    return f"{experiment.task}-{experiment.cell}"


def from_training(experiment: Training) -> Topology:
    """The view that shows a training.

    Raises
    ------
    ValueError
        When it has settings that this page does not offer.
    """
    values = {
        name: getattr(experiment, name) for name in Topology.model_fields if name in type(experiment).model_fields
    }
    both = values.pop("bidirectional", False)
    if isinstance(experiment, EncoderDecoderExperiment):
        values["bidirectional"] = both
    shape = _shape_of(experiment)
    if shape is None:
        raise ValueError(f"The task “{experiment.task}” of this run has no place here; open it on the page Train live.")
    view = Topology(**{**values, "shape": shape})
    if view.training() != experiment:
        raise ValueError(f"This run has settings that this page does not offer. {ELSEWHERE[type(experiment)]}")
    return view


def _shape_of(experiment: Training) -> str | None:
    if isinstance(experiment, EncoderDecoderExperiment):
        return experiment.topology
    return next(
        (shape for shape, tasks in SHAPES.items() if experiment.task in tasks and experiment.task not in WRITTEN), None
    )
