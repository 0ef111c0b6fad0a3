"""From an experiment to its task, made once however many ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment
    from explorer.sequence.tasks.task import Task

T = TypeVar("T")

CLASSES = {
    "rose": "Rose",
    "characters": "Characters",
    "words": "Words",
    "adding": "Adding",
    "recall": "Recall",
    "digits": "Digits",
    "series": "Series",
    "speech": "Speech",
}
"""Class of each task; it lives in the module named like the task."""


class Once:
    """Values by key, each computed once, also when several threads ask at the same moment.

    Parameters
    ----------
    size : int
        How many values are kept; the one unused for longest goes first.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: OrderedDict[Hashable, Future] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of `key`; what `compute` raises is raised to everyone waiting, and not kept."""
        with self._lock:
            mine = key not in self._kept
            future = self._kept.setdefault(key, Future())
            self._kept.move_to_end(key)
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        if mine:
            self._fulfil(key, future, compute)
        return future.result()

    def _fulfil(self, key: Hashable, future: Future, compute: Callable[[], T]) -> None:
        try:
            future.set_result(compute())
        except BaseException as error:
            with self._lock:
                if self._kept.get(key) is future:
                    del self._kept[key]
            future.set_exception(error)

    def __len__(self) -> int:
        return len(self._kept)


_tasks = Once(size=16)


def make_task(experiment: SequenceExperiment) -> Task:
    """The task of an experiment: what is read, what is right, and how both are scored.

    Experiments that differ only in architecture or training share one task. The first call may take
    seconds, because it reads the data.

    Raises
    ------
    ValueError
        When own text or own numbers cannot be used as they are; the text says what would fit.
    """
    cls = getattr(import_module(f"explorer.sequence.tasks.{experiment.task}"), CLASSES[experiment.task])
    return _tasks.get((experiment.task, *cls.key(experiment)), lambda: cls(experiment))
