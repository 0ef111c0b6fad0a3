"""``embed``: train word vectors, score them, write them to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from rich.console import Console
from rich.text import Text

from explorer.command_line.options import ChangeType, Grouped, experiment_options
from explorer.command_line.preparing import CAME_APART, STOPPED, prepare, target_file
from explorer.command_line.settings import experiment_from, in_order
from explorer.embedding import EmbeddingExperiment
from explorer.frame import Change

if TYPE_CHECKING:
    from explorer.command_line.training import Outcome
    from explorer.embedding import Vectors

COLLAPSED = 0.5
"""Mean cosine from which on neighbours mean little."""
TITLES = {
    "loss": "loss",
    "cost": "cost",
    "captured": "captured of the table",
    "change": "turned by the last iteration",
    "collapse": "mean cosine of all pairs",
}


@click.command(cls=Grouped, experiment=EmbeddingExperiment)
@experiment_options(EmbeddingExperiment)
@click.option(
    "--change", "changes", type=ChangeType(EmbeddingExperiment), multiple=True,
    help="Change a setting mid-run; may be repeated.",
)  # fmt: skip
@click.option("--from-link", "link", metavar="ADDRESS", help="Begin with the settings of a link copied from the app.")
@click.option("--experiment", "file", type=click.Path(exists=True, dir_okay=False), help="Begin with settings as JSON.")
@click.option(
    "--out",
    type=click.Path(),
    help="Write the vectors to this file; its ending says how (.txt, .vec, .bin, .csv, ...).",
)
@click.option("--quiet", is_flag=True, help="No progress bar, only the result.")
def embed(changes: tuple[Change, ...], link: str | None, file: str | None, out: str | None, quiet: bool, **typed: Any):
    """Train word vectors. Ctrl-C ends it early and keeps what there is.

    Exit code 0: trained; 2: a mistake in the options; 3: the training came apart; 130: ended early.
    """
    experiment = experiment_from(EmbeddingExperiment, typed, link, file)
    changes = in_order(experiment, changes)
    target = _target(out)
    prepare(experiment, quiet)
    from explorer.command_line.training import Bar, listening, train_here
    from explorer.embedding import open_weights

    with listening() as stop, Bar(experiment.steps, quiet) as bar:
        outcome = train_here(experiment, changes, bar, stop, lambda step: False)
    last = outcome.history.since(-1, outcome.history.tip)[-1]
    vectors = open_weights(experiment, last.weights).vectors
    _tell(experiment, vectors, last.metrics, outcome)
    if target is not None:
        _write(vectors, target)
    if outcome.problem:
        click.echo(outcome.problem, err=True)
    sys.exit(CAME_APART if outcome.problem else STOPPED if outcome.stopped else 0)


def _tell(experiment: EmbeddingExperiment, vectors: Vectors, metrics: Any, outcome: Outcome) -> None:
    from explorer.command_line.evaluation import similarity_table
    from explorer.command_line.tables import numbers_table
    from explorer.embedding.similarity import TITLES as BENCHMARKS
    from explorer.embedding.similarity import evaluate_similarity

    console = Console()
    console.print(
        Text(f"{vectors.name}: {len(vectors):,} words, step {outcome.history.tip:,} of {experiment.steps:,}\n")
    )
    console.print(numbers_table("", {title: metrics[name] for name, title in TITLES.items() if name in metrics}))
    console.print(similarity_table([evaluate_similarity(vectors, name) for name in BENCHMARKS]))
    if metrics["collapse"] > COLLAPSED:
        click.echo(
            "Note: all vectors point much the same way; more epochs, or more text, would tell words apart.", err=True
        )
    click.echo(f"{outcome.seconds:.1f} s" + (", ended early" if outcome.stopped else ""))


def _target(out: str | None) -> Path | None:
    """Where to write, its ending included, checked before the training, not after."""
    target = target_file(out, "vectors.txt")
    if target is not None:
        from explorer.embedding import Vectors, write_vectors

        try:
            with TemporaryDirectory() as folder:
                write_vectors(Vectors(["word"], np.ones((1, 2))), Path(folder) / target.name)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="'--out'") from None
    return target


def _write(vectors: Vectors, target: Path) -> None:
    """Write the words that have a direction; a word that stands in every passage has none, and no file can hold it."""
    from explorer.embedding import write_vectors

    lost = [vectors.words[row] for row in np.flatnonzero(vectors.lengths == 0)]
    if lost:
        vectors = vectors.take(np.flatnonzero(vectors.lengths))
        shown = ", ".join(lost[:5]) + (f" and {len(lost) - 5:,} more" if len(lost) > 5 else "")
        click.echo(f"Note: left out, for all their numbers are zero: {shown}", err=True)
    try:
        write_vectors(vectors, target)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"The vectors could not be written: {error}") from None
    click.echo(f"Written to {target} ({len(vectors):,} words).")
