"""Named entities: people, places and firms in sentences, tagged word by word. Heavy imports happen on use."""

from explorer.applications.entities.experiment import EntityExperiment

__all__ = ["EntityExperiment", "Reader", "examine", "influence", "load_tagger", "material_of", "read_text"]

_HOMES = {
    "Reader": "reading",
    "examine": "examination",
    "influence": "asking",
    "load_tagger": "model",
    "material_of": "material",
    "read_text": "asking",
}


def __getattr__(name: str):
    # torch takes two seconds to import: a page that only shows controls must not wait for it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
