"""Several architectures on one task, with equally many parameters, on the same sequences."""

from explorer.sequence.race.experiment import Race

__all__ = ["Race"]
