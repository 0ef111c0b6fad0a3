"""How long one update takes, estimated from the sizes alone: how many pairs go into one piece, and what is refused.

The constants of the recurrent kernels are those of `explorer.sequence.cost`. It never looks at a clock, so that every
machine cuts and admits the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from explorer.experiment import bounds
from explorer.sequence.cost import (
    FORWARD_SHARE,
    GATES,
    OVERHEAD,
    PER_OUTPUT,
    PER_PRODUCT,
    PER_PRODUCT_OF_READOUT,
    PER_STEP,
    PER_VALUE,
    PER_WEIGHT,
    PER_WEIGHT_AND_STEP,
)

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment
    from explorer.sequence.encoder_decoder.model import EncoderDecoder

LONGEST_PIECE = 40.0
"""Milliseconds of one piece of an update: a third of it forward, then a pause, then the rest backward."""
WORTH = 1.7
"""A piece may also take so many times what a single pair takes, where cutting it smaller would gain little."""
LONGEST_UPDATE = 250.0
"""Milliseconds: fewer than four updates in a second are no training to watch."""
PER_MIXED = 8.0e-6
"""Milliseconds of additive attention for each unit, letter that was read, and letter that is written."""
PER_SCORE = 4.0e-6
"""Milliseconds of masking and normalising one weight of the attention."""
READING_OVERHEAD = 1.5
"""Milliseconds that reading a sequence takes, whatever its size."""
LONGER = {"rnn": 1.35, "lstm": 0.9, "gru": 0.95}
"""What whole passes take in place of the estimate for their kernels."""
SPOKEN, PER_PRODUCT_SPOKEN, PER_LOOK_SPOKEN = 200.0, 0.03e-3, 0.2e-3
"""Microseconds of one step of an answer: in any case, for each product of its weights, and for each number looked at."""
NUMBER_LETTERS = (21, 33, 47, 61, 73)
"""Longest number of two to six digits in words."""
READ = {"names": 3, "spelled": 8}
DATE_LETTERS, LONGEST_DATE, FAMILIAR_LOCALES = 40, 65, 24
WRITTEN = {"dates": 11, "names": 13, "spelled": 6, "drawing": 8}
OUTPUTS = {"numbers": 25, "dates": 12, "names": 53, "spelled": 17, "drawing": 8}
LETTERS = {"numbers": 30, "dates": 1700, "names": 52}
"""Upper bounds of a task's sizes."""
WAYS_OUT = (("batch", "batch {}"), ("hidden", "{} hidden units"))


class Sizes(NamedTuple):
    """Steps read and written, numbers read at each, and numbers that come out."""

    read: int
    written: int
    width: int
    fed: int
    outputs: int


def sizes_of(experiment: EncoderDecoderExperiment) -> Sizes:
    """The sizes of an experiment's task, known without loading it."""
    task, embedding = experiment.task, experiment.embedding
    if task == "numbers":
        read, written = (_number_length(experiment, one) for one in (experiment.source, experiment.target))
    elif task == "dates":
        read, written = DATE_LETTERS if experiment.locales <= FAMILIAR_LOCALES else LONGEST_DATE, WRITTEN[task]
    else:
        read, written = READ.get(task, 1), WRITTEN[task]
    read = read if experiment.topology == "encoder-decoder" else 1
    width = 8 if task == "spelled" else embedding
    return Sizes(read, written, width, 8 if task == "drawing" else embedding, OUTPUTS[task])


