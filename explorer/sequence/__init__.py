"""Sequence models: tasks, networks, training and what is inside them. Heavy imports happen on use."""

from explorer.sequence.experiment import SequenceExperiment

__all__ = ["SequenceExperiment", "build_model", "load_model", "make_task", "predict", "trace"]

_HOMES = {
    "build_model": "model",
    "load_model": "model",
    "make_task": "tasks",
    "predict": "prediction",
    "trace": "tracing",
    "Trace": "tracing",
    "Batch": "tasks",
}


def __getattr__(name: str):
    # torch takes two seconds to import: a page that only shows controls must not wait for it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
