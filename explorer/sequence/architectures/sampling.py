"""Text from a network without a memory: it reads all that is written so far again for every new token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.architectures.comparison import ComparisonModel
from explorer.sequence.cost import FORWARD_SHARE, milliseconds, sizes_of

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment


class ContextReader:
    """As `explorer.sequence.sampling.Reader`, for a causal model: the last tokens are its memory.

    Of what was read it sees as many tokens as one training sequence has: beyond these it never learned anything. It is
    given a sequence of that length always, filled up behind the last token, so that nothing is prepared anew.

    Attributes
    ----------
    cost : float
        Microseconds of one token.
    """

    def __init__(self, model: ComparisonModel, experiment: ArchitectureExperiment) -> None:
        self._model = model
        self._longest = sizes_of(experiment).steps
        self.cost = 1000.0 * FORWARD_SHARE * milliseconds(experiment, batch=1)
        self.forget()

    def forget(self) -> None:
        """Begin with an empty memory."""
        self._tokens: list[int] = []

    def read(self, token: int) -> np.ndarray:
        """Logits (O,) of what comes after this token and those before it."""
        self._tokens = [*self._tokens, token][-self._longest :]
        read = len(self._tokens)
        inputs = torch.tensor([[*self._tokens, *[0] * (self._longest - read)]])
        with torch.no_grad():
            return self._model(inputs, torch.tensor([read]))[0, read - 1].numpy()
