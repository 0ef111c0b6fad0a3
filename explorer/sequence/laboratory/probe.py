"""`Probe`: a cell before any training, what it reads and where its error arises, as one value.

Knows no torch: the page's controls are drawn before anything heavy is loaded.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from explorer.experiment import Experiment, setting
from explorer.sequence.laboratory.names import CellName

INPUTS = 8
"""Numbers that a probed cell reads at each step: as many as a row of a handwritten digit has, so that its weights are
those of the network that begins to learn to read digits."""
RADII = (0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0, 1.02, 1.05, 1.1, 1.2, 1.5, 2.0)


class Probe(Experiment):
    """One untrained cell whose gradient is sent back through time; the same value serves RNN, LSTM and GRU.

    The loss is linear, so that nothing but the recurrence shapes the gradient. Each sample i has a direction u_i of length 1,
    drawn at random once; its loss is L_i = u_i . h_T, or the sum of u_i . h_t over all t where every step has an error.
    So |dL/dh_T| = 1 exactly, and the samples' errors point different ways, as those of different answers do.

    The state begins at zero. Only the plain RNN with ReLU begins at positive numbers (uniform between 0.5 and 1.5): at zero
    every unit would be silent and no gradient would flow at all.
    """

    initialisation: Literal["default", "orthogonal", "identity", "spectral"] = setting(
        "default",
        "Initial weights",
        "How the recurrent weights begin: PyTorch's uniform noise, a rotation, the identity, "
        "or noise scaled to a spectral radius (the size of the largest eigenvalue).",
        "weights",
        labels={
            "default": "PyTorch's",
            "orthogonal": "Orthogonal",
            "identity": "Identity",
            "spectral": "Scaled noise",
        },
    )  # fmt: skip
    spectral_radius: float = setting(
        1.0, "Spectral radius",
        "Size of the largest eigenvalue of the recurrent weights (of each gate's): below 1 a linear memory fades, above 1 it "
        "grows. PyTorch's own noise is left as it is.",
        "weights", ge=0.1, le=2.0, options=RADII,
    )  # fmt: skip
    activation: Literal["tanh", "relu", "linear"] = setting(
        "tanh", "Activation of the RNN", "The non-linearity of the plain RNN; with none of them its theory is exact.",
        "weights", labels={"tanh": "tanh", "relu": "ReLU", "linear": "None (linear)"}, cells=("rnn",),
    )  # fmt: skip
    forget_bias: float = setting(
        0.0, "Forget-gate bias", "Above 0 the LSTM's forget gates start open; 0 leaves them as initialised.",
        "weights", ge=0.0, le=5.0, cells=("lstm",),
    )  # fmt: skip
    update_bias: float = setting(
        0.0, "Update-gate bias", "Above 0 the GRU's update gates start by keeping what was; 0 leaves them as initialised.",
        "weights", ge=0.0, le=5.0, cells=("gru",),
    )  # fmt: skip
    biases: bool = setting(
        True,
        "Random biases",
        "PyTorch's random biases; without them all are 0. Identity weights come without them.",
        "weights",
    )
    hidden: int = setting(64, "Hidden units", "How many numbers the cell can remember with.", "sizes", ge=4, le=256)
    length: int = setting(100, "Length", "Time steps from the first input to the loss.", "sizes", ge=2, le=200)
    samples: int = setting(8, "Samples", "Sequences that are probed at once.", "sizes", ge=1, le=32)
    inputs: float = setting(
        1.0, "Size of the inputs", "Standard deviation of the random inputs; 0 lets the cell read nothing at all.",
        "reading", ge=0.0, le=10.0, options=(0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0),
    )  # fmt: skip
    loss_at: Literal["last", "every"] = setting(
        "last", "Errors arise", "At the last step alone, or at every step: then each has an error of its own, which hides the fading.",
        "loss", labels={"last": "At the last step", "every": "At every step"},
    )  # fmt: skip
    norm: Literal["per sample", "of the mean"] = setting(
        "per sample", "Measured", "The mean of the samples' gradient sizes, or the size of their mean gradient, in which samples cancel.",
        "loss", labels={"per sample": "Mean of sizes", "of the mean": "Size of the mean"},
    )  # fmt: skip
    window: int = setting(
        0, "Cut after", "Truncated backpropagation: the way back is cut after so many steps, counted from the end; 0 never cuts.",
        "loss", ge=0, le=200,
    )  # fmt: skip
    seed: int = setting(
        0,
        "Seed",
        "Picks weights, inputs and errors; same seed, same numbers.",
        "weights",
        ge=0,
        le=2**31 - 1,
        folded=True,
    )

    CELLS: ClassVar[tuple[CellName, ...]] = ("rnn", "lstm", "gru")

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        if field == "spectral_radius":
            return self.initialisation != "default"
        return field != "biases" or self.initialisation != "identity"

    @property
    def cuts(self) -> tuple[int, ...]:
        """Steps whose memory is handed over without a way back (the first steps of all windows but the first)."""
        return cuts(self.length, self.window)


def cuts(length: int, window: int) -> tuple[int, ...]:
    """Where truncated backpropagation cuts a sequence: steps t whose h_{t-1} gets nothing back, in order.

    Windows are counted from the end, as if the sequence were the last piece of a long text that is read in pieces.

    Parameters
    ----------
    length : int
    window : int
        Steps in one piece; 0, or as many as the sequence has, cuts nothing.
    """
    return () if window <= 0 else tuple(sorted(range(length - window, 0, -window)))
