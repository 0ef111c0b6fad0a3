"""The shapes of a network, the tasks of each, and the kind of experiment behind a task."""

from __future__ import annotations

from explorer.sequence import SequenceExperiment
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment

PAGE = "shapes"
SHAPES: dict[str, tuple[str, ...]] = {
    "one-to-one": ("picture",),
    "one-to-many": ("drawing", "spelled", "names"),
    "many-to-one": ("digits", "kinds", "topics", "sentiment", "order"),
    "in-step": ("rows", "tagging", "future", "characters"),
    "encoder-decoder": ("spelled", "numbers", "dates", "names"),
}
"""The tasks of each shape; the first is that of the handwritten digits."""
SHAPE_TITLES = {
    "one-to-one": "One to one",
    "one-to-many": "One to many",
    "many-to-one": "Many to one",
    "in-step": "Many to many, in step",
    "encoder-decoder": "Encoder and decoder",
}
WRITTEN: dict[str, str] = {
    "drawing": "Draw a digit",
    "spelled": "Spell a digit",
    "names": "Invent a name",
    "numbers": "Numbers in words",
    "dates": "Dates of the world",
}
"""Tasks whose answers are sequences of their own."""
TWINS = frozenset({"tagging", "future"})
"""Tasks on which a network that reads both ways is trained beside one that reads one way."""
READ_WHOLE = {"spelled": ("reading", "picture", "rows"), "names": ("condition", "category", "letters")}
"""Tasks of two shapes: the field that tells them apart, its value for one input and for a sequence of them."""
Training = SequenceExperiment | EncoderDecoderExperiment


def training_class(task: str) -> type[Training]:
    """The kind of experiment behind a task."""
    return EncoderDecoderExperiment if task in WRITTEN else SequenceExperiment
