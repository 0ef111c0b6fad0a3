"""`Trained`: a network of one moment of its training, as something an experiment can be about."""

from __future__ import annotations

import hashlib
from functools import cached_property

from explorer.sequence.experiment import SequenceExperiment


class Trained:
    """The settings of a network and its weights; two are equal when both are, to the bit.

    Parameters
    ----------
    experiment : SequenceExperiment
    weights : bytes
        Of one of its frames, in the safetensors format.
    """

    def __init__(self, experiment: SequenceExperiment, weights: bytes) -> None:
        self.experiment, self.weights = experiment, weights

    @cached_property
    def digest(self) -> str:
        """Fingerprint of the weights."""
        return hashlib.blake2b(self.weights, digest_size=16).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trained) and self.experiment == other.experiment and self.digest == other.digest

    def __hash__(self) -> int:
        return hash((self.experiment, self.digest))

    def __repr__(self) -> str:
        return f"Trained({self.experiment.task}, {self.experiment.cell}, {self.digest[:8]})"
