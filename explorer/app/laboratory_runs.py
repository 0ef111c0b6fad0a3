"""The trainings that the laboratory looks at: the same settings for three cells, or with and without clipping."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from explorer.app.laboratory_setting import cell_shown, of_view, place
from explorer.experiment import setting
from explorer.sequence.experiment import TASK_TITLES, SequenceExperiment

CELLS = ("rnn", "lstm", "gru")
ADDING = {"length": 100, "hidden": 32, "batch": 32, "learning_rate": 0.01, "steps": 1500}
ROSE = {"hidden": 24, "batch": 32, "learning_rate": 0.01, "steps": 600}


class LiveRun(SequenceExperiment):
    """A training that is watched closely: its pictures may take a larger share of the computing time."""

    picture_share: ClassVar[float] = 0.25


def run_of(settings: SequenceExperiment, **changes: Any) -> LiveRun:
    """The training that some of a view's settings describe."""
    return LiveRun(**{**{name: getattr(settings, name) for name in SequenceExperiment.model_fields}, **changes})


class ThreeCells(SequenceExperiment):
    """One task and one set of sizes, for RNN, LSTM and GRU."""

    shown: Literal["rnn", "lstm", "gru"] = cell_shown("lstm")
    row: int = place("Error of step", "Which step's error is followed back.")
    column: int = place("Back to state", "How far it is followed.")
    scale: Literal["share", "size"] = setting(
        "share", "Gradients", "Relative to the one at the last step, which shows how far they get; or as they are, which also shows how "
        "wrong the network still is.",
        "look", labels={"share": "Share of the last step's", "size": "As they are"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _all_stay_live(self) -> Self:
        """Three trainings share the time, and the slowest must still be cut into short pieces."""
        from explorer.sequence.cost import refuse_what_is_too_slow

        for cell in CELLS:
            refuse_what_is_too_slow(self.model_copy(update={"cell": cell}))
        return self

    @property
    def runs(self) -> dict[str, LiveRun]:
        """One training for each cell."""
        return {cell: run_of(self, cell=cell) for cell in CELLS}


class Training(ThreeCells):
    """Three cells that learn, and their gradients meanwhile."""

    suggested: ClassVar = {
        **SequenceExperiment.suggested, "adding": ADDING, "rose": ROSE,
        "recall": {"length": 20, "hidden": 48, "batch": 32, "learning_rate": 0.005, "steps": 3000},
    }  # fmt: skip
    view: Literal["", "training"] = setting("", "View", "What the page shows.", "view")
    task: Literal["adding", "recall", "rose", "digits", "characters"] = setting(
        "adding", "Task", "What the three networks have to learn.", "task", labels=TASK_TITLES
    )

    @model_validator(mode="before")
    @classmethod
    def _is_this_view(cls, given: Any) -> Any:
        return of_view(given, "training")


class Sentences(ThreeCells):
    """Three cells that read two sentences."""

    suggested: ClassVar = {**SequenceExperiment.suggested, "rose": ROSE}
    view: Literal["", "sentences"] = setting("", "View", "What the page shows.", "view")
    task: Literal["rose", "characters"] = setting(
        "rose", "Task", "What the three networks have to learn; both read text that you can type.", "task", labels=TASK_TITLES
    )
    one: str = setting("", "First sentence", "What the networks read.", "place", max_length=120)
    other: str = setting("", "Second sentence", "The same with another word early on.", "place", max_length=120)

    @model_validator(mode="before")
    @classmethod
    def _is_this_view(cls, given: Any) -> Any:
        return of_view(given, "sentences")


class Explosion(SequenceExperiment):
    """One training, with its gradients clipped and without."""

    suggested: ClassVar = {
        **SequenceExperiment.suggested,
        "adding": {"length": 60, "hidden": 32, "batch": 32, "learning_rate": 0.003, "steps": 600},
        "rose": {**ROSE, "learning_rate": 0.1},
    }  # fmt: skip
    view: Literal["", "explosion"] = setting("", "View", "What the page shows.", "view")
    task: Literal["adding", "recall", "rose", "digits", "characters"] = setting(
        "adding", "Task", "What the network has to learn.", "task", labels=TASK_TITLES
    )
    cell: Literal["rnn", "lstm", "gru"] = setting(
        "rnn", "Cell", "The recurrent unit.", "architecture", labels={"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
    )
    activation: Literal["tanh", "relu"] = setting(
        "relu", "Activation", "The non-linearity of the plain RNN.", "architecture",
        labels={"tanh": "tanh", "relu": "ReLU"}, cells=("rnn",),
    )  # fmt: skip
    initialisation: Literal["default", "orthogonal", "identity", "spectral"] = setting(
        "identity", "Initial weights", "How the recurrent weights begin.", "architecture",
        labels={"default": "PyTorch's", "orthogonal": "Orthogonal", "identity": "Identity", "spectral": "Spectral radius"},
    )  # fmt: skip
    optimizer: Literal["sgd", "rmsprop", "adam"] = setting(
        "sgd", "Optimizer", "The rule that turns gradients into steps; Adam and RMSprop shorten long gradients by themselves.",
        "training", labels={"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam"},
    )  # fmt: skip
    clip: float = setting(
        1.0, "Clip gradients at", "Longer gradients are shortened to this norm, in one of the two trainings.", "training",
        ge=0.01, le=100.0, live=True, options=(0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0),
    )  # fmt: skip

    @model_validator(mode="before")
    @classmethod
    def _is_this_view(cls, given: Any) -> Any:
        return of_view(given, "explosion")

    @property
    def runs(self) -> dict[str, LiveRun]:
        """The training with its gradients clipped, and the same without."""
        return {"clipped": run_of(self), "free": run_of(self, clip=0.0)}