def piece_milliseconds(experiment: EncoderDecoderExperiment, pairs: int, hidden: int | None = None) -> float:
    """Estimated time of one forward and backward pass of so many pairs."""
    sizes, units, cell = sizes_of(experiment), hidden or experiment.hidden, experiment.cell
    time = OVERHEAD + _recurrent(cell, sizes.written, pairs, units, sizes.fed)
    if experiment.topology == "encoder-decoder":
        time += READING_OVERHEAD
        directions = 2 if experiment.bidirectional else 1
        time += directions * _recurrent(cell, sizes.read, pairs, max(1, units // directions), sizes.width)
        time += _attention(experiment, sizes, pairs, units) if experiment.attention else 0.0
    products = units * sizes.outputs
    return time + pairs * sizes.written * (3 * products * PER_PRODUCT_OF_READOUT + sizes.outputs * PER_OUTPUT)


def milliseconds(experiment: EncoderDecoderExperiment, batch: int | None = None, hidden: int | None = None) -> float:
    """Estimated time of one update, optimizer included."""
    batch, units = batch or experiment.batch, hidden or experiment.hidden
    pieces, rest = divmod(batch, pairs_at_once(experiment, batch, units))
    time = pieces * piece_milliseconds(experiment, pairs_at_once(experiment, batch, units), units)
    time += piece_milliseconds(experiment, rest, units) if rest else 0.0
    if experiment.teacher_forcing < 1.0:
        time *= 1.0 + FORWARD_SHARE
    return time + _weights(experiment, units) * PER_WEIGHT


def pairs_at_once(experiment: EncoderDecoderExperiment, batch: int | None = None, hidden: int | None = None) -> int:
    """How many pairs go into one piece of an update: as many pieces as needed, all about equally large."""
    batch = batch or experiment.batch
    one, two = (piece_milliseconds(experiment, pairs, hidden) for pairs in (1, 2))
    each = two - one  # the estimate grows evenly with the pairs
    most = 1 + min(int((max(LONGEST_PIECE, WORTH * one) - one) / each), batch - 1)
    return -(-batch // -(-batch // most))


def piece_cost(experiment: EncoderDecoderExperiment) -> float:
    """Microseconds of reading so many pairs, forward only."""
    return 1000.0 * FORWARD_SHARE * piece_milliseconds(experiment, pairs_at_once(experiment))


def answers_at_once(model: EncoderDecoder) -> int:
    """How many answers of the network's own are written side by side: fewer where what was read fills the caches."""
    return max(8, min(64, 8192 // model.decoder.hidden_size))


def step_cost(model: EncoderDecoder, pairs: int, read: int) -> float:
    """Microseconds of one step of so many answers of the network's own, or of reading one step."""
    units = model.decoder.hidden_size
    products = pairs * (model.decoder.weight_ih_l0.numel() + model.decoder.weight_hh_l0.numel() + 3 * units**2)
    looks = 0 if model.attention is None else pairs * read * units * (8 if model.attention.scorer.mixes else 2)
    return SPOKEN + PER_PRODUCT_SPOKEN * products + PER_LOOK_SPOKEN * looks


def refuse_what_is_too_slow(experiment: EncoderDecoderExperiment) -> None:
    """Admit experiments whose update is estimated to take at most a quarter of a second.

    Raises
    ------
    ValueError
        States the estimate, and which sizes would fit.
    """
    expected = milliseconds(experiment)
    if expected <= LONGEST_UPDATE:
        return
    smaller = [say.format(most) for field, say in WAYS_OUT if (most := _largest(experiment, field)) is not None]
    fits = f"What fits: {', or '.join(smaller)}." if smaller else "Make several of its sizes smaller."
    raise ValueError(f"one update would take about {expected:.0f} ms, too long to watch. {fits}")


def _largest(experiment: EncoderDecoderExperiment, field: str) -> int | None:
    """The largest value of a field, below its own, with which the experiment would be admitted."""
    low, _ = bounds(type(experiment), field)
    apart = 2 if field == "hidden" else 1
    value = getattr(experiment, field) - apart
    while value >= low and milliseconds(experiment, **{field: value}) > LONGEST_UPDATE:
        value -= apart
    return value if value >= low else None


def _recurrent(cell: str, steps: int, pairs: int, units: int, width: int) -> float:
    rows = GATES[cell] * units
    per_step = PER_STEP[cell] + pairs * rows * PER_VALUE[cell] + rows * units * PER_WEIGHT_AND_STEP
    return LONGER[cell] * steps * (per_step + 3 * pairs * rows * (width + units) * PER_PRODUCT)


def _attention(experiment: EncoderDecoderExperiment, sizes: Sizes, pairs: int, units: int) -> float:
    looks = sizes.read * sizes.written
    products = sizes.read * units**2 + 2 * looks * units + sizes.written * 2 * units**2
    mixed = (
        units * looks * PER_MIXED + units**2 * sizes.written * PER_PRODUCT if experiment.scoring == "additive" else 0.0
    )
    return pairs * (3 * products * PER_PRODUCT_OF_READOUT + looks * PER_SCORE + mixed)


def _weights(experiment: EncoderDecoderExperiment, units: int) -> int:
    letters = LETTERS.get(experiment.task, 0) * experiment.embedding
    return 2 * GATES[experiment.cell] * units * (units + experiment.embedding) + 5 * units**2 + letters


def _number_length(experiment: EncoderDecoderExperiment, language: str) -> int:
    digits = len(str(experiment.limit - 1))
    return digits if language == "digits" else NUMBER_LETTERS[max(digits, 2) - 2]
