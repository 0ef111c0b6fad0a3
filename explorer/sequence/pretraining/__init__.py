"""Small Transformers pre-trained on real text: on the next piece (GPT) or on hidden ones (BERT). Heavy imports happen on use."""

from explorer.sequence.pretraining.experiment import PretrainingExperiment

__all__ = [
    "PretrainingExperiment",
    "bits_per_character",
    "build_model",
    "fill",
    "generate",
    "hidden",
    "load_model",
    "next_distribution",
    "open_run",
    "perplexity",
    "read_corpus",
    "trace",
    "vocabulary",
]

_HOMES = {
    "bits_per_character": "scoring",
    "build_model": "model",
    "fill": "asking",
    "generate": "asking",
    "hidden": "asking",
    "load_model": "model",
    "next_distribution": "asking",
    "open_run": "opening",
    "perplexity": "scoring",
    "read_corpus": "corpus",
    "trace": "asking",
    "vocabulary": "reading",
}


def __getattr__(name: str):
    # torch takes two seconds to import: a page that only shows controls must not wait for it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
