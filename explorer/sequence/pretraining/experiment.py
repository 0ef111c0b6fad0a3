"""`PretrainingExperiment`: a small Transformer, a text and a way of learning from it without labels, as one value.

Knows no torch: pages and the command line read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.experiment import LEARNING_RATES, TEXT_LIMIT

UNITS = {"characters": "Characters", "words": "Words", "subwords": "Subwords"}
OBJECTIVES = {"gpt": "The next piece (GPT)", "bert": "Hidden pieces (BERT)"}
SETTINGS_LIMIT = 6 * TEXT_LIMIT + 100_000
"""Characters of the settings as JSON, at most: a control character of an own text is written with six."""
POSITIONS = {"learned": "Learned", "sinusoidal": "Waves", "rotary": "Rotations", "none": "None"}


class PretrainingExperiment(Experiment):
    """One pre-training of one Transformer on one text.

    Equal experiments give equal frames to the bit. Raises ``pydantic.ValidationError`` for values out of bounds and for
    combinations that cannot be trained in small pieces, with the sizes that would fit.
    """

    leading: ClassVar[str] = "objective"
    picture_share: ClassVar[float] = 0.25
    groups: ClassVar = {"task": "Task", "text": "Text", "architecture": "Architecture", "training": "Training"}
    suggested: ClassVar = {"gpt": {}, "bert": {}}
    suggested_by: ClassVar = {"units": {"words": {"context": 64}, "subwords": {"context": 64}}}

    objective: Literal["gpt", "bert"] = setting(
        "gpt", "Learn to predict",
        "The next piece from those before it (GPT), or pieces that were hidden, from both sides (BERT).",
        "task", labels=OBJECTIVES,
    )  # fmt: skip
    mask_share: float = setting(
        0.15, "Hidden share", "How many of the pieces have to be guessed.", "task", ge=0.02, le=0.6,
        options=(0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5), objectives=("bert",),
    )  # fmt: skip

    corpus: Literal["wikipedia", "lee", "repeated", "own"] = setting(
        "wikipedia", "Text",
        "Real text to read: 100 Wikipedia articles, the Lee news collection, or your own; or random letters that repeat "
        "themselves, from which nothing can be learned but to repeat.",
        "text", labels={"wikipedia": "Wikipedia", "lee": "News", "repeated": "Repetitions", "own": "My text"},
    )  # fmt: skip
    text: str = setting(
        "", "Your text", "Plain text to learn from. It stays in memory and is never part of a link.", "text",
        max_length=TEXT_LIMIT, private=True,
    )  # fmt: skip
    units: Literal["characters", "words", "subwords"] = setting(
        "characters", "Pieces", "What the text is cut into: letters, words, or parts of words learned from the text.",
        "text", labels=UNITS,
    )  # fmt: skip
    merges: int = setting(
        1000, "Merges", "How often the two neighbours that meet most often become one piece.", "text",
        ge=10, le=4000, options=(50, 100, 200, 500, 1000, 2000, 4000), units=("subwords",),
    )  # fmt: skip
    words: int = setting(
        4000, "Words", "How many of the most frequent words are known; all others look alike.", "text",
        ge=20, le=8000, options=(500, 1000, 2000, 4000, 8000), units=("words",),
    )  # fmt: skip

    layers: int = setting(
        3, "Layers", "Blocks of attention and perceptron on top of one another.", "architecture", ge=1, le=8
    )
    heads: int = setting(4, "Heads", "Ways of looking back, side by side in each layer.", "architecture", ge=1, le=8)
    width: int = setting(
        96, "Width", "Numbers that stand for one place in the text.", "architecture", ge=16, le=192,
        options=(16, 32, 48, 64, 80, 96, 128, 160, 192),
    )  # fmt: skip
    context: int = setting(
        128, "Context", "How many pieces the network sees at once.", "architecture", ge=16, le=256,
        options=(16, 32, 48, 64, 96, 128, 192, 256),
    )  # fmt: skip
    positions: Literal["learned", "sinusoidal", "rotary", "none"] = setting(
        "rotary", "Positions",
        "How a piece knows where it stands: a vector learned for each place, waves added to the piece (Vaswani et al. "
        "2017), queries and keys turned by an angle that grows with the place (Su et al. 2021), or not at all.",
        "architecture", labels=POSITIONS,
    )  # fmt: skip

    neighbours: int = setting(
        0, "Mix in neighbours",
        "So many pieces before each one are added to it in the beginning, each number with a learned weight; 0 is the plain "
        "Transformer, which has to find its neighbours by attention.",
        "architecture", ge=0, le=4, folded=True, objectives=("gpt",),
    )  # fmt: skip

    optimizer: Literal["adamw", "muon"] = setting(
        "muon", "Optimizer",
        "AdamW (Loshchilov and Hutter 2019), or Muon (Jordan et al. 2024), which makes each matrix's step orthogonal.",
        "training", labels={"adamw": "AdamW", "muon": "Muon"}, folded=True,
    )  # fmt: skip
    learning_rate: float = setting(
        0.01, "Learning rate", "How far one step goes at most; see the schedule.", "training",
        ge=1e-5, le=1.0, live=True, options=LEARNING_RATES,
    )  # fmt: skip
    warm_up: int = setting(
        50,
        "Warm-up",
        "Steps over which the learning rate rises to its full value.",
        "training",
        ge=0,
        le=5000,
        folded=True,
    )
    schedule: Literal["constant", "linear", "cosine"] = setting(
        "linear", "Schedule",
        "How the learning rate goes on after the warm-up: as it is, or down to 0 at the last step, straight or along "
        "half a cosine.",
        "training", labels={"constant": "Constant", "linear": "Falling", "cosine": "Half a cosine"}, folded=True,
    )  # fmt: skip
    clip: float = setting(
        1.0, "Clip gradients at", "Longer gradients are shortened to this norm; 0 turns clipping off.", "training",
        ge=0.0, le=100.0, live=True, options=(0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0), folded=True,
    )  # fmt: skip
    temperature: float = setting(
        0.8, "Temperature", "How daring the sampled text is: low repeats the likeliest, high surprises.", "training",
        ge=0.1, le=2.0, live=True, objectives=("gpt",),
    )  # fmt: skip
    batch: int = setting(16, "Batch", "Stretches of text looked at before each step.", "training", ge=1, le=256)
    weight_decay: float = setting(
        0.01, "Weight decay", "Pulls the matrices towards zero a little at every step.", "training",
        ge=0.0, le=0.5, folded=True, options=(0.0, 1e-3, 0.01, 0.03, 0.1, 0.3),
    )  # fmt: skip
    steps: int = setting(
        5000, "Steps", "Updates after which the training ends.", "training", ge=1, le=100_000,
        options=(200, 500, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000),
    )  # fmt: skip
    seed: int = setting(
        0, "Seed", "Picks the initial weights and the order of the data; same seed, same run.", "training",
        ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.width % self.heads or (self.width // self.heads) % 2:
            fitting = [heads for heads in range(1, 9) if self.width % (2 * heads) == 0]
            raise ValueError(
                f"heads: a width of {self.width} cannot be shared evenly between {self.heads} heads; "
                f"take {' or '.join(map(str, fitting))}."
            )
        if self.corpus == "repeated" and self.units != "characters":
            raise ValueError("units: random letters make no words; choose Characters, or another text.")
        from explorer.sequence.pretraining.cost import refuse_what_is_too_slow

        refuse_what_is_too_slow(self)
        return self

    @classmethod
    def applies(cls, field: str, values: Mapping[str, Any]) -> bool:
        """Whether a field means anything beside these values of all fields."""
        extra = cls.model_fields[field].json_schema_extra or {}
        if values["objective"] not in extra.get("objectives", (values["objective"],)):
            return False
        return values["units"] in extra.get("units", (values["units"],))

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return self.applies(field, dict(self))

    def prepare(self) -> None:
        """Read the text and learn its pieces (up to a few seconds, the first time), so that `frames` starts at once."""
        from explorer.sequence.pretraining.reading import source

        source(self)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The training, one update at a time; see `explorer.sequence.pretraining.training.train`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same training in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.sequence.pretraining.training import train

        return train(self, changes, wanted)
