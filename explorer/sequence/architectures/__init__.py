"""Networks to compare the recurrent ones with: a window, an average, convolutions and attention. Light until trained."""

from explorer.sequence.architectures.experiment import ArchitectureExperiment

__all__ = ["ArchitectureExperiment"]
