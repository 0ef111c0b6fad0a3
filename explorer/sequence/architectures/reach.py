"""How far a network has to read and can see, from the sizes alone. Knows no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.sequence.cost import sizes_of

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

LONGEST_TYPED = 60
"""Steps of the longest example that a visitor can type."""


def tcn_levels(experiment: ArchitectureExperiment) -> int:
    """Blocks of the temporal convolutional network: as asked for, or the fewest that see the whole sequence."""
    return experiment.levels or levels_to_see(experiment.kernel, sizes_of(experiment).steps)


def levels_to_see(kernel: int, steps: int) -> int:
    """The fewest levels whose receptive field holds so many steps."""
    levels = 1
    while tcn_reach(kernel, levels) < steps:
        levels += 1
    return levels


def tcn_reach(kernel: int, levels: int) -> int:
    """Steps that one output sees, itself included: 1 + 2 (k - 1)(2^L - 1)."""
    return 1 + 2 * (kernel - 1) * (2**levels - 1)


def longest_read(experiment: ArchitectureExperiment) -> int:
    """The most steps that the network is ever given: those of the task, or of an example that somebody types."""
    return max(sizes_of(experiment).steps, LONGEST_TYPED)


def answers_once(experiment: ArchitectureExperiment) -> bool:
    """Whether there is one answer, after the last step."""
    return sizes_of(experiment).answers_once
