"""How long one update takes, estimated from the sizes alone: how many windows go into one piece, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.experiment import bounds

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment

LONGEST_PIECE = 60.0
"""Milliseconds of one piece of an update: a third of it forward, then a pause, then the rest backward."""
LONGEST_UPDATE = 1500.0
"""Milliseconds: fewer updates in a second are no training to watch."""
OVERHEAD, PER_LAYER = 1.0, 1.0
"""Milliseconds of one piece whatever its size, and for each layer."""
PER_PRODUCT = 2.8e-8
"""Milliseconds for each multiplication of a matrix product forward and backward; three products for each weight."""
PER_LOOK = 6.0e-6
"""Milliseconds for each weight of the attention in one head."""
PER_VALUE = 2.0e-6
"""Milliseconds for each number that passes through a layer, and for each chance."""
FORWARD_SHARE = 0.35
KNOWN_CHARACTERS = 127
"""The most frequent characters; six in ten thousand letters of the Wikipedia text are others."""
BLOCK = 10
"""Weights of a block's matrices, as a multiple of its squared width: four of attention, twice three of the perceptron."""
WAYS_OUT = (("batch", "batch {}"), ("width", "width {}"), ("context", "context {}"), ("layers", "{} layers"))


def pieces_known(experiment: PretrainingExperiment) -> int:
    """About how many pieces the vocabulary holds, known without reading the text."""
    letters = 1 + KNOWN_CHARACTERS
    sizes = {"characters": letters, "words": 1 + experiment.words, "subwords": letters + experiment.merges}
    return sizes[experiment.units] + (experiment.objective == "bert")


def window_milliseconds(experiment: PretrainingExperiment, **sizes: int) -> float:
    """Estimated time of one window, forward and backward."""
    width, layers, context = (sizes.get(name, getattr(experiment, name)) for name in ("width", "layers", "context"))
    read = experiment.mask_share if experiment.objective == "bert" else 1.0
    pieces = pieces_known(experiment) * read
    products = 3 * context * (BLOCK * layers * width**2 + pieces * width + 2 * layers * context * width)
    looks = layers * experiment.heads * context**2
    values = context * (16 * layers * width + 3 * pieces)
    return products * PER_PRODUCT + looks * PER_LOOK + values * PER_VALUE


def piece_milliseconds(experiment: PretrainingExperiment, windows: int, **sizes: int) -> float:
    """Estimated time of one forward and backward pass of so many windows."""
    layers = sizes.get("layers", experiment.layers)
    return OVERHEAD + layers * PER_LAYER + windows * window_milliseconds(experiment, **sizes)


def windows_at_once(experiment: PretrainingExperiment, **sizes: int) -> int:
    """How many windows go into one piece of an update: as many pieces as needed, all about equally large."""
    batch = sizes.get("batch", experiment.batch)
    fixed = piece_milliseconds(experiment, 0, **sizes)
    most = max(1, min(batch, int((LONGEST_PIECE - fixed) / window_milliseconds(experiment, **sizes))))
    return -(-batch // -(-batch // most))


def milliseconds(experiment: PretrainingExperiment, **sizes: int) -> float:
    """Estimated time of one update."""
    batch = sizes.get("batch", experiment.batch)
    pieces, rest = divmod(batch, at_once := windows_at_once(experiment, **sizes))
    time = pieces * piece_milliseconds(experiment, at_once, **sizes)
    return time + (piece_milliseconds(experiment, rest, **sizes) if rest else 0.0)


def reading_microseconds(experiment: PretrainingExperiment, windows: int, steps: int) -> float:
    """Estimated time of reading so many windows of so many pieces, forward only."""
    share = windows * steps / experiment.context
    return 1000.0 * FORWARD_SHARE * (piece_milliseconds(experiment, 0) + share * window_milliseconds(experiment))


def refuse_what_is_too_slow(experiment: PretrainingExperiment) -> None:
    """Admit experiments whose update takes a second and a half at most, and one window of it one piece.

    Raises
    ------
    ValueError
        States the estimate, and which sizes would fit.
    """
    if _fits(experiment):
        return
    smaller = [say.format(most) for field, say in WAYS_OUT if (most := _largest(experiment, field)) is not None]
    fits = f"What fits: {', or '.join(smaller)}." if smaller else "Make several of its sizes smaller."
    one = piece_milliseconds(experiment, 1)
    what = "one update" if one <= LONGEST_PIECE else f"a single stretch of {experiment.context} pieces"
    expected = milliseconds(experiment) if one <= LONGEST_PIECE else one
    raise ValueError(f"{what} would take about {expected:.0f} ms, too long to watch. {fits}")


def _fits(experiment: PretrainingExperiment, **sizes: int) -> bool:
    one = piece_milliseconds(experiment, 1, **sizes)
    return one <= LONGEST_PIECE and milliseconds(experiment, **sizes) <= LONGEST_UPDATE


def _largest(experiment: PretrainingExperiment, field: str) -> int | None:
    """The largest value of a field, below its own, with which the experiment would be admitted."""
    low, _ = bounds(type(experiment), field)
    apart = 2 * experiment.heads if field == "width" else 1
    value = getattr(experiment, field) - apart
    while value >= low and not _fits(experiment, **{field: value}):
        value -= apart
    return value if value >= low else None
