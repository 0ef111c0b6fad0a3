"""What the page "Pre-train your own" is set to, as one value: a training, and what of it is looked at."""

from __future__ import annotations

from typing import Literal

from explorer.experiment import setting
from explorer.sequence.pretraining import PretrainingExperiment

PAGE = "pretrain"
CHAPTERS = {"learns": "It learns", "inside": "Inside", "pieces": "Its pieces", "use": "Put to use"}


class PretrainView(PretrainingExperiment):
    """One view of the page: everything that its address says. Layers and heads are counted from 1."""

    chapter: Literal["learns", "inside", "pieces", "use"] = setting(
        "learns", "Chapter", "What of the network is looked at.", "view", labels=CHAPTERS
    )
    layer_shown: int = setting(1, "Layer", "Of the attention map that is shown large.", "view", ge=1, le=8)
    head_shown: int = setting(1, "Head", "Of the attention map that is shown large.", "view", ge=1, le=8)

    def training(self) -> PretrainingExperiment:
        """The training alone."""
        return PretrainingExperiment(**{name: getattr(self, name) for name in PretrainingExperiment.model_fields})
