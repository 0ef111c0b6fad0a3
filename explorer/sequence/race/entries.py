"""Who may enter a race: the architectures, what they are called, and on which tasks each can run."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.sequence.architectures.experiment import PICTURES, RECURRENT
from explorer.sequence.experiment import READS_THE_ANSWER

FEWEST, MOST = 2, 7
"""Architectures in one race."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An architecture that may race.

    Attributes
    ----------
    name : str
        In links and files.
    title : str
        In pictures and tables.
    cell : str
        The value of the experiment's field of that name.
    bidirectional : bool
        Whether it reads from both ends.
    """

    name: str
    title: str
    cell: str
    bidirectional: bool = False

    @property
    def recurrent(self) -> bool:
        """Whether it keeps a state, so that the page Train live can look into it."""
        return self.cell in RECURRENT


ENTRIES = {
    entry.name: entry
    for entry in (
        Entry("rnn", "RNN", "rnn"),
        Entry("lstm", "LSTM", "lstm"),
        Entry("gru", "GRU", "gru"),
        Entry("bidirectional", "Bi-LSTM", "lstm", bidirectional=True),
        Entry("window", "Window", "window"),
        Entry("average", "Average", "average"),
        Entry("tcn", "TCN", "tcn"),
        Entry("cnn", "CNN", "cnn"),
        Entry("transformer", "Transformer", "transformer"),
    )
}
"""By name, in the order in which they are listed."""


def entry_of(cell: str, bidirectional: bool) -> Entry:
    """The architecture of an experiment's fields."""
    return next(entry for entry in ENTRIES.values() if (entry.cell, entry.bidirectional) == (cell, bidirectional))


def admitted(task: str) -> tuple[str, ...]:
    """The names of the architectures that can run on a task."""
    return tuple(name for name in ENTRIES if not why_not(name, task))


def why_not(name: str, task: str) -> str:
    """Why an architecture cannot run on a task; empty when it can."""
    if name == "bidirectional" and task in READS_THE_ANSWER:
        return "reading from the right, it would see what it has to predict"
    if name == "cnn" and task not in PICTURES:
        return "it looks at pictures, and this task has none"
    return ""


def read_entries(text: str) -> tuple[str, ...]:
    """Names from a comma-separated list, in the order of `ENTRIES`, each once.

    Raises
    ------
    ValueError
        When a name is unknown, or there are too few or too many.
    """
    given = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(given - ENTRIES.keys())
    if unknown:
        raise ValueError(f"{unknown[0][:30]!r} is no architecture; there are {', '.join(ENTRIES)}")
    if not FEWEST <= len(given) <= MOST:
        raise ValueError(f"a race needs {FEWEST} to {MOST} architectures, and these are {len(given)}")
    return tuple(name for name in ENTRIES if name in given)
