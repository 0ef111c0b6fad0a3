"""What the page "Pre-train your own" is set to, as one value: a training, and what of it is looked at."""

from __future__ import annotations

from typing import Any, Literal

from explorer.applications.transfer.experiment import SIZES, TASKS
from explorer.experiment import about, bounds, setting
from explorer.sequence.pretraining import PretrainingExperiment

PAGE = "pretrain"
CHAPTERS = {"learns": "It learns", "inside": "Inside", "pieces": "Its pieces", "use": "Put to use"}



def quick(name: str, default: Any) -> Any:
    """A field of the training that begins with another value here: small enough to watch from the first second."""
    info, extra = PretrainingExperiment.model_fields[name], about(PretrainingExperiment, name)
    limits = {key: value for key, value in zip(("ge", "le"), bounds(PretrainingExperiment, name), strict=True) if value is not None}
    return setting(default, info.title, info.description, extra.pop("group"), **extra, **limits)


class PretrainView(PretrainingExperiment):
    """One view of the page: everything that its address says. Layers and heads are counted from 1."""

    layers: int = quick("layers", 2)
    width: int = quick("width", 64)
    context: int = quick("context", 64)
    batch: int = quick("batch", 16)
    steps: int = quick("steps", 3000)

    chapter: Literal["learns", "inside", "pieces", "use"] = setting(
        "learns", "Chapter", "What of the network is looked at.", "view", labels=CHAPTERS
    )
    layer_shown: int = setting(1, "Layer", "Of the attention map that is shown large.", "view", ge=1, le=8)
    head_shown: int = setting(1, "Head", "Of the attention map that is shown large.", "view", ge=1, le=8)

    labelled: Literal["topics", "sentiment", "own"] = setting(
        "topics", "Labelled task", "What the network is put to use on: which of several articles a sentence is from, whether a review is "
        "good or bad, or your own texts.", "use", labels=TASKS,
    )  # fmt: skip
    examples: int = setting(
        128, "Labelled examples, at most", "The largest number of labelled examples that is tried; smaller ones come first.", "use",
        ge=8, le=2048, options=SIZES,
    )  # fmt: skip
    draws: int = setting(2, "Draws", "How often the labelled examples are drawn anew; the accuracy is the mean.", "use", ge=1, le=10)

    def training(self) -> PretrainingExperiment:
        """The training alone."""
        return PretrainingExperiment(**{name: getattr(self, name) for name in PretrainingExperiment.model_fields})
