"""`SequenceExperiment`: a task, an architecture and a way of training, as one value.

Knows no torch: pages and the command line read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

TASK_TITLES = {
    "rose": "Rose is red",
    "characters": "Next character",
    "words": "Next word",
    "adding": "Adding problem",
    "recall": "Copy memory",
    "digits": "Handwritten digits",
    "series": "Forecast a series",
    "speech": "Who speaks?",
    "picture": "A digit at a glance",
    "rows": "A digit, named after every row",
    "kinds": "What kind of name?",
    "topics": "Which article?",
    "sentiment": "Good or bad review?",
    "tagging": "Who, and where?",
    "order": "Which came first?",
    "future": "Two letters ahead",
}
SHAPES = {
    "rose": "in step", "characters": "in step", "words": "in step", "recall": "in step", "series": "in step",
    "adding": "many-to-one", "digits": "many-to-one", "speech": "many-to-one", "picture": "one-to-one", "rows": "in step",
    "kinds": "many-to-one", "topics": "many-to-one", "sentiment": "many-to-one", "order": "many-to-one",
    "tagging": "in step", "future": "in step",
}  # fmt: skip
"""How many steps are read, and at how many of them something is said: once after the last, or at each."""
TEXT_LIMIT = 5_000_000
"""Longest own text, in characters."""
MOST_REVIEWS = 20_000
"""Most texts of one's own with a label each."""
LongText, ShortText = Annotated[str, Field(max_length=20_000)], Annotated[str, Field(max_length=30)]
"""One such text, and its label."""
READS_THE_ANSWER = frozenset({"rose", "characters", "words", "recall", "series"})
"""Tasks in which a network that reads from the right would see what it has to predict."""
OWN = {"text": "corpus", "values": "series", "reviews": "opinions"}
"""What visitors bring, and the field whose choice "own" says that it is read."""
LEARNING_RATES = (1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0)


