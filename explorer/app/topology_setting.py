"""What the page "Topologies" is set to, as one value: a shape, a task of that shape, and the network that learns it.

A shape says at which steps something is read and at which something is put out. Behind each task stands an experiment of
its own kind: `SequenceExperiment` where the answer comes with what is read, `EncoderDecoderExperiment` where it is a
sequence of its own. Their bounds, defaults and refusals hold here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import ValidationError, model_validator

from explorer.app.topology_tasks import READ_WHOLE, SHAPE_TITLES, SHAPES, TWINS, WRITTEN, Training, training_class
from explorer.experiment import Experiment, about, bounds, choices, default, explain, setting
from explorer.sequence import SequenceExperiment
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.experiment import TASK_TITLES


def _from(cls: type[Experiment], name: str, **other: Any) -> Any:
    """A field with the title, help, bounds and choices that it has in the experiment behind."""
    info, extra = cls.model_fields[name], about(cls, name)
    low, high = bounds(cls, name)
    kept = {key: extra[key] for key in ("labels", "options", "live", "folded") if key in extra}
    limits = {key: value for key, value in (("ge", low), ("le", high)) if value is not None}
    return setting(
        **{
            "default": info.default,
            "title": info.title,
            "help": info.description,
            "group": extra["group"],
            **kept,
            **limits,
            **other,
        }
    )


class Topology(Experiment):
    """One view of the page: everything that its address says.

    Raises ``pydantic.ValidationError`` for a task that does not have the shape, and for sizes that the experiment behind
    it refuses.
    """

    leading: ClassVar[str] = "shape"

    shape: Literal["one-to-one", "one-to-many", "many-to-one", "in-step", "encoder-decoder"] = setting(
        "many-to-one",
        "Shape",
        "At which steps something is read, and at which something is put out.",
        "task",
        labels=SHAPE_TITLES,
    )
    task: Literal[
        "picture", "drawing", "spelled", "names", "digits", "kinds", "topics", "sentiment", "order",
        "rows", "tagging", "future", "characters", "numbers", "dates",
    ] = setting(
        "digits", "Task", "What a network of this shape has to learn.", "task", labels={**TASK_TITLES, **WRITTEN}
    )  # fmt: skip
    source: Literal["en", "de", "fr", "es", "it", "digits"] = _from(EncoderDecoderExperiment, "source")
    target: Literal["en", "de", "fr", "es", "it", "digits"] = _from(EncoderDecoderExperiment, "target")
    limit: int = _from(EncoderDecoderExperiment, "limit", folded=True)
    locales: int = _from(EncoderDecoderExperiment, "locales", folded=True)
    pixels: Literal["bernoulli", "gaussian"] = _from(EncoderDecoderExperiment, "pixels", folded=True)
    fed: Literal["sampled", "mean"] = _from(EncoderDecoderExperiment, "fed", folded=True)
    length: int = _from(SequenceExperiment, "length", folded=True)

    cell: Literal["rnn", "lstm", "gru"] = _from(SequenceExperiment, "cell")
    attention: bool = _from(EncoderDecoderExperiment, "attention")
    twin: bool = setting(
        True,
        "A twin reads both ways",
        "A second network, which also reads from the end, learns the same beside it.",
        "architecture",
    )
    hidden: int = _from(SequenceExperiment, "hidden")
    bidirectional: bool = _from(EncoderDecoderExperiment, "bidirectional", folded=True)
    embedding: int = _from(EncoderDecoderExperiment, "embedding", folded=True)
    scoring: Literal["multiplicative", "additive"] = _from(EncoderDecoderExperiment, "scoring", folded=True)
    look: Literal["linear", "convolution"] = _from(EncoderDecoderExperiment, "look", folded=True)

    learning_rate: float = _from(SequenceExperiment, "learning_rate")
    temperature: float = _from(EncoderDecoderExperiment, "temperature")
    clip: float = _from(SequenceExperiment, "clip", folded=True)
    schedule: Literal["constant", "linear", "cosine"] = _from(EncoderDecoderExperiment, "schedule", folded=True)
    teacher_forcing: float = _from(EncoderDecoderExperiment, "teacher_forcing", folded=True)
    batch: int = _from(SequenceExperiment, "batch", folded=True)
    optimizer: Literal["sgd", "rmsprop", "adam"] = _from(SequenceExperiment, "optimizer", folded=True)
    steps: int = _from(SequenceExperiment, "steps", folded=True)
    seed: int = _from(SequenceExperiment, "seed", folded=True)

    @classmethod
    def suggestions(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """The first task of a shape, the first shape of a task, and the sizes that suit both."""
        task, shape = given.get("task"), given.get("shape")
        if shape not in SHAPES:
            shape = next((name for name, tasks in SHAPES.items() if task in tasks), cls.model_fields["shape"].default)
        first = SHAPES[shape][0]
        return {"shape": shape, **suited(task if task in SHAPES[shape] else first), "task": first}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.task not in SHAPES[self.shape]:
            fitting = ", ".join(SHAPES[self.shape])
            raise ValueError(
                f"task: {self.task!r} is not {SHAPE_TITLES[self.shape].lower()}; tasks of this shape: {fitting}."
            )
        try:
            self.training()
        except ValidationError as error:
            raise ValueError(" ".join(explain(error))) from None
        return self

    @property
    def writes(self) -> bool:
        """Whether the answer is a sequence of its own."""
        return self.task in WRITTEN

    @property
    def both_ways(self) -> bool:
        """Whether a twin that reads both ways belongs to it."""
        return self.twin and self.task in TWINS

    def training(self) -> Training:
        """The experiment behind."""
        cls = training_class(self.task)
        shared = {name: getattr(self, name) for name in _shared(cls)}
        if self.task in READ_WHOLE:
            field, one, many = READ_WHOLE[self.task]
            shared[field] = one if self.shape == "one-to-many" else many
        return cls(**shared)

    def other_way(self) -> SequenceExperiment | None:
        """The same experiment for a network that reads both ways; None where there is no such twin."""
        return self.training().replace(bidirectional=True) if self.both_ways else None

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside these values of the others."""
        return is_shown(field, dict(self))


