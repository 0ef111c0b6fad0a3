"""From what was typed to an experiment: files, links and options, the later the stronger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import click
from pydantic import ValidationError

from explorer.command_line.options import OWN_DATA
from explorer.experiment import Experiment, explain, from_link, to_link
from explorer.frame import Change

E = TypeVar("E", bound=Experiment)


def experiment_from(kind: type[E], typed: Mapping[str, Any], link: str | None, file: str | None) -> E:
    """The experiment; what means nothing beside the other settings is told on standard error.

    Parameters
    ----------
    kind : type
        The class of the experiment.
    typed : mapping
        Values by field; None where nothing was typed. Private fields hold the path of a file.
    link : str or None
        An address copied from the app, or its part after ``?``.
    file : str or None
        Path of an experiment as JSON.

    Raises
    ------
    click.UsageError
        When the settings do not go together, with the words of the experiment.
    """
    own = {name: value for name, value in _typed(typed).items() if name in kind.model_fields}
    given = {**_from_file(file), **_from_link(kind, link), **own}
    try:
        experiment = kind(**given)
    except ValidationError as error:
        raise click.UsageError("\n".join(explain(error))) from None
    for field, value in typed.items():
        if value is not None and not (field in kind.model_fields and experiment.uses(field)):
            what = f"the {kind.leading} {getattr(experiment, kind.leading)}"
            _tell(f"--{field.replace('_', '-')} has no effect on {what} with these settings.")
    return experiment


def asked_for(field: str, typed: Mapping[str, Any], link: str | None, file: str | None) -> Any:
    """What is said of one field, wherever it is said; None where it is not."""
    linked = dict(parse_qsl(urlsplit(link).query or link.removeprefix("?"))) if link else {}
    said = (typed.get(field), linked.get(field), _from_file(file).get(field))
    return next((value for value in said if value is not None), None)


def in_order(experiment: Experiment, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes in the order of their steps; each must fall into the training.

    Raises
    ------
    click.BadParameter
    """
    for change in changes:
        if not 1 <= change.step <= experiment.steps:
            text = f"Step {change.step} is not one of the {experiment.steps} steps of this training."
            raise click.BadParameter(text, param_hint="'--change'")
    return tuple(sorted(changes, key=lambda change: change.step))


def _typed(typed: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in typed.items() if value is not None}
    for field, own in OWN_DATA.items():
        if field in given:
            given[field] = _read(given[field], own.read, own.option)
            given[own.chosen_by] = "own"
    return given


def _read(path: str, read: Any, option: str) -> Any:
    try:
        return read(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(error), param_hint=f"'{option}'") from None


def _from_file(file: str | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        given = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise click.BadParameter("This file is not an experiment as JSON.", param_hint="'--experiment'")
    return given


def _from_link(kind: type[Experiment], link: str | None) -> dict[str, Any]:
    """What the link says; tells which of its settings fell back."""
    if link is None:
        return {}
    query = urlsplit(link).query or link.removeprefix("?")
    experiment, notices = from_link(kind, dict(parse_qsl(query)))
    for notice in notices:
        _tell(notice)
    return {name: getattr(experiment, name) for name in to_link(experiment)}


def _tell(text: str) -> None:
    click.echo(f"Note: {text}", err=True)
