"""From an experiment to its task, made once however many ask."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakValueDictionary

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
    "picture": "Picture",
    "rows": "Rows",
    "kinds": "Kinds",
    "topics": "Topics",
    "sentiment": "Sentiment",
    "tagging": "Tagging",
    "order": "Order",
    "future": "Future",
}
"""Class of each task; it lives in the module named like the task."""


class Once:
    """Values by key, each computed once, also when several threads ask at the same moment.

    Somebody who still uses a value has everyone else share it. Beyond that the latest are kept.

    Parameters
    ----------
    size : int
        How many values are kept; the one unused for longest goes first.
    heaviest : float
        How much they may weigh together.
    """

    def __init__(self, size: int, heaviest: float = math.inf) -> None:
        self.size, self.heaviest = size, heaviest
        self._kept: OrderedDict[Hashable, tuple[Future, float]] = OrderedDict()
        self._used: WeakValueDictionary[Hashable, Any] = WeakValueDictionary()
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], T], weight: float = 0.0) -> T:
        """The value of `key`; what `compute` raises is raised to everyone waiting, and not kept."""
        with self._lock:
            known = key in self._kept
            future, _ = self._kept.setdefault(key, (Future(), weight))
            mine = not (known or self._revived(key, future))
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and self._too_much():
                self._kept.popitem(last=False)
        if mine:
            self._fulfil(key, future, compute)
        return future.result()

    def _revived(self, key: Hashable, future: Future) -> bool:
        """Whether somebody still uses the value, although it was let go of here."""
        value = self._used.get(key)
        if value is not None:
            future.set_result(value)
        return value is not None

    def _too_much(self) -> bool:
        return len(self._kept) > self.size or sum(weight for _, weight in self._kept.values()) > self.heaviest

    def _fulfil(self, key: Hashable, future: Future, compute: Callable[[], T]) -> None:
        try:
            value = compute()
        except BaseException as error:
            with self._lock:
                if key in self._kept and self._kept[key][0] is future:
                    del self._kept[key]
            future.set_exception(error)
            return
        with self._lock:
            self._used[key] = value
        future.set_result(value)

    def __len__(self) -> int:
        return len(self._kept)


_tasks = Once(size=128, heaviest=200e6)


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
    return _tasks.get((experiment.task, *cls.key(experiment)), lambda: cls(experiment), cls.weight(experiment))
