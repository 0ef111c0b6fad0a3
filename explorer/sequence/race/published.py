"""Results of others on tasks like ours: lines to look at from afar, never a promise.

Sizes, lengths and data differ from what is trained here, and each set of results says how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from explorer.sequence.race.experiment import Race

BAI = "Bai, Kolter and Koltun 2018, An empirical evaluation of generic convolutional and recurrent networks, Table 1"


@dataclass(frozen=True, slots=True)
class Published:
    """What one paper found for several architectures on one task.

    Attributes
    ----------
    source : str
        The paper and where in it.
    short : str
        The same in a word, for the name of a line.
    setting : str
        What was trained there.
    warning : str
        How that differs from what is trained here.
    measure : str
        Whether the values are losses or scores of our task.
    values : mapping of str to float
        By the names of `entries.ENTRIES`, in the units of our task.
    """

    source: str
    short: str
    setting: str
    warning: str
    measure: Literal["loss", "score"]
    values: Mapping[str, float] = field(default_factory=dict)


COPY_LENGTH, RECALLED = 1000, 10
"""Blanks of Bai et al.'s copy memory, and letters to be said."""
PER_LETTER = (COPY_LENGTH + 2 * RECALLED) / RECALLED
"""Their loss is a mean over all steps, of which all but ten are blanks; ours is over the ten letters alone."""
COPIED = {"lstm": 0.0204, "gru": 0.0197, "rnn": 0.0202, "tcn": 3.5e-5}

ADDING = Published(
    BAI,
    "T = 600",
    "the adding problem with 600 steps, about 70,000 parameters for each",
    "Six times our usual length and many times our parameters: it tells who could learn it at all, not where a line here should end.",
    "loss",
    {"lstm": 0.164, "gru": 5.3e-5, "rnn": 0.177, "tcn": 5.8e-5},
)
COPY = Published(
    BAI,
    "T = 1,000",
    "copy memory with 1,000 blanks, about 16,000 parameters for each",
    "Their loss is a mean over all 1,020 steps; it is multiplied here by 102 to count the ten letters alone.",
    "loss",
    {name: loss * PER_LETTER for name, loss in COPIED.items()},
)
PIXELS = Published(
    BAI,
    "MNIST",
    "MNIST digits of 28 x 28 pixels read one by one (784 steps), about 70,000 parameters for each",
    "Other pictures, twelve times as far to remember. Published results for an LSTM on that very task range from 24 % to 99 %: "
    "initial weights and learning rate decide.",
    "score",
    {"lstm": 0.872, "gru": 0.962, "rnn": 0.215, "tcn": 0.990},
)


def published(race: Race) -> Published | None:
    """What others found on a task like that of this race; None where nothing comparable is known."""
    if race.task == "adding":
        return ADDING
    if race.task == "recall":
        return COPY
    return PIXELS if race.task == "digits" and race.reading == "pixels" else None
