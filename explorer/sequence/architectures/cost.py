"""How long one update of a network takes that is not recurrent, from the sizes alone; see `explorer.sequence.cost`.

The constants were fitted to some 450 measured updates on one modest core with one torch thread. Of those that take longer
than 5 ms nine in ten lie within a third of the estimate; `tests/benchmarks/architecture_cost.py` measures others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explorer.sequence.architectures.parameters import body_of
from explorer.sequence.architectures.reach import tcn_levels
from explorer.sequence.cost import (
    PER_OUTPUT,
    PER_PRODUCT_OF_READOUT,
    PER_WEIGHT,
    Sizes,
    answers_of,
    sizes_of,
)

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

OVERHEAD = {"window": 0.5, "average": 0.5, "tcn": 0.9, "cnn": 0.4, "transformer": 1.2}
"""Milliseconds that an update of any size takes."""
PER_EMBEDDED = 6e-6
"""Of fetching a number of an embedded token, and of learning it."""
WINDOW = {"product": 0.079e-6, "cell": 1.5e-6, "embedded": 25e-6, "layer": 0.07}
"""Milliseconds for each multiply-add, number in a window, number read, and layer."""
AVERAGE = {"product": 0.06e-6, "value": 2.1e-6, "embedded": 5.5e-6, "layer": 0.03}
CONVOLUTION = {"product": 0.064e-6, "value": 5e-6, "tap": 1e-6, "sequence": 0.0016, "layer": 0.5}
"""For each multiply-add, number given out, number read by each tap, sequence, and convolution."""
PICTURE = {"product": 0.032e-6, "value": 10e-6, "picture": 0.004, "layer": 0.4}
"""For each multiply-add, number given out, picture, and layer."""
ATTENTION = {"product": 0.069e-6, "value": 32e-6, "look": 7.8e-6, "head": 0.0013, "layer": 0.58}
"""For each multiply-add of the linear maps, number passed on, look of one step at another in one head (there are T x T), head
of one sequence, and block."""
SIDE = 8
BLOCK = 16
"""PyTorch's convolutions over pictures work on so many filters at once, whether there are as many or not."""


def milliseconds(experiment: ArchitectureExperiment) -> float:
    """Estimated time of one update."""
    sizes = sizes_of(experiment)
    width = sizes.width
    answers = answers_of(experiment, sizes)
    body, read = body_of(experiment, experiment.hidden, width)
    readout = read * sizes.outputs
    embedded = experiment.batch * sizes.steps * width * (PER_EMBEDDED if sizes.tokens else 0.0)
    return (
        OVERHEAD[experiment.cell]
        + _BODIES[experiment.cell](experiment, sizes)
        + answers * (3 * readout * PER_PRODUCT_OF_READOUT + sizes.outputs * PER_OUTPUT)
        + (body + readout + sizes.tokens * width) * PER_WEIGHT
        + embedded
    )


def _window(experiment: ArchitectureExperiment, sizes: Sizes) -> float:
    per, width, hidden, layers = WINDOW, sizes.width, experiment.hidden, experiment.layers
    seen, steps = experiment.window * width, experiment.batch * sizes.steps
    products = answers_of(experiment, sizes) * (seen * hidden + (layers - 1) * hidden**2)
    return products * per["product"] + steps * (seen * per["cell"] + width * per["embedded"]) + layers * per["layer"]


def _average(experiment: ArchitectureExperiment, sizes: Sizes) -> float:
    per, width, hidden, layers = AVERAGE, sizes.width, experiment.hidden, experiment.layers
    products = width * hidden + (layers - 1) * hidden**2
    answers = answers_of(experiment, sizes) * (products * per["product"] + layers * hidden * per["value"])
    return answers + experiment.batch * sizes.steps * width * per["embedded"] + layers * per["layer"]


def _tcn(experiment: ArchitectureExperiment, sizes: Sizes) -> float:
    per, hidden, convolutions = CONVOLUTION, experiment.hidden, 2 * tcn_levels(experiment)
    read = experiment.kernel * (sizes.width + (convolutions - 1) * hidden)
    each = read * hidden * per["product"] + convolutions * hidden * per["value"] + read * per["tap"]
    sequences = experiment.batch * convolutions * per["sequence"]
    return experiment.batch * sizes.steps * each + sequences + convolutions * per["layer"]


def _cnn(experiment: ArchitectureExperiment, sizes: Sizes) -> float:
    """An answer after every row looks at a picture for every row."""
    per, hidden = PICTURE, experiment.hidden
    blocked = -(-hidden // BLOCK) * BLOCK
    spent = answers_of(experiment, sizes) * per["picture"]
    for layer in range(experiment.layers):
        places = answers_of(experiment, sizes) * (SIDE >> layer) ** 2
        # A kernel wider than the picture works mostly on the padding.
        padded = max(1.0, (0.75 * experiment.kernel / (SIDE >> layer)) ** 2)
        products = (blocked if layer else 1) * blocked * experiment.kernel**2 * padded
        spent += places * (products * per["product"] + hidden * per["value"]) + per["layer"]
    return spent


def _transformer(experiment: ArchitectureExperiment, sizes: Sizes) -> float:
    """Attention is quadratic: in each head each step looks at each other."""
    per, hidden, heads, steps = ATTENTION, experiment.hidden, experiment.heads, sizes.steps
    inner = heads * max(1, hidden // heads)
    maps = steps * (hidden * (4 * inner + 8 * hidden) * per["product"] + hidden * per["value"])
    looks = heads * (steps**2 * per["look"] + per["head"])
    return experiment.layers * (experiment.batch * (maps + looks) + per["layer"])


_BODIES: dict[str, Callable[[ArchitectureExperiment, Sizes], float]] = {
    "window": _window, "average": _average, "tcn": _tcn, "cnn": _cnn, "transformer": _transformer,
}  # fmt: skip
