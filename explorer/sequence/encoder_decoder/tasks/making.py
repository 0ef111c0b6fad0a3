"""From an experiment to its task, made once however many ask."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from explorer.sequence.tasks.making import Once

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment
    from explorer.sequence.encoder_decoder.tasks.task import Task

CLASSES = {"numbers": "Numbers", "dates": "Dates", "names": "Names", "spelled": "Spelled", "drawing": "Drawing"}
"""Class of each task; it lives in the module named like the task."""

_tasks = Once(size=32)


def make_task(experiment: EncoderDecoderExperiment) -> Task:
    """The task of an experiment: what is read, what is to be answered, and how both are scored.

    Experiments that differ only in architecture or training share one task. The first call may take up to a second:
    pages leave it to the experiment's `prepare`.
    """
    module = import_module(f"explorer.sequence.encoder_decoder.tasks.{experiment.task}")
    cls = getattr(module, CLASSES[experiment.task])
    return _tasks.get((experiment.task, *cls.key(experiment)), lambda: cls(experiment))
