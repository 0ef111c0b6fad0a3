"""What every training in the terminal does before and after: load, check where to save, say how it ended."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

if TYPE_CHECKING:
    from explorer.embedding import EmbeddingExperiment
    from explorer.sequence import SequenceExperiment

CAME_APART, STOPPED = 3, 130
"""Exit codes; 2 is a mistake in what was typed."""


def prepare(experiment: SequenceExperiment | EmbeddingExperiment, quiet: bool) -> None:
    """Load what is heavy.

    Raises
    ------
    click.UsageError
        When the data and the settings do not go together.
    """
    with Console(stderr=True, quiet=quiet).status("Reading the data ..."):
        try:
            experiment.prepare()
        except ValueError as error:
            raise click.UsageError(str(error)) from None


def target_file(out: str | None, example: str) -> Path | None:
    """Where to save, checked before the training, not after.

    Raises
    ------
    click.BadParameter
        When it names no file, or a folder that is not there.
    """
    if out is None:
        return None
    target = Path(out)
    if not target.name:
        raise click.BadParameter(f"Name a file, such as {example}.", param_hint="'--out'")
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise click.BadParameter(f"There is no folder {str(target.parent)!r} to write to.", param_hint="'--out'")
    return target
