"""What the page "Architectures" is set to, as one value: a training, and what of it is looked at."""

from __future__ import annotations

from explorer.experiment import setting
from explorer.sequence.architectures import ArchitectureExperiment

PAGE = "arch"


class ArchitectureView(ArchitectureExperiment):
    """One view of the page: everything that its address says. Steps, layers and heads are counted from 1."""

    example: int = setting(
        0, "Example", "0 is the one the network is watched on; the others are held-out examples it never learns from.", "view",
        ge=0, le=100,
    )  # fmt: skip
    looked: int = setting(
        0, "Input looked at", "Whose way to the answer is drawn boldly; 0 leaves the choice to the page.", "view", ge=0, le=400
    )
    layer_shown: int = setting(1, "Layer", "Of the attention map that is shown large.", "view", ge=1, le=3)
    head_shown: int = setting(1, "Head", "Of the attention map that is shown large.", "view", ge=1, le=8)
    order: int = setting(1, "Order", "Picks the order into which the example is shuffled.", "view", ge=1, le=999)

    def training(self) -> ArchitectureExperiment:
        """The training alone."""
        return ArchitectureExperiment(**{name: getattr(self, name) for name in ArchitectureExperiment.model_fields})
