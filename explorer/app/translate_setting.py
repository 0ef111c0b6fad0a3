"""What the page "Translation" shows, as one value: what is translated, by what, and which example is looked at.

Numbers and dates are learned by an `EncoderDecoderExperiment`, whose bounds, defaults and refusals hold here too; words
are carried from one language to the other by a rotation, which has nothing to train.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import ValidationError, model_validator

from explorer.experiment import Experiment, about, bounds, default, explain, setting
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment

PAGE = "translate"
VIEWS = {"numbers": "Numbers", "dates": "Dates", "words": "Words across languages"}
WRITTEN = ("numbers", "dates")
"""Views in which a network writes its answer."""
OF_FILES = ("dictionary", "searched")
"""Fields that mean something only for files of one's own."""
LONGEST = 200
"""Characters that are typed."""
MOST_HELD_OUT = 100


def _from(name: str, **other: Any) -> Any:
    """A field with the title, help, bounds and choices that it has in the experiment behind."""
    cls = EncoderDecoderExperiment
    info, extra, (low, high) = cls.model_fields[name], about(cls, name), bounds(cls, name)
    kept = {key: extra[key] for key in ("labels", "options", "live", "folded") if key in extra}
    limits = {key: value for key, value in (("ge", low), ("le", high)) if value is not None}
    given = {"default": info.default, "title": info.title, "help": info.description, "group": extra["group"]}
    return setting(**{**given, **kept, **limits, **other})


class TranslateView(Experiment):
    """One view of the page: everything that its address says.

    Raises ``pydantic.ValidationError`` for sizes that the experiment behind it refuses.
    """

    leading: ClassVar[str] = "view"

    view: Literal["numbers", "dates", "words"] = setting(
        "numbers", "Translate", "What is translated.", "view", labels=VIEWS
    )
    source: Literal["en", "de", "fr", "es", "it", "digits"] = _from("source")
    target: Literal["en", "de", "fr", "es", "it", "digits"] = _from("target")
    limit: int = _from("limit", default=10_000)
    locales: int = _from("locales")
    cell: Literal["rnn", "lstm", "gru"] = _from("cell")
    attention: bool = _from("attention")
    hidden: int = _from("hidden")
    bidirectional: bool = _from("bidirectional", folded=True)
    embedding: int = _from("embedding")
    scoring: Literal["multiplicative", "additive"] = _from("scoring")
    learning_rate: float = _from("learning_rate")
    clip: float = _from("clip", folded=True)
    schedule: Literal["constant", "linear", "cosine"] = _from("schedule")
    teacher_forcing: float = _from("teacher_forcing")
    batch: int = _from("batch", folded=True)
    optimizer: Literal["sgd", "rmsprop", "adam"] = _from("optimizer", folded=True)
    steps: int = _from("steps")
    seed: int = _from("seed")

    width: int = setting(
        5, "Answers followed", "How many unfinished answers the search keeps after each letter; 1 is greedy.", "search",
        ge=1, le=16, options=(1, 2, 3, 4, 5, 6, 8, 10, 12, 16),
    )  # fmt: skip
    typed: str = setting(
        "", "Your own", "What the network is asked; empty for a held-out example.", "search", max_length=LONGEST
    )
    example: int = setting(
        0, "Held-out example", "0 is the one the network is watched on; it learns from none of them.", "search", ge=0, le=MOST_HELD_OUT,
    )  # fmt: skip

    files: Literal["shipped", "own"] = setting(
        "shipped", "From", "Twenty English and Italian words with their vectors, or two files of vectors of your own.", "vectors",
        labels={"shipped": "English, Italian", "own": "My own"},
    )  # fmt: skip
    group: Literal["all", "numbers", "others"] = setting(
        "all", "Words shown", "Which of the twenty words stand in the planes.", "words",
        labels={"all": "All", "numbers": "Numbers", "others": "Animals and fruits"},
    )  # fmt: skip
    swap: bool = setting(False, "The other way", "From the second language into the first.", "words")
    left_out: bool = setting(
        True, "Each word by the others alone",
        "Place each word by a rotation that was fitted without it. Off: by one rotation fitted to all pairs, this one included.", "words",
    )  # fmt: skip
    method: Literal["csls", "nearest"] = setting(
        "csls", "Find by", "CSLS takes away what a word has in common with everything; nearest is the plain cosine.", "words",
        labels={"csls": "CSLS", "nearest": "Nearest"},
    )  # fmt: skip
    dictionary: Literal["alike", "own"] = setting(
        "alike", "Dictionary", "Words that are spelled alike in both files, or pairs of your own.", "vectors",
        labels={"alike": "Spelled alike", "own": "My own"},
    )  # fmt: skip
    searched: int = setting(
        5000, "Words searched", "The first words of each file, and all of the dictionary: among them a translation is looked for.",
        "vectors", ge=100, le=20_000, options=(500, 1000, 2000, 5000, 10_000, 20_000),
    )  # fmt: skip
    word: str = setting("", "Translate a word", "A word of the first language.", "words", max_length=LONGEST)

    @classmethod
    def suggestions(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """The sizes that suit the task."""
        return suited(given.get("view", "numbers"))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.writes:
            try:
                self.training()
            except ValidationError as error:
                raise ValueError(" ".join(explain(error))) from None
        return self

    @property
    def writes(self) -> bool:
        """Whether a network is trained for this view."""
        return self.view in WRITTEN

    def training(self) -> EncoderDecoderExperiment:
        """The experiment behind numbers or dates."""
        return EncoderDecoderExperiment(task=self.view, **{name: getattr(self, name) for name in SHARED})

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside these values of the others."""
        return is_shown(field, dict(self))


SHARED = tuple(name for name in TranslateView.model_fields if name in EncoderDecoderExperiment.model_fields)
OF_THE_TASK = ("hidden", "learning_rate", "batch", "steps", "attention", "bidirectional")
"""Fields whose defaults depend on the task."""


def suited(view: str) -> dict[str, Any]:
    """The sizes and rates that the experiment behind a view has by default."""
    return {name: default(EncoderDecoderExperiment, name, view) for name in OF_THE_TASK} if view in WRITTEN else {}


TranslateView.suggested = {view: suited(view) for view in WRITTEN}


def is_shown(field: str, values: Mapping[str, Any]) -> bool:
    """Whether a field of the sidebar means anything beside these values of all fields."""
    group = about(TranslateView, field)["group"]
    if group == "view":
        return True
    if values["view"] == "words" or group in ("vectors", "words"):
        return (
            values["view"] == "words"
            and group in ("vectors", "words")
            and (values["files"] == "own" or field not in OF_FILES)
        )
    if field not in EncoderDecoderExperiment.model_fields:
        return True
    given = {name: info.default for name, info in EncoderDecoderExperiment.model_fields.items()}
    return EncoderDecoderExperiment.applies(field, {**given, **values, "task": values["view"]})
