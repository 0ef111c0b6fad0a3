"""`EncoderDecoderExperiment`: a network that answers with a whole sequence, as one value.

Knows no torch: pages and the command line read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.experiment import LEARNING_RATES

TASK_TITLES = {
    "numbers": "Numbers in words",
    "dates": "Dates of the world",
    "names": "Invent a name",
    "spelled": "Spell a digit",
    "drawing": "Draw a digit",
}
LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "digits": "Digits"}
Language = Literal["en", "de", "fr", "es", "it", "digits"]
LARGEST_NUMBER = 1_000_000
WAYS_TO_WRITE = 368
"""Locales of babel that write dates differently from one another."""


class EncoderDecoderExperiment(Experiment):
    """One training of one network that writes or draws its answer step by step.

    What is read is a sequence (encoder-decoder), a picture or a class (one-to-many). Equal experiments give equal
    frames to the bit. Raises ``pydantic.ValidationError`` for values out of bounds and for combinations that cannot
    be trained in small pieces, with the sizes that would fit.
    """

    leading: ClassVar[str] = "task"
    suggested: ClassVar = {
        "dates": {"batch": 64, "steps": 1500},
        "names": {"hidden": 96, "bidirectional": False, "attention": False, "steps": 2500, "learning_rate": 0.005},
        "spelled": {"hidden": 32, "embedding": 16, "batch": 32, "steps": 1000, "learning_rate": 0.01},
        "drawing": {"hidden": 64, "batch": 64, "steps": 2000, "learning_rate": 0.005},
    }

    task: Literal["numbers", "dates", "names", "spelled", "drawing"] = setting(
        "numbers", "Task", "What the network has to learn.", "task", labels=TASK_TITLES
    )
    source: Language = setting(
        "en", "From", "Language in which the number is read.", "task", labels=LANGUAGES, tasks=("numbers",)
    )
    target: Language = setting(
        "de", "Into", "Language in which it is written.", "task", labels=LANGUAGES, tasks=("numbers",)
    )
    limit: int = setting(
        LARGEST_NUMBER, "Numbers below", "Every number is smaller than this.", "task",
        ge=20, le=LARGEST_NUMBER, options=(100, 1000, 10_000, 100_000, LARGEST_NUMBER), tasks=("numbers",),
    )  # fmt: skip
    locales: int = setting(
        24, "Countries' ways", "How many ways of writing dates are learned: languages, orders, separators.", "task",
        ge=1, le=WAYS_TO_WRITE, options=(1, 4, 12, 24, 50, 100, 200, WAYS_TO_WRITE), tasks=("dates",),
    )  # fmt: skip
    condition: Literal["category", "letters"] = setting(
        "category", "Begin with", "What the name is made from: its kind, or its first letters.", "task",
        labels={"category": "Kind of name", "letters": "First letters"}, tasks=("names",),
    )  # fmt: skip
    reading: Literal["picture", "rows"] = setting(
        "picture", "Read the digit", "The whole picture at once, or row by row.", "task",
        labels={"picture": "Whole picture", "rows": "Row by row"}, tasks=("spelled",),
    )  # fmt: skip
    pixels: Literal["bernoulli", "gaussian"] = setting(
        "bernoulli", "Pixels are",
        "Ink or no ink with a chance (Bernoulli, cross-entropy), or a brightness (Gaussian, mean square).", "task",
        labels={"bernoulli": "Ink or none", "gaussian": "Brightness"}, tasks=("drawing",),
    )  # fmt: skip
    fed: Literal["sampled", "mean"] = setting(
        "sampled", "Next row follows",
        "What the network sees of the rows it has drawn: one drawn at random from its expectation, or the expectation.",
        "task", labels={"sampled": "A random row", "mean": "The mean row"}, tasks=("drawing",),
    )  # fmt: skip

    cell: Literal["rnn", "lstm", "gru"] = setting(
        "lstm", "Cell", "The recurrent unit of both halves.", "architecture",
        labels={"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
    )  # fmt: skip
    hidden: int = setting(
        128, "Hidden units", "Numbers in the state of the decoder, and in that of the encoder.", "architecture",
        ge=4, le=256,
    )  # fmt: skip
    embedding: int = setting(
        32, "Embedding", "Numbers that stand for one letter.", "architecture", ge=4, le=64, folded=True
    )
    bidirectional: bool = setting(
        True, "Bidirectional encoder", "Half of the encoder's units read from the end.", "architecture"
    )
    attention: bool = setting(
        True, "Attention", "At each letter the decoder looks back at everything that was read.", "architecture"
    )
    scoring: Literal["multiplicative", "additive"] = setting(
        "multiplicative", "Attention's score",
        "How well a state that was read fits the decoder's: their product through a matrix (Luong et al. 2015), or a "
        "small network on both (Bahdanau et al. 2015).",
        "architecture", labels={"multiplicative": "Product", "additive": "Small network"}, folded=True,
    )  # fmt: skip
    look: Literal["linear", "convolution"] = setting(
        "linear", "Picture layer", "What turns the picture into the first state.", "architecture",
        labels={"linear": "Linear", "convolution": "Convolution"}, tasks=("spelled",),
    )  # fmt: skip

    optimizer: Literal["sgd", "rmsprop", "adam"] = setting(
        "adam", "Optimizer", "The rule that turns gradients into steps.", "training",
        labels={"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam"},
    )  # fmt: skip
    learning_rate: float = setting(
        0.005, "Learning rate", "How far one step goes at most; see the schedule.", "training",
        ge=1e-5, le=10.0, live=True, options=LEARNING_RATES,
    )  # fmt: skip
    schedule: Literal["constant", "linear", "cosine"] = setting(
        "cosine", "Schedule",
        "How the learning rate goes on: as it is, or down to 0 at the last step, straight or along half a cosine "
        "(Loshchilov and Hutter 2017).",
        "training", labels={"constant": "Constant", "linear": "Falling", "cosine": "Half a cosine"}, folded=True,
    )  # fmt: skip
    clip: float = setting(
        1.0, "Clip gradients at", "Longer gradients are shortened to this norm; 0 turns clipping off.", "training",
        ge=0.0, le=100.0, live=True, options=(0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0),
    )  # fmt: skip
    temperature: float = setting(
        0.8, "Temperature", "How daring invented names are: low repeats the likeliest, high surprises.", "training",
        ge=0.1, le=2.0, live=True, tasks=("names",),
    )  # fmt: skip
    teacher_forcing: float = setting(
        1.0, "Teacher forcing",
        "Share of the steps at which the decoder is given the right symbol before, in place of its own.", "training",
        ge=0.0, le=1.0, folded=True,
    )  # fmt: skip
    batch: int = setting(32, "Batch", "Sequences looked at before each step.", "training", ge=1, le=256)
    weight_decay: float = setting(
        0.0, "Weight decay", "Pulls all weights towards zero a little at every step.", "training",
        ge=0.0, le=0.1, folded=True, options=(0.0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1),
    )  # fmt: skip
    steps: int = setting(
        1500, "Steps", "Updates after which the training ends.", "training", ge=1, le=100_000, folded=True
    )
    seed: int = setting(
        0, "Seed", "Picks the initial weights and the order of the data; same seed, same run.", "training",
        ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.bidirectional and self.hidden % 2 and self.uses("bidirectional"):
            raise ValueError(
                f"hidden: {self.hidden} units cannot be shared between two directions; take {self.hidden + 1}, "
                "or an encoder that reads one way."
            )
        from explorer.sequence.encoder_decoder.cost import refuse_what_is_too_slow

        refuse_what_is_too_slow(self)
        return self

    @property
    def topology(self) -> Literal["one-to-many", "encoder-decoder"]:
        """Whether one thing is read (a class, a picture) or a sequence."""
        return "encoder-decoder" if reads_a_sequence(dict(self)) else "one-to-many"

    @classmethod
    def applies(cls, field: str, values: Mapping[str, Any]) -> bool:
        """Whether a field means anything beside these values of all fields."""
        extra = cls.model_fields[field].json_schema_extra or {}
        if values["task"] not in extra.get("tasks", (values["task"],)):
            return False
        if field in ("bidirectional", "attention"):
            return reads_a_sequence(values)
        if field == "scoring":
            return values["attention"] and reads_a_sequence(values)
        if field == "look":
            return not reads_a_sequence(values)
        return field != "embedding" or values["task"] != "drawing"

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return self.applies(field, dict(self))

    def prepare(self) -> None:
        """Load what the task reads (up to a second, the first time), so that `frames` starts at once."""
        from explorer.sequence.encoder_decoder.tasks import make_task

        make_task(self)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The training, one update at a time; see `explorer.sequence.encoder_decoder.training.train`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same training in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.sequence.encoder_decoder.training import train

        return train(self, changes, wanted)


def reads_a_sequence(values: Mapping[str, Any]) -> bool:
    """Whether the experiment with these values reads a sequence: its shape is then encoder-decoder."""
    choice = {"names": values["condition"] == "letters", "spelled": values["reading"] == "rows", "drawing": False}
    return choice.get(values["task"], True)
