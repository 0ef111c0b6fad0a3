"""`Race`: which architectures train on which task, at how many parameters each, as one value.

Knows no torch before `lineup` is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import ValidationError, create_model, model_validator

from explorer.experiment import Experiment, about, explain, setting
from explorer.sequence.architectures.experiment import ArchitectureExperiment
from explorer.sequence.experiment import OWN
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.race.entries import ENTRIES, read_entries, why_not

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

CHOSEN = frozenset({"cell", "bidirectional", "hidden", "layers", "temperature"})
"""Fields of a contestant that the race decides or leaves as they suit each, or that play no part in it."""
BUDGETS = (500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
RATES = {"rnn": 0.2, "window": 0.4, "average": 0.4, "tcn": 0.4, "cnn": 0.4, "transformer": 0.2}
"""What an architecture's own learning rate is, as a multiple of the shared one."""
SMALL = 8
"""Hidden units to begin with when the width is looked for: admissible for every architecture, and never too slow."""
USUAL = "rnn,lstm,gru,tcn,transformer"
SUITED: Mapping[str, Mapping[str, Any]] = {
    "adding": {"batch": 32, "steps": 2000},
    "recall": {"batch": 32, "length": 20, "budget": 10_000},
    "digits": {"entries": "rnn,lstm,gru,bidirectional,window,cnn,transformer"},
    "picture": {"budget": 2000, "entries": "rnn,window,cnn"},
    "speech": {"entries": "rnn,lstm,gru,bidirectional,average,tcn,transformer"},
    "order": {"entries": "rnn,lstm,gru,average,tcn,transformer"},
    "future": {"entries": "lstm,gru,bidirectional,tcn,transformer"},
    "tagging": {"budget": 10_000, "entries": "lstm,bidirectional,window,tcn,transformer"},
}
"""What suits a race on a task, beside what its experiments suggest."""


def _borrowed(name: str, info: FieldInfo) -> FieldInfo:
    """A contestant's field as the race has it: the architecture's details are seldom wanted here."""
    info = copy(info)
    if about(Contestant, name)["group"] == "architecture":
        info.json_schema_extra = {**about(Contestant, name), "folded": True}
    if name == "task":
        info.default = "adding"
    return info


_Shared: Any = create_model(
    "_Shared",
    __base__=Experiment,
    **{
        name: (info.annotation, _borrowed(name, info))
        for name, info in Contestant.model_fields.items()
        if name not in CHOSEN
    },
)
"""What all contestants have in common; stated once, with the experiment it belongs to."""


def _suggestions() -> dict[str, dict[str, Any]]:
    """For each task what suits its experiments, and what suits a race on it."""
    usual = {
        task: {name: value for name, value in table.items() if name not in CHOSEN}
        for task, table in ArchitectureExperiment.suggested.items()
    }
    return {task: {**table, **SUITED.get(task, {})} for task, table in usual.items()}


@dataclass(frozen=True, slots=True)
class Lineup:
    """Who starts, by the names of `entries.ENTRIES`, and who does not, with the reason in words."""

    contestants: Mapping[str, Contestant]
    left_out: Mapping[str, str]


class Race(_Shared):
    """Several architectures on one task, each as wide as the same number of parameters allows.

    All of them see the same sequences in the same order. Raises ``pydantic.ValidationError`` for architectures that do
    not exist, or that cannot run on the task.
    """

    leading: ClassVar[str] = "task"
    suggested: ClassVar = _suggestions()

    entries: str = setting(
        USUAL, "Architectures", "Two to seven of them; each trains by itself, and all share this server's time evenly.",
        "race", max_length=100,
    )  # fmt: skip
    budget: int = setting(
        5000, "Parameters each", "Every architecture is made as wide as this many adjustable numbers allow.", "race",
        ge=200, le=100_000, options=BUDGETS,
    )  # fmt: skip
    rates: Literal["shared", "own"] = setting(
        "own", "Learning rates", "One rate for all, or for each the multiple of it that usually suits it.", "training",
        labels={"shared": "The same for all", "own": "Each its own"}, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _can_start(self) -> Self:
        names = read_entries(self.entries)
        for name in names:
            reason = why_not(name, self.task)
            if reason:
                raise ValueError(f"entries: {ENTRIES[name].title} cannot run on the task {self.task!r}: {reason}")
        object.__setattr__(self, "entries", ",".join(names))
        for field, choice in OWN.items():  # what visitors bring stays only where it is learned from
            if getattr(self, choice) != "own" or not self.applies(field, self.task, self.entries):
                object.__setattr__(self, field, _Shared.model_fields[field].default)
        return self

    @classmethod
    def applies(cls, field: str, task: str, entries: str) -> bool:
        """Whether a field means anything for this task and one of these architectures."""
        if field not in Contestant.model_fields:
            return True
        cells = {ENTRIES[name].cell for name in entries.split(",") if name in ENTRIES}
        return any(Contestant.applies(field, task, cell) for cell in cells)

    def uses(self, field: str) -> bool:
        """Whether a field means anything for this task and one of these architectures."""
        return self.applies(field, self.task, self.entries)

    @property
    def names(self) -> tuple[str, ...]:
        """The architectures, by the names of `entries.ENTRIES`."""
        return tuple(self.entries.split(","))

    def rate(self, name: str, learning_rate: float | None = None) -> float:
        """The learning rate of an architecture, for this race's rate or another."""
        shared = self.learning_rate if learning_rate is None else learning_rate
        return shared if self.rates == "shared" else float(f"{shared * RATES.get(ENTRIES[name].cell, 1.0):.6g}")

    def contestant(self, name: str) -> Contestant:
        """An architecture at the race's number of parameters. Loads torch, and what the task reads.

        Raises
        ------
        ValueError
            When it would be too slow, or the task cannot be made; the text says why.
        """
        from explorer.sequence.architectures.parameters import with_parameters

        entry = ENTRIES[name]
        shared = {field: getattr(self, field) for field in _Shared.model_fields}
        given = {**shared, "cell": entry.cell, "bidirectional": entry.bidirectional, "hidden": SMALL}
        given["learning_rate"] = self.rate(name)
        try:
            return with_parameters(Contestant(**given), self.budget)
        except ValidationError as error:
            raise ValueError(" ".join(explain(error))) from None

    def lineup(self) -> Lineup:
        """All contestants that can start; made once for equal races."""
        return _lineup(self)

    def contestants(self) -> tuple[Contestant, ...]:
        """Those that can start, in the order of `names`."""
        return tuple(self.lineup().contestants.values())


@lru_cache(maxsize=64)
def _lineup(race: Race) -> Lineup:
    contestants, left_out = {}, {}
    for name in race.names:
        try:
            contestants[name] = race.contestant(name)
        except ValueError as error:
            left_out[name] = str(error)
    return Lineup(contestants, left_out)
