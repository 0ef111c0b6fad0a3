"""What a run came to, as aligned tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from explorer.command_line.options import GROUPS
from explorer.experiment import Experiment, about, to_link
from explorer.frame import Change, Frame
from explorer.sequence import SequenceExperiment

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task

OTHERS = {
    "gradient_norm": "gradient norm",
    "weight_norm": "length of all weights",
    "update_ratio": "change by one update",
    "learning_rate": "learning rate",
}


def show_metrics(console: Console, experiment: SequenceExperiment, task: Task, frames: Sequence[Frame]) -> None:
    """The last value of every number, with what guessing gives beside it."""
    table = _table(f"{task.title}: step {frames[-1].step:,} of {experiment.steps:,}", "", "value", "guessing")
    guesses = {"loss": task.baseline.loss, "held_out": task.baseline.loss, "score": task.baseline.score}
    names = {"loss": "loss", "held_out": "loss, held out", "score": task.metric} | OTHERS
    for name, said in names.items():
        frame = next((frame for frame in reversed(frames) if name in frame.metrics), None)
        if frame is not None:
            when = "" if frame.step == frames[-1].step else f" (step {frame.step:,})"
            guess = number(guesses[name]) if name in guesses else ""
            _row(table, said + when, number(frame.metrics[name]), guess)
    _row(table, "kept steps with clipping", f"{100 * _clipped(frames):.0f} %", "")
    console.print(table)
    console.print(Text(task.baseline.sentence))


def show_settings(console: Console, experiment: Experiment) -> None:
    """Every setting that means something beside the others."""
    table = _table("Settings", "", "value")
    for group in GROUPS:
        for name, value in experiment:
            if about(type(experiment), name)["group"] == group and _counts(experiment, name):
                _row(table, type(experiment).model_fields[name].title, _written(value))
        table.add_section()
    console.print(table)
    link = "&".join(f"{name}={value}" for name, value in to_link(experiment).items())
    console.print(Text(f"link: ?{link}"), soft_wrap=True)


def show_changes(console: Console, changes: Iterable[Change]) -> None:
    """What was changed while the run went on."""
    table = _table("Changes", "from step", "value", "setting")
    for change in changes:
        _row(table, f"{change.step:,}", number(change.value), SequenceExperiment.model_fields[change.field].title)
    if table.row_count:
        console.print(table)


def numbers_table(title: str, numbers: Mapping[str, float]) -> Table:
    """Numbers by name."""
    table = _table(title, "", "value")
    for name, value in numbers.items():
        _row(table, name, number(value))
    return table


def number(value: float) -> str:
    """About four digits: ``0.02513``, ``1,234``."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.4g}"


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _row(table: Table, *cells: str) -> None:
    # As Text: what stands in square brackets would otherwise be taken for a style.
    table.add_row(*map(Text, cells))


def _clipped(frames: Sequence[Frame]) -> float:
    values = [frame.metrics["clipped"] for frame in frames[1:]]
    return sum(values) / len(values) if values else 0.0


def _counts(experiment: Experiment, name: str) -> bool:
    if not experiment.uses(name):
        return False
    return getattr(experiment, name) not in ("", ())


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return f"{len(value):,} numbers"
    text = str(value)
    return text if len(text) <= 20 else f"{len(text):,} characters"