def _shared(cls: type[Training]) -> Iterable[str]:
    """Fields that mean the same here and there."""
    own = {"shape"} | ({"bidirectional"} if cls is SequenceExperiment else set())
    return [name for name in Topology.model_fields if name in cls.model_fields and name not in own]


OF_THE_TASK = (
    "hidden", "learning_rate", "clip", "batch", "steps", "length", "optimizer", "attention", "bidirectional", "temperature", "embedding",
)  # fmt: skip
"""Fields whose defaults depend on the task."""


def suited(task: str) -> dict[str, Any]:
    """The sizes and rates that the experiment behind a task has by default."""
    cls = training_class(task)
    return {name: default(cls, name, task) for name in OF_THE_TASK if name in _shared(cls)}


Topology.suggested = {shape: {**suited(tasks[0]), "task": tasks[0]} for shape, tasks in SHAPES.items()}
Topology.suggested_by = {"task": {task: suited(task) for task in choices(Topology, "task")}}


def is_shown(field: str, values: Mapping[str, Any]) -> bool:
    """Whether a field means anything beside these values of all fields."""
    task, shape = values["task"], values["shape"]
    if field == "task":
        return len(SHAPES[shape]) > 1
    if field == "twin":
        return task in TWINS
    if field in ("shape", "cell", "hidden"):
        return True
    cls = training_class(task)
    if field not in cls.model_fields:
        return False
    if cls is SequenceExperiment:
        return field not in ("bidirectional", "temperature") and cls.applies(field, task, values["cell"])
    whole = {"reading": "picture", "condition": "category"}
    if task in READ_WHOLE and shape == "encoder-decoder":
        name, _, many = READ_WHOLE[task]
        whole[name] = many
    return cls.applies(field, {**{name: info.default for name, info in cls.model_fields.items()}, **values, **whole})
