"""A network reading a sentence, traced once and looked at as often as one likes."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.example import Example
from explorer.app.moments import example_batch, one_of
from explorer.figures.moment import round_up
from explorer.figures.reading import Reading
from explorer.sequence import SequenceExperiment

if TYPE_CHECKING:
    from explorer.sequence.tasks import Batch, Task
    from explorer.sequence.tracing import Trace


@dataclass(frozen=True, eq=False)
class Network:
    """Weights, and what they are called.

    Attributes
    ----------
    experiment : SequenceExperiment
    weights : bytes or None
        None for the untrained network.
    step : int
        Updates made.
    name : str
        "your network", "LSTM": within a sentence.
    key : Hashable
        Equal for equal networks.
    """

    experiment: SequenceExperiment
    weights: bytes | None
    step: int
    name: str
    key: Hashable


@dataclass(frozen=True, eq=False)
class Look:
    """One network, one example: everything that happened, and what was read out.

    Attributes
    ----------
    outputs : Array
        (T, O), NaN at steps where the network says nothing.
    read : Array
        What the readout reads at each step, (T, directions * units).
    weight, bias : Array
        Of the readout.
    """

    network: Network
    task: Task
    batch: Batch
    trace: Trace
    words: list[str]
    expected: list[str]
    outputs: np.ndarray
    read: np.ndarray
    weight: np.ndarray
    bias: np.ndarray

    @property
    def layers(self) -> int:
        """How many layers the network has."""
        return len(self.trace.unrolled)

    @property
    def units(self) -> int:
        """Numbers in each layer's state."""
        return self.trace.hidden.shape[-1]

    def probabilities(self, t: int) -> np.ndarray | None:
        """Of the classes at step `t`; None where nothing is said or numbers are predicted."""
        if self.task.labels is None or not np.isfinite(self.outputs[t]).all():
            return None
        shares = np.exp(self.outputs[t] - self.outputs[t].max())
        return shares / shares.sum()

    def reading(self, direction: int) -> Reading:
        """What is drawn of one direction."""
        added = np.linalg.norm(self.trace.naive_grad_hidden[direction, :, 0], axis=-1)
        states = self.trace.hidden[:, direction, :, 0]
        relu = self.network.experiment.cell == "rnn" and self.network.experiment.activation == "relu"
        return Reading(
            words=self.words, states=states, gradients=self.trace.grad_hidden[:, direction, :, 0],
            answers=[self._answer(t) for t in range(len(self.words))], expected=self.expected, added=added,
            bound=round_up(float(np.abs(states).max())) or 1.0 if relu else 1.0, reverse=direction == 1,
        )  # fmt: skip

    def _answer(self, t: int) -> tuple[str, str]:
        shares = self.probabilities(t)
        if shares is not None:
            best = int(shares.argmax())
            return self.task.labels[best], f"{100 * shares[best]:.0f} %"
        if self.task.labels is None and np.isfinite(self.outputs[t]).all():
            return f"{self.outputs[t, 0]:.3g}".replace("-", "−"), f"right: {self.expected[t]}" if self.expected[
                t
            ] else ""
        return "", ""


def look(page: str, network: Network, example: Example, loss: str) -> Look:
    """The trace of a network on an example, kept for the visit until either changes.

    Raises
    ------
    ValueError
        When the example cannot be read; the text says why.
    """
    key = (network.key, example, loss)
    kept = st.session_state.get(f"{page}:look")
    if kept is None or kept[0] != key:
        kept = (key, _look(network, example, loss))
        st.session_state[f"{page}:look"] = kept
    return kept[1]


def _look(network: Network, example: Example, loss: str) -> Look:
    from explorer.sequence.model import build_model, load_model
    from explorer.sequence.tracing import trace

    model = load_model(network.experiment, network.weights) if network.weights else build_model(network.experiment)
    task = model.task
    batch = one_of(example_batch(task, example), 0)
    seen = trace(model, batch, task.answer_loss if loss == "answer" else task.loss)
    words = task.steps(batch)
    top = np.concatenate(list(seen.hidden[-1, :, :, 0]), axis=-1)
    outputs = np.full((len(words), task.outputs), np.nan)
    if model.reads == "every":
        outputs[:] = seen.outputs[0]
    else:
        top[-1] = np.concatenate([half[-1 if k == 0 else 0] for k, half in enumerate(seen.hidden[-1, :, :, 0])])
        outputs[-1] = seen.outputs[0]
    weight, bias = (part.detach().double().numpy() for part in (model.readout.weight, model.readout.bias))
    return Look(network, task, batch, seen, words, task.expected(batch), outputs, top, weight, bias)
