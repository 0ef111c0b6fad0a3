"""How long one update takes, estimated from the sizes alone: what would not stay live is refused beforehand.

The constants were fitted to 90 measured updates on one modest core with one torch thread; most of them lie within
a third of the estimate. It never looks at a clock, so that every machine admits the same experiments.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from explorer.experiment import bounds

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

Size = Callable[[str], int]
LONGEST_UPDATE = 35.0
"""Milliseconds."""
LONGEST_PIECE = 30.0
"""Milliseconds that an update would take on as many sequences as are evaluated at once, forward only."""
FORWARD_SHARE = 0.4
"""Of an update, what reading alone takes."""
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
OVERHEAD = 0.5
"""Milliseconds that an update of any size takes."""
PER_STEP = {"rnn": 0.040, "lstm": 0.006, "gru": 0.140}
"""Milliseconds for each time step, layer and direction."""
PER_VALUE = {"rnn": 12e-6, "lstm": 8e-6, "gru": 11e-6}
"""Milliseconds for each value of a gate (for the plain RNN: of the state)."""
PER_PRODUCT, PER_PRODUCT_OF_READOUT, PER_OUTPUT = 0.025e-6, 0.008e-6, 8.5e-6
PER_WEIGHT, PER_WEIGHT_AND_STEP = 5.5e-6, 0.15e-6
"""Milliseconds of the optimizer, and of fetching the recurrent weights at every time step."""

PACKED = 1.5
"""How much longer reading takes when sequences of different lengths are read from both ends."""

LENGTHS = {
    "rose": 10, "speech": 29, "picture": 1, "rows": 8, "kinds": 20, "topics": 40, "sentiment": 60, "tagging": 20,
}  # fmt: skip
WIDTHS = {"adding": 2, "series": 1, "speech": 12, "picture": 64, "rows": 8}
OUTPUTS = {
    "rose": 90, "characters": 97, "adding": 1, "recall": 8, "digits": 10, "series": 1, "speech": 9,
    "picture": 10, "rows": 10, "kinds": 6, "topics": 8, "sentiment": 12, "tagging": 4, "order": 8, "future": 8,
}  # fmt: skip
TOKENS = {"recall": 10, "kinds": 31, "topics": 2501, "sentiment": 2001, "tagging": 300, "order": 16}
"""How many tokens have an embedding, where that is not the number of outputs."""
ANSWERS_ONCE = frozenset({"adding", "digits", "speech", "picture", "kinds", "topics", "sentiment", "order"})
MIXED_LENGTHS = frozenset({"speech", "kinds", "topics", "sentiment", "tagging"})
LENGTHY = frozenset({"characters", "words", "adding", "recall", "series", "order", "future"})
"""Tasks whose sequences are as long as the visitor says."""
WAYS_OUT = (
    ("batch", "batch {}", None),
    ("hidden", "{} hidden units", None),
    ("layers", "layers {}", None),
    ("length", "length {}", LENGTHY),
    ("vocabulary", "a vocabulary of {}", frozenset({"words"})),
    ("window", "a window of {}", None),
    ("kernel", "kernel {}", None),
    ("heads", "heads {}", None),
)
"""Fields that can be made smaller, how to say so, and the tasks for which they count (None: all)."""


def refuse_what_is_too_slow(experiment: SequenceExperiment) -> None:
    """Admit experiments whose update is estimated to take at most 35 ms.

    Raises
    ------
    ValueError
        States the estimate, and which sizes would fit.
    """
    expected = milliseconds(experiment)
    if expected <= LONGEST_UPDATE:
        return
    smaller = _ways_out(experiment)
    fits = f"What fits: {', or '.join(smaller)}." if smaller else "Make several of its sizes smaller."
    raise ValueError(f"one update would take about {expected:.0f} ms, too long to stay live. {fits}")


def milliseconds(experiment: SequenceExperiment, **other: int) -> float:
    """Estimated time of one update.

    Parameters
    ----------
    **other : int
        Sizes to use in place of the experiment's own, for instance ``batch=8``.
    """

    def size(name: str) -> int:
        return other.get(name, getattr(experiment, name))

    if experiment.cell not in GATES:
        from explorer.sequence.architectures.cost import milliseconds as of_comparison

        return of_comparison(experiment.model_copy(update=other))
    cell, units, batch, layers = experiment.cell, size("hidden"), size("batch"), size("layers")
    steps, outputs, width = _steps(experiment, size), _outputs(experiment, size), _width(experiment, size)
    directions = 2 if experiment.bidirectional else 1
    runs, rows = layers * directions, GATES[cell] * units
    read = width + (layers - 1) * units * directions
    weights = rows * directions * (read + layers * units)
    readout = units * directions * outputs
    answers = batch * (1 if experiment.task in ANSWERS_ONCE else steps)
    packed = PACKED if experiment.bidirectional and experiment.task in MIXED_LENGTHS else 1.0
    per_step = PER_STEP[cell] + batch * rows * PER_VALUE[cell] + rows * units * PER_WEIGHT_AND_STEP
    return (
        OVERHEAD
        + packed * steps * (runs * per_step + 3 * batch * weights * PER_PRODUCT)
        + answers * (3 * readout * PER_PRODUCT_OF_READOUT + outputs * PER_OUTPUT)
        + (weights + readout + TOKENS.get(experiment.task, outputs) * width) * PER_WEIGHT
    )


def sequences_at_once(experiment: SequenceExperiment) -> tuple[int, float]:
    """How many held-out sequences to evaluate in one piece, and its estimated milliseconds."""
    count = _largest(1, 128, lambda n: milliseconds(experiment, batch=n) <= LONGEST_PIECE) or 1
    return count, FORWARD_SHARE * milliseconds(experiment, batch=count)


def _ways_out(experiment: SequenceExperiment) -> list[str]:
    """Each size that alone would make the experiment admissible, as large as it may be."""
    fitting = []
    for field, say, tasks in WAYS_OUT:
        if field in type(experiment).model_fields and experiment.uses(field) and (tasks is None or experiment.task in tasks):
            low, _ = bounds(type(experiment), field)
            fits = _largest(
                low, getattr(experiment, field) - 1, lambda n, field=field: _admits(experiment, **{field: n})
            )
            fitting += [say.format(fits)] if fits is not None else []
    return fitting


def _admits(experiment: SequenceExperiment, **other: int) -> bool:
    return milliseconds(experiment, **other) <= LONGEST_UPDATE


def _largest(low: int, high: int, fits: Callable[[int], bool]) -> int | None:
    """The largest number from `low` to `high` that fits, when all below it do, too; None when none does."""
    best = None
    while low <= high:
        middle = (low + high) // 2
        if fits(middle):
            best, low = middle, middle + 1
        else:
            high = middle - 1
    return best


class Sizes(NamedTuple):
    """What a task asks of a network: at most so many steps of so many numbers, tokens to embed (0: none), outputs."""

    steps: int
    width: int
    tokens: int
    outputs: int
    answers_once: bool


def sizes_of(experiment: SequenceExperiment, size: Size | None = None) -> Sizes:
    """The sizes of an experiment's task, known without loading it; those of texts are upper bounds."""
    size = size or partial(getattr, experiment)
    outputs = _outputs(experiment, size)
    embeds = experiment.task not in WIDTHS and experiment.task != "digits"
    tokens = TOKENS.get(experiment.task, outputs) if embeds else 0
    steps, width = _steps(experiment, size), _width(experiment, size)
    return Sizes(steps, width, tokens, outputs, experiment.task in ANSWERS_ONCE)


def answers_of(experiment: SequenceExperiment, sizes: Sizes) -> int:
    """How many answers a batch asks for."""
    return experiment.batch * (1 if sizes.answers_once else sizes.steps)


def _steps(experiment: SequenceExperiment, size: Size) -> int:
    if experiment.task == "digits":
        return 64 if experiment.reading == "pixels" else 8
    if experiment.task not in LENGTHY:
        return LENGTHS[experiment.task]
    return size("length") + (20 if experiment.task == "recall" else 0)


def _outputs(experiment: SequenceExperiment, size: Size) -> int:
    return size("vocabulary") + 1 if experiment.task == "words" else OUTPUTS[experiment.task]


def _width(experiment: SequenceExperiment, size: Size) -> int:
    """Numbers that the lowest layer reads at each step."""
    if experiment.task == "digits":
        return 1 if experiment.reading == "pixels" else 8
    return WIDTHS.get(experiment.task, min(size("hidden"), 32))
