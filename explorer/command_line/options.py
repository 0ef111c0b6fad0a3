"""Options made from the fields of an experiment: names, help, bounds and choices are stated there, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from typing import Any, NamedTuple

import click

from explorer.experiment import Experiment, about, bounds, choices, default, valid_value
from explorer.frame import Change
from explorer.text import decode_text, read_column, read_labelled

Kind = type[Experiment]
GROUPS = {
    "task": "Task",
    "text": "Text",
    "architecture": "Architecture",
    "algorithm": "Algorithm",
    "training": "Training",
}
LIMITS = ("tasks", "cells", "algorithms")
"""Where a field says for which choices it means anything."""
CHANGE = re.compile(r"(\d{1,9}):(\w+)=(.+)")


class OwnData(NamedTuple):
    """How a private field is filled: from a file, which also makes its choice."""

    option: str
    chosen_by: str
    read: Callable[[bytes], Any]
    what: str


OWN_DATA = {
    "text": OwnData("--text-file", "corpus", decode_text, "a .txt file in UTF-8"),
    "values": OwnData("--series-file", "series", read_column, "a .csv file with a column of numbers"),
    "reviews": OwnData("--reviews-file", "opinions", read_labelled, "a .csv file with the columns text and label"),
}


class FieldType(click.ParamType):
    """A value that one field of an experiment admits; refused in the field's own words."""

    def __init__(self, kind: Kind, field: str) -> None:
        self.kind = kind
        self.field = self.name = field

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The choices, or the bounds."""
        options = choices(self.kind, self.field)
        if options:
            return "|".join(options)
        low, high = bounds(self.kind, self.field)
        return f"{low:.12g}..{high:.12g}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value as the field would hold it."""
        try:
            return valid_value(self.kind, self.field, value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class ChangeType(click.ParamType):
    """``200:learning_rate=0.001``: from step 200 on, another value."""

    name = "step:field=value"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Change:
        """The change, checked by the field."""
        if isinstance(value, Change):
            return value
        found = CHANGE.fullmatch(value)
        if found is None:
            self.fail(f"{value!r} is not of the form 200:learning_rate=0.001.", param, ctx)
        step, field, given = found.groups()
        try:
            return Change(int(step), field, self.kind.check_change(field, given))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Grouped(click.Command):
    """A command that shows its options under headings.

    Parameters
    ----------
    experiment : type
        The class whose fields are options.
    """

    def __init__(self, *args: Any, experiment: Kind, **others: Any) -> None:
        super().__init__(*args, **others)
        self.experiment = experiment

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the fields of the experiment group by group, then everything else."""
        home = {name: about(self.experiment, name)["group"] for name in self.experiment.model_fields}
        shown = [(GROUPS.get(home.get(one.name, ""), "This run"), one.get_help_record(ctx)) for one in self.params]
        titles = [*GROUPS.values(), "This run"]
        shown.sort(key=lambda pair: titles.index(pair[0]))
        for title, rows in groupby(shown, key=lambda pair: pair[0]):
            with formatter.section(title):
                formatter.write_dl([row for _, row in rows if row is not None])


def experiment_options(kind: Kind, plain: Kind | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command an option for each field, in the order in which the experiment states them.

    `plain` is the kind that is made where nothing is said: its defaults are those that the help tells.
    """

    def with_options(command: Callable[..., Any]) -> Callable[..., Any]:
        for field in reversed(kind.model_fields):
            command = _option(kind, field, plain or kind)(command)
        return command

    return with_options


def _option(kind: Kind, field: str, plain: Kind) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    info = kind.model_fields[field]
    if field in OWN_DATA:
        own = OWN_DATA[field]
        return click.option(
            own.option, field, type=click.Path(exists=True, dir_okay=False), help=f"{info.title}: {own.what}."
        )
    name = "--" + field.replace("_", "-")
    help = f"{info.title}. {info.description} {_defaults(kind, field, plain)}"
    if isinstance(info.default, bool):
        return click.option(f"{name}/--no-{name[2:]}", field, default=None, help=help)
    return click.option(name, field, type=FieldType(kind, field), default=None, help=help)


def _defaults(kind: Kind, field: str, usual: Kind) -> str:
    """The default, and for which choices there is another one."""
    plain = default(usual if field in usual.model_fields else kind, field)
    others: dict[Any, list[str]] = {}
    for table in (kind.suggested, *kind.suggested_by.values()):
        for choice, suggestion in table.items():
            value = suggestion.get(field, plain)
            if value != plain:
                others.setdefault(value, []).append(choice)
    said = [f"{value} for {', '.join(named)}" for value, named in others.items()]
    limited = next((about(kind, field)[limit] for limit in LIMITS if limit in about(kind, field)), ())
    only = f"For {', '.join(limited)}. " if limited else ""
    return f"{only}[default: {'; '.join([_word(plain), *said])}]"


def _word(value: Any) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else f"{value}"
