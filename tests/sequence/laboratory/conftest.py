"""Probes and traced networks for the tests of the laboratory."""

import numpy as np
import pytest
import torch

from explorer.sequence import SequenceExperiment, build_model
from explorer.sequence.laboratory.draws import beginning_of, inputs_of, weights_of
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.profile import errors_of

CELLS = ("rnn", "lstm", "gru")


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    torch.set_num_threads(1)


def one_step(cell, weights, x, h, c, activation="tanh"):
    """One step in torch from the formulas, h made of the very c that is returned, so that c.grad is the total."""
    from_x, from_h = (
        x @ weights["input"].T + weights["input_bias"],
        h @ weights["recurrent"].T + weights["recurrent_bias"],
    )
    if cell == "rnn":
        a = from_x + from_h
        return {"tanh": torch.tanh, "relu": torch.relu, "linear": lambda a: a}[activation](a), c
    if cell == "lstm":
        i, f, g, o = (from_x + from_h).chunk(4, dim=-1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c
    (rx, zx, nx), (rh, zh, nh) = from_x.chunk(3, dim=-1), from_h.chunk(3, dim=-1)
    z = torch.sigmoid(zx + zh)
    return (1 - z) * torch.tanh(nx + torch.sigmoid(rx + rh) * nh) + z * h, c


class Autograd:
    """A probed cell in torch, step by step: its states are leaves of a graph, and their gradients are the truth."""

    def __init__(self, probe, cell):
        self.probe, self.cell = probe, cell
        drawn = weights_of(probe, cell)
        names = ("input", "recurrent", "input_bias", "recurrent_bias")
        self.weights = {name: torch.from_numpy(getattr(drawn, name).copy()).requires_grad_() for name in names}
        self.inputs = torch.from_numpy(inputs_of(probe).copy())
        self.h0 = torch.from_numpy(beginning_of(probe, cell).copy())
        self.c0 = torch.zeros_like(self.h0)

    def step(self, t, h, c):
        return one_step(self.cell, self.weights, self.inputs[t], h, c, self.probe.activation)

    def run(self):
        """All states; h and c keep their gradients. Truncation detaches where the probe cuts."""
        h, c, states = self.h0.clone(), self.c0.clone(), []
        for t in range(self.probe.length):
            if t in self.probe.cuts:
                h, c = h.detach(), c.detach()
            h, c = self.step(t, h, c)
            for state in (h, c):
                if state.requires_grad:
                    state.retain_grad()
            states.append((h, c))
        return states

    def gradients(self):
        """dL/dh_t and dL/dc_t, (T, n, H)."""
        states = self.run()
        loss = sum(
            (h * torch.from_numpy(error)).sum() for (h, _), error in zip(states, errors_of(self.probe), strict=True)
        )
        loss.backward()
        zero = np.zeros(self.h0.shape)
        return [np.stack([zero if part[k].grad is None else part[k].grad.numpy() for part in states]) for k in (0, 1)]


@pytest.fixture
def autograd():
    return Autograd


@pytest.fixture
def small():
    """A probe small enough for torch's autograd, whose every path carries a gradient."""

    def make(**settings):
        return Probe(**{"hidden": 6, "length": 12, "samples": 3, "seed": 5, **settings})

    return make


@pytest.fixture(scope="session")
def trained():
    """A network after a few updates, by cell and task: (experiment, weights)."""
    kept = {}

    def make(cell, task="rose", **settings):
        experiment = SequenceExperiment(
            **{"task": task, "cell": cell, "hidden": 8, "batch": 4, "steps": 3, "learning_rate": 0.05, **settings}
        )
        if experiment not in kept:
            kept[experiment] = list(experiment.frames(wanted=lambda step: step == 3))[-1].weights
        return experiment, kept[experiment]

    return make


@pytest.fixture
def untrained_digits():
    def make(probe, cell):
        return build_model(
            SequenceExperiment(
                task="digits", cell=cell, hidden=probe.hidden, seed=probe.seed, initialisation=probe.initialisation,
                spectral_radius=probe.spectral_radius, forget_bias=probe.forget_bias, update_bias=probe.update_bias,
            )
        )  # fmt: skip

    return make