class SequenceExperiment(Experiment):
    """One training of one recurrent network on one task.

    Equal experiments give equal frames to the bit. Raises ``pydantic.ValidationError`` for values out of
    bounds and for combinations that cannot be trained step by step, with the sizes that would fit.
    """

    leading: ClassVar[str] = "task"
    suggested: ClassVar = {
        "rose": {"hidden": 32, "batch": 32, "learning_rate": 0.01, "steps": 1500},
        "characters": {"length": 50, "hidden": 64, "learning_rate": 0.005, "steps": 6000},
        "words": {"length": 20, "hidden": 64, "learning_rate": 0.005, "steps": 6000},
        "adding": {"length": 100, "hidden": 64, "batch": 64, "learning_rate": 0.005, "steps": 3000},
        "recall": {"length": 30, "hidden": 64, "batch": 64, "learning_rate": 0.005, "steps": 4000},
        "digits": {"hidden": 32, "batch": 64, "learning_rate": 0.005, "steps": 2000},
        "series": {"length": 12, "hidden": 24, "batch": 32, "learning_rate": 0.005, "steps": 2000},
        "speech": {"hidden": 32, "batch": 32, "learning_rate": 0.005, "steps": 1500},
        "picture": {"hidden": 32, "batch": 64, "learning_rate": 0.005, "steps": 1500},
        "rows": {"hidden": 32, "batch": 64, "learning_rate": 0.005, "steps": 2000},
        "kinds": {"hidden": 48, "batch": 64, "learning_rate": 0.003, "steps": 1000},
        "topics": {"hidden": 32, "batch": 32, "learning_rate": 0.005, "steps": 1200},
        "sentiment": {"hidden": 16, "batch": 32, "learning_rate": 0.003, "steps": 400},
        "tagging": {"hidden": 32, "batch": 32, "learning_rate": 0.005, "steps": 1500},
        "order": {"length": 15, "hidden": 32, "batch": 64, "learning_rate": 0.005, "steps": 2500},
        "future": {"length": 20, "hidden": 32, "batch": 32, "learning_rate": 0.005, "steps": 1500},
    }

    task: Literal[
        "rose", "characters", "words", "adding", "recall", "digits", "series", "speech",
        "picture", "rows", "kinds", "topics", "sentiment", "tagging", "order", "future",
    ] = setting("rose", "Task", "What the network has to learn.", "task", labels=TASK_TITLES)  # fmt: skip
    corpus: Literal["wikipedia", "lee", "own"] = setting(
        "wikipedia",
        "Text",
        "Real text to read: 100 Wikipedia articles, the Lee news collection, or your own.",
        "task",
        labels={"wikipedia": "Wikipedia", "lee": "News", "own": "My text"},
        tasks=("characters", "words"),
    )
    text: str = setting(
        "",
        "Your text",
        "Plain text to learn from. It stays in memory and is never part of a link.",
        "task",
        max_length=TEXT_LIMIT,
        private=True,
        tasks=("characters", "words"),
    )
    series: Literal["airline", "lynx", "own"] = setting(
        "airline",
        "Series",
        "What to forecast: monthly airline passengers, yearly lynx trappings, or your own column of numbers.",
        "task",
        labels={"airline": "Airline", "lynx": "Lynx", "own": "Mine"},
        tasks=("series",),
    )
    values: tuple[float, ...] = setting(
        (),
        "Your numbers",
        "A series of your own, oldest first. It stays in memory and is never part of a link.",
        "task",
        max_length=20_000,
        private=True,
        tasks=("series",),
    )
    season: int = setting(
        12, "Season", "Steps after which your series repeats itself, for the seasonal baseline.", "task",
        ge=1, le=400, tasks=("series",), folded=True,
    )  # fmt: skip
    opinions: Literal["films", "own"] = setting(
        "films",
        "Reviews",
        "Sentences from film reviews (Pang and Lee), or your own texts, each with its label.",
        "task",
        labels={"films": "Films", "own": "Mine"},
        tasks=("sentiment",),
    )
    reviews: tuple[tuple[LongText, ShortText], ...] = setting(
        (),
        "Your labelled texts",
        "Texts with a label each, from a file of your own. They stay in memory and are never part of a link.",
        "task",
        max_length=MOST_REVIEWS,
        private=True,
        tasks=("sentiment",),
    )
    reading: Literal["rows", "pixels"] = setting(
        "rows",
        "Read the digit",
        "8 rows of 8 pixels, or all 64 pixels one by one: the same picture, eight times as far to remember.",
        "task",
        labels={"rows": "Row by row", "pixels": "Pixel by pixel"},
        tasks=("digits",),
    )
    vocabulary: int = setting(
        3000, "Vocabulary", "How many of the most frequent words are known; all others become <unknown>.", "task",
        ge=50, le=5000, tasks=("words",), folded=True,
    )  # fmt: skip
    length: int = setting(
        30, "Length", "Time steps in one training sequence: how far back there is to remember.", "task",
        ge=2, le=200, tasks=("characters", "words", "adding", "recall", "series", "order", "future"),
    )  # fmt: skip

    cell: Literal["rnn", "lstm", "gru"] = setting(
        "lstm",
        "Cell",
        "The recurrent unit: a plain recurrence, or one with gates that decide what to keep.",
        "architecture",
        labels={"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
    )
    activation: Literal["tanh", "relu"] = setting(
        "tanh", "Activation", "The non-linearity of the plain RNN.", "architecture",
        labels={"tanh": "tanh", "relu": "ReLU"}, cells=("rnn",),
    )  # fmt: skip
    hidden: int = setting(
        32, "Hidden units", "How many numbers the network can remember with.", "architecture", ge=4, le=256
    )
    layers: int = setting(
        1, "Layers", "Recurrent layers on top of one another; each reads the states of the one below.",
        "architecture", ge=1, le=3,
    )  # fmt: skip
    bidirectional: bool = setting(
        False, "Bidirectional", "A second network reads the sequence from its end.", "architecture"
    )
    dropout: float = setting(
        0.0, "Dropout", "Share of values set to zero between layers while training.", "architecture",
        ge=0.0, le=0.9, folded=True,
    )  # fmt: skip
    initialisation: Literal["default", "orthogonal", "identity", "spectral"] = setting(
        "default",
        "Initial weights",
        "How the recurrent weights begin: PyTorch's uniform noise, a rotation, the identity, "
        "or noise scaled to a spectral radius (the size of the largest eigenvalue).",
        "architecture",
        labels={
            "default": "PyTorch's",
            "orthogonal": "Orthogonal",
            "identity": "Identity",
            "spectral": "Spectral radius",
        },
        folded=True,
    )
    spectral_radius: float = setting(
        1.0, "Spectral radius", "Size of the largest eigenvalue of the recurrent weights at the start.",
        "architecture", ge=0.1, le=2.0, folded=True,
    )  # fmt: skip
    forget_bias: float = setting(
        0.0, "Forget-gate bias", "Above 0 the LSTM's forget gates start open; 0 leaves them as initialised.",
        "architecture", ge=0.0, le=5.0, folded=True, cells=("lstm",),
    )  # fmt: skip
    update_bias: float = setting(
        0.0, "Update-gate bias", "Above 0 the GRU's update gates start by keeping what was; 0 leaves them as initialised.",
        "architecture", ge=0.0, le=5.0, folded=True, cells=("gru",),
    )  # fmt: skip

    optimizer: Literal["sgd", "rmsprop", "adam"] = setting(
        "adam", "Optimizer", "The rule that turns gradients into steps.", "training",
        labels={"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam"},
    )  # fmt: skip
    learning_rate: float = setting(
        0.005,
        "Learning rate",
        "How far one step goes.",
        "training",
        ge=1e-5,
        le=10.0,
        live=True,
        options=LEARNING_RATES,
    )
    clip: float = setting(
        1.0, "Clip gradients at", "Longer gradients are shortened to this norm; 0 turns clipping off.", "training",
        ge=0.0, le=100.0, live=True, options=(0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0),
    )  # fmt: skip
    temperature: float = setting(
        0.8, "Temperature", "How daring the sampled text is: low repeats the likeliest, high surprises.", "training",
        ge=0.1, le=2.0, live=True, tasks=("rose", "characters", "words"),
    )  # fmt: skip
    batch: int = setting(32, "Batch", "Sequences looked at before each step.", "training", ge=1, le=256)
    weight_decay: float = setting(
        0.0, "Weight decay", "Pulls all weights towards zero a little at every step.", "training",
        ge=0.0, le=0.1, folded=True, options=(0.0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1),
    )  # fmt: skip
    steps: int = setting(
        2000, "Steps", "Updates after which the training ends.", "training", ge=1, le=100_000, folded=True
    )
    seed: int = setting(
        0, "Seed", "Picks the initial weights and the order of the data; same seed, same run.", "training",
        ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _forget_what_is_not_read(self) -> Self:
        """What visitors bring stays only where it is learned from: not in files of other runs, nor between equal ones."""
        for field, choice in OWN.items():
            if getattr(self, choice) != "own" or not self.applies(field, self.task, self.cell):
                object.__setattr__(self, field, type(self).model_fields[field].default)
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.bidirectional and self.task in READS_THE_ANSWER:
            raise ValueError(
                f"bidirectional: on the task {self.task!r} a network that reads from the right would see "
                "the answer; choose a task that is answered after the last step, such as adding, digits or speech, "
                "or tagging."
            )
        from explorer.sequence.cost import refuse_what_is_too_slow

        refuse_what_is_too_slow(self)
        return self

    @classmethod
    def applies(cls, field: str, task: str, cell: str) -> bool:
        """Whether a field means anything for this task and cell."""
        extra = cls.model_fields[field].json_schema_extra or {}
        return task in extra.get("tasks", (task,)) and cell in extra.get("cells", (cell,))

    def uses(self, field: str) -> bool:
        """Whether a field means anything for this task and cell."""
        return self.applies(field, self.task, self.cell)

    def prepare(self) -> None:
        """Load what the task reads (seconds, the first time), so that `frames` starts at once."""
        from explorer.sequence.tasks import make_task

        make_task(self)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The training, one update at a time; see `explorer.sequence.training.train`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same training in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.sequence.training import train

        return train(self, changes, wanted)
