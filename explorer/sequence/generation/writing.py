"""`WritingExperiment`: language models that write side by side, one piece of each at a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import ConfigDict, Field

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.generation.rule import COLDEST, HOTTEST, Rule
from explorer.sequence.pretraining.experiment import SETTINGS_LIMIT, PretrainingExperiment

LONGEST = 600
"""Most characters that are written."""
LONGEST_PROMPT = 300
MOST_MODELS = 4
Model = tuple[Annotated[str, Field(max_length=SETTINGS_LIMIT)], Annotated[bytes, Field(max_length=40_000_000)]]
"""The settings of a pre-training as JSON, and weights of it in the safetensors format."""


class WritingExperiment(Experiment):
    """A prompt, a rule of drawing, and the models that go on from the one by the other.

    Equal experiments give equal texts to the bit; with another rule the same chances meet another distribution.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    prompt: str = setting(
        "The history of", "Prompt", "What the models read before they go on by themselves; it may be empty.", "writing",
        max_length=LONGEST_PROMPT,
    )  # fmt: skip
    temperature: float = setting(
        0.8, "Temperature",
        "Below 1 what is likely becomes likelier, above 1 all pieces become more alike; 1 leaves them as the model says.",
        "writing", ge=COLDEST, le=HOTTEST,
        options=(0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.8, 2.0, 2.5, 3.0),
    )  # fmt: skip
    top_k: int = setting(
        0, "Top-k", "Only so many of the likeliest pieces may be drawn; 0: all.", "writing", ge=0, le=5000,
        options=(0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 100, 200, 500),
    )  # fmt: skip
    top_p: float = setting(
        1.0, "Top-p", "Only the likeliest pieces that together hold this share may be drawn; 1: all.", "writing",
        ge=0.01, le=1.0, options=(0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0),
    )  # fmt: skip
    length: int = setting(
        240, "Characters", "How much each model writes.", "writing", ge=20, le=LONGEST, options=(60, 120, 240, 400, 600)
    )
    draw: int = setting(1, "Draw", "Picks the chances: another number, another text.", "writing", ge=1, le=9999)
    models: tuple[Model, ...] = setting(
        (), "Models", "The models that write; they stay in memory.", "models", max_length=MOST_MODELS, private=True
    )

    @property
    def rule(self) -> Rule:
        """How pieces are drawn."""
        return Rule(self.temperature, self.top_k, self.top_p)

    @property
    def steps(self) -> int:
        """A step is a piece of each model; of single letters so many are needed."""
        return self.length

    def bases(self) -> list[PretrainingExperiment]:
        """The pre-trainings that the models come from."""
        return [PretrainingExperiment.model_validate_json(settings) for settings, _ in self.models]

    def prepare(self) -> None:
        """Read what the pieces were learned from (seconds, the first time)."""
        import torch._dynamo  # noqa: F401  the first model loads it, for a second: better here than between two pieces

        from explorer.sequence.generation.measures import yardstick
        from explorer.sequence.pretraining import vocabulary

        for base in self.bases():
            vocabulary(base)
            yardstick(base)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The writing, a piece of each model at a time; see `explorer.sequence.generation.scribes.write`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.sequence.generation.scribes import write

        return write(self, wanted)
