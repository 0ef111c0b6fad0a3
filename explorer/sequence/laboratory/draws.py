"""What a probed cell is made of: its weights, what it reads, where it begins and how each sample errs.

The weights take the same random numbers, in the same order, as those of a network that is to learn the handwritten digits
row by row (see `explorer.sequence.initialisation`). Where those numbers are made into a rotation or scaled to a radius, that
happens here in float64, so that powers of the radius come out to the last digits.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import torch

from explorer.sequence.initialisation import GATES
from explorer.sequence.laboratory.names import CellName
from explorer.sequence.laboratory.probe import INPUTS, Probe
from explorer.sequence.pace import Slices
from explorer.sequence.recurrence import Array, Weights

CLASSES = 10
"""Outputs of the network whose numbers are drawn: its readout comes before the rotations."""
BEGINNING = (0.5, 1.5)
"""Between these numbers the units of a ReLU network begin."""
READING, ERRING, STARTING = 11, 12, 13
"""Names of the probes' random streams."""


def weights_of(probe: Probe, cell: CellName) -> Weights:
    """The weights of a probed cell, float64; same probe, same bits."""
    plain = _noise(cell, probe.hidden, probe.seed)
    blocks = _squares(cell, probe.hidden, probe.seed, probe.initialisation)
    radius = 1.0 if probe.initialisation == "default" else probe.spectral_radius
    input_bias, recurrent_bias = _biases(probe, cell, plain)
    return Weights(plain.input, radius * blocks, input_bias, recurrent_bias)


def draw_slices(probe: Probe, cell: CellName) -> Slices[None]:
    """Do beforehand, in slices, what would make the first call of `weights_of` long."""
    for gate in range(GATES[cell] if probe.initialisation == "spectral" else 0):
        _of_radius_one(cell, probe.hidden, probe.seed, gate)
        yield None


def inputs_of(probe: Probe) -> Array:
    """What the cell reads, (T, n, 8): normal random numbers of the chosen size."""
    noise = np.random.default_rng([probe.seed, READING]).normal(size=(probe.samples, probe.length, INPUTS))
    return probe.inputs * noise.swapaxes(0, 1)


def directions_of(probe: Probe) -> Array:
    """u_i of each sample, (n, H) of length 1: the derivative of its loss by a state that the loss reads."""
    towards = np.random.default_rng([probe.seed, ERRING]).normal(size=(probe.samples, probe.hidden))
    return towards / np.linalg.norm(towards, axis=1, keepdims=True)


def beginning_of(probe: Probe, cell: CellName) -> Array:
    """h_0, (n, H): zero, but positive for a ReLU network, which would be silent for ever."""
    shape = probe.samples, probe.hidden
    if cell != "rnn" or probe.activation != "relu":
        return np.zeros(shape)
    return np.random.default_rng([probe.seed, STARTING]).uniform(*BEGINNING, shape)


def _biases(probe: Probe, cell: CellName, plain: Weights) -> tuple[Array, Array]:
    random = probe.biases and probe.initialisation != "identity"
    found = [bias.copy() if random else np.zeros_like(bias) for bias in (plain.input_bias, plain.recurrent_bias)]
    value = {"lstm": probe.forget_bias, "gru": probe.update_bias}.get(cell, 0.0)
    if value > 0:
        found[0][probe.hidden : 2 * probe.hidden], found[1][probe.hidden : 2 * probe.hidden] = value, 0.0
    return found[0], found[1]


@lru_cache(maxsize=12)
def _noise(cell: CellName, hidden: int, seed: int) -> Weights:
    """PyTorch's uniform numbers."""
    return _drawn(cell, hidden, seed)[0]


@lru_cache(maxsize=12)
def _squares(cell: CellName, hidden: int, seed: int, initialisation: str) -> Array:
    """W_hh (gates * H, H) whose gates have the radius 1, or PyTorch's noise as it is."""
    if initialisation == "identity":
        return np.tile(np.eye(hidden), (GATES[cell], 1))
    noise, generator = _drawn(cell, hidden, seed)
    if initialisation == "default":
        return noise.recurrent
    if initialisation == "orthogonal":
        return np.concatenate([_rotation(hidden, generator) for _ in range(GATES[cell])])
    return np.concatenate([_of_radius_one(cell, hidden, seed, gate) for gate in range(GATES[cell])])


def _drawn(cell: CellName, hidden: int, seed: int) -> tuple[Weights, torch.Generator]:
    generator = torch.Generator().manual_seed(seed)
    rows, bound = GATES[cell] * hidden, 1.0 / math.sqrt(hidden)
    shapes = ((rows, INPUTS), (rows, hidden), (rows,), (rows,), (CLASSES, hidden), (CLASSES,))
    drawn = [torch.empty(shape).uniform_(-bound, bound, generator=generator).double().numpy() for shape in shapes]
    return Weights(*drawn[:4]), generator


def _rotation(hidden: int, generator: torch.Generator) -> Array:
    """An orthogonal matrix, as `torch.nn.init.orthogonal_` makes it of the same numbers, but exact in float64."""
    q, r = np.linalg.qr(torch.empty(hidden, hidden).normal_(generator=generator).double().numpy())
    return q * np.sign(np.diag(r))


@lru_cache(maxsize=48)
def _of_radius_one(cell: CellName, hidden: int, seed: int, gate: int) -> Array:
    """One gate of PyTorch's noise, scaled; its eigenvalues take 20 ms for 256 units."""
    block = np.split(_noise(cell, hidden, seed).recurrent, GATES[cell])[gate]
    return block / np.abs(np.linalg.eigvals(block)).max()
