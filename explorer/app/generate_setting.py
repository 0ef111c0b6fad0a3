"""What the page "Generation" is set to, as one value: three models that differ in their pieces alone, and how they write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import ValidationError, model_validator

from explorer.experiment import Experiment, about, bounds, explain, setting
from explorer.sequence.generation.sweep import SweepExperiment
from explorer.sequence.generation.writing import LONGEST_PROMPT, WritingExperiment
from explorer.sequence.pretraining.experiment import PretrainingExperiment

PAGE = "generate"
UNITS = {"characters": "Characters", "subwords": "Subwords", "words": "Words"}
"""Kind of piece to its heading, in the order in which they stand side by side."""
SHARED = (
    "corpus", "text", "layers", "heads", "width", "context", "positions", "learning_rate", "batch", "steps", "seed",
    "merges", "words",
)  # fmt: skip
"""Settings that all three trainings have."""
WRITING = ("prompt", "temperature", "top_k", "top_p", "length", "draw")


def as_in(cls: type[Experiment], name: str, default: Any, **other: Any) -> Any:
    """A field that is the same as in another experiment, but for where it begins, and for what else is said of it."""
    info, extra = cls.model_fields[name], about(cls, name)
    limits = {key: value for key, value in zip(("ge", "le"), bounds(cls, name), strict=True) if value is not None}
    return setting(default, info.title, info.description, extra.pop("group"), **{**extra, **limits, **other})


class Generation(Experiment):
    """One view of the page: everything that its address says.

    Raises ``pydantic.ValidationError`` for sizes that one of the trainings refuses.
    """

    corpus: Literal["wikipedia", "lee", "own"] = as_in(PretrainingExperiment, "corpus", "wikipedia")
    text: str = setting(
        "", "Your text", "Plain text to learn from. It stays in memory and is never part of a link.", "text",
        max_length=5_000_000, private=True,
    )  # fmt: skip
    width: int = as_in(PretrainingExperiment, "width", 64)
    layers: int = as_in(PretrainingExperiment, "layers", 2)
    heads: int = setting(
        4, "Heads", "Ways of looking back, side by side in each layer.", "architecture", ge=1, le=8, folded=True
    )
    context: int = as_in(PretrainingExperiment, "context", 64, folded=True)
    positions: Literal["learned", "sinusoidal", "rotary", "none"] = as_in(
        PretrainingExperiment, "positions", "rotary", folded=True
    )
    merges: int = as_in(PretrainingExperiment, "merges", 1000)
    words: int = as_in(PretrainingExperiment, "words", 4000)
    learning_rate: float = as_in(PretrainingExperiment, "learning_rate", 0.01)
    batch: int = as_in(PretrainingExperiment, "batch", 16, folded=True)
    steps: int = as_in(PretrainingExperiment, "steps", 1500)
    seed: int = as_in(PretrainingExperiment, "seed", 0)
    prompt: str = as_in(WritingExperiment, "prompt", "The history of", max_length=LONGEST_PROMPT)
    temperature: float = as_in(WritingExperiment, "temperature", 0.8)
    top_k: int = as_in(WritingExperiment, "top_k", 0)
    top_p: float = as_in(WritingExperiment, "top_p", 1.0)
    length: int = as_in(WritingExperiment, "length", 240)
    draw: int = as_in(WritingExperiment, "draw", 1)
    knob: Literal["temperature", "top_k", "top_p"] = as_in(SweepExperiment, "knob", "temperature")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.corpus != "own":
            object.__setattr__(self, "text", "")
        try:
            self.trainings()
        except ValidationError as error:
            raise ValueError(" ".join(explain(error))) from None
        return self

    def trainings(self) -> dict[str, PretrainingExperiment]:
        """The experiment behind each kind of pieces."""
        shared = {name: getattr(self, name) for name in SHARED}
        return {unit: PretrainingExperiment(objective="gpt", units=unit, **shared) for unit in UNITS}

    def writing(self, models: Mapping[str, tuple[PretrainingExperiment, bytes]]) -> WritingExperiment:
        """The models of a moment, set to write."""
        given = tuple((base.model_dump_json(), weights) for base, weights in models.values())
        return WritingExperiment(models=given, **{name: getattr(self, name) for name in WRITING})

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return is_shown(field, dict(self))


def is_shown(field: str, values: Mapping[str, Any]) -> bool:
    """Whether a field means anything beside these values of all fields."""
    return field != "text" or values["corpus"] == "own"
